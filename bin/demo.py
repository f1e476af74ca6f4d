"""The whole site on one machine: servers, web, one worker, beat and a demonstration in the database.

`demo.py` runs until Ctrl-C and keeps the data; `demo.py reset` deletes them.
"""

import ctypes
import fcntl
import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import embedded

HOME = embedded.VAR / "demo"
BIN = Path(sys.executable).parent
BIND = os.environ.get("BIND", "127.0.0.1")
PORT = os.environ.get("PORT", "8000")
# Only a machine with much else to do needs more than a few seconds; what ends by itself is told at once.
PATIENCE = 180.0
PR_SET_PDEATHSIG = 1
# Ctrl-C, `kill`, and the terminal that is closed.
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stop(BaseException):
    """Somebody pressed Ctrl-C, closed the terminal or asked the process to end."""


class DemoError(RuntimeError):
    """The demonstration cannot run; the message says why in one sentence."""


@dataclass
class Child:
    """One process of the site and the file it writes to."""

    title: str
    process: subprocess.Popen[bytes]
    log: Path


def main() -> None:
    """Run the demonstration until it is stopped."""
    for number in ENDINGS:
        # Whoever starts it under `nohup` wants it to outlive the terminal.
        if signal.getsignal(number) != signal.SIG_IGN or number != signal.SIGHUP:
            signal.signal(number, _raise_stop)
    HOME.mkdir(parents=True, exist_ok=True)
    children: list[Child] = []
    try:
        with only_one(), port_is_free(), embedded.running("demo") as servers:
            try:
                environment = settings(servers)
                prepare(environment)
                children += start(environment)
                wait_until_healthy(children)
                manage("demo_welcome", environment=environment)
                print("\nPress Ctrl-C to stop; what you enter is kept.", flush=True)
                watch(children)
            finally:
                _ignore_signals()
                stop(children)
    except Stop:
        # The terminal may be the thing that went.
        with suppress(OSError):
            print("\nThe demonstration has stopped; `make demo` continues where you left it.")
    except (DemoError, embedded.ServerError) as problem:
        sys.exit(f"\n{problem}")


def reset() -> None:
    """Delete the demonstration's data, unless it is running."""
    HOME.mkdir(parents=True, exist_ok=True)
    try:
        with only_one():
            embedded.remove("demo")
    except DemoError as problem:
        sys.exit(str(problem))
    print("The demonstration is empty; `make demo` begins afresh.")


# --- before the start -----------------------------------------------------------------------------


@contextmanager
def only_one() -> Iterator[None]:
    """Hold the lock of this demonstration; the kernel drops it however we end."""
    with (HOME / "demo.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            lock.seek(0)
            where = lock.read() or "another process"
            raise DemoError(
                f"The demonstration is running already ({where}): stop it there first."
            ) from error
        lock.truncate(0)
        lock.write(f"process {os.getpid()}, port {PORT}")
        lock.flush()
        yield


@contextmanager
def port_is_free() -> Iterator[None]:
    """Refuse a port somebody else uses before anything is started."""
    if not PORT.isdecimal() or not 0 < int(PORT) < 65536:
        raise DemoError(f"PORT={PORT} is no port: choose a number, such as `PORT=8001 make demo`.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((BIND, int(PORT)))
        except PermissionError as error:
            raise DemoError(
                f"Port {PORT} needs root: choose another, such as `PORT=8001 make demo`."
            ) from error
        except OSError as error:
            other = 8001 if PORT != "8001" else 8002
            raise DemoError(
                f"Port {PORT} is taken: choose another, such as `PORT={other} make demo`."
            ) from error
    yield


def settings(servers: embedded.Servers) -> dict[str, str]:
    """The environment of every process; nothing of the caller's own configuration gets in."""
    keys = [
        line.partition("=")[0].lstrip("# ")
        for line in (embedded.ROOT / ".env.example").read_text().splitlines()
    ]
    inherited = {key: value for key, value in os.environ.items() if key not in keys}
    return inherited | {
        "DIALOGUE_MODE": "demo",
        "SECRET_KEY": _kept_secret("secret"),
        "TRACKING_PEPPER": _kept_secret("pepper"),
        "SITE_URL": f"http://127.0.0.1:{PORT}",
        "EMAIL_URL": f"filemail:///{HOME / 'mail'}",
        "MEDIA_ROOT": str(HOME / "media"),
        "STATIC_ROOT": str(HOME / "static"),
        "PYTHONUNBUFFERED": "1",
        **servers.environment(),
    }


def prepare(environment: dict[str, str]) -> None:
    """Database, demonstration and static files; quick when they are there already."""
    (HOME / "mail").mkdir(exist_ok=True)
    # The sweeps keep no state of their own, and what a killed scheduler leaves may be broken.
    for file in HOME.glob("beat-schedule*"):
        file.unlink()
    print("Preparing the database …", flush=True)
    manage("migrate", "--verbosity", "0", environment=environment)
    print("Loading the demonstration (a while on the first start) …", flush=True)
    manage("seed_demo", "--if-empty", environment=environment)
    manage("collectstatic", "--no-input", "--verbosity", "0", environment=environment)


def manage(*arguments: str, environment: dict[str, str]) -> None:
    """Run one of Django's commands, its output on the terminal."""
    command = [sys.executable, str(embedded.ROOT / "manage.py"), *arguments]
    done = subprocess.run(
        command, env=environment, cwd=embedded.ROOT, check=False, preexec_fn=_end_with_parent
    )
    if done.returncode:
        raise DemoError(
            f"`manage.py {arguments[0]}` failed, see above; `make demo-reset` starts afresh."
        )


# --- running --------------------------------------------------------------------------------------


def web_command(address: str) -> list[str]:
    """The web server at an address; the test of a crowd starts the same."""
    gunicorn = [str(BIN / "gunicorn"), "dialogue.wsgi", "--bind", address, "--no-control-socket"]
    return [*gunicorn, "--workers", "2", "--threads", "4"]


def start(environment: dict[str, str]) -> list[Child]:
    """Web server, worker and beat."""
    celery = [str(BIN / "celery"), "--app", "dialogue"]
    return [
        _spawn("web server", "web", web_command(f"{BIND}:{PORT}"), environment),
        _spawn(
            "worker",
            "worker",
            [*celery, "worker", "--concurrency", "1", "--loglevel", "INFO"],
            environment,
        ),
        _spawn(
            "scheduler",
            "beat",
            [*celery, "beat", "--schedule", str(HOME / "beat-schedule"), "--pidfile="],
            environment,
        ),
    ]


def wait_until_healthy(children: list[Child]) -> None:
    """Return as soon as the site answers."""
    print("Starting web server, worker and scheduler …", flush=True)
    end = time.monotonic() + PATIENCE
    while not _is_healthy():
        all_alive(children)
        if time.monotonic() > end:
            raise DemoError(f"The site does not answer on port {PORT}: see {children[0].log}.")
        time.sleep(0.2)


def watch(children: list[Child]) -> None:
    """Return never; raise as soon as one of the processes is gone."""
    while True:
        all_alive(children)
        time.sleep(0.5)


def all_alive(children: list[Child]) -> None:
    """Raise a sentence that names the process which ended."""
    for child in children:
        if child.process.poll() is not None:
            raise DemoError(
                f"The {child.title} has ended by itself, so all is stopped: see {child.log}."
            )


def stop(children: list[Child]) -> None:
    """Ask all, last started first, then insist; the servers end after them."""
    for child in reversed(children):
        child.process.terminate()
    end = time.monotonic() + 20
    for child in children:
        try:
            child.process.wait(max(0.1, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.process.kill()
            child.process.wait()
        # What a dead process may have left of its own.
        with suppress(ProcessLookupError):
            os.killpg(child.process.pid, signal.SIGKILL)


def _spawn(title: str, name: str, command: list[str], environment: dict[str, str]) -> Child:
    log = HOME / f"{name}.log"
    with log.open("ab") as output:
        process = subprocess.Popen(
            command,
            env=environment,
            cwd=embedded.ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            preexec_fn=_end_with_parent,
        )
    return Child(title, process, log)


def _end_with_parent() -> None:
    """Even when we are killed outright, nothing is left that holds the port."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _is_healthy() -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", int(PORT), timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _kept_secret(name: str) -> str:
    file = HOME / name
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(60))
    return file.read_text()


def _raise_stop(_number: int, _frame: FrameType | None) -> None:
    _ignore_signals()
    raise Stop


def _ignore_signals() -> None:
    for number in ENDINGS:
        signal.signal(number, signal.SIG_IGN)


if __name__ == "__main__":
    reset() if sys.argv[1:] == ["reset"] else main()
