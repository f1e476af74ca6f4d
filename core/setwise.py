"""Several changes of one act written in one statement: one way to the server instead of five."""

from collections.abc import Iterable
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet, sql
from django.db.models.constants import OnConflict

Statement = tuple[str, tuple[Any, ...]]


def updating(rows: "QuerySet[Any]", **values: Any) -> list[Statement]:
    """The change of these rows; nothing if no value is given."""
    if not values:
        return []
    query: Any = rows.query.chain(sql.UpdateQuery)
    query.add_update_values(values)
    return [query.get_compiler(DEFAULT_DB_ALIAS).as_sql()]


def deleting(rows: "QuerySet[Any]") -> list[Statement]:
    """The end of these rows; nothing that hangs on them is followed, so it must be known."""
    query = rows.query.clone()
    query.__class__ = sql.DeleteQuery
    return [query.get_compiler(DEFAULT_DB_ALIAS).as_sql()]


def inserting(rows: Iterable[Model], *, is_repeatable: bool = False) -> list[Statement]:
    """New rows of one model; with `is_repeatable` those that stand already are left alone."""
    made = list(rows)
    if not made:
        return []
    model = type(made[0])
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    query = sql.InsertQuery(model, on_conflict=OnConflict.IGNORE if is_repeatable else None)
    query.insert_values(fields, made)
    return list(query.get_compiler(DEFAULT_DB_ALIAS).as_sql())


def write_together(*groups: list[Statement]) -> None:
    """Write all of it at once; the parts do not see each other, so they may not overlap.

    Keys of new rows are not read back.
    """
    statements = [statement for group in groups for statement in group]
    if not statements:
        return
    *first, (last, last_values) = statements
    names = ", ".join(f"part{place} AS ({part})" for place, (part, _values) in enumerate(first))
    values = [value for _part, given in first for value in given]
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(f"WITH {names} {last}" if names else last, [*values, *last_values])
