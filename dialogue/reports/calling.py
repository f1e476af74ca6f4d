"""Asking offices for their reports: a task for each period that has closed, ended by issuing."""

import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from assignments.actions import TaskOrder, accept_task, give_tasks, report_task
from assignments.models import Task
from assignments.queries import people_of
from assignments.rules import may_accept_task, may_report_task
from assignments.states import Resolution, TaskState
from core.calendar import WorkingCalendar
from dialogue.models import Report, ReportCall, ReportPeriod
from dialogue.reports.periods import Owed, owed_on
from documents.models import Document
from documents.states import DocumentState
from organisations.models import Organisation, Role, User

CALLED_FOR = datetime.timedelta(days=31)
"""A period that closed longer ago is not called for any more: nobody is asked for the past."""


@transaction.atomic
def call_for_reports(today: datetime.date) -> int:
    """Give each office that wants it a task for every period that has closed; once, however often run."""
    rules = ReportPeriod.objects.filter(is_asked=True, organisation__isnull=False)
    calendar = WorkingCalendar.load()
    found: list[tuple[Organisation, Owed]] = []
    for rule in rules.select_related("organisation").order_by("pk"):
        office = rule.organisation
        assert office is not None
        inclusive = office.is_before_inclusive
        owed = owed_on(today, {rule.kind: rule}, calendar, is_before_inclusive=inclusive)
        # A body that has ended owes the period that closed on its last day, and none after it.
        oldest, last = today - CALLED_FOR, office.valid_to or today
        found += [(office, one) for one in owed if oldest <= one.period.last_on <= last]
    return _call(found, today)


def _call(found: list[tuple[Organisation, Owed]], today: datetime.date) -> int:
    """One task for each that is neither called for nor issued yet."""
    wanted = {
        (office.pk, one.period.kind, one.period.last_on): (office, one) for office, one in found
    }
    bodies = {office.pk for office, _one in found}
    known = set(_keys(ReportCall.objects.filter(organisation__in=bodies)))
    issued = Report.objects.filter(organisation__in=bodies, document__state=DocumentState.ISSUED)
    left = {key: pair for key, pair in wanted.items() if key not in known | set(_keys(issued))}
    calls = ReportCall.objects.bulk_create(
        ReportCall(organisation_id=body, kind=kind, last_on=last_on) for body, kind, last_on in left
    )
    clerks = people_of(bodies, today, Role.CLERK)
    orders = [
        _order(call, office, one, clerks.get(office.pk, []))
        for call, (office, one) in zip(calls, left.values(), strict=True)
    ]
    give_tasks(orders, by=None, today=today)
    return len(orders)


def _keys(rows: "QuerySet[Any]") -> "list[tuple[int, str, datetime.date]]":
    return list(rows.values_list("organisation", "kind", "last_on"))


def _order(call: ReportCall, office: Organisation, owed: Owed, clerks: list[User]) -> TaskOrder:
    return TaskOrder(
        title=_("Gửi báo cáo kết quả đối thoại %(period)s") % {"period": owed.period.name},
        owner=office,
        lead=office,
        person=clerks[0] if clerks else None,
        due_on=owed.due_on,
        deliverable=_("Báo cáo"),
        send_to=owed.send_to[:200],
        origin=call,
        origin_label=_("Kỳ báo cáo của %(office)s") % {"office": office.short_name},
        origin_link=reverse("reports:list"),
    )


def end_call(document: Document, by: User) -> None:
    """Issuing a report ends the task that called for it, in the name of who drafted and who signed."""
    report = Report.objects.filter(document=document, conference=None).first()
    if report is None or report.last_on is None:
        return
    calls = ReportCall.objects.filter(
        organisation=report.organisation_id, kind=report.kind, last_on=report.last_on
    )
    kind = ContentType.objects.get_for_model(ReportCall)
    task = Task.objects.filter(
        origin_type=kind, origin_id__in=calls.values("pk"), state=TaskState.OPEN
    ).first()
    people = [one for one in (document.created_by, by) if task and may_report_task(one, task)]
    if task is None or not people:
        return
    report_task(
        task,
        by=people[0],
        result=_("Đã ban hành báo cáo số %(number)s.") % {"number": document.register_code},
        resolution=Resolution.DONE,
        no_evidence_reason=_("văn bản đã ban hành nằm trong phần mềm."),
    )
    if may_accept_task(by, task):
        accept_task(task, by=by)
