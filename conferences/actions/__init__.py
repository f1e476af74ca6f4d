"""What happens when a conference is prepared, run and closed."""

from conferences.actions.agenda import (
    add_agenda_item,
    edit_agenda_item,
    move_agenda_item,
    remove_agenda_item,
)
from conferences.actions.conference import (
    cancel_conference,
    create_conference,
    edit_conference,
)
from conferences.actions.exchanges import edit_exchange, record_exchange
from conferences.actions.holding import NOT_OFFICE
from conferences.actions.papers import (
    draft_invitation,
    draft_minutes,
    make_invitations,
    merge_invitations,
    order_invitations,
)
from conferences.actions.people import add_participants, remove_participant
from conferences.actions.queue import add_turn, end_turn, remove_turn, start_turn
from conferences.actions.running import (
    close_conference,
    end_item,
    start_conference,
    start_item,
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
