"""Which reports an office owes: of each kind the newest period that closed, until one is issued."""

import datetime
from dataclasses import dataclass

from core.calendar import WorkingCalendar
from dialogue.models import Report
from dialogue.reports import rules
from dialogue.reports.asked import Asked
from dialogue.reports.periods import Owed, owed_on, rules_of
from dialogue.reports.settings import office_of
from documents.states import DocumentState
from organisations.models import User

SHOWN_LATE = datetime.timedelta(days=45)
"""How long a report that was never drafted here is still asked for."""


@dataclass(frozen=True)
class OwedReport:
    """A report that is to be sent: its period, its last good day, the draft if there is one."""

    owed: Owed
    body: int
    report: Report | None
    may_draft: bool

    @property
    def query(self) -> str:
        """The address of its figures."""
        return Asked((), self.owed.period.last_on, str(self.body), self.owed.period).query


def owed_by(user: User, today: datetime.date) -> list[OwedReport]:
    """What the person's office still has to send, the nearest day first; three queries."""
    office = office_of(user)
    if office is None:
        return []
    owed = owed_on(
        today,
        rules_of(office),
        WorkingCalendar.load(),
        is_before_inclusive=office.is_before_inclusive,
    )
    rows = Report.objects.filter(organisation=office).exclude(document__state=DocumentState.REVOKED)
    may_draft = rules.may_draft_report(user, office)
    known = {(row.kind, row.last_on): row for row in rows.select_related("document")}
    found = [
        OwedReport(one, office.pk, known.get((one.period.kind, one.period.last_on)), may_draft)
        for one in owed
    ]
    left = [
        one
        for one in found
        if (one.report is None or not one.report.document.issued_at)
        and (one.owed.due_on is None or one.owed.due_on >= today - SHOWN_LATE)
    ]
    return sorted(left, key=lambda one: one.owed.due_on or one.owed.period.last_on)
