"""What the conclusion notice says when it is drafted from the conference (domain.md §3.6)."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conclusions.models import ConclusionNotice, ConclusionPoint
from conferences.models import Conference, Exchange
from conferences.queries import tally
from core.dates import written_day
from documents.actions import ClauseDraft
from documents.models import ClauseKind, Document
from documents.printing.outline import Column, Extra, Table
from feedback.models import IssueGroup
from organisations.models import Organisation

Kind = ConclusionPoint.Kind
Outcome = Exchange.Outcome
LAST = 10_000
ENDINGS = ".?! "
"""What a citizen's sentence ends with; in a point another full stop follows."""
KIND_OF = {
    Outcome.ANSWERED: Kind.ANSWERED,
    Outcome.NOTED: Kind.ANSWERED,
    Outcome.WRITTEN: Kind.ASSIGNED,
    Outcome.ASSIGNED: Kind.ASSIGNED,
    Outcome.PETITION: Kind.PETITION,
}
SECTIONS = (
    (Kind.ANSWERED, gettext_lazy("Những nội dung đã trả lời tại hội nghị")),
    (Kind.ASSIGNED, gettext_lazy("Những nội dung giao giải quyết")),
    (Kind.PETITION, gettext_lazy("Những nội dung kiến nghị cấp trên")),
    (Kind.NOT_CONSIDERED, gettext_lazy("Những nội dung không xem xét")),
)
COMRADE = "Đồng chí"
ASSESSMENT = gettext_lazy("Đánh giá chung")


@dataclass(frozen=True)
class PointDraft:
    """A point to be written: its clause, and the exchange or the matter never raised it settles.

    `lead` is the agency that was asked already, else the one the office put in charge of the field.
    """

    clause: ClauseDraft
    kind: str
    exchange: Exchange | None = None
    group: IssueGroup | None = None
    lead: Organisation | None = None


def notice_clauses(
    conference: Conference,
    exchanges: Iterable[Exchange],
    groups: Iterable[IssueGroup] = (),
    *,
    overseers: Mapping[str, str] | None = None,
    leads: Mapping[str, Organisation] | None = None,
) -> tuple[list[ClauseDraft], list[PointDraft]]:
    """The clauses of the drafted notice, and which of them settle what.

    `groups` are matters sent in before that nobody raised in the hall and nobody has answered;
    `overseers` names, by function, the bodies of the place that urge and watch, `leads`, by field,
    those in charge. Within each section the matters stand by their fields.
    """
    raised = [point_of(exchange, leads) for exchange in exchanges]
    points = sorted([*raised, *map(unraised, groups)], key=_by_field)
    overseers = overseers or {}
    sections = []
    for kind, title in SECTIONS:
        below = [point.clause for point in points if point.kind == kind]
        if below:
            sections.append(ClauseDraft(ClauseKind.HEADING, str(title), below))
    clauses = [
        ClauseDraft(ClauseKind.INTRODUCTION, _opening(conference)),
        ClauseDraft(
            ClauseKind.HEADING,
            str(ASSESSMENT),
            [ClauseDraft(ClauseKind.TEXT, _assessment(conference))],
        ),
        *sections,
        ClauseDraft(
            ClauseKind.HEADING,
            _("Đôn đốc, giám sát"),
            [ClauseDraft(ClauseKind.TEXT, line) for line in _urging(conference, overseers)],
        ),
        ClauseDraft(
            ClauseKind.HEADING,
            _("Chế độ báo cáo"),
            [ClauseDraft(ClauseKind.TEXT, _reporting(conference))],
        ),
        ClauseDraft(
            ClauseKind.CLOSING,
            _(
                "Trên đây là kết luận tại hội nghị, đề nghị các cơ quan, đơn vị triển khai thực hiện."
            ),
        ),
    ]
    return clauses, points


def point_of(exchange: Exchange, leads: Mapping[str, Organisation] | None = None) -> PointDraft:
    """The point an exchange is drafted as, by its outcome; `leads` by field, where nobody was asked."""
    kind = KIND_OF[Outcome(exchange.outcome)]
    said = exchange.question.rstrip(ENDINGS)
    if kind == Kind.ANSWERED:
        text = _("%(matter)s: đã được %(who)s trả lời tại hội nghị.") % {
            "matter": said,
            "who": exchange.answered_by or _("chủ trì"),
        }
    elif kind == Kind.ASSIGNED:
        text = _("Giải quyết nội dung: %(matter)s.") % {"matter": said}
    else:
        text = _("Kiến nghị cấp trên xem xét: %(matter)s.") % {"matter": said}
    clause = ClauseDraft(ClauseKind.CONCLUSION_POINT, text)
    asked = exchange.group.lead if exchange.group else (leads or {}).get(exchange.field_id or "")
    lead = asked if kind == Kind.ASSIGNED else None
    return PointDraft(clause, kind, exchange, exchange.group, lead)


def unraised(group: IssueGroup) -> PointDraft:
    """The point of a matter that was sent in before and never spoken of."""
    text = _("Trả lời bằng văn bản ý kiến gửi trước hội nghị: %(matter)s.") % {
        "matter": group.title.rstrip(ENDINGS)
    }
    clause = ClauseDraft(ClauseKind.CONCLUSION_POINT, text)
    return PointDraft(clause, Kind.ASSIGNED, group=group, lead=group.lead)


def _opening(conference: Conference) -> str:
    return _(
        "Ngày %(day)s, tại %(place)s, %(organisation)s tổ chức %(title)s; %(chair)s chủ trì; "
        "có %(present)s người tham dự. Sau khi nghe các ý kiến phát biểu và trả lời, chủ trì hội nghị "
        "kết luận như sau:"
    ) % {
        "day": written_day(_local_day(conference)),
        "place": conference.place,
        "organisation": conference.organisation.name,
        "title": conference.title[:1].lower() + conference.title[1:],
        "chair": conference.chair.replace(COMRADE, COMRADE.lower(), 1)
        if conference.chair.startswith(COMRADE)
        else conference.chair,
        "present": conference.present or 0,
    }


def _local_day(conference: Conference) -> datetime.date:
    return timezone.localtime(conference.started_at or conference.starts_at).date()


def _assessment(conference: Conference) -> str:
    numbers = tally(conference)
    left = numbers.written + numbers.assigned + numbers.petition
    parts = [_("%(n)s nội dung được nêu") % {"n": numbers.exchanges}]
    if numbers.answered:
        parts.append(_("%(n)s nội dung được giải đáp tại chỗ") % {"n": numbers.answered})
    if left:
        parts.append(_("%(n)s nội dung tiếp tục được giải quyết") % {"n": left})
    said = "; ".join(parts)
    return _("Hội nghị diễn ra dân chủ, thẳng thắn, với %(said)s.") % {"said": said}


def _by_field(point: PointDraft) -> int:
    """The place of the matter's field; what has none comes last."""
    field = point.group.field if point.group else point.exchange and point.exchange.field
    return field.position if field else LAST


def _urging(conference: Conference, overseers: Mapping[str, str]) -> list[str]:
    """Who urges, who watches, who inspects: the bodies of the place, where it has them."""
    function = Organisation.Function
    office = conference.organisation.name
    said = [
        _(
            "%(body)s theo dõi, đôn đốc việc thực hiện thông báo này, tham mưu %(office)s xử lý việc chậm."
        )
        % {"body": overseers.get(function.MASS_MOBILISATION, office), "office": office},
        _("Đề nghị %(body)s giám sát việc thực hiện và phản ánh ý kiến của Nhân dân.")
        % {"body": overseers.get(function.FRONT, _("Ủy ban Mặt trận Tổ quốc Việt Nam cùng cấp"))},
    ]
    if function.INSPECTION in overseers:
        words = _("%(body)s kiểm tra khi có dấu hiệu không chấp hành thông báo này.")
        said.append(words % {"body": overseers[function.INSPECTION]})
    return said


def _reporting(conference: Conference) -> str:
    return _(
        "Các cơ quan được giao nhiệm vụ báo cáo kết quả về %(organisation)s đúng thời hạn của từng "
        "việc; việc nào có khó khăn phải báo cáo trước khi hết hạn. %(organisation)s tổng hợp, thông "
        "báo kết quả để Nhân dân biết."
    ) % {"organisation": conference.organisation.name}


def table_of_tasks(document: Document) -> Extra | None:
    """The table at the end of a notice: each assignment with all it needs, from the points' facts."""
    if not ConclusionNotice.objects.filter(document=document).exists():
        return None
    points = (
        ConclusionPoint.objects.filter(clause__document=document, kind=Kind.ASSIGNED)
        .select_related("lead")
        .prefetch_related("cooperating")
        .order_by("clause__parent__position", "clause__position")
    )
    rows = tuple(_row(at, point) for at, point in enumerate(points, start=1))
    if not rows:
        return None
    columns = (
        Column(_("TT"), width=10, align="center"),
        Column(_("Cơ quan chủ trì")),
        Column(_("Phối hợp"), width=32),
        Column(_("Sản phẩm"), width=32),
        Column(_("Thời hạn"), width=30),
        Column(_("Báo cáo về"), width=28),
    )
    return Extra(
        tables={
            0: Table(columns, rows, _("Bảng giao nhiệm vụ (theo thứ tự các điểm giao giải quyết)"))
        }
    )


def _row(at: int, point: ConclusionPoint) -> tuple[str, ...]:
    return (
        str(at),
        point.lead.name if point.lead else "",
        "; ".join(body.name for body in point.cooperating.all()),
        point.deliverable,
        point.due.literal if point.due else "",
        point.report_to,
    )
