"""PostgreSQL is killed and starts again: while two hundred people press "Gửi", while letters leave."""

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
from django.urls import reverse
from processes import free_port

from core import mailer
from core.models import Message
from tests.factories.feedback import ConsultationFactory
from tests.processes.conftest import (
    KILLS,
    copy_database,
    restart_postgres,
    wait_until,
    write_letters,
)

pytestmark = [pytest.mark.processes, pytest.mark.django_db(transaction=True)]
PEOPLE = 200
PATIENCE = 30
CODE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b")


@pytest.fixture
def consultation(servers, transactional_db):
    """Open, in a copy of the test database on those servers."""
    one = ConsultationFactory()
    copy_database(servers)
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


def test_nothing_acknowledged_is_lost_and_codes_are_distinct(port, servers, consultation):
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
        assert restart_postgres().wait(30) == 0
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


def test_restarts_of_postgres_lose_nothing(processes, sink, servers):
    """The restart is a kill: connections break, what was not committed is gone, workers go on."""
    restarts = max(1, KILLS // 20)
    write_letters(60 * restarts)
    wanted = {mailer.message_id(row) for row in Message.objects.all()}
    copy_database(servers)
    processes.environment |= servers.environment()
    worker = processes.worker()
    processes.ready(worker)
    processes.beat()

    def there(statement: str) -> list[tuple]:
        with psycopg.connect(servers.database_url) as database:
            return database.execute(statement).fetchall()

    sent = "SELECT count(*) FROM core_message WHERE state = 'sent'"
    for number in range(restarts):
        wait_until(lambda n=number: there(sent)[0][0] > 40 * n + 5, 60, "letters leave")
        assert restart_postgres().wait(30) == 0
    assert there(sent)[0][0] < len(wanted), "the restarts came when all was over"
    wait_until(lambda: there(sent)[0][0] == len(wanted), 60, "all letters sent")

    tries = dict(there("SELECT id, attempts FROM core_message"))
    attempts = {mailer.message_id(row): tries[row.pk] for row in Message.objects.all()}
    copies = sink.copies()
    duplicates = {key for key, number in copies.items() if number > 1}
    print(
        f"{restarts} restarts, {sum(tries.values()) - len(wanted)} tries more, {len(duplicates)} twice"
    )
    assert set(copies) == wanted
    assert all(copies[key] <= attempts[key] for key in copies)
