"""The way of one matter in plain words, day by day: what its sender reads from opinion to result."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments.states import RequestState, TaskState
from core.models import HistoryEntry
from feedback.models import Answer, Opinion, Reopening, Verdict
from feedback.queries.lines import FollowUpLine
from feedback.states import AnswerState, OpinionState

Days = dict[int, dict[str, datetime.date]]
LAST = datetime.date.max


@dataclass(frozen=True)
class Told:
    """What is known of one matter beside the opinion itself."""

    received_on: datetime.date
    days: dict[str, datetime.date]
    follow_up: Sequence[FollowUpLine]
    way: str
    way_on: datetime.date | None
    answer: Answer | None
    answered_by: str
    verdict: Verdict | None
    reopenings: Sequence[Reopening]


def days_of(opinions: Sequence[Opinion]) -> Days:
    """When each opinion first came to each state; one question for all."""
    kind = ContentType.objects.get_for_model(Opinion)
    lines = HistoryEntry.objects.filter(
        subject_type=kind, subject_id__in=[row.pk for row in opinions if row.pk]
    ).exclude(to_state="")
    found: Days = {}
    for pk, state, at in lines.order_by("pk").values_list("subject_id", "to_state", "at"):
        found.setdefault(pk, {}).setdefault(state, timezone.localdate(at))
    return found


def steps_of(opinion: Opinion, told: Told) -> list[FollowUpLine]:
    """Everything that has happened to a matter, the oldest first; a day stands at each step."""
    steps = [
        *_taken_in(opinion, told),
        *_prepared(opinion, told),
        *told.follow_up,
        *said_since(told.verdict, told.reopenings),
    ]
    return in_order(steps)


def in_order(steps: Sequence[FollowUpLine]) -> list[FollowUpLine]:
    """The oldest first; what has no day yet comes last."""
    return sorted(steps, key=lambda step: step.on or LAST)


def _taken_in(opinion: Opinion, told: Told) -> list[FollowUpLine]:
    days = told.days
    steps = [
        FollowUpLine(
            label=_("Tiếp nhận"), on=told.received_on, text=_("Ý kiến đã đến nơi tiếp nhận.")
        )
    ]
    if OpinionState.CLASSIFIED in days:
        words = _("Văn phòng đã đọc, xếp vào lĩnh vực %(field)s.") % {"field": opinion.field.name}
        steps.append(
            FollowUpLine(label=_("Phân loại"), on=days[OpinionState.CLASSIFIED], text=words)
        )
    if told.way:
        steps.append(FollowUpLine(label=_("Chuyển cấp"), on=told.way_on, text=told.way))
    return steps


def _prepared(opinion: Opinion, told: Told) -> list[FollowUpLine]:
    steps = []
    group = opinion.group
    if OpinionState.ASKED in told.days and group is not None and group.lead is not None:
        is_waiting = opinion.state == OpinionState.ASKED and group.task is not None
        steps.append(
            FollowUpLine(
                label=_("Giao trả lời"),
                on=told.days[OpinionState.ASKED],
                text=_("%(body)s được giao chuẩn bị trả lời.") % {"body": group.lead.name},
                due_on=group.task.due_on if is_waiting and group.task else None,
            )
        )
    answer = told.answer
    if answer is not None and answer.state == AnswerState.RELEASED and answer.released_at:
        steps.append(
            FollowUpLine(
                label=_("Trả lời"),
                on=timezone.localdate(answer.released_at),
                text=_("%(body)s trả lời; nội dung ở trên.") % {"body": told.answered_by},
                tone="done",
            )
        )
    return steps


def said_since(verdict: Verdict | None, asked: Sequence[Reopening]) -> list[FollowUpLine]:
    """What the sender said of the result, and what was decided about it."""
    steps = []
    if verdict is not None and verdict.is_settled:
        steps.append(
            FollowUpLine(
                label=_("Ông/Bà cho biết"),
                on=timezone.localdate(verdict.at),
                text=_("Việc đã được giải quyết."),
                tone="done",
            )
        )
    for request in asked:
        steps += _asked_again(request)
    return steps


def _asked_again(request: Reopening) -> list[FollowUpLine]:
    label = _("Xem lại")
    is_waiting = request.state == RequestState.ASKED
    asked = FollowUpLine(
        label=label,
        on=timezone.localdate(request.asked_at),
        text=_("Ông/Bà cho biết chưa được giải quyết: %(why)s") % {"why": request.reason},
        state=_("Chờ quyết định") if is_waiting else "",
        tone="soon",
    )
    if request.decided_at is None:
        return [asked]
    is_upheld = request.state == RequestState.ACCEPTED
    task = request.given or request.task
    words = _("Đồng ý xem lại: %(why)s") if is_upheld else _("Không mở lại: %(why)s")
    decided = FollowUpLine(
        label=label,
        on=timezone.localdate(request.decided_at),
        text=words % {"why": request.decision},
        state=_("Giao %(body)s") % {"body": task.lead.name} if is_upheld and task else "",
        tone="soon" if is_upheld else "quiet",
        due_on=task.due_on if is_upheld and task and task.is_open else None,
    )
    done = request.given
    if done is None or done.state != TaskState.ACCEPTED or done.accepted_at is None:
        return [asked, decided]
    ended = FollowUpLine(
        label=_("Kết quả"),
        on=timezone.localdate(done.accepted_at),
        text=_("%(body)s đã thực hiện.") % {"body": done.lead.name},
        state=str(done.get_resolution_display()),
        tone="done",
    )
    return [asked, decided, ended]
