"""What happens to tasks: given, worked on, reported, accepted, reminded of."""

from assignments.actions.contesting import contest_task, dismiss_contest, uphold_contest
from assignments.actions.deadlines import change_due, reanchor_tasks
from assignments.actions.digests import sample_letter, write_digests
from assignments.actions.escalating import draft_explanation, draft_explanations
from assignments.actions.extending import (
    accept_due,
    ask_due,
    refuse_due,
    resume_task,
    why_not_asked,
    withdraw_due,
)
from assignments.actions.giving import (
    OriginKey,
    TaskOrder,
    by_key,
    cancel_task,
    free_place,
    give_task,
    give_tasks,
    key_of,
    title_of,
)
from assignments.actions.ladders import drop_ladder, edit_ladder
from assignments.actions.progress import (
    accept_task,
    comment_task,
    has_evidence,
    note_progress,
    report_task,
    return_task,
    why_not_accepted,
)
from assignments.actions.recounting import recompute_due_days
from assignments.actions.reminders import plan_reminders, remind
from assignments.actions.revising import (
    end_tasks,
    ending,
    free_left_out,
    leave_out_task,
    revise_task,
)
from assignments.actions.sharing import add_helper, assign_person, report_part, share_out
from assignments.actions.splitting import split_task, why_no_lead, why_not_due, why_not_split
from assignments.actions.succeeding import follow_heirs, hand_over, why_not_succeeded
from assignments.actions.talking import answer_note, discuss_task

__all__ = [
    "add_helper",
    "answer_note",
    "discuss_task",
    "assign_person",
    "follow_heirs",
    "hand_over",
    "report_part",
    "share_out",
    "split_task",
    "why_no_lead",
    "why_not_accepted",
    "why_not_due",
    "why_not_split",
    "why_not_succeeded",
    "ending",
    "end_tasks",
    "free_left_out",
    "free_place",
    "leave_out_task",
    "OriginKey",
    "TaskOrder",
    "by_key",
    "key_of",
    "title_of",
    "accept_due",
    "accept_task",
    "ask_due",
    "cancel_task",
    "change_due",
    "comment_task",
    "contest_task",
    "dismiss_contest",
    "draft_explanation",
    "draft_explanations",
    "drop_ladder",
    "edit_ladder",
    "give_task",
    "give_tasks",
    "has_evidence",
    "note_progress",
    "plan_reminders",
    "reanchor_tasks",
    "recompute_due_days",
    "refuse_due",
    "remind",
    "report_task",
    "resume_task",
    "return_task",
    "sample_letter",
    "revise_task",
    "uphold_contest",
    "why_not_asked",
    "withdraw_due",
    "write_digests",
]
