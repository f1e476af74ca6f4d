"""The database every test process begins with: made once by the migrations, then copied.

Its name holds a hash of all it comes from, so a later run of the same migrations finds it made.
`python -m tests.database` makes it, unless it is there.
"""

import gc
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import django
from django.apps import apps
from django.core.management import call_command
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "template_dialogue_"
MAKE = [sys.executable, "-m", "tests.database"]
KEPT = 12  # checkouts may share a server
# What no migration and no model uses.
APART = {"views", "forms", "actions", "resources", "urls.py", "tasks.py", "__pycache__"}


def database_name() -> str:
    """The name of the database that the code as it stands needs."""
    told = sha256(f"{django.__version__} {sys.version}".encode())
    for app in apps.get_app_configs():
        folder = Path(app.path)
        if ROOT not in folder.parents or ".venv" in folder.parts:
            continue
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not APART & set(path.relative_to(folder).parts):
                told.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return PREFIX + told.hexdigest()[:20]


def ready_database() -> str:
    """The name of the finished database, made by another process if it is missing."""
    name = database_name()
    with connection._nodb_cursor() as cursor:
        # Whoever makes it holds the lock until it is there.
        cursor.execute("SELECT pg_advisory_lock(%s), pg_advisory_unlock(%s)", [lock(name)] * 2)
        if is_there(cursor, name):
            return name
    subprocess.run(MAKE, cwd=ROOT, check=True)
    return name


def lock(name: str) -> int:
    return int(name[-15:], 16)


def is_there(cursor, name: str) -> bool:
    cursor.execute("SELECT FROM pg_database WHERE datname = %s", [name])
    return bool(cursor.rowcount)


def make_database() -> None:
    """Migrate an empty database and give it its name only when it is finished."""
    name = database_name()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [lock(name)])
        if is_there(cursor, name):
            return
        drop_old(cursor)
        unfinished = f"unfinished_{name}"
        cursor.execute(f"DROP DATABASE IF EXISTS {unfinished} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {unfinished} TEMPLATE template0 ENCODING 'UTF8'")
        connection.close()
        connection.settings_dict["NAME"] = unfinished
        # Migrating draws all models again and again: much that refers to itself, and is soon let go.
        gc.freeze()
        gc.set_threshold(200_000, 50, 100)
        call_command("migrate", verbosity=0, interactive=False)
        connection.close()
        cursor.execute(f"ALTER DATABASE {unfinished} RENAME TO {name}")


def drop_old(cursor) -> None:
    """Let go of those that were made before the last few."""
    cursor.execute(
        "SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY oid DESC OFFSET %s",
        [f"{PREFIX}%", KEPT],
    )
    for (name,) in cursor.fetchall():
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


if __name__ == "__main__":
    django.setup()
    make_database()
