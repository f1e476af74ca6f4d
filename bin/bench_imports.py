"""The figures of `make bench` about spreadsheets: rows judged, rows taken in, and the whole way."""

import csv
import io
import json
import random
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from bench import Figure, at_least, in_turns, make_sure, seconds
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from core.sheets import check_sheet
from feedback import actions, tasks
from feedback.models import Opinion, OpinionImport
from feedback.states import ImportState
from organisations.models import Role, User
from tests.factories.feedback import ConsultationFactory
from tests.factories.organisations import member

ROWS = 20_000
WORKERS = 2
JUDGED_RATIO = 0.12
TAKEN_RATIO = 0.05
IMPORTED_RATIO = 0.04
WORDS = re.findall(
    r"\w+",
    "đường thôn nước cống rãnh điện trường học chợ ruộng mương hộ nghèo sổ đỏ thủ tục giấy phép "
    "rác thải ô nhiễm tiếng ồn cầu xe tải đề nghị xã sớm sửa chữa cho bà con",
)
HEADINGS = ("Số phiếu", "Thôn, xóm, tổ dân phố", "Nội dung", "Lĩnh vực", "Số người cùng ý kiến",
            "Ngày nhận")  # fmt: skip


def judged() -> Figure:
    """Rows a second from the file to judged rows in the database ÷ COPY of the same rows, bare."""
    return _figure("rows of a spreadsheet read and judged ÷ bare COPY", JUDGED_RATIO, _judge)


def taken() -> Figure:
    """Rows a second from judged rows to opinions that can be searched ÷ COPY of the same rows."""
    return _figure(
        "judged rows taken in as opinions by two workers ÷ bare COPY", TAKEN_RATIO, _take
    )


def imported() -> Figure:
    """Rows a second from the file to opinions that can be searched, the person's "yes" aside."""
    return _figure("rows of a spreadsheet read, judged and taken in ÷ bare COPY", IMPORTED_RATIO,
                   lambda sheet, by: _judge(sheet, by) + _take(sheet, by))  # fmt: skip


def _judge(sheet: OpinionImport, _by: User) -> float:
    """Seconds until a worker has read and judged every row."""
    return seconds(lambda: tasks.work_on_import(sheet.pk))


def _take(sheet: OpinionImport, by: User) -> float:
    """Seconds until two workers, as docker-compose.yml starts them, have taken every row in."""
    if OpinionImport.objects.get(pk=sheet.pk).state == ImportState.WAITING:
        tasks.work_on_import(sheet.pk)
    sheet.refresh_from_db()
    make_sure(sheet.good == ROWS, f"{sheet.good} rows are good: {sheet.problem}")
    actions.accept_import(sheet, by=by)
    return seconds(lambda: _in_threads(lambda: tasks.work_on_import(sheet.pk)))


def _in_threads(work: Callable[[], None]) -> None:
    """Twice at the same time, each with a connection of its own; Python only waits."""

    def once(_place: int) -> None:
        try:
            work()
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as workers:
        list(workers.map(once, range(WORKERS)))


def _figure(name: str, limit: float, measure: Callable[[OpinionImport, User], float]) -> Figure:
    consultation = ConsultationFactory()
    clerk = member(Role.CLERK, consultation.organisation)
    drawn = random.Random(7)
    area = str(consultation.organisation.unit.children.get())

    def rows() -> list[tuple[object, ...]]:
        texts = (" ".join(drawn.choices(WORDS, k=40)) for _row in range(ROWS))
        return [(n, area, text, "Đất đai", 1, "08/5/2026") for n, text in enumerate(texts)]

    def ours() -> float:
        out = io.StringIO()
        csv.writer(out).writerows([HEADINGS, *rows()])
        file = SimpleUploadedFile("y-kien.csv", out.getvalue().encode())
        before = Opinion.objects.count()
        sheet = actions.start_import(
            consultation,
            check_sheet(file),
            by=clerk,
            source=consultation.organisation,
            received_on=timezone.localdate(),
        )
        took = measure(sheet, clerk)
        sheet.refresh_from_db()
        make_sure(sheet.good == ROWS, f"{sheet.good} rows are good: {sheet.problem}")
        in_database = Opinion.objects.count() - before
        make_sure(in_database == sheet.taken, f"{in_database} opinions of {sheet.taken} rows")
        make_sure(measure is _judge or sheet.state == ImportState.DONE, "rows are missing")
        return ROWS / took

    value, ceiling = in_turns(ours, lambda: _copy(rows()), rounds=3)
    return at_least(name, value, ceiling, "rows/s", limit)


def _copy(rows: list[tuple[object, ...]]) -> float:
    """Rows a second into a table without index, judged by nobody."""
    given = [(json.dumps(row), row[2], row[1]) for row in rows]
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_copy")
        cursor.execute("CREATE TABLE bench_copy (a jsonb, b text, c text)")

        def copy() -> None:
            with cursor.copy("COPY bench_copy FROM STDIN") as into:
                for row in given:
                    into.write_row(row)

        return ROWS / seconds(copy)


FIGURES: dict[str, Callable[[], Figure]] = {
    "judged": judged,
    "taken": taken,
    "imported": imported,
}
