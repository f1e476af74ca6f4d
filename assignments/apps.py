"""Tasks, progress, evidence, verification and reminders."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssignmentsConfig(AppConfig):
    """Tasks, progress, evidence, verification and reminders."""

    name = "assignments"
    verbose_name = _("Nhiệm vụ")

    def ready(self) -> None:
        """Deadlines are reckoned anew as soon as the working calendar changes."""
        from core import calendar

        calendar.reckons_with("assignments.tasks.recompute_deadlines")
