"""What people type about a plan and about the facts on its clauses."""

from plans.forms.facts import (
    AssigneeForm,
    DutyForm,
    FactForm,
    OrganisationField,
    OrganisationsField,
    ParticipantGroupForm,
    ProgrammeItemForm,
    SessionForm,
    bodies_for,
    body_label,
    read_chair,
)
from plans.forms.plans import (
    FIRST_YEAR,
    LAST_YEAR,
    CalendarFilter,
    NewPlanForm,
    PlanFilter,
    PlanForm,
)

__all__ = [
    "AssigneeForm",
    "CalendarFilter",
    "DutyForm",
    "FIRST_YEAR",
    "FactForm",
    "LAST_YEAR",
    "NewPlanForm",
    "OrganisationField",
    "OrganisationsField",
    "ParticipantGroupForm",
    "PlanFilter",
    "PlanForm",
    "ProgrammeItemForm",
    "SessionForm",
    "bodies_for",
    "body_label",
    "read_chair",
]
