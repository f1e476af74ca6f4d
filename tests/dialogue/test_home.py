import datetime

import pytest
from django.utils import timezone

from assignments.models import Task
from tests.world import ROLES

TO_DECIDE = [
    "Người gửi cho biết chưa được giải quyết",
    "Đề nghị về thời hạn chờ quyết định",
    "Đề nghị xem xét lại chờ trả lời",
    "Ý kiến giám sát chờ trả lời",
]
SECTIONS = {
    "stranger": ["Kế hoạch phải lập"],
    "clerk": [
        "Dự thảo đang soạn",
        "Ý kiến chờ phân loại",
        "Báo cáo chờ nghiệm thu",
        *TO_DECIDE,
        "Nhiệm vụ của cơ quan tôi",  # a sender asks about their data
        "Hội nghị sắp tới",
    ],
    "head": [
        "Chờ ông/bà ký ban hành",
        *TO_DECIDE,
        "Nhiệm vụ của cơ quan tôi",
        "Hội nghị sắp tới",
    ],
    "asked": ["Nhiệm vụ của cơ quan tôi", "Hội nghị sắp tới"],
    "other": ["Nhiệm vụ của cơ quan tôi", "Hội nghị sắp tới"],
    "collector": ["Đang lấy ý kiến"],
    "overseer": ["Hội nghị sắp tới"],
    "reception": ["Vụ việc chờ bàn giao theo luật"],
    "admin": [],
}


def titles(world, role):
    answer = world.client(role).get(world.address("home"))
    assert all(section.title in answer.content.decode() for section in answer.context["sections"])
    return [section.title for section in answer.context["sections"]]


@pytest.mark.parametrize("role", [role for role in ROLES if role != "anonymous"])
def test_home_shows_what_waits_for_the_role(world, role):
    assert titles(world, role) == SECTIONS[role]


def test_late_work_stands_with_who_gave_it_and_who_oversees(world):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Task.objects.filter(pk=world.rows["task"].pk).update(due_on=yesterday)

    late = {
        role: [title for title in titles(world, role) if title not in SECTIONS[role]]
        for role in ("clerk", "head", "overseer", "asked", "stranger")
    }

    assert late == {
        "clerk": ["Nhiệm vụ đã giao bị quá hạn"],
        "head": ["Nhiệm vụ đã giao bị quá hạn"],
        "overseer": ["Quá hạn trên địa bàn"],
        "asked": [],
        "stranger": [],
    }


@pytest.mark.parametrize("role", ("clerk", "head", "overseer"))
def test_all_late_work_is_the_late_work_of_the_section(world, role):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Task.objects.filter(pk=world.rows["task"].pk).update(due_on=yesterday)
    client = world.client(role)
    sections = client.get(world.address("home")).context["sections"]

    (late,) = [section for section in sections if "uá hạn" in section.title]
    shown = client.get(late.more).context["page"].rows

    assert [row.get_absolute_url() for row in shown] == [row.url for row in late.rows]


def test_a_returned_draft_comes_first_and_says_why(world):
    answer = world.client("clerk").get(world.address("home"))

    (drafts,) = [
        section for section in answer.context["sections"] if section.title == "Dự thảo đang soạn"
    ]
    reason = world.rows["draft"].return_reason
    assert [(row.label, row.detail) for row in drafts.rows] == [
        ("Trả lại", f"Bị trả lại: {reason}"),
        ("", ""),  # the amendment just begun
        ("", ""),  # the transfer slip of a denunciation
        ("", ""),  # the letter of a list to the province
    ]


def test_nobody_waits_for_nothing(world):
    answer = world.client("admin").get(world.address("home"))

    assert "Không có việc nào đang chờ" in answer.content.decode()
