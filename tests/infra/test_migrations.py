"""What the migrations make is what the models say, column by column.

The database of the tests is migrated by a shorter way (tests/database.py), so nobody need believe it.
"""

import re

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Deferrable

COLUMNS = """
    SELECT relname, attname, format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated,
           pg_get_expr(adbin, adrelid)
    FROM pg_attribute
    JOIN pg_class ON pg_class.oid = attrelid AND relkind = 'r'
    LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE relnamespace = %s::regnamespace AND attnum > 0 AND NOT attisdropped
"""
CONSTRAINTS = """
    SELECT relname, conname, pg_get_constraintdef(pg_constraint.oid)
    FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
    WHERE relnamespace = %s::regnamespace
"""
INDEXES = "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = %s"
# Django's own table of migrations has no model; rights of groups are not used, and not ours.
OTHERS = {"django_migrations", "auth_group_permissions"}
# Two that a migration leaves out and says why; and two where a table that Django draws whole lacks
# the DEFERRABLE which model and migration both have (Django forgets it beside nulls_distinct).
BY_HAND = {
    ("feedback_opinion", "feedback_opinion_field_id_7d0b1a5e_like"),
    ("feedback_submission", "feedback_submission_code_920fa823_like"),
    ("documents_clause", "clause_position_once"),
    ("plans_chainstep", "chain_position_once"),
}


def described(schema: str) -> set[tuple[str, ...]]:
    """Every column, constraint and index of a schema, but for the names PostgreSQL gives itself."""
    rows = set()
    with connection.cursor() as cursor:
        for question in (COLUMNS, CONSTRAINTS, INDEXES):
            cursor.execute(question, [schema])
            rows |= {tuple(plain(str(cell), schema) for cell in row) for row in cursor}
    return {row for row in rows if row[0] not in OTHERS and row[:2] not in BY_HAND}


def plain(cell: str, schema: str) -> str:
    """A column that became unique later has another name for that than one that always was."""
    return re.sub(r"(_[0-9a-f]{8}_uniq|_key)\b", "", cell.replace(f"{schema}.", ""))


@pytest.mark.django_db
def test_migrations_make_what_the_models_say():
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA drawn")
        cursor.execute("SET LOCAL search_path TO drawn, public")
    with connection.schema_editor() as editor:
        for model in apps.get_models():
            if model._meta.managed and not model._meta.proxy:
                editor.create_model(model)

    drawn, migrated = described("drawn"), described("public")

    assert sorted(drawn - migrated) == []
    assert sorted(migrated - drawn) == []
    assert len(drawn) > 1000


@pytest.mark.django_db
def test_what_may_be_twice_until_the_end_of_a_transaction_may():
    """A table made together with such a constraint and nulls_distinct has it without DEFERRABLE."""
    wanted = {
        constraint.name
        for model in apps.get_models()
        for constraint in model._meta.constraints
        if getattr(constraint, "deferrable", None) == Deferrable.DEFERRED
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint WHERE contype = 'u' AND condeferred")
        found = {name for (name,) in cursor}

    assert {"chain_position_once", "clause_position_once"} <= wanted
    assert wanted <= found
