import datetime

import pytest
from django.urls import reverse

from conferences import actions as conferences
from plans.forms import SessionForm, read_chair
from plans.models import DialogueSession
from tests.factories.documents import issued
from tests.factories.plans import add_session, draft_plan
from tests.forms import once
from tests.stage import standing

DAY = datetime.date
HANOI = datetime.timezone(datetime.timedelta(hours=7))

pytestmark = pytest.mark.django_db


def made_plan():
    plan = draft_plan()
    add_session(plan, plan.document.created_by, time="ngày 14/8/2026")
    issued(plan.document)
    return plan.pk


_standing = standing(made_plan)


@pytest.fixture
def session(_standing, db):
    rows = DialogueSession.objects.select_related("plan__document__organisation")
    return rows.get(plan=_standing)


@pytest.fixture
def clerk(session):
    return session.plan.document.created_by


@pytest.fixture
def page(client, clerk):
    client.force_login(clerk)
    return client


def test_the_session_page_shows_the_chain_before_and_after(page, session):
    parts = page.get(session.get_absolute_url()).context["parts"]

    assert [(title, len(lines)) for title, lines in parts] == [
        ("Trước hội nghị ngày 14/8/2026", 8),
        ("Sau hội nghị ngày 14/8/2026", 4),
    ]


def test_a_move_is_shown_first_and_applied_second(page, session):
    address = reverse("plans:move", args=[session.pk])
    shown = page.get(address, {"time": "ngày 20/8/2026"})
    assert len(shown.context["preview"].moving) == 12
    session.refresh_from_db()
    assert session.latest_on == DAY(2026, 8, 14)

    hidden = shown.context["apply"].initial
    typed = once(**hidden, reason="trùng lịch họp")
    assert page.post(address, typed)["Location"] == session.get_absolute_url()
    session.refresh_from_db()
    assert session.latest_on == DAY(2026, 8, 20)


def test_a_move_needs_a_reason_and_a_day(page, session):
    address = reverse("plans:move", args=[session.pk])
    typed = once(time="ngày 20/8/2026", sequence=0)

    assert page.post(address, typed).context["apply"].errors["reason"] == ["Hãy điền mục này."]
    assert page.get(address, {"time": "khi cần thiết"}).context["preview"] is None


def test_another_day_of_a_conference_is_saved_once_its_consequences_were_seen(page, session, clerk):
    day = datetime.datetime(2026, 8, 13, tzinfo=HANOI)
    conference = conferences.create_conference(
        session,
        by=clerk,
        starts_at=day.replace(hour=8),
        ends_at=day.replace(hour=11),
        place="Hội trường",
        chair="Bí thư",
    )
    address = reverse("conferences:edit", args=[conference.pk])
    first = page.get(address).context["form"].initial
    typed = {**first, "starts": "08:00", "ends": "11:00", "day": "17/8/2026"}
    shown = page.post(address, typed)
    assert len(shown.context["preview"].moving) == 12
    conference.refresh_from_db()
    assert conference.starts_at.date() == DAY(2026, 8, 13)

    seen = shown.context["form"].data
    assert page.post(address, seen)["Location"] == conference.get_absolute_url()
    session.refresh_from_db()
    assert session.fixed_on == DAY(2026, 8, 17)


@pytest.mark.parametrize(
    ("line", "pair"),
    (
        ("Bí thư Đảng ủy - Chủ tịch HĐND xã", ("Bí thư Đảng ủy - Chủ tịch HĐND xã", "")),
        (
            "Bí thư Đảng ủy - Chủ tịch HĐND xã: Lê Minh Hải",
            ("Bí thư Đảng ủy - Chủ tịch HĐND xã", "Lê Minh Hải"),
        ),
    ),
)
def test_a_person_with_two_posts_is_one_line(line, pair):
    assert read_chair(line) == pair


def test_several_chairs_are_typed_one_a_line(session):
    typed = {
        "fact-kind": "thematic",
        "fact-theme": "Đất đai",
        "fact-audience": "Nhân dân",
        "fact-form": "hybrid",
        "fact-chairs": "Bí thư Đảng ủy - Chủ tịch HĐND xã: Lê Hải\n\nChủ tịch UBND xã",
    }
    form = SessionForm(typed, clause=session.clause, prefix="fact")

    assert form.is_valid()
    assert form.cleaned_data["chairs"] == [
        ("Bí thư Đảng ủy - Chủ tịch HĐND xã", "Lê Hải"),
        ("Chủ tịch UBND xã", ""),
    ]
