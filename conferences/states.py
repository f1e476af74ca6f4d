"""Where a conference can stand."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ConferenceState(models.TextChoices):
    """From the confirmed date to the end of the hall."""

    PLANNED = "planned", _("Đang chuẩn bị")
    RUNNING = "running", _("Đang diễn ra")
    CLOSED = "closed", _("Đã kết thúc")
    CANCELLED = "cancelled", _("Đã hủy")


TRANSITIONS: dict[str, set[str]] = {
    ConferenceState.PLANNED: {ConferenceState.RUNNING, ConferenceState.CANCELLED},
    ConferenceState.RUNNING: {ConferenceState.CLOSED},
    # Closed by mistake: within the hour, see rules.may_reopen_conference.
    ConferenceState.CLOSED: {ConferenceState.RUNNING},
    ConferenceState.CANCELLED: set(),
}


class PrintState(models.TextChoices):
    """A merged print that a worker makes."""

    WAITING = "waiting", _("Đang in")
    DONE = "done", _("Đã in xong")
    FAILED = "failed", _("Không in được")


PRINT_TRANSITIONS: dict[str, set[str]] = {
    PrintState.WAITING: {PrintState.DONE, PrintState.FAILED},
    PrintState.DONE: set(),
    PrintState.FAILED: set(),
}


class ChangeState(models.TextChoices):
    """A change of the delegates a unit asks for after the day for naming."""

    PROPOSED = "proposed", _("Chờ văn phòng đồng ý")
    ACCEPTED = "accepted", _("Đã đồng ý")
    REFUSED = "refused", _("Không đồng ý")


CHANGE_TRANSITIONS: dict[str, set[str]] = {
    ChangeState.PROPOSED: {ChangeState.ACCEPTED, ChangeState.REFUSED},
    ChangeState.ACCEPTED: set(),
    ChangeState.REFUSED: set(),
}


class QuestionState(models.TextChoices):
    """A written question from the hall."""

    HIDDEN = "hidden", _("Chờ duyệt")
    SHOWN = "shown", _("Đã cho hiện")
    LIVE = "live", _("Đang trên màn hình")
    ANSWERED = "answered", _("Đã trả lời")
    DISMISSED = "dismissed", _("Không đưa lên")


QUESTION_TRANSITIONS: dict[str, set[str]] = {
    QuestionState.HIDDEN: {QuestionState.SHOWN, QuestionState.LIVE, QuestionState.DISMISSED},
    QuestionState.SHOWN: {
        QuestionState.LIVE,
        QuestionState.ANSWERED,
        QuestionState.HIDDEN,
        QuestionState.DISMISSED,
    },
    QuestionState.LIVE: {QuestionState.SHOWN, QuestionState.ANSWERED, QuestionState.DISMISSED},
    QuestionState.ANSWERED: {QuestionState.SHOWN, QuestionState.DISMISSED},
    QuestionState.DISMISSED: {QuestionState.HIDDEN},
}
