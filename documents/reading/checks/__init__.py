"""Rules over a reading (domain.md §4.3): each family is a module, each rule yields findings."""

from documents.reading.checks import bundle, formal, periods, wording, work
from documents.reading.results import Reading, ReadingFinding

_RANKS = {"error": 0, "warning": 1, "info": 2}


def check_reading(reading: Reading) -> list[ReadingFinding]:
    """Every finding, those of one line together, worst first."""
    found = [*bundle.check(reading)]
    for document in reading.documents:
        for family in (formal, periods, work, wording):
            found += family.check(document)
    return sorted(set(found), key=_order)


def _order(one: ReadingFinding) -> tuple[int, int, str, str]:
    return (one.line or 0, _RANKS.get(one.severity, 3), one.rule, one.message)
