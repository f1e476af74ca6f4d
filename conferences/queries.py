"""Questions about a conference over several tables."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from conferences.models import AgendaItem, Conference, Exchange
from conferences.states import ConferenceState
from feedback.models import Consultation, IssueGroup
from plans.queries import Standing


@dataclass(frozen=True)
class AgendaLine:
    """An agenda item with its predicted start and how long it has really run."""

    item: AgendaItem
    expected_at: datetime.datetime
    elapsed_minutes: int | None
    is_over: bool

    @property
    def is_running(self) -> bool:
        """Whether it is on now."""
        return self.item.started_at is not None and self.item.ended_at is None


def agenda_lines(conference: Conference, now: datetime.datetime) -> list[AgendaLine]:
    """The agenda with predicted times.

    Items that have run push the prediction to what really happened; a running one that is over
    time pushes it to `now`.
    """
    lines = []
    clock = conference.starts_at
    for item in conference.agenda.order_by("position"):
        start = item.started_at or clock
        planned_end = start + datetime.timedelta(minutes=item.minutes)
        elapsed = None
        if item.started_at:
            elapsed = int(((item.ended_at or now) - item.started_at).total_seconds() // 60)
        running = item.started_at is not None and item.ended_at is None
        lines.append(
            AgendaLine(item, start, elapsed, running and now > planned_end),
        )
        clock = item.ended_at or (max(planned_end, now) if running else planned_end)
    return lines


def predicted_end(lines: list[AgendaLine], conference: Conference) -> datetime.datetime:
    """When the last item will be over if everything keeps to its minutes."""
    if not lines:
        return conference.ends_at
    last = lines[-1]
    return last.item.ended_at or last.expected_at + datetime.timedelta(minutes=last.item.minutes)


def open_groups(conference: Conference) -> list[IssueGroup]:
    """The issue groups of the session's consultations that no exchange has dealt with yet."""
    return list(
        IssueGroup.objects.filter(
            consultation__in=Consultation.objects.for_session(conference.session_id)
        )
        .exclude(exchanges__conference=conference)
        .select_related("field", "lead", "answer")
        .annotate(people=Count("opinions"))
        .order_by("field__position", "id")
    )


@dataclass(frozen=True)
class Tally:
    """The numbers the minutes state."""

    exchanges: int
    answered: int
    written: int
    assigned: int
    petition: int

    @property
    def share_answered(self) -> int:
        """Per cent answered on the spot (0 when nothing was raised)."""
        return round(100 * self.answered / self.exchanges) if self.exchanges else 0


def tally(conference: Conference) -> Tally:
    """Count the exchanges by outcome, in one query."""
    outcome = Exchange.Outcome
    return Tally(
        **conference.exchanges.aggregate(
            exchanges=Count("pk"),
            answered=Count("pk", filter=Q(outcome=outcome.ANSWERED)),
            written=Count("pk", filter=Q(outcome=outcome.WRITTEN)),
            assigned=Count("pk", filter=Q(outcome=outcome.ASSIGNED)),
            petition=Count("pk", filter=Q(outcome=outcome.PETITION)),
        )
    )


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
