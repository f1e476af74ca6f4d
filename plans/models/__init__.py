"""A plan of dialogues and what hangs on its clauses."""

from plans.models.announcements import Announcement
from plans.models.calendars import CalendarKey
from plans.models.copies import CopyNote
from plans.models.obligations import ChildPlanObligation, ChildPlanQuerySet, Obligation
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
from plans.models.preparation import ANNOUNCE, ChainStep, PreparationStep, StepQuerySet

__all__ = [
    "ANNOUNCE",
    "Announcement",
    "CalendarKey",
    "CopyNote",
    "ChainStep",
    "ChildPlanObligation",
    "ChildPlanQuerySet",
    "Obligation",
    "PreparationStep",
    "StepQuerySet",
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
