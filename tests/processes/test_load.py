"""Two hundred people press "Gửi" at once while PostgreSQL is killed and starts again."""

import http.client
import os
import re
import subprocess
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import demo
import embedded
import psycopg
import pytest
from django.db import connection
from django.urls import reverse
from processes import free_port, popen

from tests.factories.feedback import ConsultationFactory

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
PEOPLE = 200
PATIENCE = 30
CODE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b")


@pytest.fixture
def servers(tmp_path, monkeypatch):
    """A PostgreSQL that keeps what it has acknowledged, and a Redis, for this test alone."""
    monkeypatch.setattr(embedded, "VAR", tmp_path)
    for folder in list(tmp_path.parents)[:3]:
        folder.chmod(0o755)
    yield embedded.start("load")
    embedded.remove("load")


@pytest.fixture
def consultation(servers, transactional_db):
    """Open, in a copy of the test database on those servers."""
    one = ConsultationFactory()
    ours = connection.settings_dict
    source = ["-h", ours["HOST"], "-p", str(ours["PORT"]), "-U", ours["USER"], ours["NAME"]]
    tools, password = embedded.PG_HOME / "bin", {"PGPASSWORD": ours["PASSWORD"]}
    dump = subprocess.run(
        [tools / "pg_dump", "--no-owner", *source],
        env=os.environ | password, capture_output=True, check=True,
    )  # fmt: skip
    load = [tools / "psql", "-q", "-v", "ON_ERROR_STOP=1", servers.database_url]
    load[-1] = load[-1].replace("postgres://", "postgresql://")
    subprocess.run(load, input=dump.stdout, stdout=subprocess.DEVNULL, check=True)
    return one


@pytest.fixture
def port(servers, consultation, tmp_path):
    """The web server as `make demo` starts it."""
    free = free_port()
    environment = os.environ | servers.environment()
    # All two hundred share the address of this machine.
    environment |= {"DIALOGUE_MODE": "test", "PUBLIC_SUBMISSIONS_PER_HOUR": "1000000"}
    with (tmp_path / "web.log").open("wb") as log:
        web = subprocess.Popen(
            demo.web_command(f"127.0.0.1:{free}"),
            env=environment, cwd=embedded.ROOT, stdout=log, stderr=log,
        )  # fmt: skip
    yield free
    web.terminate()
    web.wait(20)


def restart_postgres(folder):
    """As after a power cut: nobody is waited for, what was not committed is gone."""
    data = embedded._postgres_data(folder / "load")
    program = str(embedded._postgres_bin(data) / "pg_ctl")
    command = [program, "restart", "-w", "-D", str(data), "-m", "immediate", "-l", "/dev/null"]
    with (folder / "restart.log").open("wb") as log:
        return popen(command, log, drop=True)


def send(port, path, form):
    """One press of the button: the status and the page."""
    try:
        asked = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        asked.request("POST", path, urlencode(form), headers)
        answer = asked.getresponse()
        return answer.status, answer.read().decode()
    except (OSError, http.client.HTTPException):
        return 0, ""
    finally:
        asked.close()


def test_nothing_acknowledged_is_lost_and_codes_are_distinct(port, servers, consultation, tmp_path):
    path = reverse("feedback:public_form", args=[consultation.slug])
    area = consultation.organisation.unit.children.get().pk
    deadline = time.monotonic() + PATIENCE
    together = threading.Barrier(PEOPLE)
    refused, codes = [], {}

    def person(number):
        form = {
            "token": str(uuid.uuid4()), "place": "0", "area": area, "audience": "citizen",
            "reply_mode": "conference", "send": "1", "matter-0-field": "TRANS",
            "matter-0-kind": "proposal", "matter-0-text": f"Việc thứ {number} của thôn",
        }  # fmt: skip
        together.wait()
        while time.monotonic() < deadline:
            status, page = send(port, path, form)
            found = CODE.search(page)
            if status == 200 and found:
                codes[number] = found[0].replace("-", "")
                return
            refused.append(status)
            time.sleep(0.3)

    while (answer := send(port, path, {}))[0] != 422:
        assert time.monotonic() < deadline, f"the web server does not answer: {answer}"
        time.sleep(0.1)
    with ThreadPoolExecutor(PEOPLE) as crowd:
        people = [crowd.submit(person, number) for number in range(PEOPLE)]
        while len(codes) < PEOPLE / 10:
            assert time.monotonic() < deadline, "nobody was answered"
            time.sleep(0.01)
        early = len(codes)
        assert restart_postgres(tmp_path).wait(30) == 0
        for one in people:
            one.result()

    with psycopg.connect(servers.database_url) as kept_there:
        kept = kept_there.execute(
            "SELECT code, text FROM feedback_submission "
            "JOIN feedback_opinion ON submission_id = feedback_submission.id"
        ).fetchall()
    told = {code: f"Việc thứ {number} của thôn" for number, code in codes.items()}
    assert (len(told), dict(kept), len(kept)) == (PEOPLE, told, PEOPLE)
    assert early < PEOPLE, "the restart came when all was over"
    print(f"{early} before the restart, {len(refused)} presses refused: {set(refused)}")
