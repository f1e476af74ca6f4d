"""Tasks and what is told about them."""

from assignments.models.reminders import Reminder, ReminderRung
from assignments.models.tasks import (
    Contest,
    Cooperation,
    DueDay,
    DueRequest,
    Evidence,
    Progress,
    Request,
    Stage,
    Task,
    TaskQuerySet,
)

__all__ = [
    "Contest",
    "Cooperation",
    "DueDay",
    "DueRequest",
    "Evidence",
    "Progress",
    "Reminder",
    "ReminderRung",
    "Request",
    "Stage",
    "Task",
    "TaskQuerySet",
]
