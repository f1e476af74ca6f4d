"""Several changes of one act written in one statement: one way to the server instead of five."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, cast
from weakref import WeakKeyDictionary

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, Model, QuerySet, sql
from django.db.models.constants import OnConflict

Statement = tuple[str, tuple[Any, ...]]

_cursors: WeakKeyDictionary[BaseDatabaseWrapper, psycopg.Cursor[Any]] = WeakKeyDictionary()


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


def insert_with_parts(whole: Model, parts: Sequence[Model], *, by: str) -> None:
    """Insert a new row and the rows (one at least) that belong to it by the foreign key `by`.

    The new row is given its key; its parts are not. The server keeps the statement with its plan:
    it is worked out once for each connection, not for each row. That goes past Django's cursor, so
    such an insert has no context of its own in the audit (core.acting), which notes changes alone.
    """
    model, part = type(whole), type(parts[0])
    statement, own, rest = _with_parts(model, part, by, len(parts))
    server = connections[DEFAULT_DB_ALIAS]  # itself: through its proxy each value would look it up
    values = _values(whole, own, server)
    for row in parts:
        values += _values(row, rest, server)
    with server.wrap_database_errors:
        cursor = _preparing(server)
        cursor.execute(statement, values, prepare=True)
        [whole.pk], *_same = cursor.fetchall()  # each part tells it
    whole._state.adding = False


@cache
def _with_parts(
    model: type[Model], part: type[Model], by: str, count: int
) -> tuple[str, list[Any], list[Any]]:
    """The statement for a row and so many parts, the row's columns and those of a part."""
    own, link = _written(model), cast("Field[Any, Any]", part._meta.get_field(by))
    rest = [field for field in _written(part) if field != link]
    row = f"((TABLE whole), {_marks(rest)})"
    statement = (
        f"WITH whole AS ({_into(own)} VALUES ({_marks(own)}) RETURNING {model._meta.pk.column}) "
        f"{_into([link, *rest])} VALUES {', '.join([row] * count)} RETURNING {link.column}"
    )
    return statement, own, rest


def _preparing(server: BaseDatabaseWrapper) -> psycopg.Cursor[Any]:
    """One cursor for each connection: asked the same again, it knows how each value is sent."""
    server.ensure_connection()
    server.validate_no_broken_transaction()
    kept = _cursors.get(server)
    if kept is None or kept.connection is not server.connection:
        kept = _cursors[server] = psycopg.Cursor(server.connection)
    return kept


def _written(model: type[Model]) -> list[Any]:
    """The columns an insert fills: all but the key and what the database works out."""
    fields = model._meta.concrete_fields
    return [field for field in fields if not field.primary_key and not field.generated]


def _into(fields: Sequence[Any]) -> str:
    columns = ", ".join(field.column for field in fields)
    return f"INSERT INTO {fields[0].model._meta.db_table} ({columns})"


def _marks(fields: Sequence[Any]) -> str:
    return ", ".join(["%s"] * len(fields))


def _values(row: Model, fields: Sequence[Any], server: BaseDatabaseWrapper) -> list[Any]:
    return [field.get_db_prep_save(field.pre_save(row, True), server) for field in fields]
