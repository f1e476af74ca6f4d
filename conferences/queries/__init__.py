"""Questions about a conference over several tables."""

from conferences.queries.agenda import (
    AgendaLine,
    Length,
    agenda_lines,
    length_of,
    predicted_end,
)
from conferences.queries.asking import ending_with
from conferences.queries.clocks import Clock, clocks_of
from conferences.queries.exchanges import (
    Tally,
    groups_of,
    guidance,
    open_groups,
    place_for,
    tally,
    unanswered_groups,
)
from conferences.queries.pulse import (
    announce_pulse,
    drawn_screen,
    keep_drawn_screen,
    newest_pulse,
)
from conferences.queries.readiness import Need, needs_of
from conferences.queries.screen import Screen, screen_of
from conferences.queries.series import OpenPoint, open_points_before, register_open_points
from conferences.queries.speaking import Queue, TurnLine, Wish, WishGroup, queue_of, wishes_to_speak
from conferences.queries.standing import cancellation_of, standing_of_sessions

__all__ = [
    "AgendaLine",
    "Clock",
    "Length",
    "Need",
    "OpenPoint",
    "Queue",
    "Screen",
    "Tally",
    "TurnLine",
    "Wish",
    "WishGroup",
    "agenda_lines",
    "announce_pulse",
    "cancellation_of",
    "clocks_of",
    "drawn_screen",
    "ending_with",
    "groups_of",
    "guidance",
    "keep_drawn_screen",
    "length_of",
    "needs_of",
    "newest_pulse",
    "open_groups",
    "place_for",
    "open_points_before",
    "predicted_end",
    "queue_of",
    "register_open_points",
    "screen_of",
    "standing_of_sessions",
    "tally",
    "unanswered_groups",
    "wishes_to_speak",
]
