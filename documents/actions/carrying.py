"""Facts copied for an amendment, and rows that change places with their copies when it takes over.

The row of a fact is what conferences, tasks and links hold on to. While an amendment is written it
has rows of its own; when it takes over (or is taken back) each pair exchanges places: the living
row moves to the other clause and takes its values, the other stays behind with the old ones.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import F, Model

from documents.models import Clause, Document

Pairs = Sequence[tuple[Clause, Clause]]


def copy_rows(
    model: type[Model],
    pairs: Pairs,
    *,
    leave: Collection[str] = (),
    ties: Iterable[str] = (),
    **beside: object,
) -> dict[int, Any]:
    """The facts of one kind once more on the new clauses; by id of the old row, the new one.

    They are made in the order of the old. `beside` are columns with a value of their own, `leave`
    those a copy begins without.
    """
    clauses = {old.pk: new for old, new in pairs}
    names = [
        field.attname
        for field in model._meta.concrete_fields
        if not field.primary_key and field.name not in {"clause", *beside, *leave}
    ]
    rows: Iterable[Any] = model._default_manager.filter(clause__in=clauses).order_by("pk")
    made: dict[int, Any] = {
        row.pk: model(
            clause=clauses[row.clause_id], **beside, **{name: getattr(row, name) for name in names}
        )
        for row in rows
    }
    model._default_manager.bulk_create(made.values())
    for through, own, other in (ends_of(model, name) for name in ties):
        through._default_manager.bulk_create(
            through(**{own: made[getattr(tie, own)].pk, other: getattr(tie, other)})
            for tie in through._default_manager.filter(**{f"{own}__in": list(made)})
        )
    return made


def ends_of(model: type[Model], name: str) -> tuple[Any, str, str]:
    """The table between two models and the names of its two columns."""
    field: Any = model._meta.get_field(name)
    own, other = field.m2m_field_name(), field.m2m_reverse_field_name()
    return field.remote_field.through, f"{own}_id", f"{other}_id"


def carried(first: Document, second: Document) -> dict[int, int]:
    """The clauses that go on from one version to the other, whichever came first."""
    rows = Clause.objects.filter(carried_from__document__in=[first, second])
    found = rows.filter(document__in=[first, second]).values_list("document", "pk", "carried_from")
    return {
        (before if where == second.pk else pk): (pk if where == second.pk else before)
        for where, pk, before in found
        if before is not None
    }


def exchange_rows(
    model: type[Model],
    clauses: Mapping[int, int],
    *,
    lived: Collection[str] = (),
    tables: Iterable[tuple[Any, str]] = (),
) -> None:
    """The facts of each pair of clauses change places, values and all, but for what they lived.

    The rows of `tables` (with the column that points here) go with the values.
    """
    found: Iterable[Any] = model._default_manager.filter(clause__in=[*clauses, *clauses.values()])
    rows = {row.clause_id: row for row in found}
    pairs = [(rows[a], rows[b]) for a, b in clauses.items() if a in rows and b in rows]
    if not pairs:
        return
    fields = [
        field
        for field in model._meta.concrete_fields
        if not field.primary_key and field.name not in lived
    ]
    both = [row for pair in pairs for row in pair]
    # A clause carries one fact: both step aside before they change places (the key is deferred).
    model._default_manager.filter(pk__in=[row.pk for row in both]).update(clause=-F("clause_id"))
    for first, second in pairs:
        exchange_values(first, second, [field.attname for field in fields])
    model._default_manager.bulk_update(both, [field.name for field in fields])
    _exchange_ties({a.pk: b.pk for a, b in pairs} | {b.pk: a.pk for a, b in pairs}, tables)


def exchange_values(first: Any, second: Any, names: Iterable[str]) -> None:
    """Two rows change values, in memory."""
    for name in names:
        mine, theirs = getattr(first, name), getattr(second, name)
        setattr(first, name, theirs)
        setattr(second, name, mine)


def _exchange_ties(swap: Mapping[int, int], tables: Iterable[tuple[Any, str]]) -> None:
    for table, own in tables:
        rows = list(table._default_manager.filter(**{f"{own}__in": list(swap)}))
        table._default_manager.filter(pk__in=[row.pk for row in rows]).delete()
        for row in rows:
            row.pk = None
            setattr(row, own, swap[getattr(row, own)])
        table._default_manager.bulk_create(rows)
