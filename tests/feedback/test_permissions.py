import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from core.files import CheckedFile
from core.timephrase import parse
from feedback import actions, urls
from feedback.actions import forwarding
from feedback.actions.links import make_link
from feedback.actions.tables import order_table
from feedback.actions.voices import ask_about_data
from feedback.models import AnswerTemplate, Field, Question, Release, RetentionRule
from feedback.queries.table import Asked
from feedback.tasks import make_table, work_on_import
from organisations.models import Role
from tests.factories.feedback import opinion
from tests.factories.organisations import OrganisationFactory, member
from tests.feedback.steps import body
from tests.permissions.feedback import WHO_MAY_OPEN, Row

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 5, 8)
PICTURE = CheckedFile("anh.jpg", "jpeg", "image/jpeg", b"picture")


@pytest.fixture
def people(consultation, clerk, officer):
    unit = consultation.organisation.unit
    return Row(
        anonymous=None,
        stranger=member(Role.CLERK),
        other=member(Role.OFFICER, OrganisationFactory(unit=unit)),
        agency=officer,
        overseer=member(Role.OVERSEER, OrganisationFactory(unit=unit)),
        collector=member(Role.COLLECTOR, OrganisationFactory(unit=unit)),
        reception=member(Role.RECEPTION, consultation.organisation),
        clerk=clerk,
    )


def spreadsheet(consultation, clerk):
    """One that was sent in and read, with a row to mend."""
    headings = "Thôn, xóm, tổ dân phố;Nội dung;Lĩnh vực"
    sheet = actions.start_import(
        consultation,
        CheckedFile("a.csv", "csv", "text/csv", f"{headings}\n?;?;?\n".encode()),
        by=clerk, source=consultation.organisation, received_on=TODAY,
    )  # fmt: skip
    work_on_import(sheet.pk)
    return sheet


def on_a_list(consultation, clerk):
    """One line for a body that does not work with this installation."""
    row = opinion(consultation, "Mở quốc lộ")
    actions.classify_opinion(row, by=clerk, kind="proposal", field=row.field, competence="province")
    return forwarding.start_forwarding(
        forwarding.Chosen([row]), by=clerk, organisation=consultation.organisation,
        receiver=None, receiver_name="UBND tỉnh", today=TODAY,
    )  # fmt: skip


def ordered(consultation, clerk):
    """A file of the consolidated table that the clerk ordered, made."""
    order = order_table(consultation.session, Asked(), by=clerk, kind="xlsx", rows=1)
    make_table(order.pk)
    return order


@pytest.fixture
def rows(consultation, clerk, agency):
    """An opinion in a group an agency was asked about, and one that left the dialogue."""
    asked = opinion(consultation, files=[PICTURE])
    routed = opinion(consultation, "Tố cáo", files=[PICTURE])
    matter = actions.route_out_opinion(
        routed, by=clerk, kind="civil", receiving_body="Tòa án", reason="", today=TODAY
    )
    actions.classify_opinion(
        asked, by=clerk, kind="proposal", field=Field.objects.get(pk="LAND"), competence="commune"
    )
    group = actions.create_group(
        [asked], by=clerk, title="Đường", field=asked.field, competence="commune"
    )
    due = parse("trước ngày 20/5/2026")
    request = actions.ask_agency(group, by=clerk, lead=agency, due=due, today=TODAY)
    link = make_link(request, by=clerk, expires_at=timezone.now() + datetime.timedelta(days=1))
    question = Question.objects.create(consultation=consultation, label="Có?", kind="text")
    return {
        "opinion": asked, "group": group, "matter": matter, "consultation": consultation, "question": question,
        "table": ordered(consultation, clerk),
        "asked": ask_about_data(asked.submission, kind="access", note="", today=TODAY),
        "request": request, "link": link, "release": Release.objects.create(consultation=consultation, by=clerk),
        "template": AnswerTemplate.objects.create(organisation=agency, title="Mẫu", text="?"),
        "import": spreadsheet(consultation, clerk), "forwarding": on_a_list(consultation, clerk),
    }  # fmt: skip


PLAIN = {
    "public_list",
    "track",
    "track_data",
    "track_file",
    "data",
    "list",
    "consultations",
    "groups",
    "my_entries",
    "matters",
    "answer_templates",
    "answer_template_create",
    "filter_save",
    "desk",
    "bulk",
    "forwardings",
}
OF_CONSULTATION = {
    "questions",
    "preview",
    "answers",
    "behalf_create",
    "grid",
    "import_create",
    "import_template",
    "slip",
    "paper_create",
    "sheet_create",
    "release",
}
OF_IMPORT = {"import_sheet", "import_rest", "import_accept", "import_drop"}
OF_GROUP = {
    "group",
    "ask",
    "answer",
    "answer_submit",
    "answer_approve",
    "answer_send_back",
    "answer_return",
    "answer_accept",
}
OF_REQUEST = {"request", "request_change", "request_withdraw", "part", "remark", "link_create"}
OF_RELEASE = {"release_list", "release_print"}
OF_TEMPLATE = {"answer_template_edit", "answer_template_remove"}
OF_FORWARDING = {"forwarding", "forwarding_take", "forwarding_return", "forwarding_cancel"}
OF_LINE = {"line_edit", "line_drop", "line_answer"}
OF_SESSION = {"table", "table_list", "table_order", "dossier"}
OF_MATTER = {"matter", "hand_over"}


def address(name, rows):
    consultation, row, matter = rows["consultation"], rows["opinion"], rows["matter"]
    short = name.removeprefix("feedback:")
    kinds = (
        ("consultation", OF_CONSULTATION),
        ("group", OF_GROUP),
        ("matter", OF_MATTER),
        ("import", OF_IMPORT),
        ("request", OF_REQUEST),
        ("release", OF_RELEASE),
        ("template", OF_TEMPLATE),
        ("forwarding", OF_FORWARDING),
    )
    owner = next((kind for kind, names in kinds if short in names), "opinion")
    owner = (
        "consultation" if short.startswith("consultation_") or short == "consultation" else owner
    )
    special = {
        "public_form": [consultation.slug],
        "consultation_create": [consultation.session_id],
        "group_create": [],
        "email_confirm": ["no-proof"],
        "link": ["no-token"],
        **dict.fromkeys(("link_show", "link_look", "link_revoke"), [rows["link"].pk]),
        "release_told": [rows["release"].pk, row.submission_id],
        "question_edit": [consultation.pk, rows["question"].pk],
        "question_remove": [consultation.pk, rows["question"].pk],
        **dict.fromkeys(("sender", "sender_file"), [row.submission_id]),
        **dict.fromkeys(("data_settle", "data_refuse"), [rows["asked"].pk]),
        "retention_edit": [RetentionRule.objects.earliest("pk").pk],
        "watch_words": [consultation.organisation_id],
        "habits": [consultation.organisation_id],
        "forwarding_create": [consultation.organisation_id],
        **{name: [rows["forwarding"].pk, rows["forwarding"].items.get().pk] for name in OF_LINE},
        "file": [row.pk, row.submission.files.get().pk],
        "table_file": [consultation.session_id, "xlsx"],
        "dossier_taken": [consultation.session_id, "docx"],
        "matter_file": [matter.pk, matter.opinion.submission.files.get().pk],
    }
    special |= {page: [consultation.session_id] for page in OF_SESSION}
    special |= {page: [rows["table"].pk] for page in ("table_ordered", "table_taken")}
    args = [] if short in PLAIN else special.get(short, [rows[owner].pk])
    query = f"?opinion={row.pk}" if short == "group_create" else ""
    return reverse(name, args=args) + query


def test_every_page_answers_every_role_as_the_table_says(browse, people, rows):
    found = {}
    for name in WHO_MAY_OPEN:
        answers = []
        for person in people:
            response = browse(person).client.get(address(name, rows))
            answers.append(response.status_code)
            body(response)
        found[name] = Row(*answers)

    assert {name: row for name, row in found.items() if row != WHO_MAY_OPEN[name]} == {}


def test_every_route_is_in_the_table():
    assert {f"feedback:{route.name}" for route in urls.urlpatterns} == set(WHO_MAY_OPEN)
