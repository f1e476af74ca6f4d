"""What the minutes say (biên bản): who was there, what happened in order, what was left open."""

import datetime
from collections.abc import Sequence

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from conferences.models import AgendaItem, Conference, Exchange, Passage, SpeakingTurn
from conferences.queries import Tally, clocks_of, tally
from conferences.queries.arriving import Attendance, attendance
from core.dates import written_day, written_moment
from core.text import fold
from documents.actions import ClauseDraft
from documents.documents.amendments import citation_of
from documents.models import ClauseKind, Document
from documents.printing.grids import row_of

Outcome = Exchange.Outcome


def minutes_clauses(conference: Conference, passages: Sequence[Passage] = ()) -> list[ClauseDraft]:
    """The minutes drafted from what happened, in order (the secretary edits them afterwards)."""
    numbers = tally(conference)
    clauses = _opening(conference)
    if course := _course(conference):
        clauses.append(ClauseDraft(ClauseKind.HEADING, _("Diễn biến hội nghị"), course))
    clauses.append(
        ClauseDraft(ClauseKind.HEADING, _("Tổng hợp"), _numbers(conference, numbers)),
    )
    if passages:
        noted = [ClauseDraft(ClauseKind.TEXT, passage.text) for passage in passages]
        clauses.append(ClauseDraft(ClauseKind.HEADING, _("Nội dung khác"), noted))
    if concluded := _concluded(conference):
        clauses.append(ClauseDraft(ClauseKind.HEADING, _("Kết luận của chủ trì"), concluded))
    clauses.append(ClauseDraft(ClauseKind.CLOSING, _ending(conference)))
    if numbers.exchanges:
        clauses.append(_table_of_exchanges(conference))
    return clauses


def _opening(conference: Conference) -> list[ClauseDraft]:
    lines = [
        _("Thực hiện: %(plan)s") % {"plan": _cited(conference.session.plan.document)},
        _("Thời gian bắt đầu: %(time)s")
        % {"time": written_moment(conference.started_at or conference.starts_at)},
        _("Địa điểm: %(place)s") % {"place": conference.place},
        _("Chủ trì: %(chair)s") % {"chair": conference.chair},
    ]
    if conference.secretary:
        lines.append(_("Thư ký: %(secretary)s") % {"secretary": conference.secretary})
    attended = _attended(conference, attendance(conference))
    lines.insert(3, _("Thành phần tham dự: %(attendance)s") % {"attendance": attended[0]})
    return [
        ClauseDraft(ClauseKind.FACT_LINE, line, attended[1] if at == 3 else [])
        for at, line in enumerate(lines)
    ]


def _cited(plan: Document) -> str:
    """The plan by its number and day, once it has them."""
    return citation_of(plan) if plan.dated_on else str(plan)


def _attended(conference: Conference, counted: Attendance) -> tuple[str, list[ClauseDraft]]:
    """The sum the office stated at the end, and the groups as the door counted them."""
    invited, present = conference.invited or 0, conference.present or 0
    words = _("Số người được mời: %(invited)s; có mặt: %(present)s; vắng: %(absent)s")
    total = words % {
        "invited": invited,
        "present": present,
        "absent": max(0, invited - present),
    }
    groups = [
        _("%(group)s: mời %(invited)s, có mặt %(present)s, vắng %(absent)s")
        % {
            "group": group.name.split(":")[0].rstrip(".;"),
            "invited": group.invited,
            "present": group.present,
            "absent": group.absent,
        }
        for group in counted.groups
        if group.present
    ]
    if groups and counted.walk_ins:
        groups.append(_("Đến dự không có trong danh sách: %(n)s") % {"n": counted.walk_ins})
    return total, [ClauseDraft(ClauseKind.FACT_LINE, line) for line in groups]


def _course(conference: Conference) -> list[ClauseDraft]:
    items = conference.agenda.filter(is_internal=False).order_by("position")
    exchanges = Exchange.objects.order_by("id").select_related("turn")
    items = items.prefetch_related(Prefetch("exchanges", exchanges))
    turns = list(conference.turns.filter(started_at__isnull=False).order_by("started_at"))
    said = [_agenda_clause(item, turns) for item in items]
    loose = list(exchanges.filter(conference=conference, agenda_item=None))
    if others := _in_order(loose, _between_items(conference, turns)):
        said.append(ClauseDraft(ClauseKind.HEADING, _("Ý kiến khác"), others))
    return said


def _between_items(conference: Conference, turns: Sequence[SpeakingTurn]) -> list[SpeakingTurn]:
    """Speeches that no item of the agenda and no exchange tells: none was begun, or none is kept."""
    items = list(conference.agenda.all())
    told = set(conference.exchanges.values_list("turn", flat=True))
    return [
        turn
        for turn in turns
        if turn.pk not in told and not any(_is_during(turn, item) for item in items)
    ]


def _agenda_clause(item: AgendaItem, turns: Sequence[SpeakingTurn]) -> ClauseDraft:
    title = item.text.rstrip(".")
    if item.conductor:
        title = _("%(item)s (%(conductor)s điều hành)") % {
            "item": title,
            "conductor": item.conductor,
        }
    if item.started_at is None and "be mac" not in fold(title):
        title = _("%(item)s: không thực hiện") % {"item": title}
    during = [turn for turn in turns if _is_during(turn, item)]
    return ClauseDraft(ClauseKind.HEADING, title, _in_order(list(item.exchanges.all()), during))


def _in_order(exchanges: Sequence[Exchange], turns: Sequence[SpeakingTurn]) -> list[ClauseDraft]:
    """Exchanges, and speeches without one, as they followed each other."""
    told = {exchange.turn_id for exchange in exchanges}
    said = [(_said_at(exchange), _exchange_clause(exchange)) for exchange in exchanges]
    said += [
        (turn.started_at, _speech_clause(turn))
        for turn in turns
        if turn.started_at and turn.pk not in told
    ]
    said.sort(key=lambda pair: pair[0])
    return [clause for _at, clause in said]


def _said_at(exchange: Exchange) -> datetime.datetime:
    turn = exchange.turn
    return turn.started_at if turn and turn.started_at else exchange.at


def _is_during(turn: SpeakingTurn, item: AgendaItem) -> bool:
    assert turn.started_at is not None
    if item.started_at is None or turn.started_at < item.started_at:
        return False
    return item.ended_at is None or turn.started_at < item.ended_at


def _speech_clause(turn: SpeakingTurn) -> ClauseDraft:
    """A speech nothing was written down about: who spoke is a fact of the course all the same."""
    who = ", ".join(part for part in (turn.name, turn.body) if part)
    assert turn.started_at is not None
    at = f"{timezone.localtime(turn.started_at):%H:%M}"
    return ClauseDraft(
        ClauseKind.EXCHANGE, _("%(who)s phát biểu (lúc %(at)s).") % {"who": who, "at": at}
    )


def _exchange_clause(exchange: Exchange) -> ClauseDraft:
    who = ", ".join(part for part in (exchange.raised_by, exchange.raised_body) if part)
    text = _("%(who)s nêu: %(question)s") % {"who": who, "question": exchange.question}
    if exchange.answer:
        text += "\n" + _("%(who)s trả lời: %(answer)s") % {
            "who": exchange.answered_by or _("Chủ trì"),
            "answer": exchange.answer,
        }
    text += "\n" + _("Kết quả: %(outcome)s.") % {"outcome": exchange.get_outcome_display()}
    return ClauseDraft(ClauseKind.EXCHANGE, text)


def _numbers(conference: Conference, numbers: Tally) -> list[ClauseDraft]:
    counted = (
        (numbers.written, _("%(n)s nội dung trả lời bằng văn bản sau")),
        (numbers.assigned, _("%(n)s nội dung giao cơ quan giải quyết")),
        (numbers.petition, _("%(n)s nội dung kiến nghị cấp trên")),
        (numbers.noted, _("%(n)s nội dung ghi nhận")),
    )
    turns = conference.turns.filter(started_at__isnull=False).count()
    spoken = _("%(n)s lượt phát biểu, ") % {"n": turns} if turns else ""
    parts = [
        _(
            "Hội nghị có %(spoken)s%(all)s nội dung được nêu; %(answered)s nội dung được giải đáp "
            "tại chỗ (%(share)s%%)"
        )
        % {
            "spoken": spoken,
            "all": numbers.exchanges,
            "answered": numbers.answered,
            "share": numbers.share_answered,
        },
        *(words % {"n": n} for n, words in counted if n),
    ]
    found = [ClauseDraft(ClauseKind.TEXT, "; ".join(parts) + ".")]
    waiting = list(conference.turns.filter(started_at=None).order_by("position"))
    if waiting:
        names = "; ".join(", ".join(filter(None, (turn.name, turn.body))) for turn in waiting)
        text = _("Đăng ký phát biểu nhưng chưa được mời, sẽ trả lời bằng văn bản: %(names)s.")
        found.append(ClauseDraft(ClauseKind.TEXT, text % {"names": names}))
    return found


def _concluded(conference: Conference) -> list[ClauseDraft]:
    """What the chair leaves with whom, point by point; until when the notice will say."""
    words = {
        Outcome.ASSIGNED: _("Giao %(lead)s giải quyết: %(matter)s."),
        Outcome.WRITTEN: _("Giao %(lead)s trả lời bằng văn bản: %(matter)s."),
        Outcome.PETITION: _("Kiến nghị cấp trên xem xét, giải quyết: %(matter)s."),
    }
    left = conference.exchanges.filter(outcome__in=list(words)).select_related("group__lead")
    points = [
        ClauseDraft(
            ClauseKind.CONCLUSION_POINT,
            words[Outcome(exchange.outcome)]
            % {"lead": _lead(exchange), "matter": exchange.question.rstrip(". ")},
        )
        for exchange in left.order_by("id")
    ]
    due_on = next((clock.due_on for clock in clocks_of(conference)), None)
    if points and due_on:
        until = _(
            "Thời hạn từng việc ghi trong thông báo kết luận, ban hành chậm nhất ngày %(day)s."
        )
        points.append(ClauseDraft(ClauseKind.TEXT, until % {"day": written_day(due_on)}))
    return points


def _lead(exchange: Exchange) -> str:
    lead = exchange.group.lead if exchange.group else None
    return lead.name if lead else _("cơ quan có trách nhiệm")


def _ending(conference: Conference) -> str:
    return _(
        "Hội nghị kết thúc vào %(time)s. Biên bản lập thành 02 bản, đã được đọc lại cho những "
        "người tham dự cùng nghe."
    ) % {"time": written_moment(conference.closed_at or conference.ends_at)}


def _table_of_exchanges(conference: Conference) -> ClauseDraft:
    """The table of opinions as an appendix on its side: the columns of the usual form."""
    head = (
        _("TT"),
        _("Họ tên, đơn vị"),
        _("Nội dung"),
        _("Lĩnh vực"),
        _("Người trả lời"),
        _("Nội dung trả lời"),
        _("Kết quả"),
    )
    rows = conference.exchanges.select_related("group__field").order_by("id")
    lines = [head, *(_table_row(exchange) for exchange in rows)]
    table = [ClauseDraft(ClauseKind.TEXT, row_of(line)) for line in lines]
    return ClauseDraft(ClauseKind.APPENDIX, _("Bảng ý kiến và trả lời"), table)


def _table_row(exchange: Exchange) -> tuple[str, ...]:
    field = exchange.group.field if exchange.group else None
    return (
        ", ".join(part for part in (exchange.raised_by, exchange.raised_body) if part),
        exchange.question,
        field.name if field else "–",
        exchange.answered_by or "–",
        exchange.answer or "–",
        str(exchange.get_outcome_display()),
    )
