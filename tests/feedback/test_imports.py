import datetime
import io

import openpyxl
import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from core.sheets import check_sheet
from feedback import actions, tasks
from feedback.actions import imports, taking
from feedback.models import (
    Opinion,
    OpinionImport,
    Question,
    QuestionAnswer,
    Sender,
    Submission,
)
from feedback.resources import sheets
from organisations.models import Role
from tests.factories.organisations import OrganisationFactory, member
from tests.feedback.sheet_files import (
    HEADINGS,
    book,
    csv_file,
    line,
    numbers,
    ods_file,
    problems,
    xlsx_file,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "file",
    (
        csv_file(line(), line("2", name="Lò Văn Thử", phone="912345678", attested="x")),
        xlsx_file(book(line(), line("2", name="Lò Văn Thử", phone=912345678, attested="x"))),
        ods_file(line(), line("2", name="Lò Văn Thử", phone="912345678", attested="x")),
    ),
    ids=["csv", "xlsx", "ods"],
)
def test_good_rows_become_opinions_with_their_sender_apart(read, take, consultation, clerk, file):
    file.seek(0)
    sheet = take(read(file))

    assert numbers(sheet) == ("done", 2, 0, 0, 2)
    rows = Submission.objects.order_by("pk")
    assert {(row.channel, row.entered_by, row.area.name) for row in rows} == {
        ("import", clerk, "Phúc Hậu")
    }
    assert [(row.text, row.supporters, row.state) for row in Opinion.objects.order_by("pk")] == [
        ("Đường vào thôn lầy lội", 3, "received")
    ] * 2
    sender = Sender.objects.get()
    assert (sender.full_name, sender.phone) == ("Lò Văn Thử", "0912345678")
    assert [row.consent is not None for row in rows] == [False, True]
    assert sheet.rows.count() == 0


def test_imported_row_is_found_by_code_and_secret_like_any_other(read, take):
    from feedback.queries import find_submission

    take(read(csv_file(line())))

    row = Submission.objects.get()
    assert row.secret_hash == ""
    assert find_submission(code=row.code, secret=row.secret) == row
    assert find_submission(code=row.code, secret="") is None


def test_bad_rows_are_named_by_cell_and_the_good_ones_taken(read, take):
    sheet = read(
        csv_file(
            line(),
            line("2", area="thôn Không Có"),
            line("3", text="", supporters="0"),
            line("4", day="32/5/2026"),
            line("5", name="Lò Văn Thử"),
            line("6", text="Mở thêm chợ"),
        )
    )

    assert numbers(sheet) == ("checked", 2, 4, 0, 0)
    assert [cell for cell, _said in problems(sheet)] == ["B3", "C4", "E4", "F5", "6"]
    assert not Opinion.objects.exists()
    assert numbers(take(sheet)) == ("done", 2, 4, 0, 2)
    assert {row.text for row in Opinion.objects.all()} == {"Đường vào thôn lầy lội", "Mở thêm chợ"}


def test_rows_that_were_not_taken_come_back_with_their_reason_and_can_be_sent_again(read, take):
    sheet = take(read(csv_file(line(), line("2", area="=1+1"))))

    made = openpyxl.load_workbook(io.BytesIO(sheets.write_rest(sheet))).active
    rows = [[cell.value for cell in row] for row in made.iter_rows()]
    assert rows[0] == [*HEADINGS, "Lý do"]
    assert rows[1][:2] == ["2", "'=1+1"]
    assert rows[1][-1].startswith("Thôn, xóm, tổ dân phố: Không có trong danh mục.")
    made["B2"] = "Phúc Hậu"
    assert numbers(take(read(xlsx_file(made.parent)))) == ("done", 1, 0, 0, 1)


def test_the_same_file_again_adds_nothing(read, take):
    rows = [line(str(number), text=f"Việc {number}") for number in range(5)]
    take(read(csv_file(*rows)))

    again = read(csv_file(*rows, line("new")))

    assert numbers(again) == ("checked", 1, 0, 5, 0)
    assert numbers(take(again)) == ("done", 1, 0, 5, 1)
    assert Opinion.objects.count() == 6


def test_two_equal_slips_are_asked_about_unless_their_numbers_differ(read):
    sheet = read(csv_file(line(), line(), line("2")))

    assert numbers(sheet) == ("checked", 2, 0, 1, 0)
    assert problems(sheet) == [
        ("", "Giống hệt dòng 2. Nếu là hai phiếu khác nhau, hãy ghi số phiếu khác nhau.")
    ]


def test_worker_killed_while_reading_or_taking_is_followed_without_doubles(
    read, consultation, clerk, monkeypatch
):
    monkeypatch.setattr(sheets, "PORTION", 3)
    monkeypatch.setattr(imports, "PORTION", 3)
    monkeypatch.setattr(taking, "PORTION", 3)
    file = csv_file(*[line(str(number)) for number in range(8)])
    sheet = actions.start_import(
        consultation, check_sheet(file), by=clerk, source=consultation.organisation,
        received_on=timezone.localdate(),
    )  # fmt: skip
    stage, calls = actions.stage_rows, []

    def die_at_second(*args):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return stage(*args)

    with monkeypatch.context() as dying:
        dying.setattr(actions, "stage_rows", die_at_second)
        with pytest.raises(KeyboardInterrupt):
            tasks.work_on_import(sheet.pk)
    sheet.refresh_from_db()
    assert (sheet.state, sheet.good) == ("waiting", 3)
    tasks.sweep_imports()
    sheet.refresh_from_db()
    assert numbers(sheet) == ("checked", 8, 0, 0, 0)
    actions.accept_import(sheet, by=clerk)
    assert actions.take_portion(sheet, timezone.now())
    assert 0 < Opinion.objects.count() < 8
    tasks.sweep_imports()
    sheet.refresh_from_db()
    assert (numbers(sheet), Opinion.objects.count()) == (("done", 8, 0, 0, 8), 8)


def test_code_that_is_taken_is_drawn_again(read, take):
    first = take(read(csv_file(line())))
    code = Submission.objects.get().code
    sheet = read(csv_file(line("2")))
    sheet.rows.update(code=code)

    assert (first.taken, take(sheet).taken) == (1, 1)
    assert Submission.objects.values("code").distinct().count() == 2


def test_pages_from_sending_in_to_taking(browse, consultation, clerk):
    page = browse(clerk)
    posted = {"source": consultation.organisation.pk, "received_on": "08/5/2026"}

    answer = page(
        "import_create",
        consultation.pk,
        post={**posted, "file": csv_file(line(), line("2", area="?"))},
    )

    sheet = OpinionImport.objects.get()
    assert (answer.status_code, answer.url) == (302, sheet.get_absolute_url())
    assert "Đang đọc tệp" in page("import_sheet", sheet.pk).text
    tasks.sweep_imports()
    shown = page("import_sheet", sheet.pk).text
    assert ("Nhận 1 dòng đúng" in shown, "B3 · Thôn, xóm, tổ dân phố" in shown) == (True, True)
    page("import_accept", sheet.pk, post={})
    tasks.sweep_imports()
    assert "Đã nhận 1 ý kiến" in page("import_sheet", sheet.pk).text
    assert page("import_accept", sheet.pk, post={}).status_code == 409
    assert page("import_rest", sheet.pk).status_code == 200


def test_dropped_file_leaves_nothing(read, browse, clerk):
    sheet = read(csv_file(line()))

    browse(clerk)("import_drop", sheet.pk, post={})

    sheet.refresh_from_db()
    assert (sheet.state, sheet.file.name, sheet.rows.count()) == ("dropped", "", 0)
    assert browse(clerk)("import_accept", sheet.pk, post={}).status_code == 409


def test_only_the_sender_and_the_office_see_and_take_an_import(read, browse, consultation):
    sheet = read(csv_file(line()))
    collector = member(Role.COLLECTOR, OrganisationFactory(unit=consultation.organisation.unit))

    assert browse(collector)("import_sheet", sheet.pk).status_code == 404
    assert browse(collector)("import_accept", sheet.pk, post={}).status_code == 404
    assert browse(member(Role.CLERK))("import_create", consultation.pk).status_code == 404


def test_old_imports_are_emptied(read):
    sheet = read(csv_file(line(), line("2", area="?")))

    actions.clear_overdue(timezone.now())
    sheet.refresh_from_db()
    assert sheet.rows.count() == 2
    actions.clear_overdue(timezone.now() + datetime.timedelta(days=8))
    sheet.refresh_from_db()
    assert (sheet.rows.count(), sheet.file.name, sheet.bad) == (0, "", 1)


def test_answers_to_the_offices_questions_are_columns_that_may_stay_empty(
    read, take, consultation, clerk
):
    rows = {
        "choice": {"options": "Có\nKhông"},
        "several": {"options": "Điện\nĐường\nTrường"},
        "scale": {},
        "number": {},
        "date": {},
        "text": {},
    }
    asked = [
        Question.objects.create(
            consultation=consultation, position=n, kind=kind, label=kind, **more
        )
        for n, (kind, more) in enumerate(rows.items(), start=1)
    ]
    Question.objects.filter(pk=asked[1].pk).update(shown_if=asked[0], shown_value="Có")
    headings = [*HEADINGS, *(f"Câu hỏi {n}. {kind}" for n, kind in enumerate(rows, start=1))]
    made = openpyxl.load_workbook(io.BytesIO(sheets.write_template(consultation)))

    sheet = read(
        csv_file(
            [*line("1"), "co", "điện; Trường", "4", "1.250,5", "8/5/2026", "Rất tốt"],
            [*line("2"), "Không", "Điện", "", "1.250", "", ""],
            [*line("3"), "", "", "9", "nhiều", "", ""],
            line("4"),
            headings=headings,
        )
    )

    assert {cell.value for cell in made.worksheets[0][1]} >= set(headings)
    assert [cell for cell, _said in problems(sheet)] == ["L4", "M4"]
    take(sheet)
    found = QuestionAnswer.objects.order_by("submission", "question")
    assert [(row.question.kind, row.shown) for row in found] == [
        ("choice", "Có"), ("several", "Điện; Trường"), ("scale", "4"), ("number", "1250,5"),
        ("date", "08/05/2026"), ("text", "Rất tốt"), ("choice", "Không"), ("number", "1250"),
    ]  # fmt: skip


def test_worker_leaves_the_portion_another_is_at(read, clerk, monkeypatch):
    monkeypatch.setattr(taking, "PORTION", 3)
    sheet = read(csv_file(*[line(str(number)) for number in range(4)]))
    actions.accept_import(sheet, by=clerk)
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None}) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s, 0)", [sheet.pk])

        assert actions.take_portion(sheet, timezone.now())
        assert not actions.take_portion(sheet, timezone.now())
        actions.finish_taking(sheet)

    sheet.refresh_from_db()
    assert (sheet.state, sheet.taken, sheet.rows.count()) == ("accepted", 3, 1)
    tasks.sweep_imports()
    sheet.refresh_from_db()
    assert numbers(sheet) == ("done", 4, 0, 0, 4)
