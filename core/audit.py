"""What may be forgotten, acts that change no row, and how tables are watched (decision 0024).

The database writes the lines itself (core/migrations/0004); who acts it reads from core/acting.py.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import connection, models, transaction

from core.events import AuditEvent

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

Kind = AuditEvent.Kind
QUOTE = 60
"""How much of a text makes it known again."""
COLUMNS = (
    "kind, table_name, row_id, of_table, of_id, note, act, by_id, rows, is_erasure, at, digest"
)
TRIGGERS = """
    SELECT tgname, relname, pg_get_triggerdef(pg_trigger.oid) FROM pg_trigger
    JOIN pg_class ON pg_class.oid = tgrelid WHERE tgname IN ('audit_change', 'audit_row')
"""


@dataclass(frozen=True)
class Watch:
    """How a table is watched: whose page shows it, what is left out, whether new rows count."""

    of: str = ""  # the field that leads to the record on whose page the change is shown
    without: tuple[str, ...] = ()
    new_rows: bool = False


@contextmanager
def forgetting() -> Iterator[None]:
    """An erasure: lines written inside keep no values, and what older lines of these rows kept goes.

    Opens a transaction. That something was erased, when and by whom stays, and so do the digests.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('audit.forgetting', true), '')")
        [before] = cursor.fetchone()
        cursor.execute("SELECT set_config('audit.forgetting', 'on', true)")
        yield
        cursor.execute("SELECT set_config('audit.forgetting', %s, true)", [before])


def forget_record(record: models.Model) -> None:
    """Empty every line that is shown on the page of one record: a draft loses its past wordings."""
    _forget("of_table = %s AND of_id = %s", [record._meta.db_table, str(record.pk)])


def forget_mentions(texts: Iterable[str]) -> None:
    """Empty every line, of whatever row, that quotes one of these texts as they stand."""
    quotes = [json.dumps(text, ensure_ascii=False)[1:-1][:QUOTE] for text in texts if text.strip()]
    # A cut through an escaped character would match nothing.
    quotes = [quote.rstrip("\\") for quote in quotes]
    found = "strpos(coalesce(before::text, '') || coalesce(after::text, ''), %s) > 0"
    if quotes:
        _forget(f"({' OR '.join([found] * len(quotes))})", quotes)


def _forget(which: str, values: list[str]) -> None:
    """Empty the lines, on the word of a new line that says so."""
    with forgetting(), connection.cursor() as cursor:
        cursor.execute(
            f"WITH found AS (SELECT id FROM core_auditevent WHERE {which}"  # noqa: S608 - only our own words
            " AND struck_by_id IS NULL AND NOT is_erasure), word AS ("
            f"INSERT INTO core_auditevent ({COLUMNS}) SELECT 'changed', '', '', '', '', '', '',"
            " NULL::bigint, count(*), true, now(), '' FROM found HAVING count(*) > 0 RETURNING id)"
            " UPDATE core_auditevent line SET before = NULL, after = NULL, salt = NULL,"
            " struck_by_id = word.id FROM word WHERE line.id IN (TABLE found)",
            values,
        )


def note(
    kind: str,
    *,
    by: "AbstractBaseUser | None",
    said: str,
    about: models.Model | None = None,
    rows: int | None = None,
) -> None:
    """Write an act that changes no row: one INSERT; `said` is what a person reads in the journal."""
    table = about._meta.db_table if about is not None else ""
    key = str(about.pk) if about is not None else ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO core_auditevent ({COLUMNS})"  # noqa: S608 - only our own words
            " VALUES (%s, %s, %s, %s, %s, %s, '', %s, %s, false, now(), '')",
            [kind, table, key, table, key, said, by.pk if by is not None else None, rows],
        )


def readings_of(row: models.Model) -> "models.QuerySet[AuditEvent]":
    """Who opened what is protected about a row, latest first."""
    own = AuditEvent.objects.filter(table_name=row._meta.db_table, row_id=str(row.pk))
    return own.filter(kind=Kind.READ).select_related("by").order_by("-id")


def watch(tables: Mapping[str, Watch]) -> None:
    """Give every table in the list its trigger, and take it from all others; only what differs."""
    known = {model._meta.label for model in apps.get_models(include_auto_created=True)}
    wanted = {
        name: sql
        for label, how in tables.items()
        if label in known
        for name, sql in _wanted(label, how)
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT to_regproc('core_audit_row') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return
        there = set(connection.introspection.table_names(cursor))
        cursor.execute(TRIGGERS)
        standing = {(table, name): _told(sql) for name, table, sql in cursor.fetchall()}
        statements = [
            f"DROP TRIGGER {name} ON {table}" for table, name in standing.keys() - wanted.keys()
        ] + [
            f"CREATE OR REPLACE TRIGGER {sql}"
            for (table, name), sql in wanted.items()
            if table in there and standing.get((table, name)) != _told(sql)
        ]
        if statements:
            cursor.execute(";".join(statements))


def _wanted(label: str, how: Watch) -> Iterable[tuple[tuple[str, str], str]]:
    """The triggers of one table: an update that changes nothing does not even call."""
    meta = apps.get_model(label)._meta
    table = meta.db_table
    call = f"EXECUTE FUNCTION core_audit_row({_arguments(meta, how)})"
    differs = "WHEN ((old.* IS DISTINCT FROM new.*))"
    yield (
        (table, "audit_change"),
        f"audit_change AFTER UPDATE ON {table} FOR EACH ROW {differs} {call}",
    )
    events = "INSERT OR DELETE" if how.new_rows else "DELETE"
    yield (table, "audit_row"), f"audit_row AFTER {events} ON {table} FOR EACH ROW {call}"


def _arguments(meta: Any, how: Watch) -> str:
    leads = meta.get_field(how.of) if how.of else meta.pk
    of = leads.remote_field.model._meta.db_table if how.of else meta.db_table
    hidden = ",".join(meta.get_field(name).column for name in how.without)
    values = (meta.pk.column, of, leads.column, f"{{{hidden}}}")
    return ", ".join(f"'{value}'" for value in values)


def _told(sql: str) -> str:
    """A trigger as both we and the server write it."""
    words = sql.replace("CREATE TRIGGER ", "").replace("public.", "").lower()
    return words.replace("insert or delete", "delete or insert").replace(" ", "")
