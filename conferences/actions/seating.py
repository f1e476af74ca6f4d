"""Who sits where: the hall is set in rows or tables, people are seated group by group."""

import re
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from conferences import rules
from conferences.actions.holding import NOT_OFFICE, lock
from conferences.models import Conference, Participant, SeatPlan
from conferences.queries.people import ABSENT, in_seating_order
from core.access import require
from core.transitions import IllegalMoveError, record
from organisations.models import User


class Seated(NamedTuple):
    """How many have a seat, and how many there was none for."""

    seated: int
    left: int


@transaction.atomic
def set_hall(
    conference: Conference, *, by: User, kind: str, blocks: int, seats_each: int, anew: bool = False
) -> Seated:
    """Set the hall and seat everybody who has no seat in it yet, group by group.

    With `anew` everybody is seated again. Who there is no seat for stays on the list without one.
    """
    require(rules.may_prepare_conference(by, conference), NOT_OFFICE)
    lock(conference)
    values = {"kind": kind, "blocks": blocks, "seats_each": seats_each}
    plan, _made = SeatPlan.objects.update_or_create(conference=conference, defaults=values)
    Conference.objects.filter(pk=conference.pk).update(seats=plan.seats)
    conference.seats = plan.seats
    labels = plan.labels
    people = in_seating_order(conference)
    kept: dict[str, Participant] = {}
    for person in people:
        if not anew and person.seat in labels and person.seat not in kept:
            kept[person.seat] = person
    free = iter([label for label in labels if label not in kept])
    sitting = {person.pk for person in kept.values()}
    for person in people:
        if person.pk not in sitting:
            person.seat = next(free, "")
    comers = {person.pk for person in people}
    conference.participants.exclude(pk__in=comers).exclude(seat="").update(seat="")
    Participant.objects.bulk_update(people, ["seat"], batch_size=200)
    seated = sum(bool(person.seat) for person in people)
    record(conference, by=by, note=_("Xếp chỗ cho %(count)d đại biểu") % {"count": seated})
    return Seated(seated, len(people) - seated)


@transaction.atomic
def set_seat(participant: Participant, *, by: User, typed: str, swaps: bool = False) -> None:
    """Seat somebody where the office says: “3-7” is row 3, seat 7; nothing takes the seat away.

    A seat that is taken is refused with the name of who has it; with `swaps` the two change seats.
    """
    conference = participant.conference
    require(rules.may_prepare_conference(by, conference), NOT_OFFICE)
    lock(conference)
    participant.refresh_from_db()
    seat = read_seat(conference, typed)
    others = conference.participants.exclude(pk=participant.pk).filter(seat=seat)
    sitting = others.exclude(answer__in=ABSENT).first() if seat else None
    if sitting is not None and not swaps:
        raise IllegalMoveError(
            _("%(seat)s đang là chỗ của %(name)s. Hãy chọn chỗ khác, hoặc chọn “đổi chỗ”.")
            % {"seat": seat, "name": sitting.name}
        )
    if sitting is not None:
        sitting.seat = participant.seat
        sitting.save(update_fields=["seat"])
    elif seat:
        others.update(seat="")  # of somebody who said that they stay away
    participant.seat = seat
    participant.save(update_fields=["seat"])
    record(participant, by=by, note=_("Chỗ ngồi: %(seat)s") % {"seat": seat or "–"})


def read_seat(conference: Conference, typed: str) -> str:
    """The name of the seat that was typed; IllegalMoveError if the hall has no such seat."""
    if not typed.strip():
        return ""
    plan = SeatPlan.objects.filter(conference=conference).first()
    if plan is None:
        raise IllegalMoveError(_("Chưa có sơ đồ chỗ ngồi. Hãy chọn số dãy hoặc số bàn trước."))
    numbers = [int(number) for number in re.findall(r"\d{1,5}", typed)]
    if len(numbers) != 2 or not (
        1 <= numbers[0] <= plan.blocks and 1 <= numbers[1] <= plan.seats_each
    ):
        raise IllegalMoveError(
            _("Không có chỗ “%(typed)s”. Hãy gõ hai số, ví dụ 3-7; hội trường có %(plan)s.")
            % {"typed": typed[:20], "plan": plan}
        )
    return plan.label(*numbers)
