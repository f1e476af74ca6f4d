"""What the second screen of a hall shows, and nothing more."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from conferences.models import AgendaItem, Conference
from conferences.queries.questions import live_question
from conferences.queries.speaking import Queue, TurnLine, queue_of
from conferences.states import ConferenceState

NEXT = 3


@dataclass(frozen=True)
class Screen:
    """The screen at one moment; a clock on it is an absolute time, so a picture of it stays true."""

    conference: Conference
    item: AgendaItem | None
    speaker: TurnLine | None
    upcoming: list[TurnLine]
    question: str

    @property
    def is_on(self) -> bool:
        """Whether the conference is running."""
        return self.conference.state == ConferenceState.RUNNING

    @property
    def standing(self) -> str:
        """What stands there while nothing runs."""
        if self.conference.state == ConferenceState.CLOSED:
            return _("Hội nghị đã kết thúc. Trân trọng cảm ơn Ông/Bà.")
        if self.conference.state == ConferenceState.CANCELLED:
            return _("Hội nghị này không tổ chức.")
        return ""


def screen_of(conference: Conference, now: datetime.datetime) -> Screen:
    """Item, speaker, next three, message; an internal item is never named."""
    running = conference.state == ConferenceState.RUNNING
    queue = queue_of(conference, now) if running else Queue(None, [], [], [], [])
    item = conference.agenda.running().filter(is_internal=False).first() if running else None
    question = live_question(conference) if running else None
    words = question.text if question else ""
    return Screen(conference, item, queue.current, queue.waiting[:NEXT], words)
