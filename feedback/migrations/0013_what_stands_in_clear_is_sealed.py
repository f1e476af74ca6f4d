"""Seals what stood in clear: columns, files citizens sent, spreadsheets; loads the periods."""

import base64
import hashlib
import json
import os
import uuid
from pathlib import PurePosixPath
from typing import Any

from django.apps.registry import Apps
from django.core.files.base import ContentFile
from django.db import migrations, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from core.sealed import KEY_BYTES, reseal, seal_bytes
from feedback.models import load_periods

SEALED = ("Sender", "RestrictedMatter", "DataRequest", "StagedRow")


def seal_columns(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """What was typed into wrong cells leaves the list of problems; then every column is sealed."""
    rows = apps.get_model("feedback", "StagedRow")
    for row in rows.objects.exclude(problems=None).iterator():
        if row.problems and len(row.problems[0]) == 4:
            row.typed = json.dumps([words for _cell, _column, words, _said in row.problems])
            row.problems = [(cell, column, said) for cell, column, _words, said in row.problems]
            row.save(update_fields=["typed", "problems"])
    for name in SEALED:
        list(reseal(apps.get_model("feedback", name)))


def _exchange(row: Any, content: bytes) -> None:
    """Write the sealed content beside the clear one, which goes once that is certain."""
    storage, old = row.file.storage, row.file.name
    folder = PurePosixPath(old)
    row.file.name = storage.save(
        str(folder.with_name(f"{uuid.uuid4()}{folder.suffix}")), ContentFile(content)
    )
    row.save(update_fields=["file", *(["lock"] if row.lock else []), *_named(row)])
    transaction.on_commit(lambda: storage.delete(old))


def _named(row: Any) -> list[str]:
    return ["name"] if hasattr(row, "sha256") else []


def seal_files(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Files of citizens, and spreadsheets with their names, get a key of their own."""
    stored = apps.get_model("core", "StoredFile")
    theirs = apps.get_model("feedback", "SubmissionFile").objects.values("file")
    kept = apps.get_model("feedback", "PendingFile").objects.values("file")
    for row in stored.objects.filter(lock="").filter(pk__in=theirs.union(kept)):
        content, key = row.file.read(), os.urandom(KEY_BYTES)
        row.sha256 = row.sha256 or hashlib.sha256(content).hexdigest()
        row.lock = f"{base64.b64encode(key).decode()} {row.name}"
        row.name = f"tep-dinh-kem{PurePosixPath(row.name).suffix}"
        _exchange(row, seal_bytes(content, key))
    for row in apps.get_model("feedback", "OpinionImport").objects.filter(lock="").exclude(file=""):
        content, key = row.file.read(), os.urandom(KEY_BYTES)
        row.lock = base64.b64encode(key).decode()
        _exchange(row, seal_bytes(content, key))


def load(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """The periods the law and the office allow."""
    load_periods(apps.get_model("feedback", "RetentionRule"))


class Migration(migrations.Migration):
    dependencies = [("feedback", "0012_personal_data_is_sealed_and_has_an_end")]
    operations = [
        migrations.RunPython(seal_columns),
        migrations.RunPython(seal_files),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
