"""How far the conferences of sessions are."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from conferences.models import Conference
from conferences.states import ConferenceState
from core.models import HistoryEntry
from core.transitions import history_of
from plans.queries import Standing

LABELS: dict[str, tuple[int, str]] = {
    ConferenceState.PLANNED: (30, "info"),
    ConferenceState.RUNNING: (40, "soon"),
    ConferenceState.CLOSED: (50, "done"),
    ConferenceState.CANCELLED: (90, "quiet"),
}


def standing_of_sessions(session_ids: Sequence[int]) -> dict[int, Standing]:
    """The conferences of sessions with their hours and place, for board and calendar; one query.

    An issued invitation counts as the announcement.
    """
    rows = Conference.objects.filter(session__in=session_ids).select_related("invitation")
    found = {}
    for row in rows:
        rank, tone = LABELS[row.state]
        is_planned = row.state == ConferenceState.PLANNED
        invitation = row.invitation
        found[row.session_id] = Standing(
            rank,
            _("Đã ấn định hội nghị") if is_planned else str(row.get_state_display()),
            tone,
            url=row.get_absolute_url(),
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            place=row.place,
            announced_on=invitation.dated_on if invitation else None,
            is_cancelled=row.state == ConferenceState.CANCELLED,
            is_held=row.state == ConferenceState.CLOSED,
        )
    return found


def cancellation_of(conference: Conference) -> HistoryEntry | None:
    """Who called the conference off, when and why; nothing is asked while it stands."""
    if conference.state != ConferenceState.CANCELLED:
        return None
    return history_of(conference).filter(to_state=ConferenceState.CANCELLED).first()
