import pytest

from conclusions.actions import draft_notice
from conferences.actions import draft_minutes
from conferences.models import Exchange
from core.timephrase import parse
from core.transitions import IllegalMoveError, record
from documents.actions import edit_clause
from documents.models import Clause, Comment, Document, EditStep
from feedback import actions
from feedback.actions.voices import ask_about_data
from feedback.models import RestrictedMatter
from feedback.states import OpinionState
from tests.factories.conferences import ConferenceFactory, ExchangeFactory
from tests.factories.feedback import sent
from tests.feedback.steps import TODAY
from tests.feedback.test_privacy import everywhere

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_fast_templates")]
WHO = {"full_name": "Quokka Bình", "phone": "0912345678"}
SAID = "Zebrafish nhận tiền của dân ở hội trường"


@pytest.fixture
def talked_about(consultation, clerk):
    """An opinion, grouped, raised by its sender in the hall; minutes and notice are drafts."""
    row = sent(consultation, SAID, contact=WHO).submission.opinions.get()
    actions.classify_opinion(row, by=clerk, kind="comment", field=row.field, competence="commune")
    group = actions.create_group(
        [row], by=clerk, title="Zebrafish và tiền của dân", field=row.field, competence="commune"
    )
    conference = ConferenceFactory(
        session=consultation.session, state="closed", closed_at=consultation.opens_at
    )
    exchange = ExchangeFactory(
        conference=conference, group=group, raised_by="Quokka Bình", question=SAID,
        answer="Sẽ hỏi Zebrafish", outcome=Exchange.Outcome.ASSIGNED,
    )  # fmt: skip
    record(exchange, by=clerk, note="Zebrafish?")
    ExchangeFactory(conference=conference, raised_by="Bà Tư", question="Đèn đường tắt từ Tết")
    minutes = draft_minutes(conference, by=clerk, today=TODAY)
    notice = draft_notice(conference, by=clerk, today=TODAY).document
    told = minutes.clauses.get(kind="exchange", text__contains="Zebrafish")
    text = told.text + " (đã đọc lại)"
    edit_clause(told, by=clerk, version=told.version, text=text)
    Comment.objects.create(document=minutes, clause=told, quote=told.text, text="Rõ hơn", by=clerk)
    row.refresh_from_db()
    return row, minutes, notice


def test_exchanges_and_drafts_lose_a_denunciation_and_the_rest_stays(browse, talked_about, clerk):
    row, minutes, notice = talked_about
    routed = {"kind": "denunciation", "receiving_body": "UBKT", "reason": "Zebrafish"}
    assert "core_auditevent" in everywhere("zebrafish")

    page = browse(clerk)("route_out", row.pk, post=routed)

    assert (page.status_code, everywhere("zebrafish"), EditStep.objects.count()) == (302, set(), 0)
    left = list(Exchange.objects.order_by("pk").values_list("raised_by", "question"))
    assert left[0][0] == "Người dân"
    assert left[1] == ("Bà Tư", "Đèn đường tắt từ Tết")
    assert [paper.clauses.filter(text__contains="Đèn đường").count() for paper in (minutes, notice)]
    papers = RestrictedMatter.objects.get().papers.splitlines()
    assert papers == [f"Đã bỏ việc này khỏi dự thảo {paper}; hãy đọc lại dự thảo." for paper in (notice, minutes)]  # fmt: skip
    assert papers[0] in browse(clerk)("opinion", row.pk).content.decode()


def test_an_issued_paper_keeps_what_it_says_and_reception_reads_which(talked_about, clerk):
    row, minutes, _notice = talked_about
    words = dict(Clause.objects.filter(document=minutes).values_list("pk", "text"))
    Document.objects.filter(pk=minutes.pk).update(state="submitted")

    with pytest.raises(IllegalMoveError, match="đang trình ký và còn nhắc việc này"):
        routed_out(row, clerk)
    assert Exchange.objects.filter(question=SAID).count() == 1
    frozen = {
        "number": 7,
        "dated_on": TODAY,
        "issued_at": row.created_at,
        "pdf": "x",
        "pdf_sha256": "x",
    }
    Document.objects.filter(pk=minutes.pk).update(state="issued", **frozen)
    row.refresh_from_db()
    matter = routed_out(row, clerk)

    assert dict(Clause.objects.filter(document=minutes).values_list("pk", "text")) == words
    assert matter.papers.splitlines()[1].endswith("đã ban hành nên giữ nguyên, còn nhắc việc này.")
    assert not Exchange.objects.filter(question=SAID).exists()


def routed_out(row, clerk):
    return actions.route_out_opinion(
        row, by=clerk, kind="denunciation", receiving_body="UBKT", reason="x", today=TODAY
    )


@pytest.mark.parametrize("is_asked", (True, False))
def test_an_erasure_reaches_the_name_in_exchanges_and_drafts(talked_about, clerk, agency, is_asked):
    row, minutes, _notice = talked_about
    if is_asked:
        due = parse("trước ngày 20/5/2026")
        actions.ask_agency(row.group, by=clerk, lead=agency, due=due, today=TODAY)
    request = ask_about_data(row.submission, kind="erase", note="", today=TODAY)

    actions.erase_person(request, by=clerk, today=TODAY, kept={row.pk: "Việc thu tiền của dân"})

    row.refresh_from_db()
    assert everywhere("quokka") == set()
    assert minutes.clauses.filter(text__contains="Người dân, ").exists() == is_asked
    assert (row.state == OpinionState.ASKED, bool(row.text)) == (is_asked, is_asked)
    assert f"khỏi dự thảo {minutes}" in request.outcome
