import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from feedback import actions, queries
from feedback.models import (
    Opinion,
    Submission,
)
from organisations.models import Role
from tests.factories.feedback import opinion
from tests.feedback.steps import TODAY, grouped

pytestmark = pytest.mark.django_db


def test_search_needs_no_accents_and_filters_stay_in_the_address(browse, consultation, clerk):
    opinion(consultation, "Đường Hoà Bình ngập")
    opinion(consultation, "Thiếu nước sạch")

    found = browse(clerk)("list", query="?q=duong hoa").content.decode()
    none = browse(clerk)("list", query="?state=answered").content.decode()

    assert ("Đường Hoà Bình" in found, "Thiếu nước" in found) == (True, False)
    assert "Không có ý kiến nào khớp" in none


@pytest.mark.parametrize("name", ("list", "groups", "my_entries", "consultations", "matters"))
def test_lists_ask_the_same_number_of_questions_for_one_row_and_thirty(
    browse, consultation, clerk, name
):
    clerk.memberships.create(organisation=consultation.organisation, role=Role.RECEPTION)
    fill(consultation, clerk, 1)
    page = browse(clerk)
    page(name)

    with CaptureQueriesContext(connection) as one:
        page(name)
    fill(consultation, clerk, 10)
    with CaptureQueriesContext(connection) as many:
        page(name)

    assert (len(one), len(one) <= 15) == (len(many), True)


def fill(consultation, clerk, count):
    for _row in range(count):
        grouped(consultation, clerk, 1)
        actions.route_out_opinion(
            opinion(consultation),
            by=clerk,
            kind="civil",
            receiving_body="Tòa",
            reason="",
            today=TODAY,
        )
        Submission.objects.update(entered_by=clerk)


def test_counts_sum_to_the_total(consultation, clerk):
    grouped(consultation, clerk)
    opinion(consultation)
    rows = Opinion.objects.all()

    totals = [
        sum(row.value for row in count(rows))
        for count in (queries.state_counts, queries.field_counts, queries.area_counts)
    ]

    assert totals == [3, 3, 3]
