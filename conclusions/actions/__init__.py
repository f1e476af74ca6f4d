"""What people do with conclusion notices."""

from conclusions.actions.amending import carry_over, copy_notice, copy_points, give_back
from conclusions.actions.archiving import order_case_file
from conclusions.actions.concluding import (
    NOT_EDITING,
    add_points,
    draft_notice,
    follow_exchange,
    follow_notice,
    give_follow_up,
    leave_out,
    save_point,
    take_back_in,
)
from conclusions.actions.leaving import leave_notices
from conclusions.actions.petitioning import (
    cancel_petition,
    edit_line,
    recall_petition,
    send_petition,
    start_petition,
)
from conclusions.actions.replying import (
    answer_line,
    give_petition_work,
    receive_petition,
    return_petition,
)
from conclusions.actions.telling import mark_replied, tell_result

__all__ = [
    "NOT_EDITING",
    "add_points",
    "answer_line",
    "cancel_petition",
    "carry_over",
    "copy_notice",
    "copy_points",
    "draft_notice",
    "edit_line",
    "follow_exchange",
    "follow_notice",
    "give_back",
    "give_follow_up",
    "give_petition_work",
    "leave_notices",
    "leave_out",
    "mark_replied",
    "order_case_file",
    "recall_petition",
    "receive_petition",
    "return_petition",
    "save_point",
    "send_petition",
    "start_petition",
    "take_back_in",
    "tell_result",
]
