"""Drafting reports: from the figures to an official paper that is edited and issued as any other."""

import datetime
from dataclasses import asdict, replace

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from assignments.models import Progress
from conferences.models import Conference
from core.access import require
from core.calendar import WorkingCalendar
from dialogue.models import Report, ReportPeriod
from dialogue.reports import rules, work
from dialogue.reports.asked import Asked
from dialogue.reports.figures import Figures, figures_of, time_to_answer
from dialogue.reports.periods import Period
from dialogue.reports.wording import Material, abstract_of, report_clauses
from documents.actions import RecipientDraft, create_document
from documents.models import Recipient
from documents.states import DocumentState
from organisations.models import Organisation, User

Kind = Progress.Kind


@transaction.atomic
def draft_report(
    organisation: Organisation, *, by: User, asked: Asked, today: datetime.date
) -> Report:
    """Draft the periodic report of what was asked for; one that is not revoked is found again."""
    require(rules.may_draft_report(by, organisation), rules.NOT_DRAFTING)
    period = asked.period
    assert period is not None
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    known = _standing(organisation).filter(kind=period.kind, last_on=period.last_on).first()
    if known:
        return known
    asked = replace(asked, at=asked.as_of)
    material = _material(
        organisation,
        asked,
        before=figures_of(asked.of_period(period.before)),
        year_before=_unless_the_same(asked, period),
    )
    return _write(organisation, material, by=by, today=today)


@transaction.atomic
def draft_conference_report(
    conference: Conference, *, by: User, asked: Asked, today: datetime.date
) -> Report:
    """Draft the report of one conference; one that is not revoked is found again."""
    require(rules.may_report_conference(by, conference), rules.NOT_CLOSED)
    Conference.objects.select_for_update(of=("self",)).get(pk=conference.pk)
    known = _standing(conference.organisation).filter(conference=conference).first()
    if known:
        return known
    asked = replace(asked, at=asked.as_of, conference=conference.pk, period=None)
    material = _material(conference.organisation, asked, conference=conference)
    return _write(conference.organisation, material, by=by, today=today)


def _standing(organisation: Organisation) -> "QuerySet[Report]":
    rows = Report.objects.filter(organisation=organisation)
    return rows.exclude(document__state=DocumentState.REVOKED)


def _unless_the_same(asked: Asked, period: Period) -> Figures | None:
    """The year before, where that is not the period before anyway."""
    if period.year_before == period.before:
        return None
    return figures_of(asked.of_period(period.year_before))


def _material(
    organisation: Organisation,
    asked: Asked,
    *,
    before: Figures | None = None,
    year_before: Figures | None = None,
    conference: Conference | None = None,
) -> Material:
    notes = Progress.objects.filter(task__in=work.tasks(asked), at__date__lte=asked.as_of)
    if asked.period:
        notes = notes.filter(at__date__gte=asked.period.first_on)
    seen = notes.aggregate(
        seen=Count("pk", filter=Q(kind=Kind.COMMENT)),
        contested=Count("pk", filter=Q(kind=Kind.CONTEST)),
    )
    return Material(
        figures=figures_of(asked),
        waiting=time_to_answer(asked, WorkingCalendar.load()),
        organisation=organisation.name,
        before=before,
        year_before=year_before,
        conference=conference,
        **seen,
    )


def _write(
    organisation: Organisation, material: Material, *, by: User, today: datetime.date
) -> Report:
    figures, conference, period = material.figures, material.conference, material.period
    document = create_document(
        by=by,
        today=today,
        organisation=organisation,
        type_code="BC",
        abstract=abstract_of(material),
        clauses=report_clauses(material),
        recipients=_recipients(organisation, period),
        relates_to=conference.session.plan.document if conference else None,
    )
    return Report.objects.create(
        document=document,
        organisation=organisation,
        conference=conference,
        kind=period.kind if period else "",
        first_on=period.first_on if period else None,
        last_on=period.last_on if period else None,
        as_of=figures.asked.as_of,
        asked=figures.asked.query,
        figures={
            "key": [asdict(one) for one in figures.key_figures()],
            "statuses": [asdict(one) for one in figures.by_status()],
        },
        drafted_by=by,
    )


def _recipients(organisation: Organisation, period: Period | None) -> list[RecipientDraft]:
    """Whom the office's rule names, to report to; then the archive."""
    rows = ReportPeriod.objects.filter(Q(organisation=organisation) | Q(organisation=None))
    rule = rows.filter(kind=period.kind).order_by("organisation").first() if period else None
    named = [part.strip() for part in (rule.send_to if rule else "").split(";")]
    archive = organisation.archive_line or _("Lưu: %(office)s") % {"office": "VT"}
    return [
        *(RecipientDraft(name, Recipient.Purpose.REPORT) for name in named if name),
        RecipientDraft(archive, Recipient.Purpose.ARCHIVE),
    ]
