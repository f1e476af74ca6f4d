import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from conferences import actions as conferences
from core.timephrase import parse
from organisations.models import Membership, Role
from plans import actions, queries
from plans.models import CalendarKey, DialogueSession
from tests.factories.organisations import OrganisationFactory, member
from tests.factories.plans import issued_plan
from tests.stage import standing

DAY = datetime.date
HANOI = datetime.timezone(datetime.timedelta(hours=7))
NOW = datetime.datetime(2026, 6, 1, 8, tzinfo=HANOI)

pytestmark = pytest.mark.django_db


_standing = standing(lambda: issued_plan().pk)


@pytest.fixture
def session(_standing, db):
    rows = DialogueSession.objects.select_related("plan__document__organisation")
    return rows.get(plan=_standing)


@pytest.fixture
def clerk(session):
    return session.plan.document.created_by


def secret_of(user, organisation=None):
    return actions.make_calendar_key(by=user, organisation=organisation, now=NOW)


def read(secret):
    """The events of an address, as a calendar program reads them."""
    key = queries.key_behind(secret)
    assert key is not None
    return Calendar.from_ical(queries.feed_of(key, DAY(2026, 6, 1))).walk("VEVENT")


def hold(session, by, hour=8):
    day = datetime.datetime(2026, 8, 20, tzinfo=HANOI)
    return conferences.create_conference(
        session,
        by=by,
        starts_at=day.replace(hour=hour),
        ends_at=day.replace(hour=hour + 3),
        place="Hội trường UBND xã",
        chair="Bí thư",
    )


def test_a_month_is_tentative_whole_days(session, clerk):
    (event,) = read(secret_of(clerk))

    assert (event["uid"], event["sequence"], event["status"]) == (
        f"session-{session.pk}@127.0.0.1:8000",
        0,
        "TENTATIVE",
    )
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (DAY(2026, 8, 1), DAY(2026, 9, 1))


def test_a_fixed_conference_overrides_the_phrase_in_its_time_zone(session, clerk):
    secret = secret_of(clerk)
    hold(session, clerk)
    key = queries.key_behind(secret)
    text = queries.feed_of(key, DAY(2026, 6, 1)).decode()
    (event,) = read(secret)

    assert "BEGIN:VTIMEZONE" in text
    assert "DTSTART;TZID=Asia/Ho_Chi_Minh:20260820T080000" in text
    assert (event["status"], event["sequence"], str(event["location"])) == (
        "CONFIRMED",
        1,
        "Hội trường UBND xã",
    )


def test_the_uid_stays_and_the_sequence_grows_with_each_change(session, clerk):
    secret = secret_of(clerk)
    (before,) = read(secret)
    actions.move_session(
        session,
        by=clerk,
        time=parse("Tháng 9/2026"),
        reason="trùng lịch",
        sequence=0,
        today=DAY(2026, 6, 1),
    )
    (after,) = read(secret)

    assert (after["uid"], after["sequence"]) == (before["uid"], before["sequence"] + 1)
    assert after.decoded("last-modified") >= before.decoded("last-modified")


def test_a_cancelled_conference_is_told_as_cancelled(session, clerk):
    secret = secret_of(clerk)
    conference = hold(session, clerk)
    conferences.cancel_conference(conference, by=clerk, note="mưa bão")
    (event,) = read(secret)

    assert (event["status"], event["sequence"]) == ("CANCELLED", 2)


def test_nothing_changes_until_something_changes(session, clerk):
    key = queries.key_behind(secret_of(clerk))

    assert queries.feed_of(key, DAY(2026, 6, 1)) == queries.feed_of(key, DAY(2026, 6, 2))


def test_no_name_is_in_the_calendar_but_its_owners(session, clerk):
    text = queries.feed_of(queries.key_behind(secret_of(clerk)), DAY(2026, 6, 1)).decode()

    assert "Lê Minh Hải" not in text.replace("\r\n ", "")
    assert "Bí thư Đảng ủy" in text.replace("\r\n ", "")


def test_only_what_concerns_the_owner(session):
    assert read(secret_of(member(Role.CLERK))) == []


def test_a_draft_is_in_no_calendar(clerk):
    assert len(read(secret_of(clerk))) == 1


# --- addresses -----------------------------------------------------------------------------------


def test_the_address_answers_without_log_in_and_knows_what_has_not_changed(client, session, clerk):
    address = reverse("plans:feed", args=[secret_of(clerk)])
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert (first.status_code, first["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert again.status_code == 304


def test_a_wrong_or_revoked_address_gives_nothing(client, clerk):
    secret = secret_of(clerk)
    actions.revoke_calendar_keys(by=clerk, organisation=None, now=NOW)

    assert client.get(reverse("plans:feed", args=[secret])).status_code == 404
    assert client.get(reverse("plans:feed", args=["X" * 32])).status_code == 404


def test_only_the_hash_of_an_address_is_kept_and_a_new_one_ends_the_old(clerk):
    old, new = secret_of(clerk), secret_of(clerk)
    kept = set(CalendarKey.objects.values_list("secret_hash", flat=True))

    assert old not in kept
    assert kept == {queries.hash_of(old), queries.hash_of(new)}
    assert queries.key_behind(old) is None
    assert queries.key_behind(new) is not None


def test_an_organisations_calendar_ends_with_the_membership(session, clerk):
    secret = secret_of(clerk, session.plan.document.organisation)
    assert len(read(secret)) == 1

    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Membership.objects.filter(user=clerk).update(valid_to=yesterday)
    assert queries.key_behind(secret) is None


def test_nobody_subscribes_to_a_strangers_organisation(client, clerk):
    client.force_login(clerk)
    stranger = OrganisationFactory()
    answer = client.post(reverse("plans:make_key"), {"organisation": stranger.pk})

    assert answer.status_code == 404


def test_the_page_shows_the_address_once(client, clerk):
    client.force_login(clerk)
    made = client.post(reverse("plans:make_key"), {"organisation": ""})
    address = made.context["address"]

    assert address in made.content.decode()
    assert address not in client.get(reverse("plans:subscribe")).content.decode()
    assert client.get(address.removeprefix("http://127.0.0.1:8000")).status_code == 200
