"""The clause tree of one paper: who stands above whom, and the numbers people cite."""

from functools import cached_property

from documents.models import Clause, ClauseKind

ROMAN_NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
NUMBERED = (
    ClauseKind.HEADING,
    ClauseKind.ASSIGNEE,
    ClauseKind.SESSION,
    ClauseKind.AD_HOC,
    ClauseKind.TOPIC,
    ClauseKind.PARTICIPANT_GROUP,
)


class Outline:
    """The clause tree of one document: who stands above whom, and the number people cite."""

    def __init__(self, clauses: list[Clause]) -> None:
        """Take the document's clauses in any order."""
        self.rows = {clause.pk: clause for clause in clauses}

    def above(self, clause_id: int) -> list[Clause]:
        """The clause itself and everything it stands under, nearest first."""
        line, at = [], self.rows.get(clause_id)
        while at is not None:
            line.append(at)
            at = self.rows.get(at.parent_id or 0)
        return line

    def order(self, clause_id: int) -> tuple[int, ...]:
        """A key that sorts clauses in reading order."""
        return tuple(clause.position for clause in reversed(self.above(clause_id)))

    def place(self, clause_id: int) -> str:
        """Where a clause stands, as papers cite it: "V.3"; empty if it has no number."""
        parts = []
        for clause in reversed(self.above(clause_id)):
            number = self._numbers.get(clause.pk)
            if number is None:
                break
            is_top = clause.parent_id is None and number <= len(ROMAN_NUMERALS)
            parts.append(ROMAN_NUMERALS[number - 1] if is_top else str(number))
        return ".".join(parts)

    @cached_property
    def _numbers(self) -> dict[int, int]:
        counts: dict[int | None, int] = {}
        found = {}
        for clause in sorted(self.rows.values(), key=lambda row: row.position):
            if clause.kind == ClauseKind.HEADING or (
                clause.parent_id is not None and clause.kind in NUMBERED
            ):
                counts[clause.parent_id] = counts.get(clause.parent_id, 0) + 1
                found[clause.pk] = counts[clause.parent_id]
        return found
