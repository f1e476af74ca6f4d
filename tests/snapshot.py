"""What the tables hold, and which of them the running transaction has written to."""

from django.db import connection

WRITTEN_TO = """
    SELECT relname FROM pg_stat_xact_user_tables WHERE n_tup_ins + n_tup_upd + n_tup_del > 0
    UNION
    SELECT relname FROM unnest(%s::oid[], %s::oid[]) AS built (oid, file)
    JOIN pg_class USING (oid) WHERE relfilenode <> built.file
"""


def written_to(files: dict[int, int]) -> set[str]:
    """The tables written to, also by what was undone since; an emptied one has another file."""
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN_TO, [list(files), list(files.values())])
        return {name for (name,) in cursor.fetchall()}


def files_of_tables() -> dict[int, int]:
    """The file in which the rows of each table lie."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relid, relfilenode FROM pg_stat_user_tables JOIN pg_class ON oid = relid"
        )
        return dict(cursor.fetchall())


def snapshot(tables: set[str]) -> dict[str, str]:
    """What tables hold, as one line per table: how many rows, and their hash."""
    # The audit writes by itself, and refusals and exports: what a page itself tells it are readings.
    only = {"core_auditevent": "WHERE kind = 'read'"}
    parts = (
        f"SELECT '{table}', count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)), 0)"
        f' FROM "{table}" t {only.get(table, "")}'
        for table in sorted(tables)
    )
    if not tables:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return dict(cursor.fetchall())
