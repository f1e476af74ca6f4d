"""What the minutes say (biên bản): what happened, in order."""

from collections.abc import Iterable

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from conferences.models import AgendaItem, Conference, Exchange
from conferences.queries import tally
from core.dates import written_moment
from documents.actions import ClauseDraft
from documents.models import ClauseKind


def minutes_clauses(conference: Conference) -> list[ClauseDraft]:
    """The minutes drafted from what happened, in order (the secretary edits them afterwards)."""
    return [
        *_opening(conference),
        ClauseDraft(ClauseKind.HEADING, _("Diễn biến hội nghị"), _course(conference)),
        ClauseDraft(ClauseKind.HEADING, _("Tổng hợp"), _numbers(conference)),
        ClauseDraft(ClauseKind.CLOSING, _ending(conference)),
    ]


def _opening(conference: Conference) -> list[ClauseDraft]:
    attendance = _("Số người được mời: %(invited)s; có mặt: %(present)s; vắng: %(absent)s") % {
        "invited": conference.invited or 0,
        "present": conference.present or 0,
        "absent": max(0, (conference.invited or 0) - (conference.present or 0)),
    }
    lines = [
        _("Thời gian bắt đầu: %(time)s")
        % {"time": written_moment(conference.started_at or conference.starts_at)},
        _("Địa điểm: %(place)s") % {"place": conference.place},
        _("Thành phần tham dự: %(attendance)s") % {"attendance": attendance},
        _("Chủ trì: %(chair)s") % {"chair": conference.chair},
        _("Thư ký: %(secretary)s") % {"secretary": conference.secretary},
    ]
    return [ClauseDraft(ClauseKind.FACT_LINE, line) for line in lines]


def _course(conference: Conference) -> list[ClauseDraft]:
    items = conference.agenda.order_by("position").prefetch_related(
        Prefetch("exchanges", Exchange.objects.order_by("id"))
    )
    said = [_agenda_clause(item) for item in items]
    loose = _exchange_clauses(conference.exchanges.filter(agenda_item=None).order_by("id"))
    if loose:
        said.append(ClauseDraft(ClauseKind.HEADING, _("Ý kiến khác"), loose))
    return said


def _agenda_clause(item: AgendaItem) -> ClauseDraft:
    title = item.text.rstrip(".")
    if item.conductor:
        title = _("%(item)s (%(conductor)s điều hành)") % {
            "item": title,
            "conductor": item.conductor,
        }
    if item.started_at is None:
        title = _("%(item)s: không thực hiện") % {"item": title}
    return ClauseDraft(ClauseKind.HEADING, title, _exchange_clauses(item.exchanges.all()))


def _exchange_clauses(exchanges: Iterable[Exchange]) -> list[ClauseDraft]:
    return [ClauseDraft(ClauseKind.EXCHANGE, _exchange_text(exchange)) for exchange in exchanges]


def _exchange_text(exchange: Exchange) -> str:
    who = ", ".join(part for part in (exchange.raised_by, exchange.raised_body) if part)
    text = _("%(who)s nêu: %(question)s") % {"who": who, "question": exchange.question}
    if exchange.answer:
        text += "\n" + _("%(who)s trả lời: %(answer)s") % {
            "who": exchange.answered_by or _("Chủ trì"),
            "answer": exchange.answer,
        }
    outcome = exchange.get_outcome_display()
    return text + "\n" + _("Kết quả: %(outcome)s.") % {"outcome": outcome}


def _numbers(conference: Conference) -> list[ClauseDraft]:
    numbers = tally(conference)
    sentence = _(
        "Hội nghị có %(all)s nội dung được nêu; %(answered)s nội dung được giải đáp tại chỗ "
        "(%(share)s%%); %(written)s nội dung trả lời bằng văn bản sau; %(assigned)s nội dung giao "
        "cơ quan giải quyết; %(petition)s nội dung kiến nghị cấp trên."
    ) % {
        "all": numbers.exchanges,
        "answered": numbers.answered,
        "share": numbers.share_answered,
        "written": numbers.written,
        "assigned": numbers.assigned,
        "petition": numbers.petition,
    }
    return [ClauseDraft(ClauseKind.TEXT, sentence)]


def _ending(conference: Conference) -> str:
    return _(
        "Hội nghị kết thúc vào %(time)s. Biên bản đã được đọc lại cho những người tham dự cùng nghe."
    ) % {"time": written_moment(conference.closed_at or conference.ends_at)}
