"""What is ready before the hall opens: letters one by one, programme, script, speakers, what is missing."""

import datetime
import io

import pdfplumber
import pytest
from django.urls import reverse
from django.utils import timezone

from conferences import actions, queries
from conferences.documents import invitation_clauses
from conferences.documents.programme import programme_paper, script_paper
from conferences.models import AgendaItem, Conference
from conferences.models.prints import InvitationPrint
from conferences.queries.inviting import answer_path
from organisations.models import Role
from tests.factories.conferences import (
    START,
    AgendaItemFactory,
    ConferenceFactory,
    ParticipantFactory,
)
from tests.factories.documents import draft_document, issued
from tests.factories.organisations import member

NOTE = "Bí thư dặn: nói ngắn"


@pytest.fixture
def conference(db):
    made = ConferenceFactory()
    AgendaItemFactory(conference=made, position=1, text="Khai mạc", minutes=20)
    AgendaItemFactory(conference=made, position=2, text="Họp kín", is_internal=True, note=NOTE)
    return made


@pytest.fixture
def clerk(conference):
    return member(Role.CLERK, conference.organisation)


def words_of(paper):
    tables = [block.table for block in paper.blocks if block.table]
    return "\n".join(cell for table in tables for row in table.rows for cell in row)


def test_the_programme_is_for_everybody_and_the_script_for_the_office(conference):
    lines = queries.agenda_lines(conference, START)
    public = words_of(programme_paper(conference, lines, today=START.date()))
    script = words_of(script_paper(conference, lines, [], today=START.date()))

    assert public.split("\n") == ["1", "Khai mạc", ""]
    assert ("Họp kín (nội bộ)" in script, NOTE in script, "08:20" in script) == (True, True, True)


def test_an_item_carries_a_paper_of_the_dossier_and_its_readers_open_it(conference, clerk, client):
    client.force_login(clerk)
    plan = conference.session.plan.document
    item = AgendaItem.objects.get(text="Khai mạc")
    address = reverse("conferences:agenda_edit", args=[conference.pk, item.pk])

    client.post(address, {"text": "Khai mạc", "minutes": 15, "document": plan.pk, "note": "Riêng"})

    item.refresh_from_db()
    assert (item.document, item.minutes, item.note) == (plan, 15, "Riêng")
    page = client.get(reverse("conferences:agenda", args=[conference.pk])).content.decode()
    assert f'href="{plan.get_absolute_url()}"' in page


def test_one_letter_is_printed_alone_with_its_own_seat_and_code(conference, clerk, client):
    conference.seats = 10
    draft = draft_document(
        conference.organisation, type_code="GM", clauses=invitation_clauses(conference)
    )
    conference.invitation = issued(draft)
    conference.save()
    lan = ParticipantFactory(conference=conference, name="Lan", seat="Dãy 1 - ghế 07")
    mai = ParticipantFactory(conference=conference, name="Mai")
    client.force_login(clerk)

    address = reverse("conferences:invitation_file", args=[conference.pk, lan.pk])
    written = client.get(address).content
    order = actions.order_invitations(conference, by=clerk)
    actions.make_invitations(order)

    with pdfplumber.open(io.BytesIO(written)) as pdf:
        words = pdf.pages[0].extract_text()
        assert (len(pdf.pages), mai.name in words) == (1, False)
        assert ("kính mời: Lan" in words, "Chỗ ngồi: Dãy 1 - ghế 07" in words) == (True, True)
    guest = actions.papers._guest(lan)
    assert guest.qr_text.endswith(answer_path(lan))
    conference.starts_at = timezone.now() + datetime.timedelta(days=1)
    conference.ends_at = conference.starts_at + datetime.timedelta(hours=3)
    conference.save()
    assert client.get(answer_path(lan)).context["person"] == lan
    assert InvitationPrint.objects.get().state == "done"


def test_speakers_are_chosen_by_matter_with_minutes_or_answered_in_writing(world):
    today = Conference.objects.get(pk=world.rows["today"].pk)
    client = world.client("clerk")
    address = reverse("conferences:speakers", args=[today.pk])
    groups = client.get(address).context["groups"]
    first, second = (one.wishes[0].opinion for one in groups)

    client.post(address, {"opinions": [first.pk], "minutes": "5"})
    client.post(address, {"opinions": [second.pk], "in_writing": "on"})

    assert all(one.group is not None for one in groups)
    turns = {turn.opinion_id: turn for turn in today.turns.exclude(opinion=None)}
    assert (turns[first.pk].minutes, turns[first.pk].in_writing) == (5, False)
    assert turns[second.pk].in_writing is True
    page = client.get(reverse("conferences:reading", args=[today.pk])).content.decode()
    called, written = page.split("Trả lời bằng văn bản")
    assert (first.group.title in called, first.group.answer.text in called) == (True, True)
    assert second.group.title in written


def test_what_is_missing_is_named_with_who_and_until_when(world):
    today = Conference.objects.get(pk=world.rows["today"].pk)
    AgendaItem.objects.filter(conference=today, position=1).update(conductor="")
    guest = today.participants.filter(email="").first()
    actions.people.edit_participant(guest, by=world.users["vanphong"], email="moi@vidu.example")

    needs = {need.name: need for need in queries.needs_of(today)}

    day = timezone.localdate(today.starts_at)
    open_ones = {
        name: (need.missing, need.until) for name, need in needs.items() if not need.is_met
    }
    assert open_ones == {
        "Người điều hành từng mục": ("1 mục chưa có người điều hành", day),
        "Thay đổi đại biểu sau hạn": ("1 thay đổi chờ duyệt", day),
        "Gửi giấy mời": ("1 người có thư điện tử chưa được gửi", day),
    }
    assert {needs[name].who for name in open_ones} == {today.organisation.name}


def test_a_conference_of_another_day_opens_with_what_is_missing(world):
    today, client = world.rows["today"], world.client("clerk")
    start = f'action="{reverse("conferences:start", args=[today.pk])}"'
    page = client.get(today.get_absolute_url()).content.decode()
    later = datetime.timedelta(days=2)
    Conference.objects.filter(pk=today.pk).update(
        starts_at=today.starts_at + later, ends_at=today.ends_at + later
    )
    early = client.get(today.get_absolute_url()).content.decode()

    for name in ("invitations_send", "invitations_remind", "invitations"):
        assert f'href="{reverse(f"conferences:{name}", args=[today.pk])}"' in page
    assert ("Trả lời: 2 dự, 1 vắng, 1 cử người thay" in page, start in page) == (True, True)
    assert early.index("Chuẩn bị đến đâu") < early.index(start)
