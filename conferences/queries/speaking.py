"""The queue of speakers as the console and the chair see it, and who registered to speak."""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, Q

from conferences.models import Conference, SpeakingTurn
from core.text import fold
from feedback.models import Consultation, IssueGroup, Opinion, Submission


@dataclass(frozen=True)
class TurnLine:
    """Somebody in the queue; `is_first` if they have not had the floor at this conference yet."""

    turn: SpeakingTurn
    is_first: bool
    seconds: int
    allowed_seconds: int
    person_seconds: int
    unit_seconds: int

    @property
    def ends_at(self) -> datetime.datetime | None:
        """When the time of who speaks is up; None while the clock stands."""
        turn = self.turn
        if turn.started_at is None or turn.paused_at is not None:
            return None
        return turn.started_at + datetime.timedelta(
            seconds=self.allowed_seconds + turn.paused_seconds
        )

    @property
    def left_seconds(self) -> int:
        """How much of the time is left; less than nothing once it is over."""
        return self.allowed_seconds - self.seconds


@dataclass(frozen=True)
class Queue:
    """Who speaks, who waits in which order, who has spoken (newest first), who reads an answer."""

    current: TurnLine | None
    waiting: list[TurnLine]
    ended: list[TurnLine]
    in_writing: list[TurnLine]
    units: list[tuple[str, int]]


def queue_of(conference: Conference, now: datetime.datetime) -> Queue:
    """The queue in one query; the order is the clerk's, never the machine's."""
    turns = list(
        conference.turns.select_related("group__answer", "group__lead").order_by("position", "pk")
    )
    people: Counter[tuple[str, str]] = Counter()
    units: Counter[str] = Counter()
    names: dict[str, str] = {}
    spoke: set[tuple[str, str]] = set()
    for turn in turns:
        people[_person(turn)] += turn.seconds(now)
        units[fold(turn.body)] += turn.seconds(now)
        names.setdefault(fold(turn.body), turn.body)
        if turn.ended_at:
            spoke.add(_person(turn))
    lines = [
        TurnLine(
            turn,
            _person(turn) not in spoke,
            turn.seconds(now),
            turn.allowed_seconds(conference.speech_minutes),
            people[_person(turn)],
            units[fold(turn.body)],
        )
        for turn in turns
    ]
    ended = [line for line in lines if line.turn.ended_at]
    return Queue(
        current=next((line for line in lines if _speaks(line.turn)), None),
        waiting=[line for line in lines if _waits(line.turn) and not line.turn.in_writing],
        ended=sorted(ended, key=lambda line: (line.turn.ended_at, line.turn.pk), reverse=True),
        in_writing=[line for line in lines if _waits(line.turn) and line.turn.in_writing],
        units=[(names[unit], spent) for unit, spent in units.most_common() if unit and spent],
    )


def _speaks(turn: SpeakingTurn) -> bool:
    return turn.started_at is not None and turn.ended_at is None


def _waits(turn: SpeakingTurn) -> bool:
    return turn.started_at is None


def _person(turn: SpeakingTurn) -> tuple[str, str]:
    return fold(turn.name), fold(turn.body)


@dataclass(frozen=True)
class Wish:
    """An opinion whose sender asked to speak, with the place they already have in the queue."""

    opinion: Opinion
    name: str
    turn: SpeakingTurn | None

    @property
    def called(self) -> str:
        """How the person is called up: by name, or by the code of the form that names nobody."""
        return self.name or self.opinion.submission.shown_code

    @property
    def body(self) -> str:
        """Where they come from."""
        return str(self.opinion.submission.area)


@dataclass(frozen=True)
class WishGroup:
    """Those who wish to speak on one matter; `group` is None for what is not sorted yet."""

    group: IssueGroup | None
    wishes: list[Wish]


def wishes_to_speak(conference: Conference) -> list[WishGroup]:
    """Who registered to speak, by matter; nothing of what left the dialogue by law."""
    forms = (
        Submission.objects.filter(
            consultation__in=Consultation.objects.for_session(conference.session_id),
            wants_to_speak=True,
        )
        .exclude(opinions__matter__isnull=False)
        .select_related("area", "sender")
        .order_by("pk")
        .prefetch_related(
            Prefetch(
                "opinions",
                Opinion.objects.in_dialogue()
                .filter(Q(group=None) | Q(group__merged_into=None))
                .defer("search")
                .select_related("group__field", "group__lead")
                .order_by("pk"),
            )
        )
    )
    turns = {turn.opinion_id: turn for turn in conference.turns.exclude(opinion=None)}
    return _by_matter(_wishes(forms, turns))


def _wishes(forms: Iterable[Submission], turns: dict[int | None, SpeakingTurn]) -> list[Wish]:
    wishes = []
    for form in forms:
        name = getattr(getattr(form, "sender", None), "full_name", "")
        for opinion in form.opinions.all():
            opinion.submission = form
            wishes.append(Wish(opinion, name, turns.get(opinion.pk)))
    return wishes


def _by_matter(wishes: list[Wish]) -> list[WishGroup]:
    found: dict[int | None, list[Wish]] = {}
    for wish in wishes:
        found.setdefault(wish.opinion.group_id, []).append(wish)
    groups = [WishGroup(rows[0].opinion.group, rows) for rows in found.values()]
    return sorted(
        groups,
        key=lambda one: (
            one.group is None,
            one.group.field.position if one.group else 0,
            one.group.pk if one.group else 0,
        ),
    )
