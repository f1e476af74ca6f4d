import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from feedback import actions, queries
from feedback.models import (
    Opinion,
    Submission,
)
from organisations.models import Role
from tests.factories.feedback import ConsultationFactory, opinion
from tests.feedback.steps import TODAY, grouped

pytestmark = pytest.mark.django_db
LISTS = ("list", "groups", "my_entries", "consultations", "matters")


def test_search_needs_no_accents_and_filters_stay_in_the_address(browse, consultation, clerk):
    opinion(consultation, "Đường Hoà Bình ngập")
    opinion(consultation, "Thiếu nước sạch")

    found = browse(clerk)("list", query="?q=duong hoa").content.decode()
    none = browse(clerk)("list", query="?state=answered").content.decode()

    assert ("Đường Hoà Bình" in found, "Thiếu nước" in found) == (True, False)
    assert "Không có ý kiến nào khớp" in none


def test_lists_ask_the_same_number_of_questions_for_one_row_and_thirty(browse, consultation, clerk):
    clerk.memberships.create(organisation=consultation.organisation, role=Role.RECEPTION)
    fill(consultation, clerk, 1)
    page = browse(clerk)
    one = {name: questions(page, name) for name in LISTS}
    fill(consultation, clerk, 10)
    many = {name: questions(page, name) for name in LISTS}

    assert one == many
    assert {name: count for name, count in many.items() if count > 15} == {}


def questions(page, name):
    page(name)
    with CaptureQueriesContext(connection) as asked:
        page(name)
    return len(asked)


def left(row, clerk):
    actions.route_out_opinion(
        row, by=clerk, kind="civil", receiving_body="Tòa", reason="", today=TODAY
    )


def fill(consultation, clerk, count):
    for _row in range(count):
        grouped(consultation, clerk, 1)
        left(opinion(consultation), clerk)
        Submission.objects.update(entered_by=clerk)


def test_counts_sum_to_the_total_and_each_leads_to_as_many_opinions(browse, consultation, clerk):
    grouped(consultation, clerk)
    home = opinion(consultation)
    Submission.objects.filter(pk=home.submission_id).update(area=consultation.organisation.unit)
    opinion(ConsultationFactory(session=consultation.session), "Đợt khác")
    left(opinion(consultation, "Việc ra ngoài"), clerk)
    rows = Opinion.objects.filter(submission__consultation=consultation)

    counted = [
        count(consultation, rows)
        for count in (queries.state_counts, queries.field_counts, queries.area_counts)
    ]

    assert [sum(row.value for row in found) for found in counted] == [4, 3, 3]
    listed = browse(clerk).client
    for row in (row for found in counted for row in found):
        assert (row.url, listed.get(row.url).context["page"].count) == (row.url, row.value)
