import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import embedded
import psutil
import psycopg
import pytest
import redis

pytestmark = pytest.mark.processes
SERVERS = [sys.executable, str(embedded.ROOT / "bin" / "servers.py")]


@pytest.fixture(scope="module")
def home():
    """Servers of our own, in a directory too long for a socket's path.

    Not in pytest's, which every run on the machine closes to all accounts but its own: that which
    PostgreSQL runs as has to get through.
    """
    with tempfile.TemporaryDirectory() as made:
        home = Path(made) / ("a-long-name-" * 8)
        home.mkdir()
        Path(made).chmod(0o755)
        yield home
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(embedded, "VAR", home)
            embedded.remove("some")


@pytest.fixture
def name(home, monkeypatch):
    """Made by the first test, stopped when one begins; who needs them new takes another name."""
    monkeypatch.setattr(embedded, "VAR", home)
    yield "some"
    embedded.stop("some")


def rows(servers):
    with psycopg.connect(servers.database_url) as connection:
        return connection.execute("SELECT text FROM kept").fetchall()


def keep(servers, text):
    with psycopg.connect(servers.database_url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (text text)")
        connection.execute("DELETE FROM kept")
        connection.execute("INSERT INTO kept VALUES (%s)", [text])
    with redis.Redis.from_url(servers.redis_url) as client:
        client.set("kept", text)


def kept_in_redis(servers):
    with redis.Redis.from_url(servers.redis_url) as client:
        return client.get("kept").decode()


def test_servers_stop_with_their_last_user_and_keep_the_data(name):
    with embedded.running(name) as first:
        keep(first, "một")
        with embedded.running(name) as second:
            assert second == first
        assert embedded.is_running(name)
    assert not embedded.is_running(name)

    with embedded.running(name) as again:
        assert rows(again) == [("một",)]
        assert kept_in_redis(again) == "một"


def test_a_crash_loses_nothing_and_does_not_hinder_the_next_start(name):
    servers = embedded.start(name)
    keep(servers, "hai")
    time.sleep(1.2)  # Redis writes its file to disk every second
    processes = embedded._postgres_processes(embedded._postgres_data(embedded.VAR / name))
    processes += embedded._redis_processes(embedded.VAR / name / "redis")
    assert len(processes) == 2
    for process in processes:
        process.kill()
        process.wait(10)
    assert (embedded._postgres_data(embedded.VAR / name) / "postmaster.pid").exists()

    with embedded.running(name) as again:
        assert rows(again) == [("hai",)]
        assert kept_in_redis(again) == "hai"


def test_careless_servers_begin_anew_after_a_crash(name):
    name = f"{name}-careless"
    with embedded.running(name, careless=True) as servers:
        keep(servers, "ba")
    with embedded.running(name, careless=True) as servers:
        assert rows(servers) == [("ba",)]
        data = embedded._postgres_data(embedded.VAR / name)
        for process in embedded._postgres_processes(data):
            process.kill()
            process.wait(10)

    with (
        embedded.running(name, careless=True) as again,
        pytest.raises(psycopg.errors.UndefinedTable),
    ):
        rows(again)
    embedded.remove(name)


def test_a_pid_file_that_names_a_stranger_is_no_obstacle(name):
    embedded.start(name)
    embedded.stop(name)
    pid_file = embedded._postgres_data(embedded.VAR / name) / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{pid_file.parent}\n0\n5432\n\n127.0.0.1\n\nready\n")

    with embedded.running(name) as servers:
        assert servers.database_url.startswith("postgres://")

    assert psutil.pid_exists(os.getpid())


def test_servers_left_behind_by_a_killed_launcher_are_used_again(name):
    left = embedded.start(name)

    with embedded.running(name) as found:
        assert found == left

    assert not embedded.is_running(name)


def test_an_interrupted_initdb_is_begun_again(name):
    name = f"{name}-other"
    data = embedded._postgres_data(embedded.VAR / name)
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("18")

    with embedded.running(name) as servers:
        keep(servers, "ba")
        assert rows(servers) == [("ba",)]
    embedded.remove(name)


def test_strangers_on_the_machine_need_the_password(name):
    with embedded.running(name) as servers:
        without = servers.redis_url.rpartition("@")[2]
        with (
            redis.Redis.from_url(f"redis://{without}") as client,
            pytest.raises(redis.AuthenticationError),
        ):
            client.ping()
        with pytest.raises(psycopg.OperationalError, match="no password"):
            psycopg.connect("postgres://dialogue@" + servers.database_url.rpartition("@")[2])


def test_a_server_that_cannot_start_says_why_in_a_sentence(name, monkeypatch):
    monkeypatch.setattr(embedded, "free_port", lambda: 99999)

    with pytest.raises(
        embedded.ServerError, match="PostgreSQL did not start: .* \\(the whole story is in"
    ):
        embedded.start(name)


def test_the_database_folds_vietnamese_capitals(name):
    with embedded.running(name) as servers, psycopg.connect(servers.database_url) as connection:
        assert connection.execute("SELECT lower('ĐƠN THƯ')").fetchone() == ("đơn thư",)


def test_a_command_runs_with_the_servers_and_its_exit_code_counts():
    name = f"command-{os.getpid()}"
    code = (
        "import os, sys; sys.exit(7 if os.environ['DATABASE_URL'].startswith('postgres://') else 1)"
    )
    try:
        result = subprocess.run(
            [*SERVERS, "with", name, "--careless", "--", sys.executable, "-c", code]
        )
        assert result.returncode == 7
        assert not embedded.is_running(name)
    finally:
        embedded.remove(name)


def test_a_command_that_is_asked_to_end_leaves_no_server_behind():
    name = f"asked-{os.getpid()}"
    command = [
        *SERVERS,
        "with",
        name,
        "--careless",
        "--",
        sys.executable,
        "-c",
        "print('up', flush=True); input()",
    ]
    try:
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            assert process.stdout.readline() == b"up\n"
            assert embedded.is_running(name)
            process.send_signal(signal.SIGTERM)
            process.wait(30)
        assert not embedded.is_running(name)
    finally:
        embedded.remove(name)
