"""The queue of speakers: one speaks at a time."""

import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from conferences import rules
from conferences.actions.holding import NOT_OFFICE, hold_running, lock
from conferences.models import Conference, SpeakingTurn
from core.access import RefusedError, require
from feedback.models import Opinion
from organisations.models import User


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
