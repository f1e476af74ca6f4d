"""Running a conference: its start, what is on, its end."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments.actions import give_task
from assignments.models import Task
from conferences import rules
from conferences.actions.holding import NOT_OFFICE, hold_running
from conferences.models import AgendaItem, Conference
from conferences.states import ConferenceState
from core.access import require
from core.timephrase import parse
from core.transitions import move
from organisations.models import User
from organisations.queries import deadline_phrase


@transaction.atomic
def start_conference(conference: Conference, *, by: User, now: datetime.datetime) -> None:
    """Open the conference; from now on the live page records what happens."""
    require(rules.may_run_conference(by, conference), NOT_OFFICE)
    move(conference, ConferenceState.RUNNING, by=by, started_at=now)


@transaction.atomic
def start_item(item: AgendaItem, *, by: User, now: datetime.datetime) -> None:
    """Begin an agenda item; the one that was running ends. Pressed twice, it begins once."""
    conference = hold_running(item.conference, by)
    conference.agenda.filter(started_at__isnull=False, ended_at=None).exclude(pk=item.pk).update(
        ended_at=now
    )
    AgendaItem.objects.filter(pk=item.pk, started_at=None).update(started_at=now)


@transaction.atomic
def end_item(item: AgendaItem, *, by: User, now: datetime.datetime) -> None:
    """End a running item."""
    hold_running(item.conference, by)
    AgendaItem.objects.filter(pk=item.pk, started_at__isnull=False, ended_at=None).update(
        ended_at=now
    )


@transaction.atomic
def close_conference(
    conference: Conference, *, by: User, now: datetime.datetime, invited: int, present: int
) -> Task:
    """End the conference and start the clock of the conclusion notice.

    The clock is the office's DeadlineRule `conclusion_notice` (07 working days by default),
    counted from the day the conference ends; it is a task of the office like any other.
    """
    require(rules.may_run_conference(by, conference), NOT_OFFICE)
    conference.agenda.filter(started_at__isnull=False, ended_at=None).update(ended_at=now)
    conference.turns.filter(started_at__isnull=False, ended_at=None).update(ended_at=now)
    move(
        conference,
        ConferenceState.CLOSED,
        by=by,
        closed_at=now,
        invited=invited,
        present=present,
    )
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
