"""A plan of dialogues and what hangs on its clauses."""

from plans.models.plan import (
    Assignee,
    DialogueSession,
    Duty,
    ParticipantGroup,
    Plan,
    PlanQuerySet,
    ProgrammeItem,
    SessionChair,
    SessionQuerySet,
)

__all__ = [
    "Assignee",
    "DialogueSession",
    "Duty",
    "ParticipantGroup",
    "Plan",
    "PlanQuerySet",
    "ProgrammeItem",
    "SessionChair",
    "SessionQuerySet",
]
