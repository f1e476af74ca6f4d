"""The queue of speakers: one speaks at a time, and only people change the order."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from conferences import rules
from conferences.actions.holding import NOT_OFFICE, hold, hold_running, lock, raise_pulse
from conferences.models import Conference, Participant, SpeakingTurn
from core.access import RefusedError, require
from feedback.models import IssueGroup, Opinion
from organisations.models import User


@dataclass(frozen=True, kw_only=True)
class Registered:
    """Somebody who asked to speak when sending an opinion, as they enter the queue."""

    name: str
    body: str
    opinion: Opinion
    group: IssueGroup | None


def add_turn(
    conference: Conference,
    *,
    by: User,
    name: str,
    body: str,
    opinion: Opinion | None = None,
    participant: Participant | None = None,
    group: IssueGroup | None = None,
    minutes: int | None = None,
) -> SpeakingTurn:
    """Put somebody at the end of the queue of speakers, while the list is open."""
    require(rules.may_run_conference(by, conference), NOT_OFFICE)
    with transaction.atomic():
        if hold(conference, by).queue_closed_at is not None:
            raise RefusedError(_("Danh sách phát biểu đã chốt. Mở lại danh sách để thêm người."))
        raise_pulse(conference)
        return SpeakingTurn.objects.create(
            conference=conference,
            position=_last(conference) + 1,
            name=name,
            body=body,
            opinion=opinion,
            participant=participant,
            group=group,
            minutes=minutes,
        )


@transaction.atomic
def add_registered(
    conference: Conference,
    chosen: Iterable[Registered],
    *,
    by: User,
    minutes: int | None = None,
    in_writing: bool = False,
) -> int:
    """Bring in people who registered with an opinion, each once; says how many are new.

    `in_writing`: they are not called, their matter is answered in writing.
    """
    hold(conference, by)
    listed = set(conference.turns.values_list("opinion_id", flat=True))
    last = _last(conference)
    new = [row for row in chosen if row.opinion.pk not in listed]
    SpeakingTurn.objects.bulk_create(
        SpeakingTurn(
            conference=conference,
            position=position,
            name=row.name,
            body=row.body,
            opinion=row.opinion,
            group=row.group,
            minutes=minutes,
            in_writing=in_writing,
        )
        for position, row in enumerate(new, start=last + 1)
    )
    raise_pulse(conference)
    return len(new)


@transaction.atomic
def start_turn(turn: SpeakingTurn, *, by: User, now: datetime.datetime) -> None:
    """Give somebody who waits the floor; whoever was speaking ends."""
    conference = hold_running(turn.conference, by)
    if not conference.turns.filter(pk=turn.pk, started_at=None).exists():
        return
    end_who_speaks(conference, now)
    SpeakingTurn.objects.filter(pk=turn.pk).update(started_at=now, in_writing=False)
    raise_pulse(conference)


@transaction.atomic
def next_turn(
    conference: Conference, *, by: User, now: datetime.datetime, seen: int | None = None
) -> bool:
    """Give the floor to the first who waits; whoever was speaking ends.

    `seen` is the turn the person saw speaking (0: nobody). If somebody else was faster, nothing
    happens and the answer is False.
    """
    conference = hold_running(conference, by)
    current = conference.turns.speaking().first()
    if seen is not None and seen != (current.pk if current else 0):
        return False
    upcoming = conference.turns.waiting().order_by("position", "pk").first()
    if upcoming is None and current is None:
        return False
    end_who_speaks(conference, now)
    if upcoming:
        SpeakingTurn.objects.filter(pk=upcoming.pk).update(started_at=now)
    raise_pulse(conference)
    return True


@transaction.atomic
def end_turn(turn: SpeakingTurn, *, by: User, now: datetime.datetime) -> None:
    """Take the floor back."""
    conference = hold_running(turn.conference, by)
    if conference.turns.speaking().filter(pk=turn.pk).exists():
        end_who_speaks(conference, now)
        raise_pulse(conference)


@transaction.atomic
def pause_turn(turn: SpeakingTurn, *, by: User, now: datetime.datetime) -> None:
    """Stop the clock of who speaks."""
    conference = hold_running(turn.conference, by)
    if conference.turns.speaking().filter(pk=turn.pk, paused_at=None).update(paused_at=now):
        raise_pulse(conference)


@transaction.atomic
def resume_turn(turn: SpeakingTurn, *, by: User, now: datetime.datetime) -> None:
    """Let the clock of who speaks run on; the pause does not count."""
    conference = hold_running(turn.conference, by)
    paused = conference.turns.speaking().filter(pk=turn.pk, paused_at__isnull=False).first()
    if paused:
        _unpause(paused, now)
        paused.save(update_fields=["paused_at", "paused_seconds"])
        raise_pulse(conference)


@transaction.atomic
def return_turn(turn: SpeakingTurn, *, by: User) -> SpeakingTurn:
    """Who spoke last waits again, at the top: a new turn, so the time already used stays counted."""
    conference = hold_running(turn.conference, by)
    newest = conference.turns.filter(ended_at__isnull=False).order_by("-ended_at", "-pk").first()
    if newest is None or newest.pk != turn.pk:
        raise RefusedError(_("Chỉ người vừa phát biểu xong mới đưa trở lại đầu danh sách được."))
    waiting = conference.turns.waiting()
    again = waiting.filter(name=turn.name, body=turn.body, opinion=turn.opinion_id).first()
    if again:
        return again
    first = waiting.order_by("position").values_list("position", flat=True).first()
    position = first if first is not None else _last(conference) + 1
    waiting.update(position=F("position") + 1)
    raise_pulse(conference)
    return SpeakingTurn.objects.create(
        conference=conference,
        position=position,
        name=turn.name,
        body=turn.body,
        participant=turn.participant,
        opinion=turn.opinion,
        group=turn.group,
        minutes=turn.minutes,
    )


@transaction.atomic
def move_turn(turn: SpeakingTurn, *, by: User, up: bool) -> None:
    """Swap somebody who waits with the neighbour above or below; at the edge nothing happens."""
    hold(turn.conference, by)
    waiting = list(turn.conference.turns.waiting().order_by("position", "pk"))
    place = next((at for at, row in enumerate(waiting) if row.pk == turn.pk), None)
    other = None if place is None else place + (-1 if up else 1)
    if place is None or other is None or not 0 <= other < len(waiting):
        return
    positions = [row.position for row in waiting]
    waiting[place], waiting[other] = waiting[other], waiting[place]
    for row, position in zip(waiting, positions, strict=True):
        row.position = position
    SpeakingTurn.objects.bulk_update(waiting, ["position"])
    raise_pulse(turn.conference)


@transaction.atomic
def answer_in_writing(turn: SpeakingTurn, *, by: User, in_writing: bool) -> None:
    """Somebody who has not spoken is answered in writing instead, or waits to be called again."""
    hold(turn.conference, by)
    waits = turn.conference.turns.filter(pk=turn.pk, started_at=None)
    if not waits.update(in_writing=in_writing):
        raise RefusedError(_("Người này đã được mời phát biểu."))
    raise_pulse(turn.conference)


@transaction.atomic
def remove_turn(turn: SpeakingTurn, *, by: User, now: datetime.datetime) -> bool:
    """Take somebody off the queue; who is speaking stops, and stays in the record.

    True if the row is gone, False if a speech was ended.
    """
    lock(turn.conference)
    require(rules.may_run_conference(by, turn.conference), NOT_OFFICE)
    if turn.conference.turns.filter(pk=turn.pk, ended_at__isnull=False).exists():
        raise RefusedError(_("Người này đã phát biểu nên không xóa khỏi danh sách được."))
    is_gone = bool(SpeakingTurn.objects.filter(pk=turn.pk, started_at=None).delete()[0])
    if not is_gone:
        end_who_speaks(turn.conference, now)
    raise_pulse(turn.conference)
    return is_gone


@transaction.atomic
def close_queue(conference: Conference, *, by: User, now: datetime.datetime, closed: bool) -> None:
    """Close the list of speakers, or open it again; who is on it keeps the place."""
    hold(conference, by)
    Conference.objects.filter(pk=conference.pk).update(queue_closed_at=now if closed else None)
    raise_pulse(conference)


@transaction.atomic
def set_speech_minutes(conference: Conference, *, by: User, speech_minutes: int) -> None:
    """How long each speaks who has no minutes of their own."""
    hold(conference, by)
    Conference.objects.filter(pk=conference.pk).update(speech_minutes=speech_minutes)
    raise_pulse(conference)


def end_who_speaks(conference: Conference, now: datetime.datetime) -> None:
    """Whoever has the floor gives it back; a pause that is on does not count."""
    for turn in conference.turns.speaking():
        _unpause(turn, now)
        turn.ended_at = now
        turn.save(update_fields=["ended_at", "paused_at", "paused_seconds"])


def _unpause(turn: SpeakingTurn, now: datetime.datetime) -> None:
    if turn.paused_at:
        turn.paused_seconds += max(0, int((now - turn.paused_at).total_seconds()))
        turn.paused_at = None


def _last(conference: Conference) -> int:
    return conference.turns.aggregate(last=Max("position"))["last"] or 0
