"""What happens when a conference is prepared, run and closed."""

from conferences.actions.holding import NOT_OFFICE
from conferences.actions.papers import (
    draft_invitation,
    draft_minutes,
    make_invitations,
    merge_invitations,
    order_invitations,
)
from conferences.actions.preparing import (
    add_agenda_item,
    add_participants,
    cancel_conference,
    create_conference,
    edit_agenda_item,
    edit_conference,
    move_agenda_item,
    remove_agenda_item,
    remove_participant,
)
from conferences.actions.running import (
    add_turn,
    close_conference,
    edit_exchange,
    end_item,
    end_turn,
    record_exchange,
    remove_turn,
    start_conference,
    start_item,
    start_turn,
)

__all__ = [
    "NOT_OFFICE",
    "add_agenda_item",
    "add_participants",
    "add_turn",
    "cancel_conference",
    "close_conference",
    "create_conference",
    "draft_invitation",
    "draft_minutes",
    "edit_agenda_item",
    "edit_conference",
    "edit_exchange",
    "end_item",
    "end_turn",
    "make_invitations",
    "merge_invitations",
    "move_agenda_item",
    "order_invitations",
    "record_exchange",
    "remove_agenda_item",
    "remove_participant",
    "remove_turn",
    "start_conference",
    "start_item",
    "start_turn",
]
