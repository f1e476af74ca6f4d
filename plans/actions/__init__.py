"""What people do with a plan: begin it, say what its clauses mean, let its tasks grow."""

from plans.actions.calendars import NOT_MEMBER, make_calendar_key, revoke_calendar_keys
from plans.actions.chains import (
    NOT_KEEPER,
    add_chain_step,
    copy_chain,
    drop_chain,
    edit_chain_step,
    remove_chain_step,
)
from plans.actions.children import NOT_OWING, answer_demand, begin_child_plan
from plans.actions.facts import (
    SAVERS,
    save_assignee,
    save_duty,
    save_group,
    save_programme_item,
    save_session,
)
from plans.actions.growing import grow_tasks
from plans.actions.moving import NOT_MOVING, fix_session, move_session, touch_session
from plans.actions.obligations import ONLY_ADMIN, edit_obligation
from plans.actions.planning import PLAN_TYPE, create_plan, edit_plan, write_clause
from plans.actions.preparing import (
    NOT_PREPARING,
    add_step,
    drop_step,
    edit_step,
    end_preparation,
    end_steps,
    hand_step,
    lay_chain,
    lay_chains,
    reckon_steps,
    recompute_steps,
    reopen_step,
    tick_step,
)

__all__ = [
    "end_steps",
    "NOT_MEMBER",
    "NOT_OWING",
    "answer_demand",
    "begin_child_plan",
    "make_calendar_key",
    "revoke_calendar_keys",
    "NOT_KEEPER",
    "ONLY_ADMIN",
    "add_chain_step",
    "copy_chain",
    "drop_chain",
    "edit_chain_step",
    "edit_obligation",
    "remove_chain_step",
    "NOT_MOVING",
    "NOT_PREPARING",
    "add_step",
    "drop_step",
    "edit_step",
    "end_preparation",
    "fix_session",
    "hand_step",
    "lay_chain",
    "lay_chains",
    "move_session",
    "reckon_steps",
    "recompute_steps",
    "reopen_step",
    "tick_step",
    "touch_session",
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
