import datetime
import re

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from conferences.actions import (
    cancel_conference,
    edit_conference,
    make_invitations,
    order_invitations,
    print_invitation,
)
from conferences.actions import inviting as actions
from conferences.actions.people import edit_participant
from conferences.documents import invitation_clauses
from conferences.models import Conference, Participant
from conferences.queries.inviting import answer_path, answers_of, guest_behind, letter_words
from core import outbox
from core.access import RefusedError
from core.models import Message
from organisations.models import Role
from tests.factories.conferences import ConferenceFactory, ParticipantFactory
from tests.factories.documents import draft_document, issued
from tests.factories.organisations import member
from tests.forms import once
from tests.stage import standing

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 5, 1)
TOKEN = "7b0f8a52-6a8c-4a2b-9d70-0d1b1f0a6c11"


def made_conference():
    start = timezone.now() + datetime.timedelta(days=10)
    made = ConferenceFactory(starts_at=start, ends_at=start + datetime.timedelta(hours=3))
    made.invitation = issued(
        draft_document(made.organisation, type_code="GM", clauses=invitation_clauses(made))
    )
    made.save()
    return made.pk


_standing = standing(made_conference)


@pytest.fixture
def conference(_standing, db):
    return Conference.objects.get(pk=_standing)


@pytest.fixture
def clerk(conference):
    return member(Role.CLERK, conference.organisation)


def guest(conference, name, email=""):
    return ParticipantFactory(conference=conference, name=name, email=email)


def answered(person, **said):
    actions.answer_invitation(person, now=timezone.now(), **said)


def sent(kind):
    return Message.objects.filter(key__startswith=f"{kind}:").order_by("pk")


def calendar_of(letter):
    """UID, sequence, method and reader of the entry in a letter."""
    (_name, words, _kind) = letter.attachments[0]
    words = (words if isinstance(words, str) else words.decode()).replace("\r\n ", "")
    return [
        re.search(pattern, words)[1]
        for pattern in (r"UID:(\S+)", r"SEQUENCE:(\d+)", r"METHOD:(\w+)", r"mailto:(b@\S+)")
    ]


def test_invitations_go_once_to_those_chosen_by_mail_and_in_the_software(conference, clerk):
    officer = member(Role.OFFICER, conference.organisation)
    by_mail, by_both, other = (
        guest(conference, "Bà Lan", "b@vidu.vn"),
        guest(conference, "Ông Hữu", officer.email),
        guest(conference, "Bà Mai", "c@vidu.vn"),
    )
    paper = guest(conference, "Cụ Tư")
    chosen = [by_mail.pk, by_both.pk, paper.pk]

    counts = [actions.send_invitations(conference, chosen, by=clerk) for _ in range(2)]
    outbox.send_waiting()

    assert counts == [2, 0]
    assert [(one.about_id, one.channel) for one in sent("invitation")] == [
        (by_mail.pk, "email"),
        (by_both.pk, "email"),
        (by_both.pk, "in_app"),
    ]
    letter = next(one for one in mail.outbox if one.to == ["b@vidu.vn"])
    assert len(mail.outbox) == 2
    assert "trân trọng kính mời: Bà Lan" in letter.body
    assert answer_path(by_mail) in letter.body
    assert calendar_of(letter)[2:] == ["REQUEST", "b@vidu.vn"]
    assert "b@vidu.vn" not in sent("invitation")[0].calendar
    assert other.pk not in sent("invitation").values_list("about_id", flat=True)
    with pytest.raises(RefusedError):
        actions.send_invitations(conference, chosen, by=member(Role.CLERK))


def test_the_outbox_page_counts_by_way_and_an_empty_choice_sends_to_nobody(
    client, conference, clerk
):
    lan = guest(conference, "Bà Lan", "b@vidu.vn")
    tu = guest(conference, "Cụ Tư")
    client.force_login(clerk)
    address = reverse("conferences:invitations_send", args=[conference.pk])

    fresh = client.get(address)
    empty = client.post(address, {"_once": TOKEN, "act": "send"})
    preview = client.post(address, {"_once": TOKEN, "act": "preview", "chosen": [lan.pk, tu.pk]})

    assert "checked" not in fresh.content.decode()
    assert "chưa gửi cho ai" in empty.content.decode()
    assert [(way, len(people)) for way, people in preview.context["groups"]] == [
        ("Thư điện tử", 1),
        ("Chỉ giấy", 1),
    ]
    assert "trân trọng kính mời: Bà Lan" in preview.content.decode()
    assert sent("invitation").count() == 0


def test_thirty_guests_more_cost_the_outbox_page_no_query_more(client, conference, clerk):
    client.force_login(clerk)
    address = reverse("conferences:invitations_send", args=[conference.pk])
    asked = []
    for number in (0, 1, 30):
        for at in range(number):
            one = guest(conference, f"Bà {at}", f"b{number}-{at}@vidu.vn")
            answered(one, answer="substitute", name="Ông Ba")
        chosen = conference.participants.filter(substitute_for=None).values_list("pk", flat=True)
        actions.send_invitations(conference, chosen, by=clerk)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        asked.append(len(queries))

    assert (asked[2] <= asked[1], asked[2] <= 15) == (True, True)


def test_a_guest_answers_by_link_and_looking_changes_nothing(client, conference):
    lan = guest(conference, "Bà Lan")
    address = answer_path(lan)

    looked = client.get(address)
    lan.refresh_from_db()
    before = lan.answer
    said = {"_once": TOKEN, "answer": "substitute", "name": "Ông Ba", "post": "Phó thôn"}
    client.post(address, said)
    lan.refresh_from_db()
    instead = lan.substitute

    assert (looked.status_code, before) == (200, "")
    assert (lan.answer, instead.name, instead.post, instead.answer) == (
        "substitute",
        "Ông Ba",
        "Phó thôn",
        "yes",
    )
    again = client.post(answer_path(instead), once(**said))
    assert "không cử tiếp" in again.content.decode()
    with pytest.raises(RefusedError, match="không cử tiếp"):
        answered(instead, answer="substitute", name="Ông Bốn")
    answered(lan, answer="yes")
    assert answers_of(conference) == {"": 0, "yes": 1, "no": 0, "substitute": 0}
    assert conference.participants.count() == 1
    Participant.objects.update(present_at=timezone.now())
    with pytest.raises(RefusedError, match="Đã có người đến"):
        answered(lan, answer="no")


def test_an_address_that_was_wrong_is_written_to_once_it_is_mended(conference, clerk):
    lan = guest(conference, "Bà Lan", "nham@vidu.vn")
    actions.send_invitations(conference, [lan.pk], by=clerk)
    edit_participant(lan, by=clerk, email="b@vidu.vn")

    counts = [actions.send_invitations(conference, [lan.pk], by=clerk) for _ in range(2)]

    assert counts == [1, 0]
    assert [one.address for one in sent("invitation")] == ["nham@vidu.vn", "b@vidu.vn"]


def test_the_answer_page_tells_no_more_than_the_letter(client, conference):
    lan = guest(conference, "Bà Lan", "kin@vidu.vn")
    edit = {"phone": "0912345678", "post": "Trưởng thôn", "body": "thôn Gò Mây", "seat": "Dãy 9"}
    for name, value in edit.items():
        setattr(lan, name, value)
    lan.save()
    guest(conference, "Cụ Khác")

    page = client.get(answer_path(lan))
    shown = page.content.decode()

    letter = letter_words(conference, lan)
    assert [word in shown for word in ("kin@vidu.vn", "0912345678", "Cụ Khác")] == [False] * 3
    assert [word in letter for word in ("Bà Lan", "Trưởng thôn", "thôn Gò Mây")] == [True] * 3
    assert (page["X-Robots-Tag"], page["Referrer-Policy"]) == ("noindex", "no-referrer")


def test_a_wrong_link_and_one_after_the_start_name_nobody(client, conference, clerk):
    lan = guest(conference, "Bà Lan")
    wrong = client.get(reverse("answer", args=[lan.code, "0000000000"]))
    conference.starts_at = timezone.now() - datetime.timedelta(minutes=1)
    conference.save()
    late = client.get(answer_path(lan))

    assert [page.status_code for page in (wrong, late)] == [404, 410]
    assert "Lan" not in wrong.content.decode() + late.content.decode()
    assert guest_behind(lan.code, "") is None
    with pytest.raises(RefusedError):
        answered(lan, answer="yes", by=clerk)


def test_only_those_who_have_not_answered_are_reminded_once_a_day(conference, clerk):
    silent, said_no, not_invited = (
        guest(conference, name, f"{name}@vidu.vn") for name in ("lan", "mai", "tu")
    )
    actions.send_invitations(conference, [silent.pk, said_no.pk], by=clerk)
    answered(said_no, answer="no", by=clerk)

    days = [TODAY, TODAY, TODAY + datetime.timedelta(days=1)]
    counts = [actions.remind_guests(conference, by=clerk, today=day) for day in days]

    assert counts == [1, 0, 1]
    assert {one.about_id for one in sent("reminder")} == {silent.pk}
    assert not_invited.pk not in {one.about_id for one in sent("reminder")}


def test_a_move_is_told_once_with_the_next_sequence_and_an_end_cancels(conference, clerk):
    lan, mai = guest(conference, "Bà Lan", "b@vidu.vn"), guest(conference, "Bà Mai", "c@vidu.vn")
    actions.send_invitations(conference, [lan.pk, mai.pk], by=clerk)
    answered(mai, answer="no")
    conference.refresh_from_db()

    edit_conference(conference, by=clerk, version=conference.version, place="Nhà văn hóa thôn 2")
    edit_conference(conference, by=clerk, version=conference.version, chair="Phó Bí thư")
    moved = list(sent("moved"))
    cancel_conference(conference, by=clerk, note="Bão số 3")
    outbox.send_waiting()

    letters = [calendar_of(one) for one in mail.outbox if one.to == ["b@vidu.vn"]]
    first = int(letters[0][1])
    assert [one.about_id for one in moved] == [lan.pk]
    assert {uid for uid, *_ in letters} == {letters[0][0]}
    assert [(int(number) - first, method) for _, number, method, _ in letters] == [
        (0, "REQUEST"),
        (1, "REQUEST"),
        (2, "CANCEL"),
    ]
    assert [one.about_id for one in sent("cancelled")] == [lan.pk]


def test_a_guest_who_cannot_be_printed_is_named_by_the_print_of_all(conference, clerk, client):
    fine, odd = guest(conference, "Lê An"), guest(conference, "Trần 😀 Bình")
    named = "1 đại biểu có ký tự không in được trong họ tên, chức vụ hoặc đơn vị: Trần 😀 Bình ("

    order = order_invitations(conference, by=clerk)
    make_invitations(order)

    order.refresh_from_db()
    assert (order.state, order.error.startswith(named)) == ("failed", True)
    assert print_invitation(conference, fine).startswith(b"%PDF")
    with pytest.raises(RefusedError, match="Trần 😀 Bình"):
        print_invitation(conference, odd)
    client.force_login(clerk)
    edit = reverse("conferences:participant_edit", args=[conference.pk, odd.pk])
    page = client.get(reverse("conferences:invitations", args=[conference.pk])).content.decode()
    alone = client.get(reverse("conferences:invitation_file", args=[conference.pk, odd.pk]))
    assert (page.count("/sua/"), page.count(f'href="{edit}"'), alone.url) == (1, 1, edit)
    edit_participant(odd, by=clerk, name="Trần Bình")
    again = order_invitations(conference, by=clerk)
    make_invitations(again)
    again.refresh_from_db()
    assert (again.state, again.copies) == ("done", 2)
