"""Running a conference: what is on, who speaks, what is said, and its end."""

import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments.actions import give_task
from assignments.models import Task
from conferences import rules
from conferences.actions.holding import NOT_OFFICE, hold_running, lock
from conferences.models import AgendaItem, Conference, Exchange, SpeakingTurn
from conferences.states import ConferenceState
from core.access import RefusedError, require
from core.timephrase import parse
from core.transitions import move, record
from core.versions import save_version
from feedback.actions import answer_in_hall
from feedback.models import IssueGroup, Opinion
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


def add_turn(
    conference: Conference, *, by: User, name: str, body: str, opinion: Opinion | None = None
) -> SpeakingTurn:
    """Put somebody at the end of the queue of speakers."""
    require(rules.may_run_conference(by, conference), NOT_OFFICE)
    with transaction.atomic():
        lock(conference)
        last = conference.turns.aggregate(last=Max("position"))["last"] or 0
        return SpeakingTurn.objects.create(
            conference=conference, position=last + 1, name=name, body=body, opinion=opinion
        )


@transaction.atomic
def start_turn(turn: SpeakingTurn, *, by: User, now: datetime.datetime) -> None:
    """Give somebody the floor; whoever was speaking ends."""
    conference = hold_running(turn.conference, by)
    conference.turns.filter(started_at__isnull=False, ended_at=None).exclude(pk=turn.pk).update(
        ended_at=now
    )
    SpeakingTurn.objects.filter(pk=turn.pk, started_at=None).update(started_at=now)


@transaction.atomic
def end_turn(turn: SpeakingTurn, *, by: User, now: datetime.datetime) -> None:
    """Take the floor back."""
    hold_running(turn.conference, by)
    SpeakingTurn.objects.filter(pk=turn.pk, started_at__isnull=False, ended_at=None).update(
        ended_at=now
    )


def remove_turn(turn: SpeakingTurn, *, by: User) -> None:
    """Take somebody who has not spoken off the queue."""
    require(rules.may_run_conference(by, turn.conference), NOT_OFFICE)
    if not SpeakingTurn.objects.filter(pk=turn.pk, started_at=None).delete()[0]:
        raise RefusedError(_("Người này đã phát biểu nên không xóa khỏi danh sách được."))


@transaction.atomic
def record_exchange(
    conference: Conference,
    *,
    by: User,
    now: datetime.datetime,
    group: IssueGroup | None = None,
    **said: str,
) -> Exchange:
    """Write down what was raised and answered, under the agenda item that is on.

    `said` holds raised_by, raised_body, question, answered_by, answer and outcome.
    """
    require(rules.may_record_exchange(by, conference), NOT_OFFICE)
    running = conference.agenda.filter(started_at__isnull=False, ended_at=None).first()
    if group and said.get("outcome") == Exchange.Outcome.ANSWERED and not hasattr(group, "answer"):
        # A prepared answer reaches its senders when the office releases it; here there is none.
        answer_in_hall(group.opinions.all(), by=by, note=_("Đã trả lời tại hội nghị"))
    return Exchange.objects.create(
        conference=conference,
        agenda_item=running,
        turn=conference.turns.filter(started_at__isnull=False, ended_at=None).first(),
        group=group,
        at=now,
        **said,
    )


def edit_exchange(exchange: Exchange, *, by: User, version: int, **said: object) -> None:
    """Correct what was written down; raises StaleError if somebody else was faster."""
    require(rules.may_record_exchange(by, exchange.conference), NOT_OFFICE)
    with transaction.atomic():
        save_version(exchange, version=version, **said)
        record(exchange, by=by, note=_("Sửa nội dung trao đổi"))


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
