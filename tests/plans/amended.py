"""What a clerk and a head do to amend a plan, a line each."""

import datetime

from documents import actions as papers
from tests.factories.documents import head_of
from tests.factories.plans import clerk_of

LATER = datetime.date(2026, 6, 1)


def amend(plan, style="points"):
    """Begun, with one word changed that concerns no fact."""
    clerk = clerk_of(plan.document.organisation)
    draft = papers.amend_document(plan.document, by=clerk, today=LATER, style=style)
    closing = draft.clauses.get(kind="closing")
    papers.edit_clause(closing, by=clerk, version=1, text="Kế hoạch này thay đổi một chữ")
    return draft


def issue(document):
    papers.submit_document(document, by=document.created_by)
    papers.issue_document(document, by=head_of(document), today=LATER)
    return document


def clause(document, text):
    return document.clauses.get(text__startswith=text)


def edit(document, text, *, to=None, **fact):
    row = clause(document, text)
    papers.edit_clause(
        row, by=document.created_by, version=row.version, text=to or row.text, fact=fact or None
    )


def duty_fact(document, text, **changed):
    row = clause(document, text).duty
    names = ("part", "stage", "due", "deliverable", "send_to", "via")
    return {name: getattr(row, name) for name in names} | changed
