"""The pages on which documents are submitted, returned, issued and revoked."""

import re

import pytest

from documents.facts import Fact
from documents.models import ClauseKind, Document
from documents.states import DocumentState
from organisations.models import Role
from tests.documents.pages import header_values, url
from tests.factories.documents import (
    head_of,
    submitted_document,
)
from tests.factories.organisations import member
from tests.factories.plans import draft_plan, issued_plan
from tests.forms import once


def test_the_whole_path_over_http(document, clerk, head, browse):
    desk, office = browse(head), browse(clerk)

    office.post(url("submit", document), once())
    desk.post(url("return_", document), once(reason="Thiếu nơi nhận"))
    assert "Thiếu nơi nhận" in office.get(url("edit", document)).content.decode()
    office.post(url("submit", document), once())
    answer = desk.post(url("issue", document), once())

    document.refresh_from_db()
    assert answer.url == url("detail", document)
    assert (document.state, document.number) == (DocumentState.ISSUED, 1)


def test_issue_page_says_what_will_happen(db, browse, own_fact):
    own_fact(ClauseKind.TOPIC, Fact(consequence=lambda _document: "giao 14 nhiệm vụ"))
    document = submitted_document()

    shown = browse(head_of(document)).get(url("issue", document)).content.decode()

    assert "Ban hành và giao 14 nhiệm vụ" in " ".join(shown.split())


def test_what_is_done_to_a_plan_s_paper_stands_under_the_plan(db, browse):
    plan = issued_plan()
    other = draft_plan(plan.document.organisation)
    Document.objects.filter(pk=other.document.pk).update(state=DocumentState.SUBMITTED)
    desk, office = browse(head_of(plan.document)), browse(plan.document.created_by)

    def path(client, page, row):
        shown = client.get(url(page, row.document)).content.decode().partition('"breadcrumb"')[2]
        return re.findall('href="(.+?)"', shown.partition("</nav>")[0])

    for where in ((desk, "return_", other), (desk, "revoke", plan), (office, "amend", plan)):
        row = where[-1]
        assert path(*where) == [row.get_absolute_url(), url("detail", row.document)]


def test_double_click_on_issue_issues_once(db, browse):
    document = submitted_document()
    desk, values = browse(head_of(document)), once()

    first, second = (desk.post(url("issue", document), values) for _click in range(2))

    assert (first.url, second.url) == (url("detail", document), url("detail", document))


@pytest.mark.parametrize("name", ("issue", "return_"))
def test_clerk_is_told_why_not(db, browse, name):
    document = submitted_document()

    answer = browse(document.created_by).get(url(name, document))

    assert answer.status_code == 403
    assert "Chỉ lãnh đạo của cơ quan ban hành" in answer.content.decode()


def test_a_second_head_is_told_that_it_is_done(paper_in_force, browse):
    answer = browse(head_of(paper_in_force)).post(url("issue", paper_in_force), once())

    assert answer.status_code == 409


def test_return_without_a_reason_keeps_the_page(db, browse):
    document = submitted_document()

    answer = browse(head_of(document)).post(url("return_", document), once(reason=" "))

    assert answer.status_code == 200
    assert "reason" in answer.context["form"].errors


def test_no_page_edits_an_issued_document(paper_in_force, browse):
    clause = paper_in_force.clauses.get(kind=ClauseKind.CLOSING)
    page = browse(paper_in_force.created_by)

    answers = [
        page.post(url("clause_edit", paper_in_force, clause.pk), {"version": 1, "text": "x"}),
        page.post(url("clause_move", paper_in_force, clause.pk), {"direction": "up"}),
        page.post(url("clause_remove", paper_in_force, clause.pk)),
        page.post(f"{url('clause_add', paper_in_force)}?kind=text", once(text="x")),
        page.post(url("header", paper_in_force), header_values(paper_in_force)),
        page.get(url("edit", paper_in_force)),
    ]

    assert [answer.status_code for answer in answers] == [403] * 6
    clause.refresh_from_db()
    assert clause.text == "Trên đây là Kế hoạch đối thoại"


def test_officers_of_other_bodies_read_issued_plans(paper_in_force, browse):
    officer = member(Role.OFFICER)

    assert browse(officer).get(url("detail", paper_in_force)).status_code == 200
    assert browse(officer).get(url("edit", paper_in_force)).status_code == 403
