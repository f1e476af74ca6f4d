"""The figures of `make bench`: what each measures, its ceiling, and the proof that it did its work."""

import datetime
import io
import os
import re
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

import embedded
import pikepdf
from bench import Figure, WrongAnswerError, at_least, at_most, in_turns, make_sure, seconds
from django.db import connection, transaction
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from processes import free_port
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from assignments import actions as assignments
from assignments.models import DueDay, Task
from conferences import actions as conferences
from conferences.documents import invitation_clauses
from core.calendar import WorkingCalendar
from core.paging import keyset_page
from documents.documents import paper_of
from documents.printing import metrics
from documents.printing.css import skin_css
from documents.printing.html import render_html
from documents.printing.merge import Guest, render_merged
from documents.printing.paper import Qr
from feedback.models import Submission
from organisations.models import AdministrativeUnit, Role
from tests.factories.conferences import ConferenceFactory, ParticipantFactory
from tests.factories.documents import draft_document, issued
from tests.factories.feedback import ConsultationFactory
from tests.factories.organisations import OrganisationFactory, member

CONNECTIONS = 8
WEB_SECONDS = 1.5
TASKS = 100_000
LEADS = 50
SWEEP_QUERIES = 6  # ladders, rungs, tiers, the due days, who is away, one INSERT
GUESTS = 150
LETTERS = 500
MAIL_MERGE = 44  # letters a second of an office suite's mail merge into one document
CHUNK = 50
TEXT = "Đường từ quốc lộ vào thôn lầy lội từ năm 2024, xe cứu thương không vào được khi mưa. " * 4


# --- public submissions ---------------------------------------------------------------------------


def submissions() -> Figure:
    """Opinions a second through the public form ÷ bare views with one INSERT, on one gunicorn."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_bare (id bigserial PRIMARY KEY, text text NOT NULL)")
    consultation = ConsultationFactory()
    address = f"/y-kien/{consultation.slug}/"
    hamlet = AdministrativeUnit.objects.get(parent=consultation.organisation.unit)
    answers = {address: 0, "/bare/": 0}
    with gunicorn() as port:

        def rate(path: str) -> float:
            done, took = _load(port, path, hamlet.pk)
            answers[path] += done
            return done / took

        ours, bare = in_turns(lambda: rate(address), lambda: rate("/bare/"), rounds=11)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM bench_bare")
        make_sure(cursor.fetchone()[0] == answers["/bare/"], "a bare row is missing")
    make_sure(Submission.objects.count() == answers[address], "a submission is missing")
    return at_least("public submissions ÷ bare view with one INSERT", ours, bare, "1/s", 0.4)


@contextmanager
def gunicorn() -> Iterator[int]:
    """The site as the container image runs it, with the bare view beside it."""
    port = free_port()
    command = [str(Path(sys.executable).parent / "gunicorn"), "bench_site:application"]
    command += [
        "--bind",
        f"127.0.0.1:{port}",
        "--workers",
        "3",
        "--threads",
        "4",
        "--no-control-socket",
    ]
    folders = os.pathsep.join([str(embedded.ROOT), str(embedded.ROOT / "bin")])
    with (embedded.VAR / "bench" / "web.log").open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=embedded.ROOT,
            stdout=log,
            stderr=log,
            env=os.environ | {"PYTHONPATH": folders},
        )
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    while True:
        make_sure(process.poll() is None, "gunicorn did not start: see var/bench/web.log")
        try:
            with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=30) as answer:
                make_sure(answer.status == 200, "the site is not healthy")
                return
        except OSError:
            time.sleep(0.1)


def _load(port: int, path: str, area: int) -> tuple[int, float]:
    """Send forms over some connections for some seconds; how many were answered with 200, and when."""
    counts, problems = [0] * CONNECTIONS, list[Exception]()
    end = time.perf_counter() + WEB_SECONDS

    def work(number: int) -> None:
        try:
            while time.perf_counter() < end:
                _send(port, path, area)
                counts[number] += 1
        except (OSError, WrongAnswerError) as problem:
            problems.append(problem)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(CONNECTIONS)]
    took = seconds(lambda: _all(threads))
    if problems:
        raise problems[0]
    return sum(counts), took


def _all(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _send(port: int, path: str, area: int) -> None:
    """Post one form over a connection of its own, as a proxy does, and read the whole answer."""
    form = {"token": str(uuid.uuid4()), "place": "0", "matter-0-text": TEXT, "send": "1"}
    form |= {"matter-0-kind": "proposal", "matter-0-field": "LAND", "area": str(area)}
    body = urlencode(form | {"audience": "citizen"}).encode()
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
    head += "Content-Type: application/x-www-form-urlencoded\r\n"
    with socket.create_connection(("127.0.0.1", port), 30) as server:
        server.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        answer = b"".join(iter(lambda: server.recv(65536), b""))
    words = answer[:600].decode(errors="replace")
    make_sure(answer.startswith(b"HTTP/1.1 200"), f"{path}: {words}")


# --- a long list ----------------------------------------------------------------------------------


def pages() -> Figure:
    """The last page of 100 000 tasks ÷ the first, through the whole site."""
    _many_tasks()
    clerk = member(Role.CLERK, Task.objects.latest("pk").owner)
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(clerk)
    rows = Task.objects.order_by("due_on", "id")
    fifty_first = rows.reverse()[50]
    # A list of one row a page, ending with that row, knows the address behind it.
    before_end = keyset_page(
        Task.objects.filter(pk__in=[fifty_first.pk, rows.reverse()[0].pk]),
        QueryDict(),
        order=("due_on", "id"),
        size=1,
    ).next
    first, last = "/nhiem-vu/?tab=given", f"/nhiem-vu/?tab=given&{before_end}"
    _check_page(client, first, rows[0], rows[49])
    _check_page(client, last, rows.reverse()[49], rows.reverse()[0])
    ours, ceiling = in_turns(
        lambda: seconds(lambda: [client.get(last) for _time in range(10)]) / 10,
        lambda: seconds(lambda: [client.get(first) for _time in range(10)]) / 10,
    )
    return at_most("last ÷ first page of 100 000 tasks", ours, ceiling, "s", 1.5)


def _check_page(client: Client, address: str, first: Task, last: Task) -> None:
    answer = client.get(address)
    links = re.findall(r'href="/nhiem-vu/(\d+)/"', answer.text)
    shown = [int(pk) for pk in dict.fromkeys(links)]
    make_sure(answer.status_code == 200 and len(shown) == 50, f"{address} shows {len(shown)} rows")
    make_sure((shown[0], shown[-1]) == (first.pk, last.pk), f"{address} is another page")


@transaction.atomic
def _many_tasks() -> None:
    """100 000 open tasks due around today, each told of its due day long ago; made once."""
    if Task.objects.exists():
        return
    office = OrganisationFactory(name="Văn phòng Đảng ủy")
    leads = [OrganisationFactory() for _number in range(LEADS)]
    for lead in leads:
        member(Role.OFFICER, lead)
    today = timezone.localdate()
    first = Task.objects.create(
        title="Tổng hợp ý kiến Nhân dân",
        owner=office,
        lead=leads[0],
        origin_label="Kế hoạch số 12-KH/ĐU",
    )
    columns = [str(field.column) for field in Task._meta.concrete_fields if not field.primary_key]
    drawn = {
        "lead_id": "(%s::bigint[])[1 + n %% %s]",
        "due_on": "%s::date + n %% 26 - 20",
        "title": "title || ' lần ' || n",
    }
    _sql(
        f"INSERT INTO assignments_task ({', '.join(columns)}) "
        f"SELECT {', '.join(drawn.get(column, column) for column in columns)} "
        "FROM assignments_task, generate_series(1, %s) AS n",
        *_in_order(columns, {"lead_id": ([lead.pk for lead in leads], LEADS), "due_on": (today,)}),
        TASKS,
    )
    DueDay.objects.filter(task=first).delete()
    first.delete()
    _sql(
        "INSERT INTO assignments_dueday (task_id, revision, due_on, reason, set_at) "
        "SELECT id, revision, due_on, 'ban hành', now() - interval '90 days' FROM assignments_task"
    )
    transaction.on_commit(_analyze)


def _in_order(columns: list[str], values: Mapping[str, tuple[Any, ...]]) -> list[Any]:
    """Values in the order in which their columns stand in the statement."""
    return [value for column in columns for value in values.get(column, ())]


def _analyze() -> None:
    _sql("ANALYZE")


# --- invitations ----------------------------------------------------------------------------------


def invitations() -> Figure:
    """150 merged invitations ÷ WeasyPrint laying out the same number of the same letters."""
    conference = ConferenceFactory()
    draft = draft_document(
        conference.organisation, type_code="GM", clauses=invitation_clauses(conference)
    )
    letter = issued(draft)
    conference.invitation = letter
    conference.save()
    ParticipantFactory.create_batch(
        GUESTS, conference=conference, post="Trưởng thôn", body="Thôn 3"
    )
    paper = paper_of(letter)
    page = render_html([paper] * CHUNK, for_print=True)
    fonts, styles = _bare_styles(paper.profile)

    def bare() -> None:
        # In the same portions as ours: layout slows down with length.
        for _portion in range(GUESTS // CHUNK):
            HTML(string=page).write_pdf(stylesheets=styles, font_config=fonts)

    made = conferences.merge_invitations(conference)
    one = HTML(string=render_html(paper, for_print=True)).render(
        stylesheets=styles, font_config=fonts
    )
    make_sure(_pages(made) == GUESTS * len(one.pages), "some invitations are missing")
    ours, ceiling = in_turns(
        lambda: seconds(lambda: conferences.merge_invitations(conference)),
        lambda: seconds(bare),
        rounds=3,
    )
    return at_most("150 merged invitations ÷ WeasyPrint on the bare HTML", ours, ceiling, "s", 1.3)


def personal_letters() -> Figure:
    """500 personal letters with codes a second ÷ WeasyPrint laying out the same letters each anew."""
    conference = ConferenceFactory(seats=LETTERS)
    draft = draft_document(
        conference.organisation, type_code="GM", clauses=invitation_clauses(conference)
    )
    paper = paper_of(issued(draft))
    posts = ("Trưởng thôn", "Bí thư Chi bộ, Trưởng ban Công tác Mặt trận thôn Đông Thành")
    people = [
        Guest(
            {"khách mời": f"Bà Nguyễn Thị {number} - {posts[number % 2]}", "chỗ ngồi": f"{number}"},
            f"https://x.vn/v/{number}",
        )
        for number in range(LETTERS)
    ]
    fonts, styles = _bare_styles(paper.profile)
    parts = [
        [
            replace(paper, fill=person.fields, qr=Qr(person.qr_text))
            for person in people[start : start + CHUNK]
        ]
        for start in range(0, LETTERS, CHUNK)
    ]
    pages = [render_html(part, for_print=True) for part in parts]

    def bare() -> float:
        def lay_out() -> None:
            for page in pages:
                HTML(string=page).write_pdf(stylesheets=styles, font_config=fonts)

        return LETTERS / seconds(lay_out)

    make_sure(_pages(render_merged(paper, people)) == LETTERS, "some letters are missing")
    ours, ceiling = in_turns(
        lambda: LETTERS / seconds(lambda: render_merged(paper, people)), bare, rounds=1
    )
    make_sure(
        ours > MAIL_MERGE, f"{ours:.0f} letters a second, a word processor makes {MAIL_MERGE}"
    )
    return at_least("500 personal letters in one PDF ÷ each laid out anew", ours, ceiling, "/s", 5)


def _bare_styles(profile: Mapping[str, Any]) -> tuple[FontConfiguration, list[CSS]]:
    """The same rules and typeface, handed straight to WeasyPrint."""
    fonts = FontConfiguration()
    ways = {"regular": "", "bold": "font-weight:bold;", "italic": "font-style:italic;"}
    ways["bolditalic"] = ways["bold"] + ways["italic"]
    faces = "".join(
        f'@font-face{{font-family:"Times New Roman";{way}src:url({metrics.font_file(face).as_uri()})}}'
        for face, way in ways.items()
    )
    return fonts, [
        CSS(string=faces, font_config=fonts),
        CSS(string=skin_css(profile, screen=False)),
    ]


def _pages(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return len(file.pages)


# --- reminders ------------------------------------------------------------------------------------


def sweep() -> Figure:
    """Reminders planned a second over 100 000 open tasks ÷ the same rows from memory, one INSERT."""
    _many_tasks()
    day = (calendar := WorkingCalendar.load()).last_working_day(timezone.localdate())
    now = timezone.make_aware(datetime.datetime.combine(day, datetime.time(9)))
    expected = TASKS * 2  # in the software and by e-mail
    # The server itself gathers statistics within the minute.
    _sql("ANALYZE; CREATE TABLE bench_reminder (LIKE assignments_reminder INCLUDING ALL)")

    def ours() -> float:
        _sql("TRUNCATE assignments_reminder, assignments_escalation")
        planned: list[int] = []
        with CaptureQueriesContext(connection) as asked:
            took = seconds(lambda: planned.append(assignments.plan_reminders(now, calendar)))
        found = (*planned, len(asked))
        make_sure(found == (expected, SWEEP_QUERIES), f"{found}: reminders, queries")
        make_sure(assignments.plan_reminders(now, calendar) == 0, "a second sweep planned again")
        return expected / took

    def bare() -> float:
        _sql("TRUNCATE bench_reminder")
        columns = "task_id, recipient_id, rung, due_on, revision, channel, planned_for, created_at"
        select = "n, n %% 50, 't+1', date '2026-01-01', 1, 'email', date '2026-01-02', now()"
        insert = f"INSERT INTO bench_reminder ({columns}) SELECT {select} "
        insert += "FROM generate_series(1, %s) n"
        return expected / seconds(lambda: _sql(insert, expected))

    value, ceiling = in_turns(ours, bare, rounds=3)
    return at_least("reminders planned over 100 000 open tasks", value, ceiling, "rows/s", None)


def _sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)


FIGURES: dict[str, Callable[[], Figure]] = {
    "submissions": submissions,
    "invitations": invitations,
    "letters": personal_letters,
    "sweep": sweep,
    "pages": pages,
}
