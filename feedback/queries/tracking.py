"""What a sender may learn of what became of it, by code and secret."""

import datetime
import hmac
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings
from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from assignments.states import RequestState
from core.codes import keyed_hash
from feedback.models import (
    Addition,
    Answer,
    ForwardedItem,
    Opinion,
    Reopening,
    Submission,
    Support,
    Verdict,
)
from feedback.queries.forwarding import way_of
from feedback.queries.lines import FollowUpLine, follow_up
from feedback.queries.steps import Days, Told, days_of, in_order, said_since, steps_of
from feedback.states import AnswerState, OpinionState


def voice_of(row: Opinion | Support) -> str:
    """The `voice` of the matter a sender speaks about, sent or joined."""
    return joined(row.pk) if isinstance(row, Support) else str(row.pk)


def joined(pk: int) -> str:
    """The `voice` of a matter that was joined: it has a number of its own beside the opinions'."""
    return f"joined-{pk}"


def is_told(opinion: Opinion) -> bool:
    """Whether the sender was told an answer or a result, so that she may say if it settles it."""
    answer = getattr(opinion.group, "answer", None)
    if answer is not None and answer.state == AnswerState.RELEASED:
        return True
    return any(line.is_result for line in follow_up([opinion.pk]).get(opinion.pk, []))


WAITING = (OpinionState.CLASSIFIED, OpinionState.ASKED)
Ways = dict[tuple[str, int], ForwardedItem]


@dataclass(frozen=True)
class TrackedOpinion:
    """One opinion as its sender sees it."""

    position: int
    text: str
    state: str
    tone: str
    words: str
    next_step: str
    due_on: datetime.date | None
    answer: Answer | None
    answered_by: str
    follow_up: list[FollowUpLine] = field(default_factory=list)
    additions: list[Addition] = field(default_factory=list)
    verdict: Verdict | None = None
    own: int = 0
    support: int = 0
    stage: str = ""
    way: str = ""
    steps: list[FollowUpLine] = field(default_factory=list)
    waiting: Reopening | None = None
    is_worked_on: bool = False

    @property
    def may_add(self) -> bool:
        """Whether its sender may still add words."""
        open_stages = (OpinionState.RECEIVED, OpinionState.CLASSIFIED, OpinionState.ASKED)
        return self.stage in open_stages

    @property
    def may_withdraw(self) -> bool:
        """Whether its sender may take it back without anybody's help."""
        return self.stage in (OpinionState.RECEIVED, OpinionState.CLASSIFIED)

    @property
    def is_released(self) -> bool:
        """Whether its answer may be read: then its sender may say if the matter is settled."""
        has_result = any(line.is_result for line in self.follow_up)
        return bool((self.own or self.support) and (self.answer or has_result))

    @property
    def voice(self) -> str:
        """What tells the forms below one matter from those below another."""
        return joined(self.support) if self.support else str(self.own)


@dataclass(frozen=True)
class Tracked:
    """A submission as its sender sees it: no name, no telephone."""

    submission: Submission
    opinions: list[TrackedOpinion]


def find_submission(*, code: str, secret: str) -> Submission | None:
    """The submission to which code and secret belong; a wrong one costs the same as both wrong."""
    found = (
        Submission.objects.filter(code=code).select_related("consultation__organisation").first()
    )
    given = keyed_hash(settings.TRACKING_PEPPER, secret)
    kept = found.hash_of_secret if found else "0" * len(given)
    return found if hmac.compare_digest(given, kept) else None


def track(submission: Submission) -> Tracked:
    """What became of every matter of a submission."""
    opinions = list(
        submission.opinions.select_related(
            "group__task", "group__answer", "group__lead", "matter", "verdict", "field"
        )
        .prefetch_related(
            Prefetch("additions", Addition.objects.order_by("pk")),
            Prefetch("reopenings", _asked().filter(support=None)),
        )
        .order_by("position")
    )
    supports = _supports_of(submission)
    lines = follow_up([*(row.pk for row in opinions), *(row.first_opinion for row in supports)])
    groups = [row.group_id for row in (*opinions, *supports) if row.group_id]
    ways = way_of(opinions, groups)
    days = days_of(opinions)
    told = [
        _with_steps(_tracked(opinion, lines, ways), opinion, submission, days, ways)
        for opinion in opinions
    ]
    return Tracked(submission, told + [_tracked_support(row, lines, ways) for row in supports])


def _asked() -> QuerySet[Reopening]:
    return Reopening.objects.select_related("task__lead", "given__lead").order_by("pk")


def _with_steps(
    row: TrackedOpinion, opinion: Opinion, submission: Submission, days: Days, ways: Ways
) -> TrackedOpinion:
    """The same matter with its whole way, and what the sender may still say about it."""
    asked = list(opinion.reopenings.all())
    way = _way(opinion, ways)
    told = Told(
        received_on=submission.received_on,
        days=days.get(opinion.pk, {}),
        follow_up=row.follow_up,
        way=row.way,
        way_on=way.forwarding.sent_on if way else None,
        answer=row.answer,
        answered_by=row.answered_by,
        verdict=row.verdict,
        reopenings=asked,
    )
    if row.stage in WAITING and any(line.link for line in row.follow_up):
        row = replace(
            row,
            state=_("Đã có kết luận"),
            tone="soon",
            words=_("Việc này đã được kết luận sau hội nghị; việc thực hiện ghi dưới đây."),
            next_step="",
            due_on=None,
        )
    return replace(
        row,
        steps=steps_of(opinion, told),
        waiting=_waiting(asked),
        is_worked_on=any(line.is_open for line in row.follow_up),
    )


def _waiting(asked: Sequence[Reopening]) -> Reopening | None:
    return next((one for one in asked if one.state == RequestState.ASKED), None)


def _supports_of(submission: Submission) -> list[Any]:
    """What the sender stands behind, each with the first opinion of its group (0 if none is left)."""
    first = Opinion.objects.filter(group=OuterRef("group")).order_by("pk").values("pk")[:1]
    supports = Support.objects.filter(submission=submission).order_by("position")
    groups = supports.select_related(
        "group__task", "group__answer", "group__lead", "verdict"
    ).prefetch_related(Prefetch("reopenings", _asked()))
    return list(groups.annotate(first_opinion=Coalesce(Subquery(first), 0)))


def _tracked_support(
    support: Any, lines: dict[int, list[FollowUpLine]], ways: Ways
) -> TrackedOpinion:
    """A matter raised by others, as one who stands behind it sees it: like an opinion of its own."""
    group = support.group
    answer = getattr(group, "answer", None)
    state = OpinionState.ASKED if group.task_id else OpinionState.CLASSIFIED
    way = ways.get(("group", support.group_id))
    if way is not None:
        state = OpinionState.ANSWERED if way.answered_on else OpinionState.FORWARDED
    if answer and answer.state == AnswerState.RELEASED:
        state = OpinionState.ANSWERED
    like = Opinion(pk=support.first_opinion, position=support.position, group=group, state=state)
    like.text = _("Cùng ý kiến với: %(title)s") % {"title": group.title}
    row, asked = _tracked(like, lines, ways), list(support.reopenings.all())
    verdict = getattr(support, "verdict", None)
    return replace(
        row,
        support=support.pk if support.first_opinion else 0,
        verdict=verdict,
        steps=in_order([*row.follow_up, *said_since(verdict, asked)]),
        waiting=_waiting(asked),
        is_worked_on=any(line.is_open for line in row.follow_up),
    )


def _tracked(opinion: Opinion, lines: dict[int, list[FollowUpLine]], ways: Ways) -> TrackedOpinion:
    answer = getattr(opinion.group, "answer", None)
    is_own = answer is not None and answer.state == AnswerState.RELEASED
    way = _way(opinion, ways)
    task = opinion.group.task if opinion.group else None
    is_asked = opinion.state == OpinionState.ASKED
    return TrackedOpinion(
        position=opinion.position,
        text=opinion.text,
        state=opinion.get_state_display(),
        tone=_tone(opinion.state),
        words=_what_happened(opinion),
        next_step=_next_step(opinion),
        way=_way_in_words(way),
        due_on=task.due_on if task and is_asked else None,
        answer=answer if is_own else _answer_from(way),
        answered_by=_answered_by(opinion, None if is_own else way),
        follow_up=lines.get(opinion.pk, []),
        additions=list(opinion.additions.all()) if opinion.submission_id else [],
        verdict=getattr(opinion, "verdict", None) if opinion.submission_id else None,
        own=opinion.pk if opinion.submission_id else 0,
        stage=opinion.state,
    )


def _way(opinion: Opinion, ways: Ways) -> ForwardedItem | None:
    """The line on which it went to another level, alone or with its group."""
    return ways.get(("opinion", opinion.pk)) or ways.get(("group", opinion.group_id or 0))


def _way_in_words(way: ForwardedItem | None) -> str:
    """Đã chuyển UBND tỉnh ngày 12/5/2026, mã 7K3M-9Q2X.1."""
    if way is None or way.forwarding.sent_on is None:
        return ""
    forwarding = way.forwarding
    shown = {
        "body": forwarding.receiver_name,
        "day": f"{forwarding.sent_on:%d/%m/%Y}",
        "code": way.code,
    }
    words = _("Đã chuyển %(body)s ngày %(day)s, mã %(code)s.") % shown
    if forwarding.taken_on and not way.answered_on:
        taken = _("Nơi nhận đã tiếp nhận ngày %(day)s.")
        words = f"{words} {taken % {'day': f'{forwarding.taken_on:%d/%m/%Y}'}}"
    return words


def _answer_from(way: ForwardedItem | None) -> Answer | None:
    """What another level answered, in the shape of an answer of the own office."""
    if way is None or way.answered_on is None:
        return None
    return Answer(text=way.answer, legal_basis=way.legal_basis, state=AnswerState.RELEASED)


def _answered_by(opinion: Opinion, way: ForwardedItem | None) -> str:
    if way is not None:
        return way.forwarding.receiver_name
    return opinion.group.lead.name if opinion.group and opinion.group.lead else ""


def _tone(state: str) -> str:
    tones = {
        OpinionState.RECEIVED: "info",
        OpinionState.CLASSIFIED: "info",
        OpinionState.ASKED: "soon",
        OpinionState.FORWARDED: "soon",
        OpinionState.ANSWERED: "done",
    }
    return tones.get(OpinionState(state), "quiet")


def _what_happened(opinion: Opinion) -> str:
    words = {
        OpinionState.RECEIVED: _("Ý kiến đã đến nơi tiếp nhận."),
        OpinionState.CLASSIFIED: _("Ý kiến đã được đọc và xếp vào lĩnh vực để xử lý."),
        OpinionState.ASKED: _("Cơ quan có trách nhiệm đang chuẩn bị trả lời."),
        OpinionState.ANSWERED: _("Ý kiến đã được trả lời."),
        OpinionState.ROUTED: _("Nội dung này được chuyển đến nơi có thẩm quyền theo luật."),
        OpinionState.DECLINED: _("Nội dung này không đưa vào hội nghị đối thoại."),
        OpinionState.FORWARDED: _("Việc này thuộc thẩm quyền của cấp khác."),
        OpinionState.WITHDRAWN: _("Ông/Bà đã rút ý kiến này."),
    }
    return words[OpinionState(opinion.state)]


def _next_step(opinion: Opinion) -> str:
    matter = getattr(opinion, "matter", None)
    if matter is not None:
        return _("Xin liên hệ %(body)s để biết kết quả.") % {"body": matter.receiving_body}
    words = {
        OpinionState.RECEIVED: _("Tiếp theo: văn phòng đọc và phân loại."),
        OpinionState.CLASSIFIED: _("Tiếp theo: giao cơ quan chuẩn bị trả lời."),
        OpinionState.ASKED: _("Tiếp theo: câu trả lời được duyệt và công bố."),
        OpinionState.FORWARDED: _("Tiếp theo: nơi nhận xem xét và trả lời."),
        OpinionState.DECLINED: opinion.resolution_note,
    }
    return words.get(OpinionState(opinion.state), "")
