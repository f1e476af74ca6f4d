"""What people type about a plan and about the facts on its clauses."""

from plans.forms.facts import (
    AssigneeForm,
    DutyForm,
    FactForm,
    ParticipantGroupForm,
    ProgrammeItemForm,
    SessionForm,
    read_chair,
)
from plans.forms.fields import OrganisationField, OrganisationsField, bodies_for, body_label
from plans.forms.plans import (
    FIRST_YEAR,
    LAST_YEAR,
    EditPlanForm,
    NewPlanForm,
    PlanFilter,
    PlanForm,
)
from plans.forms.sessions import (
    ApplyMoveForm,
    BoardFilter,
    ChainStepForm,
    HandForm,
    MoveForm,
    ObligationForm,
    StepForm,
)

__all__ = [
    "ApplyMoveForm",
    "BoardFilter",
    "ChainStepForm",
    "HandForm",
    "MoveForm",
    "ObligationForm",
    "StepForm",
    "AssigneeForm",
    "DutyForm",
    "FIRST_YEAR",
    "FactForm",
    "LAST_YEAR",
    "EditPlanForm",
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
