"""A plan read from a file: its row, and each fact found in its words as its clause saves it."""

import datetime
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from operator import itemgetter
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from core.text import fold
from documents.facts import Reading
from documents.models import Document
from documents.reading import DocumentReading, DutyReading
from documents.reading.pieces import AssigneeReading
from documents.reading.results import GroupReading, ProgrammeItemReading, SessionReading
from organisations.models import AdministrativeUnit, Organisation, User
from plans.models import DialogueSession, Duty, Plan
from plans.queries.bodies import all_bodies, bodies_named

_BETWEEN = re.compile(
    r"giữa\s+(?P<host>.+?)\s+với\s+(?P<counterpart>.+?)(?=\s+(?:trên địa bàn|về|năm|quý|tháng|đợt)\s|[.,;(]|$)",
    re.IGNORECASE | re.DOTALL,
)
_ANYBODY = re.compile(
    r"(?:cac|nhung|mot so|toan the|tung|moi)\s|.*\blien quan\b|.*\bdia phuong\b"
    r"|(?:dong chi |d/c )?(?:pho )?(?:bi thu|chu tich)\b"
)
"""Names that mean nobody in particular, or a person rather than a body."""
_COMRADE = re.compile(r"^\s*(?:các\s+)?(?:đồng chí|đ/c)\s+", re.IGNORECASE)
MOST_CHAIRS = 6


def begin_read_plan(
    document: Document, paper: DocumentReading, by: User
) -> Callable[[Any], Reading | None]:
    """Give a plan that was read its row, and say how its facts are understood.

    Bodies and units are looked up by name among those known; what is not found stays in the words.
    """
    today = timezone.localdate()
    host, counterpart = _partners(paper, document)
    Plan.objects.create(
        document=document, year=paper.year or today.year, host=host, counterpart=counterpart
    )
    return _Understanding(document.organisation, today).of


def begin_read_paper(
    document: Document, paper: DocumentReading, by: User
) -> Callable[[Any], Reading | None]:
    """Any other paper: only the items of a programme carry something."""

    def understand(fact: Any) -> Reading | None:
        return _item(fact) if isinstance(fact, ProgrammeItemReading) else None

    return understand


class _Places:
    """Places by their names. Every commune has a Thôn 1: its paper means its own."""

    def __init__(self, home: AdministrativeUnit, today: datetime.date) -> None:
        self.home = home
        self.named: dict[str, list[tuple[str, AdministrativeUnit]]] = defaultdict(list)
        for unit in AdministrativeUnit.objects.current(today).order_by("pk"):
            for name in (unit.name, str(unit)):
                self.named[fold(name)].append((name.casefold(), unit))

    def get(self, name: str) -> AdministrativeUnit | None:
        """The nearest of that name; of two as near the one with the same accents."""
        found = [
            ((self._distance(unit), known != name.casefold(), unit.pk), unit)
            for known, unit in self.named.get(fold(name), [])
        ]
        return min(found, key=itemgetter(0))[1] if found else None

    def _distance(self, unit: AdministrativeUnit) -> int:
        if self.home.pk in (unit.pk, unit.parent_id):
            return 0
        above = self.home.parent_id
        return 1 if above and above in (unit.pk, unit.parent_id) else 2


class _Understanding:
    """Turns what was read into values; organisations and units are asked for once."""

    def __init__(self, home: Organisation, today: datetime.date) -> None:
        self.home, self.today = home, today
        self.known = all_bodies()
        self.units = _Places(home.unit, today)

    def of(self, fact: Any) -> Reading | None:
        """The values of one fact."""
        if isinstance(fact, SessionReading):
            return self._session(fact)
        if isinstance(fact, GroupReading):
            return self._group(fact)
        if isinstance(fact, AssigneeReading):
            return self._assignee(fact)
        if isinstance(fact, DutyReading):
            return self._duty(fact)
        return _item(fact) if isinstance(fact, ProgrammeItemReading) else None

    def _session(self, fact: SessionReading) -> Reading:
        found = [self.units.get(name) for name in fact.units]
        missing = [name for name, unit in zip(fact.units, found, strict=True) if unit is None]
        doubts = [_("Chưa có địa bàn “%(name)s”.") % {"name": name} for name in missing]
        if fact.time is None:
            doubts.append(_("Chưa rõ thời gian của hội nghị."))
        values = {
            "kind": fact.kind,
            "theme": _cut(fact.theme, DialogueSession, "theme"),
            "audience": _cut(fact.audience, DialogueSession, "audience"),
            "time": fact.time,
            "place": _cut(fact.place, DialogueSession, "place"),
            "units": [unit for unit in found if unit],
            "chairs": [(_COMRADE.sub("", post)[:200], "") for post in fact.chairs[:MOST_CHAIRS]],
        }
        return Reading(values, (), tuple(doubts))

    def _group(self, fact: GroupReading) -> Reading:
        selector, doubts = self._one(fact.selector)
        shape = _quota(fact)
        values = {
            **shape,
            "is_approximate": fact.is_approximate and bool(shape),
            "selector": selector,
        }
        return Reading(values, (), doubts)

    def _assignee(self, fact: AssigneeReading) -> Reading:
        found, doubts = self._many(fact.names, is_strict=True)
        return Reading({"organisations": found}, (), doubts)

    def _duty(self, fact: DutyReading) -> Reading:
        own, unnamed = self._many(fact.actors if fact.names_its_body else (), is_strict=True)
        cooperating, doubts = self._many(fact.cooperating)
        send_to, unknown = self._one(*fact.send_to[:1])
        via, also_unknown = self._one(fact.via)
        values = {
            "part": fact.role if fact.role in Duty.Part.values else Duty.Part.LEAD,
            "stage": fact.stage or "",
            "due": fact.due,
            "deliverable": _cut(fact.deliverable, Duty, "deliverable"),
            "organisations": own,
            "cooperating": cooperating,
            "send_to": send_to,
            "via": via,
        }
        return Reading(values, (), (*unnamed, *doubts, *unknown, *also_unknown))

    def _one(self, name: str | None = None) -> tuple[Organisation | None, tuple[str, ...]]:
        found, doubts = self._many([name] if name else [])
        return (found[0] if found else None), doubts

    def _many(
        self, names: Iterable[str], *, is_strict: bool = False
    ) -> tuple[list[Organisation], tuple[str, ...]]:
        """The bodies of these names; "các cơ quan liên quan" need not be one unless `is_strict`."""
        found: list[Organisation] = []
        doubts: list[str] = []
        for name in names:
            named = bodies_named([name], home=self.home, today=self.today, among=self.known)
            found += [body for body in named.found if body not in found]
            if is_strict or not _ANYBODY.match(fold(name)):
                doubts += named.doubts
        return found, tuple(doubts)


def _item(fact: ProgrammeItemReading) -> Reading:
    return Reading({"conductor": (fact.conductor or "")[:120]}, ())


def _quota(fact: GroupReading) -> dict[str, int]:
    """At most one shape of quota, as the row demands."""
    if fact.exact:
        return {"exact": fact.exact}
    if fact.per_unit:
        shape = {"per_unit": fact.per_unit, "unit_count": fact.unit_count or 0}
        return {name: number for name, number in shape.items() if number}
    low, high = sorted((fact.min or 0, fact.max or 0)) if fact.max else (fact.min or 0, 0)
    return {name: number for name, number in (("minimum", low), ("maximum", high)) if number}


def _partners(paper: DocumentReading, document: Document) -> tuple[str, str]:
    """Who speaks with whom, out of the abstract; the issuing body and the people if it is silent."""
    said = _BETWEEN.search(document.abstract or "") or _BETWEEN.search(paper.abstract or "")
    host = said["host"] if said else document.collective or document.organisation.name
    counterpart = said["counterpart"] if said else _("Nhân dân")
    return _cut(host, Plan, "host"), _cut(counterpart, Plan, "counterpart")


def _cut(text: str | None, model: Any, name: str) -> str:
    limit: int = model._meta.get_field(name).max_length
    words = " ".join((text or "").split())
    return words if len(words) <= limit else words[: limit - 1].rstrip() + "…"
