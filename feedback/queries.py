"""Questions over several tables: what a citizen may learn, counts, rows of the summary table."""

import datetime
import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext as _

from core.codes import keyed_hash
from feedback.models import Answer, Opinion, Submission
from feedback.states import AnswerState, OpinionState


@dataclass(frozen=True)
class FollowUpLine:
    """One thing that came out of an opinion, in words a citizen may read."""

    text: str
    state: str = ""
    tone: str = "plain"
    due_on: datetime.date | None = None
    done_on: datetime.date | None = None
    link: str = ""


FollowUp = Callable[[Sequence[int]], dict[int, list[FollowUpLine]]]
_follow_ups: list[FollowUp] = []


def register_follow_up(find: FollowUp) -> None:
    """Let a later step say what became of opinions: ids in, lines by id out. Call it in ready()."""
    if find not in _follow_ups:
        _follow_ups.append(find)


def follow_up(opinion_ids: Sequence[int]) -> dict[int, list[FollowUpLine]]:
    """Everything later steps know about these opinions."""
    lines: dict[int, list[FollowUpLine]] = {}
    for find in _follow_ups:
        for opinion_id, found in find(opinion_ids).items():
            lines.setdefault(opinion_id, []).extend(found)
    return lines


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
    kept = found.secret_hash if found else "0" * len(given)
    return found if hmac.compare_digest(given, kept) else None


def track(submission: Submission) -> Tracked:
    """What became of every matter of a submission."""
    opinions = list(
        submission.opinions.select_related(
            "group__task", "group__answer", "group__lead", "matter"
        ).order_by("position")
    )
    lines = follow_up([opinion.pk for opinion in opinions])
    return Tracked(submission, [_tracked(opinion, lines) for opinion in opinions])


def _tracked(opinion: Opinion, lines: dict[int, list[FollowUpLine]]) -> TrackedOpinion:
    answer = getattr(opinion.group, "answer", None)
    task = opinion.group.task if opinion.group else None
    is_asked = opinion.state == OpinionState.ASKED
    return TrackedOpinion(
        position=opinion.position,
        text=opinion.text,
        state=opinion.get_state_display(),
        tone=_tone(opinion.state),
        words=_what_happened(opinion),
        next_step=_next_step(opinion),
        due_on=task.due_on if task and is_asked else None,
        answer=answer if answer and answer.state == AnswerState.RELEASED else None,
        answered_by=opinion.group.lead.name if opinion.group and opinion.group.lead else "",
        follow_up=lines.get(opinion.pk, []),
    )


def _tone(state: str) -> str:
    tones = {
        OpinionState.RECEIVED: "info",
        OpinionState.CLASSIFIED: "info",
        OpinionState.ASKED: "soon",
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
        OpinionState.DECLINED: opinion.resolution_note,
    }
    return words.get(OpinionState(opinion.state), "")
