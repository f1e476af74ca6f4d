"""Undo: every act on the clauses of a draft is held and can be taken back, and done again."""

import datetime
from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core.access import RefusedError
from core.setwise import deleting, inserting, write_together
from core.transitions import line
from documents import queries
from documents.actions.drafting import hold_draft
from documents.actions.snapshots import (
    Held,
    hold_fact,
    hold_rows,
    put_back,
    refusing_what_is_in_use,
)
from documents.models import Clause, Document, EditStep
from organisations.models import User

State = dict[str, Any]
FactOf = list[Any]  # [clause id, kind]; an empty kind means everything that hangs on it
BEFORE, AFTER = 0, 1
KEPT_STEPS = 50
# Autosaves of one clause within this time are one step.
STEP_LASTS = datetime.timedelta(minutes=10)
ATTRIBUTES = ("parent_id", "position", "kind", "text", "version", "carried_from_id")


def state_of(clause: Clause) -> State:
    """A clause as plain values."""
    return {name: getattr(clause, name) for name in ATTRIBUTES}


def states_of(clauses: Iterable[Clause]) -> dict[int, State]:
    """Clauses as plain values, by id."""
    return {clause.pk: state_of(clause) for clause in clauses}


class StepNotes:
    """What the act itself adds to its step: the words, and whose facts it changed."""

    def __init__(self, words: str) -> None:
        """Begin with words for the step."""
        self.words = words
        self.fact_clauses: list[FactOf] = []
        self.rows: Held = []

    def hold_facts(self, clause_ids: Iterable[int]) -> None:
        """Hold what hangs on these clauses before it changes."""
        ids = list(clause_ids)
        self.fact_clauses += [[pk, ""] for pk in ids]
        self.rows += hold_rows(ids)

    def hold_fact(self, clause: Clause) -> None:
        """Hold the fact of a clause alone."""
        self.fact_clauses.append([clause.pk, clause.kind])
        self.rows += hold_fact(clause)


@contextmanager
def recorded(document: Document, *, by: User, words: str) -> Iterator[StepNotes]:
    """Hold what the block does to the clauses of a document, which the caller has locked."""
    notes = StepNotes(words)
    before = states_of(queries.clauses_of(document))
    yield notes
    after = states_of(queries.clauses_of(document))
    write_step(document, by=by, notes=notes, before=before, after=after)


def write_step(
    document: Document,
    *,
    by: User,
    notes: StepNotes,
    before: dict[int, State],
    after: dict[int, State],
) -> None:
    """Hold one act; what had been undone before it cannot be done again any more."""
    changed = {
        str(pk): _difference(before.get(pk), after.get(pk))
        for pk in before.keys() | after.keys()
        if before.get(pk) != after.get(pk)
    }
    if not changed and not notes.fact_clauses:
        return
    EditStep.objects.filter(document=document, by=by, is_undone=True).delete()
    step = _step(document, by, notes, changed)
    step.save()
    if step.pk % 10 == 0:
        _old(EditStep.objects.filter(document=document, by=by)).delete()


def write_edit(
    clause: Clause,
    *,
    by: User,
    notes: StepNotes,
    before: State,
    newest: EditStep | None,
    is_open: bool,
) -> None:
    """Hold the writing of one clause as a step and as a line of its history, at once."""
    own = EditStep.objects.filter(document=clause.document_id, by=by)
    undone = deleting(own.filter(is_undone=True)) if newest and newest.is_undone else []
    old = deleting(_old(own)) if newest and newest.pk % 10 == 0 else []
    step = _step(
        clause.document, by, notes, {str(clause.pk): _difference(before, state_of(clause))}
    )
    step.is_open = is_open
    lines = [line(clause, by=by, note=before["text"])] if before["text"] != clause.text else []
    # One delete at a time: a row may not go twice in one statement.
    write_together(undone or old, inserting(lines), inserting([step]))


def _step(document: Document, by: User, notes: StepNotes, changed: dict[str, Any]) -> EditStep:
    return EditStep(
        document=document,
        by=by,
        words=notes.words[:200],
        clauses=changed,
        fact_clauses=notes.fact_clauses,
        facts=[notes.rows, None],
    )


def _old(own: "QuerySet[EditStep]") -> "QuerySet[EditStep]":
    """The steps beyond the last fifty; they are forgotten every tenth time."""
    old = own.order_by("-id").values("pk")[KEPT_STEPS : KEPT_STEPS + 100]
    return EditStep.objects.filter(pk__in=old)


def newest_step(document_id: int, by: User) -> EditStep | None:
    """The person's latest step here, undone or not."""
    return EditStep.objects.filter(document=document_id, by=by).order_by("-id").first()


def extend_step(
    step: EditStep | None, clause: Clause, *, before: State, notes: StepNotes, is_open: bool
) -> bool:
    """Let the newest step of a person grow if it is still about typing in this clause."""
    if step is None or not step.is_open or step.is_undone:
        return False
    pair = step.clauses.get(str(clause.pk))
    is_continued = pair and pair[AFTER] and pair[AFTER]["version"] == before["version"]
    if not is_continued or timezone.now() - step.at > STEP_LASTS:
        return False
    pair[AFTER] |= {"text": clause.text, "version": clause.version}
    if notes.fact_clauses and not step.fact_clauses and pair[BEFORE] is not None:
        step.fact_clauses, step.facts = notes.fact_clauses, [notes.rows, None]
    step.is_open = is_open
    step.save(update_fields=["clauses", "fact_clauses", "facts", "is_open"])
    return True


@transaction.atomic
def undo_step(document: Document, *, by: User) -> EditStep | None:
    """Take back the person's latest act on this draft; None if there is none.

    Raises RefusedError if somebody else has changed the same clauses since.
    """
    hold_draft(document, by)
    step = (
        EditStep.objects.filter(document=document, by=by, is_undone=False).order_by("-id").first()
    )
    if step is not None:
        _turn(step, document, to=BEFORE)
    return step


@transaction.atomic
def redo_step(document: Document, *, by: User) -> EditStep | None:
    """Do the act again that was taken back last; None if there is none."""
    hold_draft(document, by)
    step = EditStep.objects.filter(document=document, by=by, is_undone=True).order_by("id").first()
    if step is not None:
        _turn(step, document, to=AFTER)
    return step


def _difference(before: State | None, after: State | None) -> list[State | None]:
    """Both sides, of a clause that stays only what changed."""
    if before is None or after is None:
        return [before, after]
    names = [name for name in ATTRIBUTES if before[name] != after[name]]
    return [{name: side[name] for name in names} for side in (before, after)]


def _turn(step: EditStep, document: Document, *, to: int) -> None:
    """Bring the clauses of a step to its other side, exactly, or refuse."""
    rows = {row.pk: row for row in queries.clauses_of(document)}
    pairs = {int(pk): pair for pk, pair in step.clauses.items()}
    _check_untouched(rows, pairs, to)
    now = _held_now(step, pairs, rows)
    then = step.facts[to] or []
    gone = {pk for pk, pair in pairs.items() if pair[to] is None}
    with refusing_what_is_in_use():
        renamed = _put_clauses(rows, pairs, document, to)
        put_back(now, then)
        Clause.objects.filter(pk__in=gone).delete()
    step.facts = [now, then] if to == AFTER else [then, now]
    step.is_undone, step.is_open = to == BEFORE, False
    step.save(update_fields=["facts", "is_undone", "is_open"])
    _rename(document, renamed)
    step.refresh_from_db()


def _check_untouched(rows: dict[int, Clause], pairs: dict[int, Any], to: int) -> None:
    """Everything the step touched must stand as the step left it."""
    gone = {pk for pk, pair in pairs.items() if pair[to] is None}
    is_same = all(_stands(rows.get(pk), pair[1 - to]) for pk, pair in pairs.items())
    has_guests = any(row.parent_id in gone and pk not in pairs for pk, row in rows.items())
    known = rows.keys() - gone | {pk for pk, pair in pairs.items() if pair[to] is not None}
    parents = {pair[to].get("parent_id") for pair in pairs.values() if pair[to] is not None}
    if not is_same or has_guests or not parents - {None} <= known:
        raise RefusedError(
            _("Không hoàn tác được: đoạn này đã có người khác sửa, chuyển hoặc xóa sau đó.")
        )


def _stands(row: Clause | None, state: State | None) -> bool:
    if row is None or state is None:
        return row is None and state is None
    return all(getattr(row, name) == value for name, value in state.items())


def _held_now(step: EditStep, pairs: dict[int, Any], rows: dict[int, Clause]) -> Held:
    """What hangs now on the clauses whose facts the step changes."""
    whole = {pk for pk, pair in pairs.items() if None in pair}
    whole |= {pk for pk, kind in step.fact_clauses if not kind}
    held = hold_rows(pk for pk in whole if pk in rows)
    for pk, kind in step.fact_clauses:
        if kind and pk in rows and pk not in whole:
            held += hold_fact(rows[pk])
    return held


def _put_clauses(
    rows: dict[int, Clause], pairs: dict[int, Any], document: Document, to: int
) -> dict[int, tuple[int, int]]:
    """Write the clauses as they were; gives the ids whose version got a new number (old, new)."""
    renamed: dict[int, tuple[int, int]] = {}
    new, changed = [], []
    for pk, pair in pairs.items():
        state = pair[to]
        if state is None:
            rows.pop(pk)
        elif pk not in rows:
            rows[pk] = Clause(pk=pk, document=document, **state)
            new.append(rows[pk])
        else:
            values = dict(state)
            if "version" in values:
                renamed[pk] = (values["version"], rows[pk].version + 1)
                values["version"] = renamed[pk][1]
            for name, value in values.items():
                setattr(rows[pk], name, value)
            changed.append(rows[pk])
    changed += [row for row in _make_room(rows.values(), pairs) if row not in [*new, *changed]]
    Clause.objects.bulk_create(new)
    Clause.objects.bulk_update(changed, [name.removesuffix("_id") for name in ATTRIBUTES])
    return renamed


def _make_room(rows: Iterable[Clause], first: Container[int]) -> list[Clause]:
    """Renumber siblings of which two would stand in one place; those in `first` go before."""
    families: dict[int | None, list[Clause]] = {}
    for row in rows:
        families.setdefault(row.parent_id, []).append(row)
    moved = []
    for family in families.values():
        if len({row.position for row in family}) < len(family):
            family.sort(key=lambda row: (row.position, row.pk not in first))
            for place, row in enumerate(family, start=1):
                row.position = place
            moved += family
    return moved


def _rename(document: Document, renamed: dict[int, tuple[int, int]]) -> None:
    """The same words have a new version number: all steps call them by it."""
    if not renamed:
        return
    keys = [str(pk) for pk in renamed]
    for step in EditStep.objects.filter(document=document, clauses__has_any_keys=keys):
        for pk, (old, new) in renamed.items():
            for side in step.clauses.get(str(pk), []):
                if side and side.get("version") == old:
                    side["version"] = new
        step.save(update_fields=["clauses"])
