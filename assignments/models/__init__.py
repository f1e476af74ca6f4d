"""Tasks and what is told about them."""

from assignments.models.reminders import (
    Escalation,
    Ladder,
    OverdueTier,
    Rank,
    Reminder,
    Rung,
)
from assignments.models.tasks import (
    Contest,
    Cooperation,
    DueDay,
    DueRequest,
    Evidence,
    Progress,
    Recount,
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
    "Escalation",
    "Evidence",
    "Ladder",
    "OverdueTier",
    "Progress",
    "Rank",
    "Reminder",
    "Recount",
    "Rung",
    "Request",
    "Stage",
    "Task",
    "TaskQuerySet",
]
