"""What people do with conclusion notices."""

from conclusions.actions.amending import carry_over, copy_notice, copy_points, give_back
from conclusions.actions.archiving import order_case_file
from conclusions.actions.concluding import (
    add_points,
    draft_notice,
    follow_notice,
    give_follow_up,
    save_point,
)

__all__ = [
    "add_points",
    "carry_over",
    "copy_notice",
    "copy_points",
    "draft_notice",
    "follow_notice",
    "give_back",
    "give_follow_up",
    "order_case_file",
    "save_point",
]
