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
