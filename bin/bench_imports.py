"""The figures of `make bench` about spreadsheets: rows judged, and rows taken in."""

import csv
import io
import json
import random
import re
from collections.abc import Callable

from bench import Figure, at_least, in_turns, make_sure, seconds
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from core.sheets import check_sheet
from feedback import actions, tasks
from feedback.models import Opinion, OpinionImport
from organisations.models import Role
from tests.factories.feedback import ConsultationFactory
from tests.factories.organisations import member

ROWS = 20_000
JUDGED_RATIO = 0.06
TAKEN_RATIO = 0.02
WORDS = re.findall(
    r"\w+",
    "đường thôn nước cống rãnh điện trường học chợ ruộng mương hộ nghèo sổ đỏ thủ tục giấy phép "
    "rác thải ô nhiễm tiếng ồn cầu xe tải đề nghị xã sớm sửa chữa cho bà con",
)
HEADINGS = ("Số phiếu", "Thôn, xóm, tổ dân phố", "Nội dung", "Lĩnh vực", "Số người cùng ý kiến",
            "Ngày nhận")  # fmt: skip


def judged() -> Figure:
    """Rows a second from the file to judged rows in the database ÷ COPY of the same rows, bare."""
    return _figure("rows of a spreadsheet read and judged ÷ bare COPY", 0, JUDGED_RATIO)


def taken() -> Figure:
    """Rows a second from judged rows to opinions that can be searched ÷ COPY of the same rows."""
    return _figure("judged rows taken in as opinions ÷ bare COPY", 1, TAKEN_RATIO)


def _figure(name: str, part: int, limit: float) -> Figure:
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
        took = [seconds(lambda: tasks.work_on_import(sheet.pk))]
        sheet = OpinionImport.objects.get(pk=sheet.pk)
        make_sure(sheet.good == ROWS, f"{sheet.good} rows are good: {sheet.problem}")
        actions.accept_import(sheet, by=clerk)
        took.append(seconds(lambda: tasks.work_on_import(sheet.pk)))
        make_sure(Opinion.objects.count() == before + ROWS, "rows are missing")
        return ROWS / took[part]

    value, ceiling = in_turns(ours, lambda: _copy(rows()), rounds=1)
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


FIGURES: dict[str, Callable[[], Figure]] = {"judged": judged, "taken": taken}
