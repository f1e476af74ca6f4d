"""The year's board: sessions by quarter and month, and which of them get in each other's way."""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations

from django.db.models import Q
from django.utils.translation import gettext as _

from core.text import fold
from organisations.models import AdministrativeUnit, User
from plans.models import DialogueSession, SessionChair
from plans.queries.dossier import sessions_in_order
from plans.queries.gaps import Gap, gaps_of, late_notice
from plans.queries.standing import Standing, standings

ROMAN = ("I", "II", "III", "IV")
BETWEEN_POSTS = re.compile(r"\s+[-–]\s+|\s*[,;]\s*|\s+kiêm\s+")
Level = AdministrativeUnit.Level


@dataclass
class Card:
    """One session on the board: where it stands and what to mind."""

    session: DialogueSession
    standing: Standing
    warnings: list[str] = field(default_factory=list)

    @property
    def place(self) -> str:
        """The place of the conference, or the one the plan names."""
        return self.standing.place or self.session.place


@dataclass(frozen=True)
class Month:
    """One month of a quarter; without a name the sessions whose month is still open."""

    name: str
    cards: list[Card]


@dataclass(frozen=True)
class Quarter:
    """One quarter with its months."""

    name: str
    months: list[Month]

    @property
    def count(self) -> int:
        """How many sessions."""
        return sum(len(month.cards) for month in self.months)


@dataclass(frozen=True)
class Board:
    """A year in sight of one person."""

    quarters: list[Quarter]
    gaps: list[Gap]
    units: list[AdministrativeUnit]

    @property
    def count(self) -> int:
        """How many sessions the year has."""
        return sum(quarter.count for quarter in self.quarters)


class Sight:
    """The units a person looks after: those of the own bodies and all below; administrators all."""

    def __init__(self, user: User) -> None:
        """Read the tree once."""
        rows = list(AdministrativeUnit.objects.order_by("name"))
        self.rows = {row.pk: row for row in rows}
        self._below: dict[int | None, list[int]] = {}
        for row in rows:
            self._below.setdefault(row.parent_id, []).append(row.pk)
        own = set(self.rows) if user.is_admin else user.unit_ids()
        self.ids = self.under(own)

    def under(self, ids: Iterable[int]) -> set[int]:
        """These units and everything below them."""
        found: set[int] = set()
        waiting = list(ids)
        while waiting:
            pk = waiting.pop()
            if pk not in found:
                found.add(pk)
                waiting += self._below.get(pk, [])
        return found

    def governed(self, year: int) -> list[AdministrativeUnit]:
        """The units in sight, hamlets left out, that exist in a year."""
        first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
        return [
            row
            for row in self.rows.values()
            if row.pk in self.ids
            and row.level != Level.HAMLET
            and (row.valid_from is None or row.valid_from <= last)
            and (row.valid_to is None or row.valid_to >= first)
        ]


def year_board(
    user: User,
    year: int,
    today: datetime.date,
    *,
    sight: Sight,
    unit: AdministrativeUnit | None = None,
) -> Board:
    """The sessions of plans in force in one year; the same queries for any number of units."""
    inside = sight.under([unit.pk]) if unit else None
    rows = [
        row
        for row in sessions_in_order(
            DialogueSession.objects.on_calendar().visible_to(user).filter(_in_year(year))
        ).select_related("plan__document__organisation__unit")
        if inside is None or homes(row) & inside
    ]
    told = standings(rows)
    cards = [Card(row, told[row.pk]) for row in rows]
    for first, second in combinations(cards, 2):
        for words in clash(first, second):
            first.warnings.append(words % {"other": second.session})
            second.warnings.append(words % {"other": first.session})
    units = sight.governed(year)
    wanted = [row for row in units if inside is None or row.pk in inside]
    day = today if today.year == year else datetime.date(year, 12, 31)
    gaps, notices = gaps_of(wanted, [(card.session, card.standing) for card in cards], day)
    for card in cards:
        card.warnings += late_notice(card.session, card.standing, notices, today)
    return Board(_quarters(cards), gaps, units)


def _in_year(year: int) -> Q:
    return (
        Q(fixed_on__year=year)
        | Q(fixed_on=None, latest_on__year=year)
        | Q(fixed_on=None, latest_on=None, plan__year=year)
    )


def homes(session: DialogueSession) -> set[int]:
    """The units a session belongs to: its organiser's and those it is held for."""
    return {session.plan.document.organisation.unit_id, *(unit.pk for unit in session.units.all())}


def _quarters(cards: list[Card]) -> list[Quarter]:
    board = []
    for number in (1, 2, 3, 4):
        own = [card for card in cards if card.session.quarter() == number]
        months = [
            Month(_("Tháng %(n)d") % {"n": month}, found)
            for month in range(number * 3 - 2, number * 3 + 1)
            if (found := [card for card in own if _month(card.session) == month])
        ]
        open_ = [card for card in own if _month(card.session) is None]
        if open_:
            months.append(Month(_("Chưa rõ tháng"), open_))
        board.append(Quarter(_("Quý %(numeral)s") % {"numeral": ROMAN[number - 1]}, months))
    undated = [card for card in cards if card.session.quarter() is None]
    return [*board, Quarter(_("Chưa có ngày"), [Month("", undated)])] if undated else board


def _month(session: DialogueSession) -> int | None:
    first, last = session.first_on, session.last_on
    if first and last and (first.year, first.month) == (last.year, last.month):
        return last.month
    return None


def clash(first: Card, second: Card) -> Iterator[str]:
    """Why two sessions cannot both be held as planned: one day, the same place or chair."""
    day = first.session.exact_on
    if day is None or day != second.session.exact_on or _apart(first.standing, second.standing):
        return
    if first.standing.is_cancelled or second.standing.is_cancelled:
        return
    near = homes(first.session) & homes(second.session)
    if near and first.place and fold(first.place) == fold(second.place):
        yield _("Cùng ngày, cùng địa điểm với “%(other)s”")
    if _share_chair(first.session, second.session, is_near=bool(near)):
        yield _("Cùng ngày, cùng người chủ trì với “%(other)s”")


def _apart(first: Standing, second: Standing) -> bool:
    """Whether both have hours, and the hours do not meet."""
    if not (first.starts_at and first.ends_at and second.starts_at and second.ends_at):
        return False
    return first.ends_at <= second.starts_at or second.ends_at <= first.starts_at


def _share_chair(first: DialogueSession, second: DialogueSession, *, is_near: bool) -> bool:
    """The same name; without names a post of the same place (one line may hold two posts)."""
    for mine in first.chairs.all():
        for theirs in second.chairs.all():
            if mine.name and theirs.name:
                if fold(mine.name) == fold(theirs.name):
                    return True
            elif is_near and posts_of(mine) & posts_of(theirs):
                return True
    return False


def posts_of(chair: SessionChair) -> set[str]:
    """The posts in one line: "Bí thư Đảng ủy - Chủ tịch HĐND xã" are two."""
    return {fold(part) for part in BETWEEN_POSTS.split(chair.post) if part.strip()}
