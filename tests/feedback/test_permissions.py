import datetime

import pytest
from django.urls import reverse

from core.files import CheckedFile
from core.timephrase import parse
from feedback import actions, urls
from feedback.models import Field, Question
from feedback.tasks import work_on_import
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
    actions.ask_agency(group, by=clerk, lead=agency, due=parse("trước ngày 20/5/2026"), today=TODAY)
    question = Question.objects.create(consultation=consultation, label="Có?", kind="text")
    return {
        "opinion": asked, "group": group, "matter": matter, "consultation": consultation, "question": question,
        "import": spreadsheet(consultation, clerk),
    }  # fmt: skip


PLAIN = {
    "public_list",
    "track",
    "track_data",
    "list",
    "consultations",
    "groups",
    "my_entries",
    "matters",
    "filter_save",
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
OF_GROUP = {"group", "ask", "answer", "answer_submit", "answer_return", "answer_accept"}
OF_MATTER = {"matter", "hand_over"}


def address(name, rows):
    consultation, row, matter = rows["consultation"], rows["opinion"], rows["matter"]
    short = name.removeprefix("feedback:")
    kinds = (
        ("consultation", OF_CONSULTATION),
        ("group", OF_GROUP),
        ("matter", OF_MATTER),
        ("import", OF_IMPORT),
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
        "question_edit": [consultation.pk, rows["question"].pk],
        "question_remove": [consultation.pk, rows["question"].pk],
        "watch_words": [consultation.organisation_id],
        "file": [row.pk, row.submission.files.get().pk],
        "matter_file": [matter.pk, matter.opinion.submission.files.get().pk],
    }
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
