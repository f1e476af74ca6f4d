"""What people do with a plan: begin it, say what its clauses mean, let its tasks grow."""

from plans.actions.facts import (
    SAVERS,
    save_assignee,
    save_duty,
    save_group,
    save_programme_item,
    save_session,
)
from plans.actions.growing import grow_tasks
from plans.actions.planning import PLAN_TYPE, create_plan, edit_plan, write_clause

__all__ = [
    "PLAN_TYPE",
    "SAVERS",
    "create_plan",
    "edit_plan",
    "grow_tasks",
    "save_assignee",
    "save_duty",
    "save_group",
    "save_programme_item",
    "save_session",
    "write_clause",
]
