"""Where a step of a session's preparation can stand."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StepState(models.TextChoices):
    """A step waits, is handed to a body as its task, and ends done or left out."""

    WAITING = "waiting", _("Chưa làm")
    HANDED = "handed", _("Đã giao thành nhiệm vụ")
    DONE = "done", _("Đã xong")
    DROPPED = "dropped", _("Bỏ qua")


STEP_TRANSITIONS: dict[str, set[str]] = {
    StepState.WAITING: {StepState.HANDED, StepState.DONE, StepState.DROPPED},
    # Back to waiting: what it was handed out as has been cancelled, see PreparationStep.is_waiting.
    StepState.HANDED: {StepState.WAITING, StepState.DONE, StepState.DROPPED},
    StepState.DONE: {StepState.WAITING, StepState.HANDED},
    StepState.DROPPED: {StepState.WAITING},
}
