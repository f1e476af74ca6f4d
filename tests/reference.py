"""The rows migrations bring into every installation: skins, types, fields, clocks, the ladder."""

from importlib import import_module

from django.apps import apps

from assignments.actions import load_default_rungs
from documents.checks.settings import load_settings
from documents.skins import load_skins
from feedback import queries
from feedback.models import load_fields


def load_reference_rows() -> None:
    """Bring them back after a test with real transactions has emptied the tables."""
    load_skins()
    load_settings()
    load_fields()
    load_default_rungs()
    import_module("organisations.migrations.0002_deadline_rules").load(apps, None)


def forget_rows() -> None:
    """Whatever processes remember of the database for some seconds."""
    queries.fields_by_code.cache_clear()
    queries.areas_by_key.cache_clear()
    queries.has_public_groups.cache_clear()
