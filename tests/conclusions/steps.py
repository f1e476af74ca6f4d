"""What a clerk and a head do with a notice, a line each."""

import datetime

from documents.actions import edit_clause, issue_document, submit_document
from tests.factories.documents import head_of

DAY = datetime.date(2026, 5, 12)


def assigned(notice):
    return notice.points.select_related("clause").get(kind="assigned")


def give(notice, clerk, **fact):
    point = assigned(notice)
    known = {"kind": "assigned", "lead": None, "due": None, "exchanges": point.exchanges.all()}
    edit_clause(
        point.clause,
        by=clerk,
        version=point.clause.version,
        text=point.clause.text,
        fact={**known, "deliverable": "", "report_to": "", "reason": "", **fact},
    )


def issue(notice, clerk):
    submit_document(notice.document, by=clerk)
    notice.document.refresh_from_db()
    issue_document(notice.document, by=head_of(notice.document), today=DAY)
