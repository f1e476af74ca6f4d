"""What happens at the door: people come, a mistake is taken back, phones send late what they kept."""

import datetime
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db import transaction
from django.db.models import F, Min, OuterRef, Subquery
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from conferences import rules
from conferences.actions.holding import NOT_OFFICE
from conferences.models import Arrival, Conference, Participant
from conferences.queries.arriving import CAME, doors_open_at, expected, who_came
from conferences.states import ConferenceState
from core.access import require
from core.dates import written_moment
from organisations.models import User

SLACK = datetime.timedelta(seconds=90)
"""As far as a phone's clock may drift between two questions before its time is doubted."""


@dataclass(frozen=True)
class Act:
    """One act a phone wrote down: somebody came (by code, or by name alone), or it is undone.

    `device_at` is the phone's own time, None if it makes no sense; `offset` what the server's clock
    was ahead of the phone's when they last spoke before the act, None if they had not.
    """

    key: uuid.UUID
    device_at: datetime.datetime | None
    offset: datetime.timedelta | None = None
    code: str = ""
    name: str = ""
    body: str = ""
    desk: str = ""
    undoes: uuid.UUID | None = None


@dataclass(frozen=True)
class Told:
    """What a phone is told of an act: `arrived`, `repeat`, `undone` or `refused`, and a sentence."""

    key: uuid.UUID
    outcome: str
    sentence: str = ""


@dataclass(frozen=True)
class Clock:
    """The server's and the phone's time at the same moment, when the acts are handed over."""

    now: datetime.datetime
    device_now: datetime.datetime

    def true_time(self, act: Act) -> tuple[datetime.datetime, bool]:
        """When an act really was, and whether that is a guess; never in the future.

        The difference of the two clocks now corrects the phone's time. If the phone's clock was put
        right between the act and now, the difference known before the act does.
        """
        if act.device_at is None:
            return self.now, True
        shift = self.now - self.device_now
        is_guess = act.offset is not None and abs(shift - act.offset) > SLACK
        if is_guess and act.offset is not None:
            shift = act.offset
        at = act.device_at + shift
        if at > self.now:
            return self.now, is_guess or at - self.now > SLACK
        return at, is_guess


@transaction.atomic
def receive_acts(
    conference: Conference, acts: Sequence[Act], *, by: User, clock: Clock
) -> list[Told]:
    """Write down what a phone kept, in its order; sent twice, it stands once.

    Nobody arrives twice: of two phones the first one received stands, the other's act is kept as a
    repeat and its door is told. Nothing is dropped without a sentence. What comes after the closing
    is added to the number present that the office stated then.
    """
    require(rules.may_receive_people(by, conference), NOT_OFFICE)
    rows = Conference.objects.select_for_update(of=("self",), no_key=True)
    door = _Door(rows.get(pk=conference.pk), by, clock)
    before = door.present_after_closing()
    told: list[Told] = []
    for is_undoing, run in groupby(acts, key=lambda act: act.undoes is not None):
        part = list(run)
        told += door.undo(part) if is_undoing else door.let_in(part)
    late = door.present_after_closing() - before
    if late:
        rows.filter(pk=conference.pk).update(present=Greatest(F("present") + late, 0))
    return told


@dataclass(frozen=True)
class _Door:
    """One delivery of acts to a conference that is locked."""

    conference: Conference
    by: User
    clock: Clock

    def present_after_closing(self) -> int:
        """Heads from the list that are in, once the office has stated their number; else 0."""
        if self.conference.present is None:
            return 0
        return expected(self.conference).filter(CAME).count()

    def let_in(self, acts: Sequence[Act]) -> list[Told]:
        people = self._people(acts)
        elsewhere = self._elsewhere([act.code for act in acts if act.code not in people])
        refused: dict[uuid.UUID, str] = {}
        rows = []
        for act in acts:
            row = self._row(act, people.get(act.code))
            sentence = self._why_not(act, row, elsewhere)
            if sentence:
                refused[act.key] = sentence
            else:
                rows.append(row)
        self._write(rows)
        _set_presence(row.participant_id for row in rows)
        said = self._what_stands([row.key for row in rows])
        return [
            Told(act.key, "refused", refused[act.key]) if act.key in refused else said[act.key]
            for act in acts
        ]

    def undo(self, acts: Sequence[Act]) -> list[Told]:
        late = [act for act in acts if self._is_over(self.clock.true_time(act)[0])]
        keys = [act.undoes for act in acts if act.undoes and act not in late]
        rows = Arrival.objects.filter(conference=self.conference, key__in=keys, undone_at=None)
        undone = list(rows.values_list("participant", flat=True).exclude(participant=None))
        rows.update(undone_at=self.clock.now, undone_by=self.by)
        _promote(undone)
        _set_presence(undone)
        return [
            Told(act.key, "refused", self._over()) if act in late else Told(act.key, "undone")
            for act in acts
        ]

    def _people(self, acts: Sequence[Act]) -> dict[str, Participant]:
        codes = {act.code for act in acts if act.code}
        return {one.code: one for one in self.conference.participants.filter(code__in=codes)}

    def _elsewhere(self, codes: Iterable[str]) -> dict[str, Conference]:
        """The conferences other codes belong to."""
        others = Participant.objects.filter(code__in=set(codes) - {""})
        return {one.code: one.conference for one in others.select_related("conference")}

    def _row(self, act: Act, person: Participant | None) -> Arrival:
        at, is_guess = self.clock.true_time(act)
        mark = Arrival.Mark.CLOCK if is_guess else Arrival.Mark.NONE
        if at < doors_open_at(self.conference):
            mark = Arrival.Mark.EARLY
        if act.code and person is None:
            mark = Arrival.Mark.UNLISTED
        return Arrival(
            key=act.key,
            conference=self.conference,
            participant=person,
            name=person.name if person else act.name,
            body=person.body if person else act.body,
            at=at,
            mark=mark,
            device_at=act.device_at or self.clock.now,
            received_at=self.clock.now,
            desk=act.desk,
            by=self.by,
        )

    def _why_not(self, act: Act, row: Arrival, elsewhere: dict[str, Conference]) -> str:
        """The sentence that refuses an act; empty if it may stand."""
        if self._is_over(row.at):
            return self._over()
        if row.participant is not None or (not act.code and row.name):
            return ""
        other = elsewhere.get(act.code)
        if other is not None:
            return _("Mã này là của hội nghị khác: %(title)s, %(when)s tại %(place)s.") % {
                "title": other.title,
                "when": written_moment(other.starts_at),
                "place": other.place,
            }
        if row.name:  # the phone had the person on its list and let them in
            return ""
        return _(
            "Mã này không có trong danh sách hội nghị: chép sai, hoặc người này đã được đưa khỏi "
            "danh sách. Hãy hỏi tên rồi tìm theo tên, hoặc ghi là khách ngoài danh sách."
        )

    def _is_over(self, at: datetime.datetime) -> bool:
        if self.conference.state == ConferenceState.CANCELLED:
            return True
        closed_at = self.conference.closed_at
        return self.conference.state == ConferenceState.CLOSED and (
            closed_at is None or at > closed_at
        )

    def _over(self) -> str:
        if self.conference.state == ConferenceState.CANCELLED:
            return _("Hội nghị này đã hủy nên không ghi có mặt nữa.")
        ended = self.conference.closed_at or self.conference.ends_at
        return _("Hội nghị đã kết thúc lúc %(when)s nên lượt sau giờ đó không ghi nữa.") % {
            "when": written_moment(ended)
        }

    def _write(self, rows: Sequence[Arrival]) -> None:
        """All at once; whoever is in already, by another phone's word, is written down as repeat."""
        Arrival.objects.bulk_create(rows, ignore_conflicts=True)
        stand = set(
            Arrival.objects.filter(key__in=[row.key for row in rows]).values_list("key", flat=True)
        )
        again = [row for row in rows if row.key not in stand]
        for row in again:
            row.is_repeat = True
        Arrival.objects.bulk_create(again, ignore_conflicts=True)

    def _what_stands(self, keys: Sequence[uuid.UUID]) -> dict[uuid.UUID, Told]:
        """What became of acts that were written down, now or when they were first sent."""
        rows = list(Arrival.objects.filter(conference=self.conference, key__in=keys))
        repeats = [row.participant_id for row in rows if row.is_repeat]
        first = who_came(self.conference, repeats)
        return {row.key: _told(row, first.get(row.participant_id or 0)) for row in rows}


def _told(row: Arrival, first: Arrival | None) -> Told:
    if row.is_repeat and first is not None:
        return Told(row.key, "repeat", already_in(first))
    if row.mark == Arrival.Mark.UNLISTED:
        sentence = _("%(name)s không còn trong danh sách; đã ghi là khách ngoài danh sách.")
        return Told(row.key, "arrived", sentence % {"name": row.name})
    return Told(row.key, "arrived")


def already_in(first: Arrival) -> str:
    """When, where and by whom somebody was let in: for the person at the door, not a mistake."""
    return _(
        "%(name)s đã vào lúc %(when)s tại %(desk)s (người đón: %(by)s). Nếu là người khác "
        "cầm mã này, hãy đối chiếu giấy tờ rồi ghi là khách ngoài danh sách."
    ) % {
        "name": first.name,
        "when": f"{timezone.localtime(first.at):%H:%M}",
        "desk": first.desk or _("cửa"),
        "by": first.by.full_name,
    }


def _promote(participants: Sequence[int]) -> None:
    """Where the arrival that stood was a mistake, the next act of another door stands instead."""
    left = Arrival.objects.filter(participant__in=participants, undone_at=None)
    standing = left.filter(is_repeat=False).values("participant")
    next_ones = left.exclude(participant__in=standing).order_by("participant", "at", "pk")
    chosen = list(next_ones.distinct("participant").values_list("pk", flat=True))
    Arrival.objects.filter(pk__in=chosen).update(is_repeat=False)


def _set_presence(participants: Iterable[int | None]) -> None:
    """Keep the moment on the list of people in step with what was written at the door."""
    acts = Arrival.objects.filter(participant=OuterRef("pk"), undone_at=None).values("participant")
    first = acts.annotate(first=Min("at")).values("first")
    people = Participant.objects.filter(pk__in={one for one in participants if one is not None})
    people.update(present_at=Subquery(first))
