"""Real workers, beats, a broker of our own and a mail server that writes down every letter it takes."""

import asyncio
import datetime
import email
import json
import logging
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import embedded
import psutil
import pytest
from aiosmtpd.controller import Controller
from django.db import connection
from django.utils import timezone
from processes import popen

from core import outbox
from core.models import Message, WorkingDay
from dialogue.celery import app

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
SWEEP_SECONDS = 1
STUCK_SECONDS = 2
KILLS = int(os.environ.get("RELIABILITY_KILLS", "10"))
"""How many random deaths a test goes through; `make reliability` asks for a hundred."""


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def wait_until(condition: Callable[[], object], seconds: float, what: str) -> None:
    """Ask five times a second; fail in words when the time is over."""
    stop_at = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > stop_at:
            pytest.fail(f"after {seconds} s still not: {what}")
        time.sleep(0.2)


def database_address() -> str:
    """Of the test database."""
    server = urlsplit(os.environ["DATABASE_URL"])
    return server._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


class Sink:
    """A mail server: what it answered 250 to is in a file on the disk, nothing else is."""

    def __init__(self) -> None:
        self.controller = Controller(self, hostname="127.0.0.1", port=free_port())

    def begin(self, ledger: Path) -> None:
        """Another test, another ledger."""
        self.ledger, self.delay = ledger, 0.03
        ledger.touch()

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802
        await asyncio.sleep(self.delay)
        letter = email.message_from_bytes(envelope.content)
        with self.ledger.open("a") as ledger:
            ledger.write(f"{letter['Message-ID']} {','.join(envelope.rcpt_tos)}\n")
            ledger.flush()
            os.fsync(ledger.fileno())
        await asyncio.sleep(self.delay)
        return "250 taken"

    def copies(self) -> Counter[str]:
        """How often each Message-ID was taken."""
        return Counter(line.split()[0] for line in self.ledger.read_text().splitlines())


class Broker:
    """A Redis without persistence that can be shut down and started again on its port."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        words = f"--port {self.port} --bind 127.0.0.1 --save '' --appendonly no".split()
        self.process = subprocess.Popen(
            [BIN / "redis-server", *words[:5], "", *words[6:]],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_until(lambda: self.ask("ping") == "PONG", 10, "Redis answers")

    def ask(self, *words: str) -> str:
        command = [BIN / "redis-cli", "-p", str(self.port), *words]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()

    def shut_down(self) -> None:
        self.ask("shutdown", "nosave")
        self.process.wait(10)


class Nurseries:
    """One for each environment (see nursery.py): to read the code takes five seconds of computing."""

    def __init__(self) -> None:
        self.started: dict[tuple[tuple[str, str], ...], subprocess.Popen[str]] = {}

    def begin(self, environment: dict[str, str], words: list[str], log: Path) -> psutil.Process:
        key = tuple(sorted(environment.items()))
        if key not in self.started:
            self.started[key] = subprocess.Popen(
                [sys.executable, "-m", "tests.processes.nursery"],
                cwd=ROOT, env=environment, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True,
            )  # fmt: skip
        nursery = self.started[key]
        nursery.stdin.write(json.dumps({"words": words, "log": str(log)}) + "\n")
        nursery.stdin.flush()
        return psutil.Process(int(nursery.stdout.readline()))

    def end(self) -> None:
        for nursery in self.started.values():
            nursery.communicate(timeout=20)


class Processes:
    """Starts Celery against the test database, each in a process group of its own."""

    def __init__(self, folder: Path, sink: Sink, broker: Broker, nurseries: Nurseries) -> None:
        self.folder, self.nurseries = folder, nurseries
        self.running: list[psutil.Process] = []
        ours = os.environ | {"PYTEST_CURRENT_TEST": ""}  # the same for all: one nursery
        self.environment = {
            **ours,
            "DIALOGUE_MODE": "test",
            "DATABASE_URL": database_address(),
            "REDIS_URL": broker.url,
            "EMAIL_URL": f"smtp://127.0.0.1:{sink.controller.port}",
            "SWEEP_SECONDS": str(SWEEP_SECONDS),
            "OUTBOX_STUCK_SECONDS": str(STUCK_SECONDS),
            "OUTBOX_MAX_ATTEMPTS": str(50 + 5 * KILLS),
            "OFFICE_HOURS": "00:00,24:00",
        }

    def worker(self, app_name: str = "dialogue") -> psutil.Process:
        return self._celery(
            app_name,
            *("worker", "-c", "2", "-l", "info", "-n", f"w{len(self.running)}@%h"),
            *("--without-gossip", "--without-mingle", "--without-heartbeat"),
        )

    def beat(self) -> psutil.Process:
        schedule = self.folder / f"beat-{len(self.running)}"
        return self._celery("dialogue", "beat", "-s", str(schedule), "--pidfile=")

    def ready(self, *workers: psutil.Process) -> None:
        for worker in workers:
            log = self.log(worker)
            wait_until(lambda log=log: " ready." in log.read_text(), 60, f"{log} ready")

    def log(self, process: psutil.Process) -> Path:
        return self.folder / f"{self.running.index(process)}.log"

    def children(self, worker: psutil.Process) -> list[int]:
        listed = Path(f"/proc/{worker.pid}/task/{worker.pid}/children").read_text()
        return [int(pid) for pid in listed.split()]

    def kill_group(self, process: psutil.Process) -> None:
        if process.is_running():
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(10)

    def _celery(self, app_name: str, *words: str) -> psutil.Process:
        log = self.folder / f"{len(self.running)}.log"
        log.touch()
        process = self.nurseries.begin(self.environment, ["-A", app_name, *words], log)
        self.running.append(process)
        return process


logging.getLogger("mail.log").setLevel(logging.WARNING)


@pytest.fixture(scope="module")
def nurseries() -> Iterator[Nurseries]:
    one = Nurseries()
    yield one
    one.end()


@pytest.fixture(scope="module")
def mail_server() -> Iterator[Sink]:
    one = Sink()
    one.controller.start()
    yield one
    one.controller.stop()


@pytest.fixture
def sink(mail_server: Sink, tmp_path: Path) -> Sink:
    mail_server.begin(tmp_path / "letters.txt")
    return mail_server


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    one = Broker(tmp_path_factory.mktemp("redis"))
    one.start()
    yield one
    one.process.kill()
    one.process.wait(10)


@pytest.fixture
def broker(redis: Broker) -> Iterator[Broker]:
    """The broker of the processes and of this process's own `wake`."""
    redis.ask("flushall")
    was = app.conf.broker_url
    app.conf.broker_url = app.conf.broker_write_url = redis.url
    yield redis
    app.conf.broker_url = app.conf.broker_write_url = was


@pytest.fixture
def processes(
    tmp_path: Path, transactional_db, sink: Sink, broker: Broker, nurseries: Nurseries
) -> Iterator[Processes]:
    """Today counts as a working day, whatever the calendar says."""
    today = timezone.localdate()
    for day in (today, today + datetime.timedelta(days=1)):
        WorkingDay.objects.create(date=day, kind="working", name="ngày thử", source="thử")
    one = Processes(tmp_path, sink, broker, nurseries)
    yield one
    for process in one.running:
        one.kill_group(process)


@pytest.fixture
def dice() -> random.Random:
    return random.Random(2026)


def write_letters(count: int, name: str = "thu") -> None:
    outbox.write_all(
        outbox.letter(
            key=f"{name}-{n}",
            subject="Nhắc việc",
            body="Kính gửi ông/bà.",
            reason="thử.",
            address=f"nguoi{n}@vi-du.vn",
        )
        for n in range(count)
    )


def sent_count() -> int:
    return Message.objects.filter(state=Message.State.SENT).count()


@pytest.fixture(scope="module")
def servers() -> Iterator[embedded.Servers]:
    """A PostgreSQL to be killed, and a Redis: what was acknowledged outlives the process."""
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        Path(name).chmod(0o755)  # root's PostgreSQL runs under another account
        patch.setattr(embedded, "VAR", Path(name))
        patch.setattr(embedded, "CARELESS", {"fsync": "off", "full_page_writes": "off"})
        yield embedded.start("load", careless=True)
        embedded.remove("load")


def copy_database(servers: embedded.Servers) -> None:
    """Everything in the test database, on those servers, in place of what was there."""
    tools = embedded.PG_HOME / "bin"
    dump = [tools / "pg_dump", "--no-owner", database_address()]
    load = [tools / "psql", "-q", "-v", "ON_ERROR_STOP=1", servers.database_url]
    ours = subprocess.run(dump, capture_output=True, check=True).stdout
    fresh = b"DROP SCHEMA public CASCADE; CREATE SCHEMA public;"
    subprocess.run(load, input=fresh + ours, stdout=subprocess.DEVNULL, check=True)


def restart_postgres() -> subprocess.Popen[bytes]:
    """As `kill -9`: nobody is waited for, what was not committed is gone."""
    data = embedded._postgres_data(embedded.VAR / "load")
    program = str(embedded._postgres_bin(data) / "pg_ctl")
    command = [program, "restart", "-w", "-D", str(data), "-m", "immediate", "-l", "/dev/null"]
    with (embedded.VAR / "restart.log").open("wb") as log:
        return popen(command, log, drop=True)
