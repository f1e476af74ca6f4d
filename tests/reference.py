"""The rows migrations bring into every installation: skins, types, fields, chains, clocks, lists."""

from django.apps import apps
from django.db import models, transaction

from core.http import FRAMES
from feedback import queries

# Written by Django itself after every emptying of the tables.
_OWN = {"contenttypes", "auth", "sessions", "sites"}
_rows: list[list[models.Model]] = []


def remember_reference_rows() -> None:
    """Read them once, from the database the migrations have just made."""
    _rows.clear()
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label not in _OWN and model._meta.managed:
            _rows.append(list(model._base_manager.all()))


def load_reference_rows() -> None:
    """Bring them back after a test with real transactions has emptied the tables."""
    with transaction.atomic():
        for rows in filter(None, _rows):
            type(rows[0])._base_manager.bulk_create(rows, ignore_conflicts=True)


def forget_rows() -> None:
    """Whatever processes remember of the database for some seconds."""
    queries.fields_by_code.cache_clear()
    queries.areas_by_key.cache_clear()
    queries.has_public_groups.cache_clear()
    queries.frame_of.cache_clear()
    queries.announced_consultation.cache_clear()
    FRAMES.clear()
