"""What a conclusion point says in one line, what keeps the notice back, what issuing will give."""

from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments.models import Task
from assignments.states import TaskState
from conclusions.models import ConclusionNotice, ConclusionPoint, open_matters
from core.text import fold
from documents.facts import Finding, Owner
from documents.models import Clause, Document

if TYPE_CHECKING:
    from django.db.models import QuerySet

Kind = ConclusionPoint.Kind
FIELDS = ("kind", "lead", "due", "deliverable", "report_to", "reason")


def point_initial(clause: Clause) -> dict[str, Any]:
    """The stored point as its form shows it."""
    point = ConclusionPoint.objects.filter(clause=clause).select_related("lead").first()
    if point is None:
        return {}
    return {
        **{name: getattr(point, name) for name in FIELDS},
        "cooperating": list(point.cooperating.all()),
        "exchanges": list(point.exchanges.all()),
    }


def point_summary(clauses: list[Clause]) -> dict[int, str]:
    """How it was concluded, who leads, until when."""
    points = ConclusionPoint.objects.filter(clause__in=clauses).select_related("lead")
    return {point.clause_id: _summary(point) for point in points}


def _summary(point: ConclusionPoint) -> str:
    parts = [point.get_kind_display()]
    if point.kind == Kind.ASSIGNED:
        parts.append(point.lead.short_name if point.lead else _("chưa có cơ quan chủ trì"))
        parts.append(point.due.literal if point.due else _("chưa có thời hạn"))
    return " · ".join(str(part) for part in parts)


def point_findings(document: Document) -> list[Finding]:
    """What keeps a notice back: points that lack something, matters nobody has dealt with."""
    if document.type_id != "TB":
        return []
    notices = ConclusionNotice.objects.select_related("conference")
    notice = notices.filter(document=document).first()
    if notice is None:
        return []
    without_fact = Clause.objects.filter(
        document=document, kind="conclusion_point", conclusion_point=None
    )
    found = [
        Finding("error", _("Điểm kết luận chưa ghi cách giải quyết."), clause.pk)
        for clause in without_fact
    ]
    for point in notice.points.select_related("clause"):
        found += _gaps(point)
    found += _missing_recipients(notice)
    left = _(
        "Chưa kết luận: %(said)s. Hãy đưa vào một điểm, hoặc ghi lý do không kết luận ở trang của "
        "thông báo."
    )
    return [
        *found,
        *(
            Finding("error", left % {"said": matter.words}, is_holding=True)
            for matter in open_matters(notice)
        ),
    ]


def _missing_recipients(notice: ConclusionNotice) -> list[Finding]:
    """Agencies that get work from a notice they are not sent."""
    rows = notice.document.recipients.values_list("organisation", "text")
    bodies, names = {body for body, _text in rows}, {fold(text) for _body, text in rows}
    points = notice.points.filter(kind=Kind.ASSIGNED, lead__isnull=False).select_related("lead")
    words = _("%(body)s được giao việc nhưng chưa có trong Nơi nhận.")
    leads = {point.lead.pk: point.lead for point in points if point.lead}
    return [
        Finding("warning", words % {"body": lead.name}, field="recipients")
        for lead in leads.values()
        if lead.pk not in bodies and not {fold(lead.name), fold(lead.short_name)} & names
    ]


def _gaps(point: ConclusionPoint) -> list[Finding]:
    """What one point lacks: an assignment its lead and deadline, a refusal its reason."""
    if point.kind == Kind.NOT_CONSIDERED and not point.reason:
        words = _("Điểm không xem xét chưa ghi lý do.")
        return [Finding("error", words, point.clause_id)]
    if point.kind != Kind.ASSIGNED:
        return []
    found = []
    if point.lead_id is None:
        found.append(
            Finding("error", _("Điểm giao việc chưa có cơ quan chủ trì."), point.clause_id)
        )
    if point.due is None:
        found.append(Finding("error", _("Điểm giao việc chưa có thời hạn."), point.clause_id))
    elif fold(point.due.literal) not in fold(point.clause.text):
        words = _("Câu chữ của điểm giao việc chưa ghi thời hạn “%(due)s”.")
        # The check of wording tells of a day gone by that stands in the words themselves.
        if _is_due_too_early(point):
            words = _("Thời hạn “%(due)s” của điểm giao việc có trước ngày hội nghị; hãy xem lại.")
        found.append(Finding("warning", words % {"due": point.due.literal}, point.clause_id))
    unsaid = [
        name
        for name, value in (
            (_("sản phẩm"), point.deliverable),
            (_("nơi nhận báo cáo"), point.report_to),
        )
        if not value
    ]
    if unsaid:
        words = _("Điểm giao việc chưa ghi %(what)s.") % {"what": ", ".join(unsaid)}
        found.append(Finding("warning", words, point.clause_id))
    return found


def _is_due_too_early(point: ConclusionPoint) -> bool:
    """Whether the work would have been due before the conference it was given at."""
    conference, day = point.notice.conference, point.due.resolve() if point.due else None
    return bool(conference and day and day < timezone.localdate(conference.starts_at))


def notice_owner(document: Document) -> Owner | None:
    """The notice page a TB document belongs to, if it is one."""
    notice = ConclusionNotice.objects.filter(document=document).first()
    return Owner(_("Kết luận hội nghị"), notice.get_absolute_url()) if notice else None


def consequence(document: Document) -> str:
    """What issuing will do beyond the paper itself."""
    given = (Kind.ASSIGNED, Kind.PETITION)
    points = ConclusionPoint.objects.filter(notice__document=document, kind__in=given)
    if document.amends_id is None:
        count = points.count()
        return _("giao %(count)s nhiệm vụ") % {"count": count} if count else ""
    new, left = _changes(document, points)
    words = (
        (new, _("giao mới %(count)s nhiệm vụ")),
        (left, _("hủy %(count)s nhiệm vụ không còn giao")),
    )
    return ", ".join(text % {"count": count} for count, text in words if count)


def _changes(amendment: Document, points: "QuerySet[ConclusionPoint]") -> tuple[int, int]:
    """How many tasks an amendment gives and ends: a point given to another body does both."""
    before = ConclusionPoint.objects.filter(clause__document=amendment.amends_id)
    living = dict(before.values_list("clause", "pk"))
    asked = [
        (
            living.get(point.clause.carried_from_id or 0),
            point.lead_id if point.kind == Kind.ASSIGNED else amendment.organisation_id,
        )
        for point in points.select_related("clause")
    ]
    given = Task.objects.filter(
        origin_type=ContentType.objects.get_for_model(ConclusionPoint),
        origin_id__in=living.values(),
        left_out_by=None,
        reopened_from=None,
    )
    known = list(given.values_list("origin_id", "lead", "state"))
    there = {(point, lead) for point, lead, _state in known}
    new = sum(key not in there for key in asked)
    left = sum(
        state == TaskState.OPEN and (point, lead) not in asked for point, lead, state in known
    )
    return new, left
