"""What is printed for a conference and written after it: programme, script, minutes, what is missing."""

import datetime
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from conferences import actions, queries
from conferences.documents import minutes_clauses
from conferences.documents.programme import programme_paper, script_paper
from conferences.models import Conference, Exchange, Passage
from conferences.queries.minutes import untold
from core.access import RefusedError
from core.transitions import IllegalMoveError
from documents.actions import (
    amend_document,
    edit_clause,
    issue_document,
    revoke_document,
    submit_document,
    undo_step,
)
from organisations.models import Role
from tests.factories.conferences import (
    START,
    AgendaItemFactory,
    ConferenceFactory,
    ExchangeFactory,
    ParticipantFactory,
    SpeakingTurnFactory,
)
from tests.factories.documents import head_of
from tests.factories.organisations import PartyTermFactory, member

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def conference():
    return ConferenceFactory(invited=3, present=2)


@pytest.fixture
def clerk(conference):
    return member(Role.CLERK, conference.organisation)


def words(clauses):
    return [line for one in clauses for line in (one.text, *words(one.children))]


def test_the_minutes_tell_every_item_speech_and_outcome_in_order(conference):
    item = AgendaItemFactory(
        conference=conference, text="Trao đổi", started_at=START, ended_at=START + 40 * MINUTE
    )
    AgendaItemFactory(conference=conference, text="Tặng hoa", conductor="Văn phòng")
    AgendaItemFactory(conference=conference, text="Bế mạc", conductor="Chủ trì")
    AgendaItemFactory(conference=conference, text="Họp tổ thư ký", is_internal=True)
    SpeakingTurnFactory(
        conference=conference,
        name="Người chỉ phát biểu",
        started_at=START + MINUTE,
        ended_at=START + 3 * MINUTE,
    )
    asked = SpeakingTurnFactory(
        conference=conference,
        name="Người hỏi",
        started_at=START + 4 * MINUTE,
        ended_at=START + 6 * MINUTE,
    )
    SpeakingTurnFactory(conference=conference, name="Người chưa được mời", body="Thôn Đông")
    ExchangeFactory(
        conference=conference,
        agenda_item=item,
        turn=asked,
        raised_by="Người hỏi",
        question="Đường hỏng",
        outcome=Exchange.Outcome.ASSIGNED,
    )
    ParticipantFactory(conference=conference, present_at=START)

    told = "\n".join(words(minutes_clauses(conference)))

    order = [
        "Số người được mời: 3; có mặt: 2; vắng: 1",
        "Đại biểu khác: mời 1, có mặt 1, vắng 0",
        "Người chỉ phát biểu",
        "Người hỏi",
        "Đường hỏng",
        "Kết quả: Giao cơ quan giải quyết.",
        "Tặng hoa (Văn phòng điều hành): không thực hiện",
        "Bế mạc (Chủ trì điều hành)\n",
        "2 lượt phát biểu, 1 nội dung được nêu",
        "Người chưa được mời, Thôn Đông",
        "Họ tên, đơn vị | Nội dung",
    ]
    places = [told.find(piece) for piece in order]
    assert (places == sorted(places), min(places) >= 0) == (True, True), places
    assert "Họp tổ thư ký" not in told


def test_minutes_have_no_line_for_a_secretary_nobody_named(conference):
    def opening():
        return [one.text for one in minutes_clauses(conference) if one.kind == "fact_line"]

    named = opening()
    conference.secretary = ""

    assert named == [*opening(), "Thư ký: Chuyên viên văn phòng"]
    assert [line for line in opening() if line.rstrip().endswith(":")] == []


def test_minutes_without_an_agenda_have_no_heading_with_nothing_under_it(conference):
    def headings():
        return [one.text for one in minutes_clauses(conference) if one.kind == "heading"]

    bare = headings()
    ExchangeFactory(conference=conference, question="Đường hỏng")

    assert bare == ["Tổng hợp"]
    assert headings() == ["Diễn biến hội nghị", "Tổng hợp"]


def test_a_speech_outside_every_item_is_told_once(conference):
    AgendaItemFactory(conference=conference, text="Khai mạc", started_at=None)
    ended = {"conference": conference, "ended_at": START + 3 * MINUTE}
    asked = SpeakingTurnFactory(name="Người hỏi", started_at=START + MINUTE, **ended)
    SpeakingTurnFactory(name="Người chỉ phát biểu", started_at=START, **ended)
    ExchangeFactory(conference=conference, turn=asked, raised_by="Người hỏi", question="Đường?")

    (course,) = (one for one in minutes_clauses(conference) if one.text == "Diễn biến hội nghị")

    others = course.children[-1]
    firsts = [one.text.splitlines()[0] for one in others.children]
    assert others.text == "Ý kiến khác"
    assert firsts == ["Người chỉ phát biểu phát biểu (lúc 08:00).", "Người hỏi, thôn 1 nêu: Đường?"]


def test_secretaries_too_long_for_a_signature_stand_in_the_words_alone(conference, clerk):
    conference.secretary = "; ".join(
        f"Bà Trần Thu Hà {at}, chuyên viên Văn phòng" for at in range(5)
    )
    conference.state, conference.closed_at = "closed", START
    conference.save()

    minutes = actions.draft_minutes(conference, by=clerk, today=START.date())

    assert (minutes.secretary_name, texts(minutes).count(f"Thư ký: {conference.secretary}")) == (
        "",
        1,
    )


def test_passages_are_the_offices_own_or_those_for_everybody(conference, clerk):
    office, use = conference.organisation, Passage.Use.MINUTES
    common = [row.title for row in Passage.objects.of(office, use)]

    actions.save_passages(office, use, [("Mở đầu", "Hội nghị bắt đầu đúng giờ.")], by=clerk)
    own = list(Passage.objects.of(office, use))

    assert (len(common), [row.title for row in own]) == (4, ["Mở đầu"])
    assert "Hội nghị bắt đầu đúng giờ." in words(minutes_clauses(conference, own))
    with pytest.raises(RefusedError):
        actions.save_passages(office, use, [], by=member(Role.CLERK))
    actions.save_passages(office, use, [], by=clerk)
    assert [row.title for row in Passage.objects.of(office, use)] == common


def test_private_words_stand_in_the_script_only(conference):
    AgendaItemFactory(
        conference=conference,
        text="Khai mạc",
        conductor="Chủ trì",
        words="Kính thưa quý vị",
        note="Nhắc riêng chủ trì",
        fallback="Mất điện thì hoãn",
    )
    AgendaItemFactory(conference=conference, text="Hội ý", is_internal=True)
    lines = queries.agenda_lines(conference, conference.starts_at)
    passages = Passage.objects.of(conference.organisation, Passage.Use.SCRIPT)
    today = START.date()

    public = cells(programme_paper(conference, lines, today=today))
    private = cells(script_paper(conference, lines, passages, today=today))

    assert public == [("1", "Khai mạc", "Chủ trì")]
    assert private[0][1:5] == ("08:00", "10", "Khai mạc", "Chủ trì")
    assert private[0][5:] == ("Kính thưa quý vị", "", "Mất điện thì hoãn\nNhắc riêng chủ trì")
    assert private[1][3] == "Hội ý (nội bộ)"


def cells(paper):
    return [row for block in paper.blocks if block.table for row in block.table.rows]


def test_what_is_missing_is_named_with_who_and_until_when(conference):
    conference.secretary = ""
    before = {need.name: need.missing for need in queries.needs_of(conference) if not need.is_met}
    AgendaItemFactory(conference=conference, conductor="Văn phòng", minutes=600)
    ParticipantFactory(conference=conference)
    conference.secretary = "Người ghi"
    after = {need.name: need.missing for need in queries.needs_of(conference) if not need.is_met}

    assert before == {
        "Chương trình": "chưa có mục nào",
        "Đại biểu": "danh sách còn trống",
        "Giấy mời": "chưa soạn",
        "Thư ký": "chưa ghi tên",
    }
    assert set(after) == {"Chương trình", "Giấy mời"}
    assert after["Chương trình"].startswith("dự kiến xong lúc")


def test_two_clocks_run_from_the_end(conference):
    conference.closed_at = START.replace(month=4, day=24, hour=11)

    told = [(clock.name, clock.due_on.isoformat()) for clock in queries.clocks_of(conference)]

    assert told == [
        ("Ban hành thông báo kết luận", "2026-05-08"),
        ("Công khai kết quả đối thoại", "2026-05-04"),
    ]


@pytest.fixture
def office(conference):
    member(Role.HEAD, conference.organisation)
    if not conference.organisation.terms.exists():
        PartyTermFactory(organisation=conference.organisation)
    return conference.organisation


@pytest.mark.usefixtures("office")
def test_the_invitation_in_force_is_the_one_the_conference_sends(conference, clerk):
    first = issued(
        actions.draft_invitation(conference, by=clerk, today=START.date(), note=""), clerk
    )
    second = amend_document(first, by=clerk, today=START.date(), style="whole")
    clause = second.clauses.order_by("pk").first()
    edit_clause(clause, by=clerk, version=clause.version, text="Trân trọng kính mời (sửa)")

    second = issued(second, clerk)

    assert Conference.objects.get(pk=conference.pk).invitation == second


@pytest.mark.usefixtures("office")
def test_approved_minutes_are_locked_and_corrected_by_a_version_with_its_reason(conference, clerk):
    Conference.objects.filter(pk=conference.pk).update(state="closed", closed_at=START)
    conference.refresh_from_db()
    today = START.date()
    first = issued(actions.draft_minutes(conference, by=clerk, today=today), clerk)
    clause = first.clauses.order_by("pk").first()
    with pytest.raises(RefusedError):
        edit_clause(clause, by=clerk, version=clause.version, text="Đổi sau khi khóa")

    second = amend_document(
        first, by=clerk, today=today, style="whole", reason="Ghi sai số đại biểu"
    )
    assert Conference.objects.get(pk=conference.pk).minutes == first
    clause = second.clauses.order_by("pk").first()
    edit_clause(clause, by=clerk, version=clause.version, text="Số đại biểu có mặt: 2")
    second = issued(second, clerk)
    held = Conference.objects.get(pk=conference.pk)

    first.refresh_from_db()
    assert (held.minutes, first.state, second.amendment_reason) == (
        second,
        "amended",
        "Ghi sai số đại biểu",
    )
    assert len({first.pdf_sha256, second.pdf_sha256, ""}) == 3
    revoke_document(second, by=head_of(second), reason="Nhầm")
    assert Conference.objects.get(pk=conference.pk).minutes == first

    first.refresh_from_db()
    revoke_document(first, by=head_of(first), reason="Sai cả biên bản")
    held = Conference.objects.get(pk=conference.pk)
    assert actions.draft_minutes(held, by=clerk, today=today) == held.minutes != first


def issued(document, clerk):
    submit_document(document, by=clerk)
    document.refresh_from_db()
    issue_document(document, by=head_of(document), today=START.date())
    document.refresh_from_db()
    return document


@pytest.fixture
def drafted(conference, clerk):
    actions.start_conference(conference, by=clerk, now=START)
    actions.close_conference(conference, by=clerk, now=START, invited=3, present=2)
    return actions.draft_minutes(conference, by=clerk, today=START.date())


@pytest.mark.usefixtures("office")
def test_minutes_wait_for_a_conference_opened_again_and_tell_what_it_added(
    conference, clerk, drafted
):
    before = texts(drafted)
    actions.reopen_conference(conference, by=clerk, now=START + MINUTE, note="Bấm nhầm")
    with pytest.raises(IllegalMoveError):
        submit_document(drafted, by=clerk)
    late = ExchangeFactory(
        conference=conference,
        question="Cầu hỏng",
        outcome=Exchange.Outcome.ASSIGNED,
        at=timezone.now(),
    )
    actions.close_conference(conference, by=clerk, now=START + 9 * MINUTE, invited=3, present=2)
    held = Conference.objects.get(pk=conference.pk)
    missing = untold(held)

    actions.redraft_minutes(held, by=clerk)

    after = "\n".join(texts(drafted))
    assert (missing, untold(held)) == ([late], [])
    assert "Giao cơ quan có trách nhiệm giải quyết: Cầu hỏng." in after
    undo_step(drafted, by=clerk)
    assert texts(drafted) == before
    with pytest.raises(RefusedError):
        actions.redraft_minutes(held, by=member(Role.HEAD, conference.organisation))


@pytest.mark.usefixtures("_fast_templates")
def test_passages_go_under_the_chosen_heading_and_two_editors_lose_nothing(
    conference, clerk, drafted, client
):
    client.force_login(clerk)
    heading = drafted.clauses.get(text="Tổng hợp")
    chosen = list(Passage.objects.of(conference.organisation, Passage.Use.MINUTES)[:2])
    address = reverse("conferences:minutes_draft", args=[conference.pk])
    picked = {"passages": [row.pk for row in chosen], "heading": heading.pk}
    client.post(address, {**picked, "_once": uuid.uuid4()})
    under = drafted.clauses.filter(parent=heading).order_by("position")
    assert [row.text for row in under][1:] == [row.text for row in chosen]

    clause = under.last()
    edit_clause(clause, by=clerk, version=clause.version, text=f"{clause.text} Đã ghi.")
    late = client.post(
        reverse("documents:clause_edit", args=[drafted.pk, clause.pk]),
        {"text": f"Đúng giờ. {chosen[1].text}", "base": chosen[1].text, "version": 1},
        headers={"Accept": "application/json"},
    )

    assert late.status_code == 409
    assert f"Đúng giờ. {chosen[1].text} Đã ghi." in late.json()["form"]


def texts(document):
    return list(document.clauses.order_by("parent", "position").values_list("text", flat=True))
