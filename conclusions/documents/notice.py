"""What the conclusion notice says when it is drafted from the conference (domain.md §3.6)."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conclusions.models import ConclusionPoint
from conferences.models import Conference, Exchange
from conferences.queries import tally
from core.dates import written_day
from documents.actions import ClauseDraft
from documents.models import ClauseKind
from feedback.models import IssueGroup

Kind = ConclusionPoint.Kind
Outcome = Exchange.Outcome
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
)


@dataclass(frozen=True)
class PointDraft:
    """A point to be written: its clause, and the exchange or the matter never raised it settles."""

    clause: ClauseDraft
    kind: str
    exchange: Exchange | None = None
    group: IssueGroup | None = None


def notice_clauses(
    conference: Conference, exchanges: Iterable[Exchange], groups: Iterable[IssueGroup] = ()
) -> tuple[list[ClauseDraft], list[PointDraft]]:
    """The clauses of the drafted notice, and which of them settle what.

    `groups` are matters sent in before that nobody raised in the hall and nobody has answered.
    """
    points = [*map(point_of, exchanges), *map(_unraised, groups)]
    sections = []
    for kind, title in SECTIONS:
        below = [point.clause for point in points if point.kind == kind]
        if below:
            sections.append(ClauseDraft(ClauseKind.HEADING, str(title), below))
    clauses = [
        ClauseDraft(ClauseKind.INTRODUCTION, _opening(conference)),
        ClauseDraft(
            ClauseKind.HEADING,
            _("Đánh giá chung"),
            [ClauseDraft(ClauseKind.TEXT, _assessment(conference))],
        ),
        *sections,
        ClauseDraft(
            ClauseKind.HEADING,
            _("Tổ chức thực hiện"),
            [ClauseDraft(ClauseKind.TEXT, _follow_up(conference))],
        ),
        ClauseDraft(
            ClauseKind.CLOSING,
            _(
                "Trên đây là kết luận tại hội nghị, đề nghị các cơ quan, đơn vị triển khai thực hiện."
            ),
        ),
    ]
    return clauses, points


def point_of(exchange: Exchange) -> PointDraft:
    """The point an exchange is drafted as, by its outcome."""
    kind = KIND_OF[Outcome(exchange.outcome)]
    said = exchange.question.rstrip(". ")
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
    return PointDraft(clause, kind, exchange, exchange.group)


def _unraised(group: IssueGroup) -> PointDraft:
    text = _("Trả lời bằng văn bản ý kiến gửi trước hội nghị: %(matter)s.") % {
        "matter": group.title.rstrip(". ")
    }
    clause = ClauseDraft(ClauseKind.CONCLUSION_POINT, text)
    return PointDraft(clause, Kind.ASSIGNED, group=group)


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
        "chair": conference.chair,
        "present": conference.present or 0,
    }


def _local_day(conference: Conference) -> datetime.date:
    return timezone.localtime(conference.started_at or conference.starts_at).date()


def _assessment(conference: Conference) -> str:
    numbers = tally(conference)
    return _(
        "Hội nghị diễn ra dân chủ, thẳng thắn, với %(all)s nội dung được nêu; %(answered)s nội dung "
        "được giải đáp tại chỗ; %(left)s nội dung tiếp tục được giải quyết."
    ) % {
        "all": numbers.exchanges,
        "answered": numbers.answered,
        "left": numbers.written + numbers.assigned + numbers.petition,
    }


def _follow_up(conference: Conference) -> str:
    return _(
        "Các cơ quan được giao nhiệm vụ báo cáo kết quả về %(organisation)s đúng thời hạn; "
        "%(organisation)s theo dõi, đôn đốc và thông báo kết quả để Nhân dân biết; đề nghị Ủy ban "
        "Mặt trận Tổ quốc Việt Nam cùng cấp giám sát việc thực hiện."
    ) % {"organisation": conference.organisation.name}
