"""The database every test process begins with: made once by the migrations, then copied.

Its name holds a hash of all it comes from, so a later run of the same migrations finds it made.
`python -m tests.database` makes it, unless it is there.
"""

import gc
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import django
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.state import ProjectState

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "template_dialogue_"
MAKE = [sys.executable, "-m", "tests.database"]
KEPT = 12  # checkouts may share a server
HASHED = 20  # letters of the hash at the end of a name
# What migrations are made of and use; all of core besides.
PARTS = {"migrations", "models", "data", "checks"}
PARTS |= {"models.py", "skins.py", "states.py", "apps.py", "audited.py"}
# Tests with real transactions empty every table, the audit too; test_audit.py sets it back.
MAY_BE_EMPTIED = ";".join(
    f"ALTER TABLE {table} DISABLE TRIGGER audit_whole"
    for table in ("core_auditevent", "core_dayseal")
)


def database_name() -> str:
    """The name of the database that the code as it stands needs."""
    told = sha256(f"{django.__version__} {sys.version}".encode())
    for app in apps.get_app_configs():
        folder = Path(app.path)
        if ROOT not in folder.parents or ".venv" in folder.parts:
            continue
        for path in sorted(folder.rglob("*")):
            inside = path.relative_to(folder).parts
            if not path.is_file() or "__pycache__" in inside:
                continue
            if folder.name == "core" or inside[0] in PARTS:
                told.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return PREFIX + told.hexdigest()[:HASHED]


def ready_database() -> str:
    """The name of the migrated database."""
    return ready(database_name(), MAKE)


def ready(name: str, make: list[str]) -> str:
    """The name of a finished database, made by another process if it is missing."""
    with connection._nodb_cursor() as cursor:
        # Whoever makes it holds the lock until it is there.
        cursor.execute("SELECT pg_advisory_lock(%s), pg_advisory_unlock(%s)", [lock(name)] * 2)
        if is_there(cursor, name):
            return name
    subprocess.run([*make, name], cwd=ROOT, check=True)
    return name


def lock(name: str) -> int:
    return int(name[-15:], 16)


def is_there(cursor, name: str) -> bool:
    cursor.execute("SELECT FROM pg_database WHERE datname = %s", [name])
    return bool(cursor.rowcount)


def make_database(name: str) -> None:
    """Migrate an empty database."""
    make_once(name, "template0 ENCODING 'UTF8'", _migrate, kept=KEPT)


def _migrate() -> None:
    ProjectState._find_reload_model = only_itself
    call_command("migrate", verbosity=0, interactive=False)
    with connection.cursor() as inside:
        inside.execute(MAY_BE_EMPTIED)


def make_once(name: str, template: str, fill: Callable[[], None], *, kept: int) -> None:
    """Make a database out of a template, unless it is there; it gets its name when it is filled."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [lock(name)])
        if is_there(cursor, name):
            return
        let_go_of_old(cursor, name[:-HASHED], kept)
        unfinished = f"unfinished_{name}"
        cursor.execute(f"DROP DATABASE IF EXISTS {unfinished} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {unfinished} TEMPLATE {template}")
        connection.close()
        connection.settings_dict["NAME"] = unfinished
        # Neither while it is filled nor at the end is what is loaded looked through for rubbish.
        gc.freeze()
        gc.set_threshold(200_000, 50, 100)
        fill()
        gc.freeze()
        connection.close()
        cursor.execute(f"ALTER DATABASE {unfinished} RENAME TO {name}")


def only_itself(state, app_label: str, name: str, delay: bool = False) -> set[tuple[str, str]]:
    """Which models are drawn again when one changes: that one.

    Django draws all that are related to it, which is nearly all, for each of five hundred changes:
    most of a minute. Tables need the model alone; a step of Python begins with drawing all anew,
    because the state is said to be delayed. tests/infra/test_migrations.py compares what comes out
    with what the models say.
    """
    state.is_delayed = True
    return {(app_label, name)}


def let_go_of_old(cursor, prefix: str, kept: int) -> None:
    """Drop those that were made before the last few."""
    cursor.execute(
        "SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY oid DESC OFFSET %s",
        [f"{prefix}%", kept],
    )
    for (name,) in cursor.fetchall():
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


if __name__ == "__main__":
    django.setup()
    make_database(sys.argv[1] if sys.argv[1:] else database_name())
