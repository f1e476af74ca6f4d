"""The pages of conclusion notices, on the demonstration."""

import pytest
from django.urls import reverse
from django.utils import timezone

from assignments.models import Task
from conclusions.models import ConclusionNotice
from conferences import actions as conferences
from conferences.models import Conference
from documents.actions import submit_document
from documents.models import Document
from tests.forms import once


@pytest.fixture
def closed(world):
    """Today's conference, closed with one matter answered and one assigned."""
    clerk, now = world.users["vanphong"], timezone.now()
    row = Conference.objects.get(pk=world.rows["today"].pk)
    conferences.start_conference(row, by=clerk, now=now)
    for question, outcome in (("Mương tắc", "answered"), ("Cầu hỏng", "assigned")):
        conferences.record_exchange(
            row,
            by=clerk,
            now=now,
            raised_by="Ông Bảy",
            question=question,
            answered_by="Chủ tịch",
            answer="Sẽ làm.",
            outcome=outcome,
        )
    conferences.close_conference(row, by=clerk, now=now, invited=40, present=38)
    return row


def draft(world, role="clerk"):
    return world.client(role).post(world.address("conclusions:draft", "today"), once())


def test_a_closed_conference_waits_for_its_notice(world, closed):
    waiting = {
        role: world.client(role).get(reverse("conclusions:list")).context["waiting"]
        for role in ("clerk", "head", "overseer", "stranger")
    }

    assert waiting == {"clerk": [closed], "head": [], "overseer": [], "stranger": []}


def test_drafting_leads_to_the_editor_and_happens_once(world, closed):
    answer, again = draft(world), draft(world)

    notice = ConclusionNotice.objects.get(conference=closed)
    assert (answer.status_code, answer.url) == (
        302,
        reverse("documents:edit", args=[notice.document_id]),
    )
    assert (again.status_code, ConclusionNotice.objects.filter(conference=closed).count()) == (
        403,
        1,
    )
    words = world.client("clerk").get(answer.url).content.decode()
    assert ("Mương tắc" in words, "Cầu hỏng" in words) == (True, True)


def test_others_do_not_learn_of_a_drafted_notice(world, closed):
    draft(world)
    notice = ConclusionNotice.objects.get(conference=closed)

    got = {
        role: world.client(role).get(notice.get_absolute_url()).status_code
        for role in ("clerk", "head", "asked", "overseer", "stranger")
    }

    assert got == {"clerk": 200, "head": 200, "asked": 404, "overseer": 404, "stranger": 404}
    assert (
        world.client("anonymous").get(reverse("portal:conclusion", args=[notice.pk])).status_code
        == 404
    )


def test_an_assignment_without_lead_and_deadline_is_not_issued(world, closed):
    draft(world)
    notice = ConclusionNotice.objects.get(conference=closed)
    submit_document(notice.document, by=world.users["vanphong"])
    address = reverse("documents:issue", args=[notice.document_id])
    before = Task.objects.count()

    page = world.client("head").get(address).content.decode()
    answer = world.client("head").post(address, once())

    assert [words in page for words in ("chưa có cơ quan chủ trì", "chưa có thời hạn")] == [
        True
    ] * 2
    assert (answer.status_code, Document.objects.get(pk=notice.document_id).state) == (
        403,
        "submitted",
    )
    assert Task.objects.count() == before


def test_the_notice_shows_every_point_with_its_task(world):
    answer = world.client("clerk").get(world.address("conclusions:detail", "notice"))

    kinds = [point.kind for point in world.rows["notice"].points.order_by("pk")]
    assert sorted(kinds) == ["answered", "assigned", "assigned", "assigned", "petition"]
    page = answer.content.decode()
    tasks = Task.objects.filter(clause__document=world.rows["notice"].document)
    assert [task.get_absolute_url() in page for task in tasks] == [True] * 4


def test_the_list_shows_issued_notices_to_everybody(world):
    rows = {
        role: list(world.client(role).get(reverse("conclusions:list")).context["page"].rows)
        for role in ("clerk", "stranger", "admin")
    }

    assert rows == dict.fromkeys(rows, [world.rows["notice"]])
