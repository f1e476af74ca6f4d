"""The written questions of a hall: what everybody sees, what waits, where they are asked."""

from collections.abc import Sequence

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from conferences.models import Conference, HallQuestion
from conferences.states import ConferenceState, QuestionState

PUBLIC = (QuestionState.LIVE, QuestionState.SHOWN, QuestionState.ANSWERED)
ORDER = {
    QuestionState.LIVE: 0,
    QuestionState.HIDDEN: 1,
    QuestionState.SHOWN: 2,
    QuestionState.ANSWERED: 3,
    QuestionState.DISMISSED: 4,
}


def shown_questions(conference: Conference) -> QuerySet[HallQuestion]:
    """What the moderator let through and nobody has answered yet, in the order it was asked."""
    shown = (QuestionState.SHOWN, QuestionState.LIVE)
    return conference.questions.filter(state__in=shown).order_by("id")


def public_questions(conference: Conference) -> list[HallQuestion]:
    """What the hall may read, the one on the screen first."""
    return in_order(conference.questions.filter(state__in=PUBLIC).order_by("id"))


def in_order(questions: "QuerySet[HallQuestion]") -> list[HallQuestion]:
    """On the screen, waiting, shown, answered, dismissed; each in the order it was asked."""
    return sorted(questions, key=lambda one: ORDER[QuestionState(one.state)])


def live_question(conference: Conference) -> HallQuestion | None:
    """The one on the second screen."""
    return conference.questions.filter(state=QuestionState.LIVE).first()


def takes_questions_now(conference: Conference) -> bool:
    """Whether the hall may ask in writing at this moment."""
    return conference.takes_questions and conference.state in {
        ConferenceState.PLANNED,
        ConferenceState.RUNNING,
    }


def count_waiting(questions: Sequence[HallQuestion]) -> int:
    """How many nobody has looked at."""
    return sum(one.state == QuestionState.HIDDEN for one in questions)


def questions_address(conference: Conference) -> str:
    """The whole address of the hall's page, as its QR code holds it."""
    return f"{settings.SITE_URL.rstrip('/')}{reverse('hall:ask', args=[conference.hall_code])}"
