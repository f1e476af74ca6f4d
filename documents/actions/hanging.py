"""Writing the fact on a clause: only what changed, in one statement."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from core.setwise import Statement, deleting, inserting, updating, write_together
from documents import queries
from documents.models import Clause


def write_fact(
    clause: Clause,
    model: type[Model],
    values: dict[str, Any],
    *,
    beside: dict[str, Any] | None = None,
    ties: dict[str, Iterable[Any]] | None = None,
    parts: dict[str, list[Model]] | None = None,
) -> Any:
    """Hang a row of `model` on its clause, or write what is new about the one that hangs there.

    `values` are its columns, `beside` those only a new row needs (a function of no argument may
    stand for one), `ties` the rows it is tied to, `parts` the unsaved rows it is made of.
    """
    row = queries.fact_of(clause)
    if row is None:
        new = {name: made() if callable(made) else made for name, made in (beside or {}).items()}
        row = model._default_manager.create(clause=clause, **values, **new)
        changed = {}
        queries.note_ties(clause, model, {name: [] for name in (*(ties or ()), *(parts or ()))})
    else:
        changed = {name: value for name, value in values.items() if _differs(row, name, value)}
        for name, value in changed.items():
            setattr(row, name, value)
    rows = model._default_manager.filter(pk=row.pk)
    wanted = {name: [one.pk for one in chosen] for name, chosen in (ties or {}).items()}
    write_together(
        *(_parts_written(clause, row, name, made) for name, made in (parts or {}).items()),
        *(_tied(clause, row, name, keys) for name, keys in wanted.items()),
        updating(rows, **changed),
    )
    queries.note_ties(clause, model, {**wanted, **dict.fromkeys(parts or ())})
    return row


def _differs(row: Any, name: str, value: Any) -> bool:
    field = row._meta.get_field(name)
    if field.many_to_one:
        return bool(getattr(row, field.attname) != (value.pk if value else None))
    return bool(getattr(row, name) != value)


def _tied(clause: Clause, row: Any, name: str, wanted: list[int]) -> list[Statement]:
    """The ties that go and those that come."""
    field = row._meta.get_field(name)
    own, other = field.m2m_field_name(), field.m2m_reverse_field_name()
    through = field.remote_field.through
    stored = queries.ties_of(clause)[name]
    gone, new = set(stored) - set(wanted), [key for key in wanted if key not in stored]
    statements: list[Statement] = []
    if gone:
        ends = through._base_manager.filter(**{own: row.pk, f"{other}__in": gone})
        statements += deleting(ends)
    made = (through(**{f"{own}_id": row.pk, f"{other}_id": key}) for key in new)
    return statements + inserting(made, is_repeatable=True)


def _parts_written(clause: Clause, row: Any, name: str, made: list[Model]) -> list[Statement]:
    """The parts anew, unless they say what the stored ones say."""
    relation = row._meta.get_field(name)
    back = relation.field
    for part in made:
        setattr(part, back.attname, row.pk)
    if [_said(part) for part in made] == [
        _without_key(part) for part in queries.parts_of(clause)[name]
    ]:
        return []
    ends = relation.related_model._base_manager.filter(**{back.name: row.pk})
    return [*deleting(ends), *inserting(made)]


def _said(part: Model) -> dict[str, Any]:
    columns = part._meta.concrete_fields
    return {field.name: field.value_from_object(part) for field in columns if not field.primary_key}


def _without_key(part: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in part.items() if name != "id"}
