"""What happens when a conference is concluded and its notice issued."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments.actions import (
    TaskOrder,
    accept_task,
    give_tasks,
    report_task,
)
from assignments.models import Stage, Task
from assignments.rules import may_accept_task, may_report_task
from assignments.states import Resolution, TaskState
from conclusions import rules
from conclusions.documents import SECTIONS, PointDraft, notice_clauses, point_of
from conclusions.facts import FIELDS
from conclusions.models import ConclusionNotice, ConclusionPoint, unsettled_exchanges
from conferences.models import Conference
from conferences.queries import unanswered_groups
from core.access import require
from core.text import clean_line
from documents.actions import RecipientDraft, add_clause, create_document, set_recipients
from documents.models import Clause, ClauseKind, Document
from organisations.models import User

Kind = ConclusionPoint.Kind
TITLE_LENGTH = 300


@transaction.atomic
def draft_notice(conference: Conference, *, by: User, today: datetime.date) -> ConclusionNotice:
    """Draft the conclusion notice: a point per exchange, and per matter that stays open."""
    Conference.objects.select_for_update(of=("self",)).get(pk=conference.pk)
    conference = Conference.objects.select_related("organisation", "session__plan").get(
        pk=conference.pk
    )
    require(
        rules.may_draft_notice(by, conference),
        _(
            "Chuyên viên của cơ quan tổ chức soạn thông báo kết luận sau khi hội nghị kết thúc, "
            "và mỗi hội nghị một thông báo."
        ),
    )
    exchanges = list(conference.exchanges.select_related("group__lead").order_by("id"))
    clauses, points = notice_clauses(conference, exchanges, unanswered_groups(conference))
    document = create_document(
        by=by,
        today=today,
        organisation=conference.organisation,
        type_code="TB",
        abstract=_("kết luận tại %(title)s")
        % {"title": conference.title[:1].lower() + conference.title[1:]},
        clauses=clauses,
        relates_to=conference.session.plan.document,
    )
    notice = ConclusionNotice.objects.create(document=document, conference=conference)
    _address(document, points, by)
    _write_points(notice, points, report_to=conference.organisation.name)
    return notice


def _address(document: Document, points: Sequence[PointDraft], by: User) -> None:
    """The agencies the points are given to stand in Nơi nhận, before the archive."""
    leads = {
        draft.group.lead.pk: draft.group.lead
        for draft in points
        if draft.kind == Kind.ASSIGNED and draft.group and draft.group.lead
    }
    kept = document.recipients.select_related("organisation").order_by("position")
    set_recipients(
        document,
        by=by,
        recipients=[
            *(RecipientDraft(lead.name, organisation=lead) for lead in leads.values()),
            *(RecipientDraft(row.text, row.purpose, row.organisation) for row in kept),
        ],
    )


def _write_points(
    notice: ConclusionNotice, drafts: Sequence[PointDraft], *, report_to: str
) -> None:
    """The facts of drafted points and what they settle; three statements, however many."""
    points = ConclusionPoint.objects.bulk_create(
        ConclusionPoint(
            clause=draft.clause.clause,
            notice=notice,
            kind=draft.kind,
            lead=draft.group.lead if draft.group and draft.kind == Kind.ASSIGNED else None,
            report_to=report_to if draft.kind == Kind.ASSIGNED else "",
        )
        for draft in drafts
    )
    pairs = list(zip(points, drafts, strict=True))
    settles, about = ConclusionPoint.exchanges.through, ConclusionPoint.groups.through
    settles._base_manager.bulk_create(
        settles(conclusionpoint=point, exchange=draft.exchange)
        for point, draft in pairs
        if draft.exchange
    )
    about._base_manager.bulk_create(
        about(conclusionpoint=point, issuegroup=draft.group)
        for point, draft in pairs
        if draft.group
    )


@transaction.atomic
def add_points(notice: ConclusionNotice, *, by: User) -> int:
    """Give the draft a point for everything left open that has none yet; how many there were.

    For what was recorded after the notice was drafted; each stands under the heading of its kind.
    """
    require(
        rules.may_edit_notice(by, notice),
        _("Chỉ chuyên viên của cơ quan tổ chức thêm điểm, khi thông báo còn là dự thảo."),
    )
    left = list(unsettled_exchanges(notice).select_related("group__lead"))
    for exchange in left:
        draft = point_of(exchange)
        group = exchange.group
        add_clause(
            notice.document,
            by=by,
            kind=ClauseKind.CONCLUSION_POINT,
            text=draft.clause.text,
            parent=_section(notice.document, draft.kind, by),
            fact={
                "kind": draft.kind,
                "lead": group.lead if group and draft.kind == Kind.ASSIGNED else None,
                "deliverable": "",
                "report_to": "",
                "reason": "",
                "exchanges": [exchange],
            },
        )
    return len(left)


def _section(document: Document, kind: str, by: User) -> Clause:
    """The heading of a kind of points; written before the last heading if there is none yet."""
    title = str(dict(SECTIONS)[Kind(kind)])
    headings = Clause.objects.filter(document=document, kind=ClauseKind.HEADING, parent=None)
    found = headings.filter(text=title).first()
    if found:
        return found
    before = list(headings.order_by("-position")[1:2])
    after = before[0] if before else None
    return add_clause(document, by=by, kind=ClauseKind.HEADING, text=title, after=after)


@transaction.atomic
def save_point(clause: Clause, cleaned: dict[str, Any], by: User) -> None:
    """Store the fact of a conclusion point; its issue groups are those of its exchanges.

    Called by the editor of documents, which has checked that `by` may edit the clause.
    """
    notice = ConclusionNotice.objects.filter(document=clause.document_id).first()
    if notice is None:
        return
    point, _created = ConclusionPoint.objects.update_or_create(
        clause=clause,
        defaults={"notice": notice, **{name: cleaned.get(name) for name in FIELDS}},
    )
    point.cooperating.set(cleaned.get("cooperating") or [])
    exchanges = list(cleaned.get("exchanges") or [])
    point.exchanges.set(exchanges)
    point.groups.set({exchange.group_id for exchange in exchanges if exchange.group_id})


def give_follow_up(document: Document, by: User) -> None:
    """Turn every assigned point of an issued notice into exactly one task (idempotent per point).

    Relative deadlines count from the day the notice is issued.
    """
    give_tasks(orders_of(document), by=by)


def orders_of(document: Document) -> list[TaskOrder]:
    """One order for each assigned point of a notice."""
    points = ConclusionPoint.objects.filter(
        notice__document=document, kind=Kind.ASSIGNED, lead__isnull=False
    ).select_related("clause", "lead", "notice")
    return [
        TaskOrder(
            title=_title(point.clause.text),
            details=point.clause.text,
            owner=document.organisation,
            lead=point.lead,
            cooperating=list(point.cooperating.all()),
            due_phrase=point.due,
            anchor_on=document.dated_on or timezone.localdate(),
            deliverable=point.deliverable,
            send_to=point.report_to,
            stage=Stage.AFTER,
            clause=point.clause,
            origin=point,
            origin_label=_("Thông báo kết luận số %(number)s") % {"number": document.register_code},
            origin_link=point.notice.get_absolute_url(),
        )
        for point in points.prefetch_related("cooperating")
        if point.lead is not None
    ]


def follow_notice(document: Document, by: User) -> None:
    """What issuing a notice sets going: its tasks begin, the task to issue it ends."""
    notice = ConclusionNotice.objects.filter(document=document).first()
    if notice is None:
        return
    give_follow_up(document, by)
    if document.amends_id is None:
        _end_clock(notice, by)


def _end_clock(notice: ConclusionNotice, by: User) -> None:
    """The clerk who drafted the notice has done the conference's clock, its issuer accepts that."""
    kind = ContentType.objects.get_for_model(Conference)
    clock = Task.objects.filter(
        origin_type=kind, origin_id=notice.conference_id, state=TaskState.OPEN
    ).first()
    clerk = notice.document.created_by
    if clock is None or not may_report_task(clerk, clock):
        return
    report_task(
        clock,
        by=clerk,
        result=_("Đã ban hành thông báo kết luận số %(number)s.")
        % {"number": notice.document.register_code},
        resolution=Resolution.DONE,
        no_evidence_reason=_("văn bản đã ban hành nằm trong phần mềm."),
    )
    if may_accept_task(by, clock):
        accept_task(clock, by=by)


def _title(text: str) -> str:
    line = clean_line(text.split("\n")[0])
    return line if len(line) <= TITLE_LENGTH else line[: TITLE_LENGTH - 1] + "…"
