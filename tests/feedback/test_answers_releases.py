import io

import pdfplumber
import pytest

from core.access import RefusedError
from core.models import Message
from core.timephrase import parse
from core.transitions import IllegalMoveError
from feedback import actions
from feedback.models import IssueGroup, Notice, Opinion, Release, Sender, Submission
from feedback.queries.releases import channel_for
from feedback.states import AnswerState, OpinionState
from organisations.models import Role
from tests.factories.feedback import ConsultationFactory, sent
from tests.factories.organisations import member
from tests.feedback.steps import ANSWER, TODAY, answered, classified

pytestmark = pytest.mark.django_db
Channel, Wish = Notice.Channel, Submission.ReplyMode
SEEN = {"email": "a@b.vn", "email_confirmed_at": "2026-05-08"}
PHONE, PAPER = {"phone": "0912345678"}, {"address": "thôn 1"}


@pytest.fixture
def accepted(consultation, clerk, agency, officer):
    """`accepted(**contact)`: an answer under embargo whose two senders left that contact."""

    def make(**given):
        answer = answered(consultation, clerk, agency, officer, **given)
        actions.accept_answer(answer, by=clerk)
        return answer

    return make


@pytest.mark.parametrize(
    ("wish", "contact", "channel"),
    (
        (Wish.EMAIL, SEEN, Channel.EMAIL),
        (Wish.EMAIL, SEEN | {"email_confirmed_at": None} | PHONE, Channel.PHONE),
        (Wish.EMAIL, {"email": "a@b.vn"}, Channel.CONFERENCE),
        (Wish.PHONE, SEEN | PHONE, Channel.PHONE),
        (Wish.PHONE, SEEN, Channel.EMAIL),
        (Wish.WRITTEN, PAPER | PHONE | SEEN, Channel.WRITTEN),
        (Wish.CONFERENCE, SEEN | PHONE, Channel.EMAIL),
        (Wish.CONFERENCE, PHONE, Channel.CONFERENCE),
        (Wish.CONFERENCE, None, Channel.CONFERENCE),
    ),
)
def test_the_way_is_the_one_that_was_wished_if_it_is_open(wish, contact, channel):
    sender = None if contact is None else Sender(**contact)
    plain = {"is_restricted": False, "has_body": False}

    assert channel_for(wish, sender, has_consent=True, **plain) == channel
    assert channel_for(wish, sender, has_consent=False, **plain) == Channel.CONFERENCE


def test_a_restricted_sender_is_for_reception_and_a_sheet_goes_through_its_body():
    plain = {"has_consent": True}
    restricted = channel_for(
        Wish.EMAIL, Sender(**SEEN), is_restricted=True, has_body=False, **plain
    )
    sheet = channel_for(Wish.CONFERENCE, None, is_restricted=False, has_body=True, **plain)

    assert (restricted, sheet) == (Channel.RECEPTION, Channel.BODY)


def test_release_tells_each_sender_once_without_the_answer(consultation, clerk, accepted):
    answer = accepted(contact={"email": "binh@vidu.vn"}, has_confirmed=True)
    silent = classified(consultation, clerk, "Không để lại thư")
    actions.add_to_group(answer.group, [silent], by=clerk)

    release = actions.release_answers([answer], by=clerk)

    letters = Message.objects.filter(key__startswith="answer-released")
    assert [ANSWER in letter.body for letter in letters] == [False, False]
    channels = list(release.notices.order_by("pk").values_list("channel", flat=True))
    assert channels == [Channel.EMAIL, Channel.EMAIL, Channel.CONFERENCE]
    assert set(Opinion.objects.values_list("state", "resolution")) == {("answered", "answered")}
    with pytest.raises(IllegalMoveError):
        actions.release_answers([answer], by=clerk)


def test_the_page_counts_before_it_releases_and_keeps_the_list(
    browse, consultation, clerk, accepted
):
    first, second = accepted(contact={"phone": "0912345678"}, reply_mode=Wish.PHONE), accepted()
    office = browse(clerk)
    key = f"{first.pk}-{second.pk}"

    all_of_them = office("release", consultation.pk).content.decode()
    one = office("release", consultation.pk, query=f"?answer={first.pk}").content.decode()
    changed = office("release", consultation.pk, post={"answer": [first.pk], "counted": key})

    assert ("4 người gửi biết 2 câu trả lời" in all_of_them, "2 người gửi biết 1 câu" in one) == (
        True,
        True,
    )
    assert "Lựa chọn đã đổi" in changed.content.decode()
    assert Release.objects.count() == 0
    done = office("release", consultation.pk, post={"answer": [first.pk], "counted": str(first.pk)})
    release = Release.objects.get()
    assert done.url == release.get_absolute_url()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (AnswerState.RELEASED, AnswerState.ACCEPTED)
    page = office.client.get(done.url).content.decode()
    assert (ANSWER in page, page.count("Mở liên hệ người gửi"), "0912345678" in page) == (
        True,
        2,
        False,
    )


def test_who_is_told_by_hand_is_marked(browse, clerk, officer, accepted):
    answer = accepted(contact={"phone": "0912345678"}, reply_mode=Wish.PHONE)
    release = actions.release_answers([answer], by=clerk)
    notice = release.notices.first()

    browse(clerk)("release_told", release.pk, notice.submission_id, post={})

    notice.refresh_from_db()
    assert (notice.told_by, notice.told_at is not None) == (clerk, True)
    assert release.notices.filter(told_at=None).count() == 1
    assert browse(officer)("release_list", release.pk).status_code == 404
    with pytest.raises(RefusedError):
        actions.mark_told(release, notice.submission, by=officer)


def test_the_printed_list_holds_answers_and_no_sender(browse, clerk, accepted):
    answer = accepted(contact={"full_name": "Quokka", "phone": "0912345678"}, reply_mode=Wish.PHONE)
    release = actions.release_answers([answer], by=clerk)

    pdf = browse(clerk)("release_print", release.pk)

    with pdfplumber.open(io.BytesIO(pdf.content)) as opened:
        pages = [page.extract_text() for page in opened.pages]
    words = " ".join(" ".join(pages).split())
    assert (ANSWER in words, "Quokka" in words, "0912345678" in words) == (True, False, False)


def test_answers_of_two_consultations_are_not_released_together(clerk, accepted):
    answer, other = accepted(), accepted()
    IssueGroup.objects.filter(pk=other.group_id).update(consultation=ConsultationFactory())
    other.refresh_from_db()

    with pytest.raises(IllegalMoveError):
        actions.release_answers([answer, other], by=clerk)
    with pytest.raises(RefusedError):
        actions.release_answers([answer], by=member(Role.CLERK))


def test_a_late_opinion_joins_a_released_answer_and_is_told(consultation, clerk, accepted):
    answer = accepted()
    release = actions.release_answers([answer], by=clerk)
    late = classified(
        consultation, clerk, "Đường cũng hỏng", contact={"email": "na@vidu.vn"}, has_confirmed=True
    )

    actions.add_to_group(IssueGroup.objects.get(), [late], by=clerk)

    late.refresh_from_db()
    assert late.state == OpinionState.ANSWERED
    assert release.notices.get(submission=late.submission).channel == Channel.EMAIL
    assert Message.objects.filter(key__startswith="answer-released").count() == 1


def test_a_sender_of_two_matters_gets_one_letter_of_one_release(
    consultation, clerk, agency, officer
):
    receipt = sent(consultation, "Cầu", "Điện", contact={"email": "na@vidu.vn"}, has_confirmed=True)
    answers = []
    for row in receipt.submission.opinions.order_by("position"):
        actions.classify_opinion(
            row, by=clerk, kind="proposal", field=row.field, competence="commune"
        )
        answers.append(_accepted_alone(row, clerk, agency, officer))

    release = actions.release_answers(answers, by=clerk)

    assert Message.objects.filter(key__startswith="answer-released").count() == 1
    assert release.notices.count() == 2


def _accepted_alone(row, clerk, agency, officer):
    group = actions.create_group(
        [row], by=clerk, title=row.text, field=row.field, competence="commune"
    )
    actions.ask_agency(group, by=clerk, lead=agency, due=parse("05 ngày làm việc"), today=TODAY)
    answer = actions.write_answer(group, by=officer, text=ANSWER)
    actions.submit_answer(answer, by=officer)
    actions.accept_answer(answer, by=clerk)
    return answer
