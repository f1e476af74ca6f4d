"""What an amendment changes, clause by clause and word by word."""

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from documents.models import Clause, Document, clause_tree
from documents.queries.papers import clauses_of, summaries

SAME, ADDED, REMOVED, CHANGED, MOVED, FACT = "same", "added", "removed", "changed", "moved", "fact"
_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Words:
    """A run of words: `same`, `added` or `removed`."""

    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    """One clause of either version and what became of it.

    `is_moved` may come with changed words. `fact_before` and `fact_after` are the one-line
    summaries of the fact when it differs.
    """

    kind: str
    old: Clause | None
    new: Clause | None
    depth: int
    words: tuple[Words, ...] = ()
    is_moved: bool = False
    fact_before: str = ""
    fact_after: str = ""

    @property
    def clause(self) -> Clause:
        """The clause as it is now, or was."""
        clause = self.new or self.old
        assert clause is not None
        return clause


def changes_of(amendment: Document) -> list[Change]:
    """Every clause of the amendment with those it drops, in reading order; five questions."""
    if amendment.amends_id is None:
        return []
    old = list(Clause.objects.filter(document=amendment.amends_id).order_by("position"))
    return compare(old, clauses_of(amendment))


def compare(old: list[Clause], new: list[Clause]) -> list[Change]:
    """Two versions of a text; a clause is followed by `carried_from`, else by its very words."""
    return _Comparison(old, new).rows


class _Comparison:
    """Walks the new tree and puts what was dropped where it stood."""

    def __init__(self, old: list[Clause], new: list[Clause]) -> None:
        self.before = matches(old, new)
        self.facts_old, self.facts_new = summaries(old), summaries(new)
        self.moved = _moved(new, self.before)
        self.gone = self._gone(old)
        self.rows: list[Change] = []
        self._walk(clause_tree(new), 0, 1)
        for parent in list(self.gone):  # under a clause that itself was dropped or moved elsewhere
            for row in self.gone.pop(parent, []):
                self._drop(row, 1)

    def _gone(self, old: list[Clause]) -> dict[int, list[Clause]]:
        kept = {row.pk for row in self.before.values()}
        gone: dict[int, list[Clause]] = {}
        for row in sorted(old, key=lambda one: one.position):
            if row.pk not in kept:
                gone.setdefault(row.parent_id or 0, []).append(row)
        return gone

    def _walk(
        self, level: list[tuple[Clause, list[Any]]], parent_was: int | None, depth: int
    ) -> None:
        lost = [] if parent_was is None else self.gone.pop(parent_was, [])
        for clause, below in level:
            was = self.before.get(clause.pk)
            while lost and was is not None and lost[0].position < was.position:
                self._drop(lost.pop(0), depth)
            self.rows.append(self._change(clause, was, depth))
            self._walk(below, was.pk if was else None, depth + 1)
        for row in lost:
            self._drop(row, depth)

    def _drop(self, row: Clause, depth: int) -> None:
        self.rows.append(Change(REMOVED, row, None, depth, (Words(REMOVED, row.text),)))
        for child in self.gone.pop(row.pk, []):
            self._drop(child, depth + 1)

    def _change(self, clause: Clause, was: Clause | None, depth: int) -> Change:
        if was is None:
            return Change(ADDED, None, clause, depth, (Words(ADDED, clause.text),))
        is_moved = clause.pk in self.moved
        before, after = self.facts_old.get(was.pk, ""), self.facts_new.get(clause.pk, "")
        kind = MOVED if is_moved else SAME
        if was.text != clause.text:
            kind = CHANGED
        elif before != after and not is_moved:
            kind = FACT
        if before == after:
            before = after = ""
        words = word_changes(was.text, clause.text)
        return Change(kind, was, clause, depth, words, is_moved, before, after)


def matches(old: Iterable[Clause], new: Iterable[Clause]) -> dict[int, Clause]:
    """By id of a new clause, the old one it continues."""
    by_id = {row.pk: row for row in old}
    new = list(new)
    found = {row.pk: by_id[row.carried_from_id] for row in new if row.carried_from_id in by_id}
    taken = {row.pk for row in found.values()}
    free: dict[tuple[str, str], list[Clause]] = {}
    for row in by_id.values():
        if row.pk not in taken:
            free.setdefault((row.kind, row.text), []).append(row)
    for row in new:
        same = free.get((row.kind, row.text))
        if row.pk not in found and same:
            found[row.pk] = same.pop(0)
    return found


def word_changes(old: str, new: str) -> tuple[Words, ...]:
    """Two wordings as runs of words that stayed, went and came."""
    a, b = _TOKENS.findall(old), _TOKENS.findall(new)
    runs: list[Words] = []
    matcher = difflib.SequenceMatcher(None, a, b, autojunk=False)
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        if tag == "equal":
            runs.append(Words(SAME, "".join(a[a1:a2])))
            continue
        if a2 > a1:
            runs.append(Words(REMOVED, "".join(a[a1:a2])))
        if b2 > b1:
            runs.append(Words(ADDED, "".join(b[b1:b2])))
    return tuple(runs)


def _moved(new: list[Clause], before: dict[int, Clause]) -> set[int]:
    """Clauses under another parent than before, or overtaken by their siblings."""
    parents = {row.pk: row.parent_id for row in new}
    moved = set()
    siblings: dict[int | None, list[Clause]] = {}
    for row in sorted(new, key=lambda one: one.position):
        was = before.get(row.pk)
        if was is None:
            continue
        parent = parents[row.pk]
        parent_was = before.get(parent) if parent else None
        if was.parent_id == (parent_was.pk if parent_was else None):
            siblings.setdefault(parent, []).append(row)
        else:
            moved.add(row.pk)
    for level in siblings.values():
        stay = _longest_rise([before[row.pk].position for row in level])
        moved |= {row.pk for place, row in enumerate(level) if place not in stay}
    return moved


def _longest_rise(values: list[int]) -> set[int]:
    """The places of a longest rising run, so that as few clauses as possible count as moved."""
    best: list[tuple[int, int]] = []  # (length, place before)
    for place, value in enumerate(values):
        length, back = max(
            ((best[at][0], at) for at in range(place) if values[at] < value), default=(0, -1)
        )
        best.append((length + 1, back))
    at = max(range(len(values)), key=lambda place: best[place][0], default=-1)
    stay = set()
    while at >= 0:
        stay.add(at)
        at = best[at][1]
    return stay
