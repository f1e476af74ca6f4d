import datetime
import io
import re
from contextlib import closing
from html import unescape

import docx
import openpyxl
import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assignments.models import Task
from conclusions.models import ConclusionPoint
from conferences.models import Conference, Exchange
from core.calendar import WorkingCalendar
from dialogue.models import Report, ReportPeriod
from dialogue.reports.asked import Asked
from dialogue.reports.calling import call_for_reports
from dialogue.reports.figures import figures_of, time_to_answer
from dialogue.reports.hanging import findings_of_report
from dialogue.reports.matters import Status, exchanges, opinions
from dialogue.reports.periods import Period, period_with
from dialogue.reports.settings import edit_period
from dialogue.reports.work import tasks
from documents import actions as documents
from documents.models import Document
from feedback.models import Answer, Opinion, Submission
from organisations.models import Membership, Role
from tests.factories.organisations import OrganisationFactory, PartyTermFactory

pytestmark = pytest.mark.usefixtures("_fast_templates")
LINK = re.compile(
    r'<a href="(/bao-cao/so-lieu/[a-z-]+/\?[^"]*)"[^>]*>'
    r'(?:\s*(\d+)|[^<]*</a></th>\s*<td class="number">(\d+))'
)
OFFICE = "dang_uy"
PAGES = ("reports:figures", "reports:board", "reports:compare")


@pytest.fixture
def asked(world):
    """The figures of this year, with every matter in it: in January most are of the year before."""
    today, now = timezone.localdate(), timezone.now()
    Submission.objects.update(received_on=today)
    Conference.objects.filter(pk=world.rows["past"].pk).update(
        starts_at=now, ends_at=now + datetime.timedelta(hours=3), closed_at=now
    )
    office = world.bodies[OFFICE]
    return Asked((office.pk,), today, str(office.pk), Period("year", today.year))


def every_kind_of_matter(world):
    """The matters of the world in many places and standings, by direct change of rows."""
    group = world.rows["group"]
    loose = list(Opinion.objects.filter(state="received").order_by("pk")[:3])
    for row, state, note in zip(
        loose, ("declined", "withdrawn", "forwarded"), ("?", "", ""), strict=True
    ):
        changes = {"resolution": "rejected"} if state == "declined" else {}
        if state == "forwarded":
            changes = {"competence": "province"}
        Opinion.objects.filter(pk=row.pk).update(state=state, resolution_note=note, **changes)
    notice = world.rows["notice"]
    notice.points.get(kind="petition").groups.add(group)
    release(world.rows["answered"], timezone.now())


def numbers_on(text):
    """Every address of a list on a page, with the number that leads there."""
    return {unescape(url): int(one or other) for url, one, other in LINK.findall(text)}


def release(group, at):
    Answer.objects.filter(group=group).update(state="released", released_at=at)
    group.opinions.update(state="answered")


def test_every_figure_opens_the_list_that_makes_it(world):
    every_kind_of_matter(world)
    client = world.client("clerk")
    pages = [client.get(reverse(name)).content.decode() for name in PAGES]
    shown = [numbers_on(text) for text in pages]

    listed = {
        url: client.get(url).content.decode().count("<tr data-row>") for url in set().union(*shown)
    }

    assert [{url: listed[url] for url in numbers} for numbers in shown] == shown
    assert min(map(len, shown)) > 5


def test_sums_agree_across_fields_competence_status_and_source(world, asked):
    every_kind_of_matter(world)
    found = figures_of(asked)
    grids = (found.by_field(), found.by_competence(), found.by_source(), found.by_lead())

    sums = [[sum(one.value for one in line.cells[:-1]) for line in grid.lines] for grid in grids]

    assert sums == [[line.total.value for line in grid.lines] for grid in grids]
    assert [sum(one) for one in sums] == [grid.total.total.value for grid in grids]
    assert {sum(one) for one in sums[:3]} == {sum(one.value for one in found.by_status())}
    assert found.count() == opinions(asked).count() + exchanges(asked).count()
    assert len(found.statuses()) > 7


def test_what_was_first_raised_in_the_hall_counts_under_the_field_it_was_given(world, asked):
    past, now = world.rows["past"], timezone.now()
    words = {"conference": past, "answer": "!", "outcome": "noted", "at": now}

    def counted():
        grid = figures_of(asked).by_field()
        found = {line.label: line.total.value for line in grid.lines}
        return [found.get(name, 0) for name in ("Đất đai", "Chưa xếp lĩnh vực")]

    before = counted()
    Exchange.objects.create(question="Sổ đỏ?", field_id="LAND", **words)
    Exchange.objects.create(question="Việc khác", **words)

    assert [after - was for after, was in zip(counted(), before, strict=True)] == [1, 1]


def test_figures_cost_the_same_however_many_rows(world, asked):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            figures_of(asked)
        return len(queries)

    figures_of(asked)
    first = cost()
    form = world.rows["form"]
    Opinion.objects.bulk_create(
        Opinion(submission=form, position=10 + n, text="x", kind="proposal", field_id="LAND")
        for n in range(30)
    )

    assert cost() == first


def test_a_matter_stands_as_its_opinion_its_hall_and_its_conclusion_do(world, asked):
    notice, group, opinion = world.rows["notice"], world.rows["group"], world.rows["opinion"]
    point = notice.points.get(kind="petition")
    now = timezone.now()

    def status():
        return opinions(asked).get(pk=opinion.pk).status

    found = [status()]
    past = world.rows["past"]
    spoken = Exchange.objects.create(
        conference=past, group=group, question="?", answer="!", outcome="answered", at=now
    )
    found.append(status())
    Exchange.objects.filter(pk=spoken.pk).update(outcome="noted")
    Opinion.objects.filter(pk=opinion.pk).update(state="classified")
    found.append(status())
    Opinion.objects.filter(pk=opinion.pk).update(state="answered")
    found.append(status())
    point.groups.add(group)
    found.append(status())
    for kind in ("not_considered", "answered"):
        ConclusionPoint.objects.filter(pk=point.pk).update(kind=kind)
        found.append(status())

    assert found == [
        Status.WAITING,
        Status.ON_SPOT,
        Status.NOTED,
        Status.WRITTEN,
        Status.PETITION,
        Status.NOT_CONSIDERED,
        Status.ON_SPOT,
    ]


def test_time_to_answer_is_the_median_in_working_days(world):
    group, office = world.rows["answered"], world.bodies[OFFICE]
    monday = datetime.date(2026, 5, 4)
    Submission.objects.filter(opinions__group=group).update(received_on=monday)
    release(group, datetime.datetime(2026, 5, 11, 9, tzinfo=timezone.get_current_timezone()))
    asked = Asked((office.pk,), timezone.localdate(), str(office.pk))

    found = time_to_answer(asked, WorkingCalendar({}, set()))

    assert (found.days, found.answers.value) == (5.0, group.opinions.count())


def test_a_period_that_is_over_is_told_as_it_stood_on_its_last_day(world, asked):
    """Accepted after the day: then it was still open, or late."""
    task = world.rows["task"]
    today = timezone.localdate()
    days = [datetime.timedelta(n) for n in range(10)]
    moment = timezone.now() - days[1]
    Task.objects.filter(pk=task.pk).update(
        state="accepted", resolution="done", reported_at=moment, accepted_at=moment,
        due_on=today - days[5],
    )  # fmt: skip

    def standing(at):
        return tasks(Asked(asked.bodies, today, at=at)).get(pk=task.pk).standing

    assert [standing(today - days[n]) for n in (0, 3, 5)] == ["done_late", "overdue", "open"]
    Task.objects.filter(pk=task.pk).update(due_on=today)
    assert standing(today) == "in_time"


def words_of(table):
    return [[cell.text.strip() for cell in row.cells] for row in table.rows]


def test_a_report_says_the_same_on_its_page_in_pdf_word_and_excel_and_is_issued(world, asked):
    every_kind_of_matter(world)
    clerk, head = world.client("clerk"), world.client("head")
    shown = figures_of(asked).by_field()
    order = {"body": asked.body, "period": asked.period.code}

    page = clerk.post(reverse("reports:draft"), order)
    again = clerk.post(reverse("reports:draft"), {**order})
    report = Report.objects.exclude(pk=world.rows["report"].pk).get()
    pdf = clerk.get(reverse("documents:pdf", args=[report.document_id])).content
    word = clerk.get(reverse("documents:docx", args=[report.document_id])).content
    excel = clerk.get(reverse("reports:sheet", args=[report.pk])).content

    assert page.url == again.url == report.get_absolute_url()
    rows = [
        [line.label, *(str(one.value) for one in line.cells)]
        for line in (*shown.lines, shown.total)
    ]
    sheet = openpyxl.load_workbook(io.BytesIO(excel)).worksheets[0]
    assert [
        [str(cell) for cell in row] for row in sheet.iter_rows(min_row=4, values_only=True)
    ] == rows
    tables = [words_of(table) for table in docx.Document(io.BytesIO(word)).tables]
    assert [table[1:] for table in tables if table[0][0] == "Lĩnh vực"] == [rows]
    with closing(pypdfium2.PdfDocument(pdf)) as file:
        printed = " ".join(" ".join(one.get_textpage().get_text_range().split()) for one in file)
    assert [row for row in rows if " ".join(row) not in printed] == []
    assert f"Tổng số {shown.total.total.value} lượt ý kiến" in printed
    detail = clerk.get(report.get_absolute_url()).content.decode()
    numbers = numbers_on(detail)
    assert {
        url: clerk.get(url).content.decode().count("<tr data-row>") for url in numbers
    } == numbers
    assert (report.document.type_id, report.document.skin.code) == (
        "BC",
        world.rows["paper"].skin.code,
    )
    assert head.post(reverse("reports:draft"), order).status_code == 403


def test_a_draft_is_edited_and_its_sheet_follows_the_paper(world):
    past = world.rows["past"]
    clerk = world.client("clerk")
    clerk.post(reverse("reports:draft_conference", args=[past.pk]))
    report = Report.objects.get(conference=past)
    line = report.document.clauses.get(
        text__startswith="**Tổng số** | ", parent__text__contains="lĩnh vực"
    )
    type(line).objects.filter(pk=line.pk).update(text=line.text.replace("**5**", "**=6**"))

    book = openpyxl.load_workbook(
        io.BytesIO(clerk.get(reverse("reports:sheet", args=[report.pk])).content)
    )

    *_above, last = book.worksheets[0].iter_rows(values_only=True)
    assert last[-1] == "'=6"
    assert report.document.clauses.filter(text__contains="Hội nghị được tổ chức ngày").exists()


def test_the_level_above_counts_its_units_and_reads_no_words(world, asked):
    user = world.users["dangvu"]
    board = world.bodies["ban_dan_van"]
    Membership.objects.filter(user=user).update(organisation=board, role=Role.OVERSEER)
    client = world.client("other")
    text = Opinion.objects.filter(group=world.rows["group"]).first().text

    Conference.objects.filter(pk=world.rows["today"].pk).update(
        organisation=world.bodies["dang_uy_2"]
    )

    page = client.get(f"{reverse('reports:compare')}?body=all").content.decode()
    listed = client.get(f"{reverse('reports:matters')}?body=all").content.decode()

    named = ("Tất cả đơn vị", world.bodies[OFFICE].name, world.bodies["dang_uy_2"].name)
    assert [name for name in named if name not in page] == []
    assert listed.count("<tr data-row>") == figures_of(asked).count()
    assert "Nội dung do Đảng ủy xã giữ" in listed
    assert text[:40] not in listed


def test_another_commune_s_clerk_gets_the_own_figures_whatever_the_address_asks(world):
    body = world.bodies[OFFICE].pk
    page = (
        world.client("stranger").get(f"{reverse('reports:matters')}?body={body}").content.decode()
    )

    assert world.bodies["dang_uy_2"].name in page
    assert page.count("<tr data-row>") == 0


def test_an_office_sets_its_own_periods_and_a_deadline_counts_from_the_closing_day(world):
    clerk = world.client("clerk")
    address = reverse("reports:period", args=["month"])
    told = {"closes_on": 14, "due": "trong thời hạn 02 ngày làm việc kể từ ngày chốt số liệu", "send_to": "Tỉnh ủy; Ban TG&DV", "source": ""}  # fmt: skip

    refused = clerk.post(address, {**told, "due": "ngày 05/8/2026"})
    saved = clerk.post(address, told)
    order = {"body": world.bodies[OFFICE].pk, "period": "2026-t11"}
    clerk.post(reverse("reports:draft"), order)

    report = Report.objects.exclude(pk=world.rows["report"].pk).get()
    assert (refused.status_code, saved.status_code) == (422, 302)
    assert ReportPeriod.objects.get(kind="month", organisation=None).closes_on == 0
    assert (report.first_on, report.last_on) == (
        datetime.date(2026, 10, 15),
        datetime.date(2026, 11, 14),
    )
    assert [one.text for one in report.document.recipients.filter(purpose="report")] == [
        "Tỉnh ủy",
        "Ban TG&DV",
    ]


def test_an_office_that_wants_it_is_asked_once_and_issuing_ends_the_task(world):
    clerk, head = world.users["vanphong"], world.users["bithu"]
    office, today = world.bodies[OFFICE], timezone.localdate()
    rule = ReportPeriod.objects.get(kind="month", organisation=None)
    told = {"closes_on": 0, "due": rule.due, "send_to": "Tỉnh ủy", "source": ""}
    edit_period(rule, by=clerk, organisation=office, is_asked=True, **told)

    asked_for = [call_for_reports(today), call_for_reports(today)]
    task = Task.objects.get(origin_label__startswith="Kỳ báo cáo")
    period = period_with("month", today, {}).before
    world.client("clerk").post(reverse("reports:draft"), {"body": office.pk, "period": period.code})
    report = Report.objects.get(kind="month", last_on=period.last_on)
    documents.submit_document(report.document, by=clerk)
    documents.issue_document(Document.objects.get(pk=report.document_id), by=head, today=today)

    assert asked_for == [1, 0]
    assert (task.owner, task.lead, task.person) == (office, office, clerk)
    assert task.due_on > period.last_on
    assert Task.objects.get(pk=task.pk).state == "accepted"
    assert call_for_reports(today) == 0


def test_an_office_that_ended_is_asked_for_nothing_after_its_last_day(world):
    office, today = world.bodies[OFFICE], timezone.localdate()
    rule = ReportPeriod.objects.get(kind="month", organisation=None)
    told = {"closes_on": 0, "due": rule.due, "send_to": "", "source": ""}
    clerk = world.users["vanphong"]
    edit_period(rule, by=clerk, organisation=office, is_asked=True, **told)
    last = period_with("month", today, {}).before.last_on
    type(office).objects.filter(pk=office.pk).update(valid_to=last - datetime.timedelta(days=1))

    assert call_for_reports(today) == 0
    type(office).objects.filter(pk=office.pk).update(valid_to=last)
    assert call_for_reports(today) == 1


def test_a_clerk_of_two_offices_drafts_for_the_one_whose_figures_are_shown(world):
    clerk, today = world.users["vanphong"], timezone.localdate()
    offices = [membership.organisation for membership in clerk.current_memberships]
    other = OrganisationFactory(unit=offices[0].unit, system="party", name="Văn phòng khác")
    PartyTermFactory(organisation=other)
    Membership.objects.create(user=clerk, organisation=other, role=Role.CLERK)

    for office in (offices[0], other):
        order = {"body": office.pk, "period": period_with("month", today, {}).before.code}
        world.client("clerk").post(reverse("reports:draft"), order)

    drafted = Report.objects.exclude(asked="").order_by("pk").values_list("organisation", "asked")
    assert [(body, f"body={body}&" in asked) for body, asked in drafted] == [
        (offices[0].pk, True),
        (other.pk, True),
    ]


def test_a_check_says_what_is_left_to_write_and_which_sums_no_longer_agree(world):
    world.client("clerk").post(reverse("reports:draft_conference", args=[world.rows["past"].pk]))
    document = Report.objects.get(conference=world.rows["past"]).document
    written = [one.message for one in findings_of_report(document)]
    line = document.clauses.filter(text__startswith="**Tổng số** | ").earliest("pk")
    type(line).objects.filter(pk=line.pk).update(text=line.text.replace("**5**", "**6**"))

    found = [one.message for one in findings_of_report(document)]

    assert written == ["Phần trong ngoặc vuông chưa được viết."] * 2
    assert [message.partition(": ")[2] for message in found[2:]] == [
        "dòng cộng ghi 6, các dòng cộng lại là 5.",
        "tổng số ghi 6, các cột cộng lại là 5.",
    ]
