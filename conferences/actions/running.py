"""Running a conference: its start, what is on, its end, and its reopening after a wrong click."""

import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assignments.actions import cancel_task, give_task
from assignments.models import Task
from assignments.states import TaskState
from conferences import queries, rules
from conferences.actions.holding import NOT_OFFICE, hold, hold_running, raise_pulse
from conferences.actions.queue import end_who_speaks
from conferences.models import AgendaItem, Conference
from conferences.states import ConferenceState
from core.access import require
from core.timephrase import parse
from core.transitions import move
from feedback.actions import end_consultations, take_up_consultations
from feedback.models import Consultation
from organisations.models import User
from organisations.queries import deadline_phrase

TOO_LATE_TO_REOPEN = gettext_lazy(
    "Hội nghị chỉ mở lại được trong vòng 60 phút sau khi kết thúc và trước khi trình biên bản."
)


@transaction.atomic
def start_conference(conference: Conference, *, by: User, now: datetime.datetime) -> None:
    """Open the conference; from now on the live page records what happens."""
    require(rules.may_run_conference(by, conference), NOT_OFFICE)
    move(conference, ConferenceState.RUNNING, by=by, started_at=now)
    raise_pulse(conference)


@transaction.atomic
def start_item(item: AgendaItem, *, by: User, now: datetime.datetime) -> None:
    """Begin an agenda item that waits or was skipped; the one that was on ends.

    Pressed twice, it begins once; an item that is over does not begin again (see `back_item`).
    """
    conference = hold_running(item.conference, by)
    if not conference.agenda.filter(pk=item.pk, started_at=None).exists():
        return
    _end_current(conference, now)
    AgendaItem.objects.filter(pk=item.pk).update(started_at=now, skipped_at=None)
    raise_pulse(conference)


@transaction.atomic
def end_item(item: AgendaItem, *, by: User, now: datetime.datetime) -> None:
    """End a running item."""
    conference = hold_running(item.conference, by)
    running = conference.agenda.running().filter(pk=item.pk)
    if running.update(ended_at=now):
        raise_pulse(conference)


@transaction.atomic
def next_item(
    conference: Conference, *, by: User, now: datetime.datetime, seen: int | None = None
) -> bool:
    """End what is on and begin what comes next; at the end of the agenda nothing is on.

    `seen` is the item the person saw running (0: none). If somebody else was faster, nothing
    happens and the answer is False.
    """
    conference = hold_running(conference, by)
    current = conference.agenda.running().first()
    if seen is not None and seen != (current.pk if current else 0):
        return False
    upcoming = conference.agenda.waiting().order_by("position").first()
    _end_current(conference, now)
    if upcoming:
        AgendaItem.objects.filter(pk=upcoming.pk).update(started_at=now)
    raise_pulse(conference)
    return True


@transaction.atomic
def back_item(
    conference: Conference, *, by: User, now: datetime.datetime, seen: int | None = None
) -> bool:
    """Take the last step back: what is on waits again, what was on before goes on.

    Its time runs on from when it first began. `seen` as in `next_item`.
    """
    conference = hold_running(conference, by)
    current = conference.agenda.running().first()
    if seen is not None and seen != (current.pk if current else 0):
        return False
    before = conference.agenda.filter(ended_at__isnull=False).order_by("-ended_at", "-position")
    earlier = before.first()
    if earlier is None and current is None:
        return False
    conference.agenda.running().update(started_at=None)
    if earlier:
        AgendaItem.objects.filter(pk=earlier.pk).update(ended_at=None)
    raise_pulse(conference)
    return True


@transaction.atomic
def skip_item(item: AgendaItem, *, by: User, now: datetime.datetime) -> bool:
    """Pass over an item that has not begun; False if it has, or was passed over already."""
    conference = hold_running(item.conference, by)
    if not conference.agenda.waiting().filter(pk=item.pk).update(skipped_at=now):
        return False
    raise_pulse(conference)
    return True


def _end_current(conference: Conference, now: datetime.datetime) -> None:
    conference.agenda.running().update(ended_at=now)


@transaction.atomic
def set_message(conference: Conference, *, by: User, message: str) -> None:
    """Put a sentence on the second screen; an empty one takes it away."""
    hold(conference, by)
    Conference.objects.filter(pk=conference.pk).update(message=message)
    raise_pulse(conference)


@transaction.atomic
def close_conference(
    conference: Conference, *, by: User, now: datetime.datetime, invited: int, present: int
) -> Task:
    """End the conference and what asks for it, and start the clock of the conclusion notice.

    The clock is the office's DeadlineRule `conclusion_notice` (07 working days by default),
    counted from the day the conference ends; it is a task of the office like any other.
    """
    require(rules.may_run_conference(by, conference), NOT_OFFICE)
    _end_current(conference, now)
    end_who_speaks(conference, now)
    move(
        conference,
        ConferenceState.CLOSED,
        by=by,
        closed_at=now,
        invited=invited,
        present=present,
    )
    asked = queries.ending_with(conference, now)
    end_consultations(asked, by=by, note=_("Hội nghị đã kết thúc"))
    raise_pulse(conference)
    return give_task(
        by=by,
        title=_("Ban hành thông báo kết luận: %(title)s") % {"title": conference.title},
        owner=conference.organisation,
        lead=conference.organisation,
        due_phrase=parse(deadline_phrase("conclusion_notice", conference.organisation)),
        anchor_on=timezone.localdate(now),
        deliverable=_("Thông báo kết luận"),
        stage="after",
        origin=conference,
        origin_label=_("Kết thúc %(title)s") % {"title": conference.title},
        origin_link=conference.get_absolute_url(),
    )


@transaction.atomic
def reopen_conference(
    conference: Conference, *, by: User, now: datetime.datetime, note: str
) -> None:
    """Go on with a conference that was closed by mistake, within the hour.

    The item goes on as it was, who was speaking stands paused, consultations that closed with it
    open; the clock closing started is called off, and a second closing starts a new one.
    """
    require(rules.may_reopen_conference(by, conference, now), TOO_LATE_TO_REOPEN)
    closed_at = conference.closed_at
    move(conference, ConferenceState.RUNNING, by=by, note=note, closed_at=None)
    conference.agenda.filter(ended_at=closed_at).update(ended_at=None)
    conference.turns.filter(ended_at=closed_at).update(ended_at=None, paused_at=closed_at)
    reason = _("Hội nghị được mở lại: %(note)s") % {"note": note}
    asked = Consultation.objects.for_session(conference.session_id)
    take_up_consultations(asked, by=by, note=reason)
    kind = ContentType.objects.get_for_model(Conference)
    clocks = Task.objects.filter(origin_type=kind, origin_id=conference.pk)
    for task in clocks.filter(state=TaskState.OPEN):
        cancel_task(task, by=by, reason=reason)
    # One task per conference and body: the place is free for the clock of the second closing.
    clocks.filter(state=TaskState.CANCELLED).update(origin_type=None, origin_id=None)
    raise_pulse(conference)
