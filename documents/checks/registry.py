"""The rules of the linter: one list, filled by each package for what it knows about a paper."""

import datetime
import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from documents import facts
from documents.checks.sheet import Sheet
from documents.facts import Finding
from documents.models import Document, Waiver

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

ERROR, WARNING, INFO = "error", "warning", "info"
_ORDER = {ERROR: 0, WARNING: 1, INFO: 2}


Check = Callable[[Any], "Iterable[Found]"]


class Found(NamedTuple):
    """One place a rule fires at: what to do, and where (a clause, or a field of the header)."""

    message: str
    clause_id: int | None = None
    field: str = ""


@dataclass(frozen=True)
class Rule:
    """One rule: its name for waivers, its number in the list (E1…), what it asks and why.

    `subject(sheet)` prepares what `check` reads (None: not this kind of paper); rules with the
    same subject share it.
    """

    code: str
    number: str
    severity: str
    title: "str | _StrPromise"
    why: "str | _StrPromise"
    check: Check
    subject: Callable[[Sheet], Any]


def itself(sheet: Sheet) -> Sheet:
    """The subject of rules over any paper."""
    return sheet


class Book(list[Rule]):
    """The rules of one module over one subject, each written as a decorated function."""

    def __init__(self, subject: Callable[[Sheet], Any] = itself) -> None:
        """Remember what the rules read."""
        super().__init__()
        self.subject = subject

    def rule(
        self,
        code: str,
        number: str,
        severity: str,
        title: "str | _StrPromise",
        why: "str | _StrPromise",
    ) -> Callable[[Check], Check]:
        """Enter the decorated function under its number."""

        def enter(check: Check) -> Check:
            self.append(Rule(code, number, severity, title, why, check, self.subject))
            return check

        return enter


_rules: dict[str, Rule] = {}


def register(rules: Iterable[Rule]) -> None:
    """Add a package's rules; called once in its AppConfig.ready()."""
    for rule in rules:
        if rule.code in _rules:
            raise ValueError(f"there is a rule {rule.code} already")
        _rules[rule.code] = rule


def all_rules() -> list[Rule]:
    """Every rule by its number: E1, E2, … E32, then the others."""
    return sorted(_rules.values(), key=lambda rule: (rule.number[:1], int(rule.number[1:])))


def findings(document: Document, *, today: datetime.date) -> list[Finding]:
    """Everything that is wrong or doubtful, the worst first; `today` dates an undated draft.

    A finding somebody waived carries the waiver; an error never does.
    """
    sheet = Sheet.load(document, today)
    found = list(_run(sheet))
    for _kind, fact in facts.all_facts():
        if fact.findings:
            found += fact.findings(document)
    waived = {(row.rule, row.fingerprint): row for row in _waivers(document)}
    places = {clause.pk: place for place, clause in enumerate(sheet.clauses)}
    marked = (
        replace(row, waiver=waived.get((row.rule, row.fingerprint))) if row.is_waivable else row
        for row in found
    )
    return sorted(
        marked, key=lambda row: (_ORDER.get(row.severity, 2), places.get(row.clause_id or 0, -1))
    )


def holding(document: Document) -> list[Finding]:
    """What keeps a paper from being submitted; all other findings only keep it from being issued."""
    found = [fact.findings(document) for _kind, fact in facts.all_facts() if fact.findings]
    return [finding for some in found for finding in some if finding.is_holding]


def _run(sheet: Sheet) -> Iterator[Finding]:
    subjects: dict[Callable[[Sheet], Any], Any] = {}
    words = {clause.pk: clause.text for clause in sheet.clauses}
    for rule in all_rules():
        if rule.subject not in subjects:
            subjects[rule.subject] = rule.subject(sheet)
        subject = subjects[rule.subject]
        for hit in rule.check(subject) if subject is not None else ():
            text = words.get(hit.clause_id or 0, "")
            print_ = "\n".join([str(hit.clause_id or ""), text, hit.message])
            yield Finding(
                rule.severity,
                hit.message,
                hit.clause_id,
                rule=rule.code,
                number=rule.number,
                why=str(rule.why),
                fingerprint=hashlib.sha256(print_.encode()).hexdigest(),
                field=hit.field,
            )


def _waivers(document: Document) -> Iterable[Waiver]:
    return Waiver.objects.filter(document=document).select_related("by")
