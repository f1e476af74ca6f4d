"""What happens when a conference is concluded and its notice issued."""

import datetime
from collections.abc import Collection, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assignments.actions import (
    TaskOrder,
    accept_task,
    follow_heirs,
    give_tasks,
    report_task,
    title_of,
)
from assignments.models import Stage, Task
from assignments.rules import may_accept_task, may_report_task
from assignments.states import Resolution, TaskState
from conclusions import rules
from conclusions.documents import (
    ASSESSMENT,
    SECTIONS,
    PointDraft,
    notice_clauses,
    point_of,
    unraised,
)
from conclusions.facts import FIELDS
from conclusions.models import (
    ConclusionNotice,
    ConclusionPoint,
    LeftOut,
    PetitionItem,
    open_matters,
)
from conclusions.models.petitions import ABOVE
from conferences.models import Conference, Exchange
from conferences.queries import unanswered_groups
from conferences.rules import may_conclude
from core.access import require
from core.timephrase import TimePhrase, parse
from core.transitions import record
from documents.actions import RecipientDraft, add_clause, create_document, set_recipients
from documents.models import Clause, ClauseKind, Document
from feedback.queries.leads import mandated_leads
from organisations.models import Organisation, User
from organisations.queries import deadline_phrase

Kind = ConclusionPoint.Kind
LAST = 1000
SENDING = "petition_send"
"""The clock within which what exceeds the own competence goes up."""
NOT_EDITING = gettext_lazy("Chỉ chuyên viên của cơ quan tổ chức sửa, khi thông báo còn là dự thảo.")


@transaction.atomic
def draft_notice(conference: Conference, *, by: User, today: datetime.date) -> ConclusionNotice:
    """Draft the conclusion notice: a point per exchange, and per matter that stays open."""
    Conference.objects.select_for_update(of=("self",)).get(pk=conference.pk)
    conference = Conference.objects.select_related("organisation", "session__plan").get(
        pk=conference.pk
    )
    require(
        may_conclude(by, conference),
        _(
            "Chuyên viên của cơ quan tổ chức soạn thông báo kết luận sau khi hội nghị kết thúc, "
            "và mỗi hội nghị một thông báo."
        ),
    )
    tied = conference.exchanges.select_related("group__lead", "group__field", "field")
    clauses, points = notice_clauses(
        conference,
        list(tied.order_by("id")),
        unanswered_groups(conference),
        overseers=overseers_of(conference.organisation, today),
        leads=mandated_leads(conference.organisation),
    )
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
    notice = _begin(conference, document)
    _address(document, points, by)
    _write_points(notice, points, report_to=conference.organisation.name)
    return notice


def _begin(conference: Conference, document: Document) -> ConclusionNotice:
    """The notice of the conference with this paper; a paper taken back stays behind as a version."""
    notice = ConclusionNotice.objects.filter(conference=conference).first()
    if notice is None:
        return ConclusionNotice.objects.create(document=document, conference=conference)
    revoked, notice.document = notice.document, document
    notice.save(update_fields=["document"])
    version = ConclusionNotice.objects.create(document=revoked, version_of=notice)
    notice.points.update(notice=version)
    notice.left_out.all().delete()
    return notice


def overseers_of(office: Organisation, today: datetime.date) -> dict[str, str]:
    """The bodies of the office's place that urge, watch and inspect, by function."""
    function = Organisation.Function
    wanted = (function.MASS_MOBILISATION, function.FRONT, function.INSPECTION)
    rows = Organisation.objects.current(today).filter(unit=office.unit_id, function__in=wanted)
    return dict(rows.order_by("-pk").values_list("function", "name"))


def _address(document: Document, points: Sequence[PointDraft], by: User) -> None:
    """The agencies the points are given to stand in Nơi nhận, before the archive."""
    leads = {draft.lead.pk: draft.lead for draft in points if draft.lead}
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
            lead=draft.lead,
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
def add_points(notice: ConclusionNotice, *, by: User, keys: Collection[str] | None = None) -> int:
    """Give the draft a point for what has none yet (of `keys` only, if given); how many there were.

    Each stands under the heading of its kind.
    """
    require(rules.may_edit_notice(by, notice), NOT_EDITING)
    chosen = [row for row in open_matters(notice) if keys is None or row.key in keys]
    leads = mandated_leads(notice.document.organisation)
    for matter in chosen:
        draft = point_of(matter.exchange, leads) if matter.exchange else unraised(matter.issue)
        _add_point(notice, draft, by)
    return len(chosen)


def _add_point(notice: ConclusionNotice, draft: PointDraft, by: User) -> None:
    is_given = draft.kind == Kind.ASSIGNED
    clause = add_clause(
        notice.document,
        by=by,
        kind=ClauseKind.CONCLUSION_POINT,
        text=draft.clause.text,
        parent=_section(notice.document, draft.kind, by),
        fact={
            "kind": draft.kind,
            "lead": draft.lead,
            "deliverable": "",
            "report_to": notice.document.organisation.name if is_given else "",
            "reason": "",
            "exchanges": [draft.exchange] if draft.exchange else [],
        },
    )
    if draft.group is not None:
        ConclusionPoint.objects.get(clause=clause).groups.add(draft.group)


@transaction.atomic
def leave_out(
    notice: ConclusionNotice, *, by: User, keys: Collection[str], reason: str
) -> list[LeftOut]:
    """Say why the notice does not conclude on some matters; of two who say so the first stands."""
    require(rules.may_edit_notice(by, notice), NOT_EDITING)
    living = notice.living
    chosen = [row for row in open_matters(notice) if row.key in keys]
    rows = [
        LeftOut(notice=living, exchange=row.exchange, group=row.group, reason=reason, by=by)
        for row in chosen
    ]
    LeftOut.objects.bulk_create(rows, ignore_conflicts=True)
    for row in rows:
        values = {"said": row.words, "reason": reason}
        record(
            notice.document, by=by, note=_("Không kết luận: %(said)s. Lý do: %(reason)s") % values
        )
    return rows


@transaction.atomic
def take_back_in(left: LeftOut, *, by: User) -> None:
    """The matter waits again to be concluded on."""
    require(rules.may_edit_notice(by, left.notice), NOT_EDITING)
    record(
        left.notice.document, by=by, note=_("Đưa lại để kết luận: %(said)s") % {"said": left.words}
    )
    left.delete()


def _section(document: Document, kind: str, by: User) -> Clause:
    """The heading of a kind of points; written after the sections before it if there is none yet."""
    titles = {str(title): at for at, (_kind, title) in enumerate(SECTIONS)} | {str(ASSESSMENT): -1}
    title = str(dict(SECTIONS)[Kind(kind)])
    headings = list(
        Clause.objects.filter(document=document, kind=ClauseKind.HEADING, parent=None).order_by(
            "position"
        )
    )
    for heading in headings:
        if heading.text == title:
            return heading
    before = [row for row in headings if titles.get(row.text, LAST) < titles[title]]
    after = before[-1] if before else (headings[0] if headings else None)
    return add_clause(document, by=by, kind=ClauseKind.HEADING, text=title, after=after)


@transaction.atomic
def save_point(clause: Clause, cleaned: dict[str, Any], by: User) -> None:
    """Store the fact of a conclusion point; to its own matters come those of its exchanges.

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
    own = point.groups.exclude(exchanges__in=point.exchanges.all())
    groups = {group.pk for group in own}
    point.exchanges.set(exchanges)
    point.groups.set(groups | {row.group_id for row in exchanges if row.group_id})


def follow_exchange(exchange: Exchange, was: int | None) -> None:
    """The points on an exchange settle the matter it is about now, not the one it was about."""
    for point in exchange.points.order_by("pk"):
        if was and not point.exchanges.filter(group=was).exists():
            point.groups.remove(was)
        if exchange.group is not None:
            point.groups.add(exchange.group)


def give_follow_up(document: Document, by: User) -> None:
    """Turn every assigned point of an issued notice into exactly one task (idempotent per point).

    Relative deadlines count from the day the notice is issued.
    """
    give_tasks(orders_of(document), by=by)


def orders_of(document: Document) -> list[TaskOrder]:
    """One order for each assigned point, and one for the office to follow each petition."""
    points = list(
        ConclusionPoint.objects.filter(
            Q(kind=Kind.ASSIGNED, lead__isnull=False) | Q(kind=Kind.PETITION),
            notice__document=document,
        )
        .select_related("clause", "lead", "notice")
        .prefetch_related("cooperating")
        .order_by("pk")
    )
    has_petition = any(point.kind == Kind.PETITION for point in points)
    clock = parse(deadline_phrase(SENDING, document.organisation)) if has_petition else None
    return follow_heirs([_order(point, document, clock) for point in points])


def _order(point: ConclusionPoint, document: Document, clock: TimePhrase | None) -> TaskOrder:
    label = _("Thông báo kết luận số %(number)s") % {"number": document.register_code}
    is_petition = point.kind == Kind.PETITION
    sent = (
        PetitionItem.objects.filter(point=point, petition__state__in=ABOVE) if is_petition else None
    )
    reply_by = sent.values_list("petition__reply_by", flat=True).first() if sent else None
    text = point.clause.text
    follow = _("Gửi kiến nghị cấp trên, theo dõi trả lời: %(said)s") % {"said": text}
    return TaskOrder(
        title=title_of(follow if is_petition else text),
        details=text,
        owner=document.organisation,
        lead=document.organisation if is_petition else point.lead or document.organisation,
        cooperating=list(point.cooperating.all()),
        due_phrase=clock if is_petition and not reply_by else point.due,
        due_on=reply_by,
        anchor_on=document.dated_on or timezone.localdate(),
        deliverable=_("Văn bản kiến nghị") if is_petition else point.deliverable,
        send_to=point.report_to,
        stage=Stage.AFTER,
        clause=point.clause,
        origin=point,
        origin_label=label,
        origin_link=point.notice.get_absolute_url(),
    )


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
