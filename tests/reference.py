"""The rows migrations bring into every installation: skins, types, fields, chains, clocks, lists."""

from django.apps import apps
from django.db import connection, models, transaction

from core.http import FRAMES
from feedback import queries

# What Django writes itself, and no test.
_OWN = {"contenttypes", "auth", "sessions", "sites"}
# Whoever still writes is waited for; then all rows go, without a look at each by keys and triggers.
_EMPTY = """
DO $$
DECLARE
    tables text[] := ARRAY(
        SELECT oid::regclass FROM pg_class
        WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
        AND relname NOT IN ('django_migrations', 'django_content_type', 'auth_permission')
    );
    one text;
BEGIN
    EXECUTE 'LOCK TABLE ' || array_to_string(tables, ', ') || ' IN SHARE ROW EXCLUSIVE MODE';
    SET LOCAL session_replication_role = replica;
    FOREACH one IN ARRAY tables LOOP
        EXECUTE 'DELETE FROM ' || one;
    END LOOP;
    SET LOCAL session_replication_role = origin;
END
$$
"""
_rows: list[list[models.Model]] = []


def remember_reference_rows() -> None:
    """Read them once, from the database the migrations have just made."""
    _rows.clear()
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label not in _OWN and model._meta.managed:
            _rows.append(list(model._base_manager.all()))


def set_back() -> None:
    """After a test with real transactions: what it wrote goes, the reference rows come back.

    Django's own way, TRUNCATE, makes a new file for each of a thousand tables and indexes.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_EMPTY)
        for rows in filter(None, _rows):
            type(rows[0])._base_manager.bulk_create(rows)


def forget_rows() -> None:
    """Whatever processes remember of the database for some seconds."""
    queries.fields_by_code.cache_clear()
    queries.areas_by_key.cache_clear()
    queries.has_public_groups.cache_clear()
    queries.frame_of.cache_clear()
    queries.announced_consultation.cache_clear()
    FRAMES.clear()
