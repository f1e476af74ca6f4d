"""The world as a database: built once in an hour, then copied by every test process.

Its name holds a hash of the code it comes from. Beside the rows it keeps, where no test looks, the
names of the rows and the files. `python -m tests.world_database` makes it, unless it is there.
"""

import pickle
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

import django
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.test.utils import override_settings, setup_test_environment
from django.utils import timezone

from tests.database import HASHED, ROOT, database_name, make_database, make_once, ready

PREFIX = "world_dialogue_"
KEPT = 4
MAKE = [sys.executable, "-m", "tests.world_database"]
# What the world is made of besides the migrated database.
SOURCES = (
    "templates/**/*",
    "tests/*.py",
    "tests/factories/*.py",
    "*/data/**/*",
    "dialogue/demo/**/*",
)
APPS = "assignments conclusions conferences core dialogue documents feedback organisations plans"
KEPT_APART = "CREATE SCHEMA kept; CREATE TABLE kept.world (pickled bytea, files bytea)"


def world_name() -> str:
    """The name of the world that the code as it stands makes in this hour."""
    told = sha256(f"{database_name()} {timezone.localtime():%Y-%m-%d %H}".encode())
    patterns = (*SOURCES, *(f"{app}/**/*.py" for app in APPS.split()))
    for path in sorted({path for pattern in patterns for path in ROOT.glob(pattern)}):
        if path.is_file() and "__pycache__" not in path.parts and not path.name.startswith("test_"):
            told.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return PREFIX + told.hexdigest()[:HASHED]


def make_world(name: str) -> None:
    """Build it in a copy of the migrated database."""
    migrated = database_name()
    make_database(migrated)
    make_once(name, migrated, _build, kept=KEPT)


def _build() -> None:
    from tests.world import build

    with tempfile.TemporaryDirectory() as media, override_settings(MEDIA_ROOT=Path(media)):
        with transaction.atomic():
            world = build()
            connection.run_on_commit = []  # nobody is there to be woken
        paths = [path for path in Path(media).rglob("*") if path.is_file()]
        files = {path.relative_to(media).as_posix(): path.read_bytes() for path in paths}
    with connection.cursor() as cursor:
        cursor.execute(KEPT_APART)
        kept = [pickle.dumps(world), pickle.dumps(files)]
        cursor.execute("INSERT INTO kept.world VALUES (%s, %s)", kept)
        cursor.execute("VACUUM ANALYZE")


def copy_world(name: str) -> None:
    """Make the database `name` a copy of the world."""
    source = ready(world_name(), MAKE)
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE {source}')


def drop_world(name: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def read_world():
    """What is kept beside the rows of the database one is in: its names; files are put in place."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pickled, files FROM kept.world")
        pickled, files = cursor.fetchone()
    for name, content in pickle.loads(files).items():
        default_storage.delete(name)
        default_storage.save(name, ContentFile(content))
    return pickle.loads(pickled)


if __name__ == "__main__":
    django.setup()
    setup_test_environment()
    make_world(sys.argv[1] if sys.argv[1:] else world_name())
