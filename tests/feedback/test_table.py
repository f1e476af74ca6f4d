import html
import io
import re

import pdfplumber
import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from docx import Document
from openpyxl import load_workbook

import feedback.tasks
from core.access import RefusedError
from dialogue.dossier import spine, trace
from dialogue.tracing import session_behind
from feedback import actions
from feedback.actions import tables
from feedback.actions.tables import KEPT_FOR, clear_old_tables
from feedback.forms.table import FigureForm
from feedback.models import Opinion, Sender, TableOrder
from feedback.queries import standing_of_sessions
from feedback.queries.table import GROUPINGS, Asked, numbers_of, sums_of
from feedback.queries.table_rows import parts_of
from feedback.resources import table as files
from feedback.tasks import make_table, sweep_tables
from organisations.models import Role
from tests.factories.conferences import ConferenceFactory, ExchangeFactory
from tests.factories.feedback import SessionFactory, opinion, sent
from tests.factories.organisations import OrganisationFactory, UnitFactory, member
from tests.feedback.steps import ANSWER, TODAY, answered, body, classified, grouped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_fast_templates")]

FORMULA = "=HYPERLINK(1) *đậm* [mã] 🙂 đường hỏng"


@pytest.fixture
def session(consultation):
    return consultation.session


@pytest.fixture
def mixed(consultation, clerk, agency, officer):
    """Opinions of every kind: a released group of three people, another, lone ones, ones that left."""
    answer = answered(consultation, clerk, agency, officer)
    actions.accept_answer(answer, by=clerk)
    actions.release_answers([answer], by=clerk)
    Opinion.objects.filter(group=answer.group).update(supporters=4)
    joined = sent(consultation).submission
    joined.opinions.all().delete()
    joined.supports.create(group=answer.group)
    waiting = grouped(consultation, clerk, 3)
    opinion(consultation, FORMULA)
    classified(consultation, clerk, "Ruộng thiếu nước", "Việc khác")
    left = {"resolution": "out_of_scope", "resolution_note": "Việc riêng"}
    for state in ("declined", "routed"):
        row = opinion(consultation, "Việc bí mật của nhà bên")
        Opinion.objects.filter(pk=row.pk).update(state=state, **left)
    hamlet = UnitFactory(name="An Lộc", kind="thôn", parent=consultation.organisation.unit)
    moved = waiting.opinions.order_by("pk").last().submission
    moved.area, moved.sender_organisation = hamlet, agency
    moved.save()
    return answer.group


def test_sums_are_equal_however_the_table_is_grouped(session, mixed):
    found = {by: numbers_of(session, Asked(by=by)) for by in GROUPINGS}

    for numbers in found.values():
        sections = [section.figures for section in numbers.sections]
        rows = [cell.figures for section in numbers.sections for cell in section.cells]
        sums = [
            (sum(row.opinions for row in some), sum(row.people for row in some))
            for some in (sections, rows)
        ]
        total = (numbers.total.opinions, numbers.total.people)
        assert [*sums, total] == [(8, 15)] * 3
        assert (numbers.received, numbers.total.answered, numbers.total.pending) == (10, 2, 6)
        assert (numbers.total.matters, numbers.left) == (
            5, {"routed": 1, "declined": 1, "withdrawn": 0},
        )  # fmt: skip
    assert {by: len(numbers.sections) for by, numbers in found.items()} == {
        "field": 2, "competence": 2, "area": 2, "unit": 2,
    }  # fmt: skip


def test_every_format_says_the_same_sums(session, mixed, clerk):
    made = {
        kind: files.table_file(session, Asked(), kind, user=clerk, today=TODAY)
        for kind in ("xlsx", "docx", "pdf")
    }

    sheet = load_workbook(io.BytesIO(made["xlsx"])).active
    last = [cell.value for cell in sheet[sheet.max_row]]
    word = Document(io.BytesIO(made["docx"]))
    ruled = next(table for table in word.tables if table.rows[0].cells[0].text == "TT")
    of_word = [cell.text for cell in ruled.rows[-1].cells]
    with pdfplumber.open(io.BytesIO(made["pdf"])) as pdf:
        page = pdf.pages[0]
        size, of_pdf = (page.width, page.height), pdf.pages[-1].extract_tables()[0][-1]
    assert ("CỘNG" in last, *[n for n in last if isinstance(n, int)]) == (True, 8, 15, 2)
    assert [cell for cell in of_word if cell] == ["CỘNG", "8", "15"]
    assert [cell for cell in of_pdf if cell] == ["CỘNG", "8", "15"]
    assert size[0] > size[1]


def test_words_stay_words_in_every_format(session, mixed, clerk):
    numbers = numbers_of(session, Asked())
    sheet = load_workbook(
        io.BytesIO(files.write_table(session, numbers, parts_of(numbers, user=clerk)))
    ).active
    word = Document(io.BytesIO(files.table_file(session, Asked(), "docx", user=clerk, today=TODAY)))

    cells = [cell for row in sheet.iter_rows() for cell in row if "HYPERLINK" in str(cell.value)]
    texts = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert [(cell.data_type, cell.value[:2]) for cell in cells] == [("s", "'=")]
    assert any("=HYPERLINK(1) ∗đậm∗ (mã) (?) đường hỏng" in text for text in texts)


def test_every_figure_of_the_page_opens_the_list_it_counts(browse, session, mixed, clerk):
    page = browse(clerk)("table", session.pk).content.decode()
    client = browse(clerk).client

    links = dict.fromkeys(re.findall(r'href="([^"]*/y-kien/\?[^"]*)">(\d+)</a>', page))

    wrong = {}
    for address, figure in links:
        head = client.get(html.unescape(address)).content.decode().partition("<h1")[2][:400]
        told = [int(n) for n in re.findall(r"\b(\d+)\b", head.partition(">")[2])[:2]]
        if int(figure) not in told:
            wrong[address] = (figure, told)
    assert (len(links) > 12, wrong) == (True, {})
    for by in GROUPINGS:
        numbers = numbers_of(session, Asked(by=by))
        for section in numbers.sections:
            asked = FigureForm(
                QueryDict(numbers.asked.of_section(section.key)), session=session
            ).asked()
            counted = (section.figures.opinions, section.figures.people)
            assert (by, section.key, sums_of(session, asked)) == (by, section.key, counted)


def test_the_public_version_names_no_sender_no_lone_words_and_nothing_embargoed(
    session, mixed, clerk, consultation, agency
):
    form = consultation.submissions.earliest("pk")
    Sender.objects.create(submission=form, full_name="Lê Thị Mận", phone="0912345678")
    asked = Asked(is_public=True)
    content = files.table_file(session, asked, "xlsx", user=clerk, today=TODAY)
    cells = [
        cell for row in load_workbook(io.BytesIO(content)).active.values for cell in row if cell
    ]

    numbers = numbers_of(session, asked)
    told = "\n".join(str(cell) for cell in cells)
    absent = (
        "Mận",
        "0912",
        "HYPERLINK",
        "Ruộng",
        "Đường vào thôn",
        "bí mật",
        "VĐ ",
        "An Lộc",
        agency.short_name,
    )
    assert [words for words in absent[:-1] if words in told] == []
    assert ("Các ý kiến riêng lẻ khác" in told, ANSWER in told) == (True, True)
    assert (numbers.total.opinions, numbers.total.people, numbers.rows) == (8, 15, 3)


def test_an_answer_under_embargo_stands_in_the_table_of_those_who_may_read_it(
    session, consultation, clerk, agency, officer
):
    answered(consultation, clerk, agency, officer)
    overseer = member(Role.OVERSEER, OrganisationFactory(unit=consultation.organisation.unit))

    seen = {
        (kind, user == clerk): ANSWER in plain(kind, session, user)
        for kind in ("docx", "xlsx")
        for user in (clerk, overseer)
    }

    assert seen == {
        ("docx", True): True, ("docx", False): False,
        ("xlsx", True): True, ("xlsx", False): False,
    }  # fmt: skip


def plain(kind, session, user):
    content = io.BytesIO(files.table_file(session, Asked(), kind, user=user, today=TODAY))
    if kind == "xlsx":
        return str(list(load_workbook(content).active.values))
    tables = Document(content).tables
    return str([cell.text for table in tables for row in table.rows for cell in row.cells])


def test_a_table_that_cannot_be_made_keeps_no_other_from_being_made(
    browse, session, mixed, clerk, monkeypatch, caplog
):
    monkeypatch.setattr(tables, "AT_ONCE", 2)
    office = browse(clerk)
    for by in ("area", "field"):
        office("table_order", session.pk, post={"kind": "xlsx", "by": by})
    first, second = TableOrder.objects.order_by("pk")
    real, secret = feedback.tasks.make_file, "Nguyễn Thị Sen 0912345678"

    def fails_once(pk):
        if pk == first.pk:
            raise ValueError(secret)
        return real(pk)

    monkeypatch.setattr(feedback.tasks, "make_file", fails_once)
    sweep_tables()

    second.refresh_from_db()
    assert second.state == "done"
    assert ("ValueError" in caplog.text, secret in caplog.text) == (True, False)


def test_a_long_table_is_ordered_and_made_by_a_worker_once(
    browse, session, mixed, clerk, monkeypatch
):
    monkeypatch.setattr(tables, "AT_ONCE", 2)
    office = browse(clerk)

    direct = office.client.get(reverse("feedback:table_file", args=[session.pk, "xlsx"]))
    page = office("table_order", session.pk, post={"kind": "xlsx", "by": "area"})
    order = TableOrder.objects.get()
    waiting = office.client.get(page.url).content.decode()
    sweep_tables()
    make_table(order.pk)
    order.refresh_from_db()
    taken = office.client.get(reverse("feedback:table_taken", args=[order.pk]))

    assert (direct.status_code, page.url) == (302, order.get_absolute_url())
    assert (order.asked["by"], order.state, "Đang lập tệp" in waiting) == ("area", "done", True)
    assert load_workbook(io.BytesIO(body(taken))).active.max_row > 10
    clear_old_tables(timezone.now() + KEPT_FOR)
    assert not TableOrder.objects.exists()


def test_what_is_too_long_for_paper_is_refused_with_a_sentence(session, clerk):
    with pytest.raises(RefusedError, match="tải tệp Excel"):
        tables.order_table(session, Asked(), by=clerk, kind="pdf", rows=tables.PRINTED + 1)


def test_a_shared_consultation_stands_in_the_table_of_every_session(consultation, clerk, agency):
    second = SessionFactory(plan=consultation.session.plan)
    group = grouped(consultation, clerk, 2)
    before = numbers_of(second, Asked()).total.opinions
    consultation.also_for.add(second)

    both = [numbers_of(one, Asked()).total for one in (consultation.session, second)]

    assert (before, [(one.opinions, one.people) for one in both]) == (0, [(2, 2)] * 2)
    assert [row.group for row in trace(second, clerk)] == [group]
    assert set(standing_of_sessions([second.pk, consultation.session_id])) == {
        second.pk, consultation.session_id,
    }  # fmt: skip
    assert "Chuẩn bị" in [
        step.label for step in spine(second, "conference") if step.state == "missing"
    ]
    conference = ConferenceFactory(session=second)
    exchange = ExchangeFactory(conference=conference, group=group)
    assert session_behind("opinion", group.opinions.first().pk, clerk) == second
    assert exchange.group == group
