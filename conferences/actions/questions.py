"""What happens to written questions from the hall."""

import datetime
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from conferences import rules
from conferences.actions.exchanges import record_restricted
from conferences.actions.holding import NOT_OFFICE, lock, raise_pulse
from conferences.models import Conference, HallQuestion
from conferences.queries.questions import takes_questions_now
from conferences.states import ConferenceState, QuestionState
from core.access import RefusedError, require
from core.transitions import move, record
from organisations.models import User

MOST_WAITING = 500


class QuestionsClosedError(Exception):
    """Nobody is asked for questions (any more)."""


class TooManyWaitingError(Exception):
    """More questions wait than anybody can read."""


@transaction.atomic
def take_questions(conference: Conference, *, by: User, is_open: bool) -> None:
    """Open or close the page where the hall asks in writing."""
    require(rules.may_moderate_questions(by, conference), NOT_OFFICE)
    Conference.objects.filter(pk=conference.pk).update(takes_questions=is_open)
    note = _("Mở nhận câu hỏi viết") if is_open else _("Ngừng nhận câu hỏi viết")
    record(conference, by=by, note=note)
    raise_pulse(conference)


def ask_question(
    conference: Conference, *, key: uuid.UUID, text: str, body: str, now: datetime.datetime
) -> None:
    """Keep a question of somebody in the hall, hidden; sent twice, it stands once."""
    if not takes_questions_now(conference):
        raise QuestionsClosedError
    waiting = conference.questions.filter(state=QuestionState.HIDDEN)
    if waiting.count() >= MOST_WAITING:
        raise TooManyWaitingError
    question = HallQuestion(key=key, conference=conference, text=text, body=body, asked_at=now)
    HallQuestion.objects.bulk_create([question], ignore_conflicts=True)


@transaction.atomic
def move_question(question: HallQuestion, to: str, *, by: User) -> None:
    """Let a question through, put it on the screen, take it off; one at a time is on the screen."""
    conference = question.conference
    require(rules.may_moderate_questions(by, conference), NOT_OFFICE)
    lock(conference)
    if question.outside:
        raise RefusedError(
            _("Nội dung này đã được hướng dẫn ra ngoài đối thoại, lời không còn giữ.")
        )
    if to == QuestionState.LIVE:
        others = conference.questions.filter(state=QuestionState.LIVE).exclude(pk=question.pk)
        for other in others:
            move(other, QuestionState.SHOWN, by=by)
    move(question, to, by=by)
    raise_pulse(conference)


@transaction.atomic
def guide_out_question(
    question: HallQuestion, *, by: User, now: datetime.datetime, kind: str
) -> None:
    """A complaint or denunciation: its words are struck, only the fact stays (domain.md §2.5).

    Whoever asked reads on their phone where it belongs.
    """
    conference = question.conference
    require(rules.may_moderate_questions(by, conference), NOT_OFFICE)
    lock(conference)
    outside = HallQuestion.Outside(kind)
    was_public = question.state != QuestionState.HIDDEN
    move(question, QuestionState.DISMISSED, by=by, outside=outside, text="", body="")
    if conference.state == ConferenceState.RUNNING:
        record_restricted(conference, by=by, now=now, kind=kind)
    elif was_public:
        raise_pulse(conference)
