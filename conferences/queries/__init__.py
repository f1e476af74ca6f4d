"""Questions about a conference over several tables."""

from conferences.queries.agenda import AgendaLine, agenda_lines, predicted_end
from conferences.queries.exchanges import Tally, open_groups, tally
from conferences.queries.standing import standing_of_sessions

__all__ = [
    "AgendaLine",
    "Tally",
    "agenda_lines",
    "open_groups",
    "predicted_end",
    "standing_of_sessions",
    "tally",
]
