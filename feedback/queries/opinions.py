"""Questions over several tables: what a citizen may learn, counts, rows of the summary table."""

import datetime
import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Any
from urllib.parse import urlencode

from cachetools import TTLCache, cached
from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from core.codes import keyed_hash
from core.text import sort_key
from feedback.models import (
    Addition,
    Answer,
    Consultation,
    Field,
    IssueGroup,
    Opinion,
    RestrictedMatter,
    Submission,
    Support,
    Verdict,
)
from feedback.states import AnswerState, ConsultationState, OpinionState
from organisations.models import AdministrativeUnit, User
from plans.models import DialogueSession
from plans.queries import Standing

# What every public form asks is read from the database once in so many seconds, not per citizen.
FORM_SECONDS = 5


@cached(TTLCache(1, FORM_SECONDS), lock=Lock())
def fields_by_code() -> dict[str, Field]:
    """The fields of government in their order, for choosing from; at most five seconds old."""
    return {field.pk: field for field in Field.objects.order_by("position")}


@cached(TTLCache(256, FORM_SECONDS), lock=Lock())
def areas_by_key(unit_id: int, today: datetime.date) -> dict[str, AdministrativeUnit]:
    """Where a sender can be from, by name, the whole unit last; at most five seconds old."""
    areas = AdministrativeUnit.objects.current(today).filter(Q(parent=unit_id) | Q(pk=unit_id))
    ordered = sorted(areas, key=lambda area: (area.pk == unit_id, sort_key(area.name)))
    return {str(area.pk): area for area in ordered}


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
    additions: list[Addition] = field(default_factory=list)
    verdict: Verdict | None = None
    own: int = 0
    stage: str = ""

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
        return bool(self.own and self.answer)


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
            "group__task", "group__answer", "group__lead", "matter", "verdict"
        )
        .prefetch_related(Prefetch("additions", Addition.objects.order_by("pk")))
        .order_by("position")
    )
    supports = _supports_of(submission)
    lines = follow_up([*(row.pk for row in opinions), *(row.first_opinion for row in supports)])
    told = [_tracked(opinion, lines) for opinion in opinions]
    return Tracked(submission, told + [_tracked_support(row, lines) for row in supports])


def _supports_of(submission: Submission) -> list[Any]:
    """What the sender stands behind, each with the first opinion of its group (0 if none is left)."""
    first = Opinion.objects.filter(group=OuterRef("group")).order_by("pk").values("pk")[:1]
    supports = Support.objects.filter(submission=submission).order_by("position")
    groups = supports.select_related("group__task", "group__answer", "group__lead")
    return list(groups.annotate(first_opinion=Coalesce(Subquery(first), 0)))


def _tracked_support(support: Any, lines: dict[int, list[FollowUpLine]]) -> TrackedOpinion:
    """A matter raised by others, as one who stands behind it sees it: like an opinion of its own."""
    group = support.group
    answer = getattr(group, "answer", None)
    state = OpinionState.ASKED if group.task_id else OpinionState.CLASSIFIED
    if answer and answer.state == AnswerState.RELEASED:
        state = OpinionState.ANSWERED
    like = Opinion(pk=support.first_opinion, position=support.position, group=group, state=state)
    like.text = _("Cùng ý kiến với: %(title)s") % {"title": group.title}
    return _tracked(like, lines)


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
        additions=list(opinion.additions.all()) if opinion.submission_id else [],
        verdict=getattr(opinion, "verdict", None) if opinion.submission_id else None,
        own=opinion.pk if opinion.submission_id else 0,
        stage=opinion.state,
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
        OpinionState.DECLINED: opinion.resolution_note,
    }
    return words.get(OpinionState(opinion.state), "")


@dataclass(frozen=True)
class CountRow:
    """One line of a count: a word, a number, the list behind it."""

    label: str
    value: int
    url: str = ""


def state_counts(opinions: "QuerySet[Opinion]") -> list[CountRow]:
    """Opinions by state, every state once; the sum is the total."""
    found = dict(opinions.order_by().values_list("state").annotate(n=Count("pk")))
    return [
        CountRow(str(state.label), found.get(state.value, 0), _list_url(state=state.value))
        for state in OpinionState
    ]


def field_counts(opinions: "QuerySet[Opinion]") -> list[CountRow]:
    """Opinions by main field; secondary fields do not count, so the sum is the total."""
    found = (
        opinions.order_by("field__position")
        .values_list("field_id", "field__name")
        .annotate(n=Count("pk"))
    )
    return [CountRow(name, n, _list_url(field=code)) for code, name, n in found]


def area_counts(opinions: "QuerySet[Opinion]") -> list[CountRow]:
    """Opinions by the place they came from."""
    found = (
        opinions.order_by("submission__area__name")
        .values_list("submission__area_id", "submission__area__kind", "submission__area__name")
        .annotate(n=Count("pk"))
    )
    return [CountRow(f"{kind} {name}", n, _list_url(area=pk)) for pk, kind, name, n in found]


@dataclass(frozen=True)
class SummaryRow:
    """One row of the summary table (domain.md §3.7): a group, or an opinion that stands alone."""

    number: int
    codes: list[str]
    field: str
    content: str
    areas: list[str]
    opinions: int
    people: int
    competence: str
    lead: str
    due_on: datetime.date | None
    answer: str
    legal_basis: str
    is_repeated: bool


def summary_rows(
    consultation: Consultation, *, only_released: bool = True, user: User | None = None
) -> list[SummaryRow]:
    """The summary table by field; unreleased answers only for a `user` who may read them."""
    may_read = Answer.objects.released()
    if user is not None and not only_released:
        may_read = Answer.objects.visible_to(user)
    answers = {row.group_id: row for row in may_read.filter(group__consultation=consultation)}
    groups = groups_of(IssueGroup.objects.filter(consultation=consultation)).order_by("id")
    alone = (
        Opinion.objects.in_dialogue()
        .filter(submission__consultation=consultation, group=None)
        .select_related("submission__area", "field")
        .order_by("id")
    )
    rows = [
        (
            group.field.position,
            _summary(group.title, list(group.opinions.all()), group, answers.get(group.pk)),
        )
        for group in groups
        if group.opinions.all()
    ]
    rows += [(row.field.position, _summary(row.text, [row], None, None)) for row in alone]
    by_field = sorted(rows, key=lambda pair: pair[0])
    return [replace(row, number=number) for number, (_place, row) in enumerate(by_field, start=1)]


def groups_of(groups: "QuerySet[IssueGroup]") -> "QuerySet[IssueGroup]":
    """Groups with field, lead, task, and their opinions with the places they came from."""
    members = Opinion.objects.select_related("submission__area", "field").order_by("id")
    return groups.select_related("field", "lead", "task").prefetch_related(
        Prefetch("opinions", queryset=members), "supports__submission__area"
    )


def groups_for_session(session: DialogueSession) -> "QuerySet[IssueGroup]":
    """The matters a conference of this session can take up, with numbers of opinions and people."""
    return (
        IssueGroup.objects.standing()
        .filter(consultation__in=Consultation.objects.for_session(session.pk))
        .select_related("field", "lead", "task")
        .with_numbers()
        .order_by("field__position", "id")
    )


def areas_of(group: IssueGroup) -> list[str]:
    """The places a group's senders and joiners are from, by the alphabet."""
    concerned = Q(submissions__opinions__group=group) | Q(submissions__supports__group=group)
    areas = AdministrativeUnit.objects.filter(concerned).distinct()
    return sorted((str(area) for area in areas), key=sort_key)


def joined_by(group: IssueGroup) -> list[Support]:
    """Who stands behind a group; `is_closed` where a matter of the same form left the dialogue."""
    matters = RestrictedMatter.objects.filter(opinion__submission=OuterRef("submission"))
    supports = group.supports.select_related("submission__area", "submission__sender")
    return list(supports.annotate(is_closed=Exists(matters)).order_by("pk"))


def is_restricted(submission: Submission) -> bool:
    """Whether a matter of the submission left the dialogue: then sender and files are closed."""
    return RestrictedMatter.objects.filter(opinion__submission=submission).exists()


def with_restriction(opinions: "QuerySet[Opinion]") -> "QuerySet[Opinion]":
    """Opinions that say `is_closed` when a matter of their submission left the dialogue."""
    matters = RestrictedMatter.objects.filter(opinion__submission=OuterRef("submission"))
    return opinions.annotate(is_closed=Exists(matters))


def _summary(
    content: str, opinions: list[Opinion], group: IssueGroup | None, answer: Answer | None
) -> SummaryRow:
    first = opinions[0]
    joined: list[Support] = list(group.supports.all()) if group else []
    forms = [*(row.submission for row in opinions), *(row.submission for row in joined)]
    competence = group.get_competence_display() if group else first.get_competence_display()
    return SummaryRow(
        number=0,
        codes=[f"{opinion.submission.code}.{opinion.position}" for opinion in opinions],
        field=str(group.field if group else first.field),
        content=content,
        areas=sorted({str(form.area) for form in forms}),
        opinions=len(opinions),
        people=len(joined) + sum(opinion.supporters for opinion in opinions),
        competence=str(competence),
        lead=group.lead.name if group and group.lead else "",
        due_on=group.task.due_on if group and group.task else None,
        answer=answer.text if answer else "",
        legal_basis=answer.legal_basis if answer else "",
        is_repeated=any(opinion.raised_before for opinion in opinions),
    )


def _list_url(**filters: object) -> str:
    return f"{reverse('feedback:list')}?{urlencode(filters)}"


def standing_of_sessions(session_ids: Sequence[int]) -> dict[int, Standing]:
    """How far the consultations of sessions are, for the year's board; one query."""
    rows = Consultation.objects.filter(session__in=session_ids).order_by("pk")
    found = {}
    for row in rows.only("session", "state"):
        if row.state == ConsultationState.OPEN:
            found[row.session_id] = Standing(20, _("Đang lấy ý kiến"), "info")
        elif row.state == ConsultationState.CLOSED:
            found.setdefault(row.session_id, Standing(25, _("Đã lấy xong ý kiến"), "info"))
    return found
