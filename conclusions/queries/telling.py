"""What those who raised a matter are told of its conclusion, and which work stands behind it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments.models import Task
from assignments.states import TaskState
from conclusions.models import ConclusionPoint, PetitionItem, PointResult
from conclusions.queries.points import PointProgress, tasks_of
from conclusions.states import PetitionState
from conferences.models import Exchange
from conferences.states import ConferenceState
from documents.states import DocumentState
from feedback.models import Notice
from feedback.queries import FollowUpLine
from feedback.queries.releases import forms_of_groups

Kind = ConclusionPoint.Kind
UNTOLD = (PetitionState.DRAFT, PetitionState.CANCELLED)


def may_be_told(line: PointProgress) -> bool:
    """Whether the work on a point has ended and those who raised it were not told since."""
    ended_at = line.ended_at
    if line.point.kind != Kind.ASSIGNED or ended_at is None or not line.point.groups.all():
        return False
    return all(result.at < ended_at for result in line.point.results.all())


def result_words(point: ConclusionPoint) -> str:
    """What the bodies reported, as a beginning of the words for those who raised the matter."""
    done = tasks_of([point]).filter(state=TaskState.ACCEPTED).order_by("pk")
    return "\n\n".join(task.result for task in done if task.result)


def hearers_of(point: ConclusionPoint) -> "list[tuple[Notice.Channel, int]]":
    """How many who raised the matter would hear by each way."""
    forms = forms_of_groups(list(point.groups.values_list("pk", flat=True)))
    count = Counter(channel for _form, channel in forms.values())
    return [(channel, count[channel]) for channel in Notice.Channel if count[channel]]


def follow_up_of_opinions(opinion_ids: Iterable[int]) -> dict[int, list[FollowUpLine]]:
    """What citizens are told under their code: what was said in the hall, concluded and done.

    Five questions whatever the number of opinions; only issued notices, no names of people.
    """
    wanted = list(opinion_ids)
    found: dict[int, list[FollowUpLine]] = defaultdict(list)
    for exchange in _spoken_of(wanted):
        found[exchange.opinion_id].append(_said(exchange))
    points = points_behind(wanted)
    tasks: dict[int, list[Task]] = defaultdict(list)
    given = [point for point in points if point.kind != Kind.PETITION]
    for task in tasks_of(given).live().select_related("lead"):
        tasks[task.origin_id or 0].append(task)
    asked, results = _petitions_of(points), _results_of(points)
    for point in points:
        if point.opinion_id in wanted:
            found[point.opinion_id] += [
                _concluded(point),
                *map(_worked_on, tasks[point.pk]),
                *(line for item in asked[point.pk] for line in _asked_above(item)),
                *map(_told, results[point.pk]),
            ]
    return found


def points_behind(opinion_ids: Sequence[int]) -> list[Any]:
    """The points of issued notices on the matters of some opinions, each with its `opinion_id`."""
    return list(
        ConclusionPoint.objects.filter(
            groups__opinions__in=opinion_ids, notice__document__state=DocumentState.ISSUED
        )
        .select_related("clause", "lead", "notice__document")
        .annotate(opinion_id=F("groups__opinions"))
        .order_by("pk")
    )


def work_behind_opinions(opinion_ids: Sequence[int]) -> dict[int, list[Task]]:
    """The tasks that were given for the matters of some opinions, the latest last."""
    points = points_behind(opinion_ids)
    tasks: dict[int, list[Task]] = defaultdict(list)
    rows = tasks_of(points).live()
    for task in rows.select_related("owner", "lead", "monitor", "person").order_by("pk"):
        tasks[task.origin_id or 0].append(task)
    found: dict[int, list[Task]] = defaultdict(list)
    for point in points:
        if point.opinion_id in opinion_ids:
            found[point.opinion_id] += tasks[point.pk]
    return found


def _spoken_of(opinion_ids: Sequence[int]) -> list[Any]:
    rows = Exchange.objects.filter(
        group__opinions__in=opinion_ids, conference__state=ConferenceState.CLOSED
    )
    rows = rows.select_related("conference").annotate(opinion_id=F("group__opinions"))
    return [row for row in rows.order_by("pk") if row.opinion_id in opinion_ids]


def _petitions_of(points: Iterable[ConclusionPoint]) -> dict[int, list[PetitionItem]]:
    found: dict[int, list[PetitionItem]] = defaultdict(list)
    items = PetitionItem.objects.filter(point__in=[point.pk for point in points])
    for item in items.exclude(petition__state__in=UNTOLD).select_related("petition__document"):
        found[item.point_id].append(item)
    return found


def _results_of(points: Iterable[ConclusionPoint]) -> dict[int, list[PointResult]]:
    found: dict[int, list[PointResult]] = defaultdict(list)
    results = PointResult.objects.filter(point__in=[point.pk for point in points])
    for result in results.order_by("pk"):
        found[result.point_id].append(result)
    return found


def _said(exchange: Any) -> FollowUpLine:
    return FollowUpLine(
        label=_("Tại hội nghị"),
        on=timezone.localdate(exchange.at),
        text=_("Việc này đã được nêu tại %(title)s.") % {"title": exchange.conference.title},
        state=str(exchange.get_outcome_display()),
    )


def _concluded(point: ConclusionPoint) -> FollowUpLine:
    document = point.notice.document
    text = _("Kết luận (%(number)s): %(text)s") % {
        "number": document.register_code,
        "text": point.clause.plain_text,
    }
    if point.kind == Kind.NOT_CONSIDERED and point.reason:
        text = f"{text} {_('Lý do: %(why)s') % {'why': point.reason}}"
    return FollowUpLine(
        label=_("Kết luận"),
        on=document.dated_on,
        text=text,
        state=str(point.get_kind_display()),
        link=reverse("portal:conclusion", args=[point.notice_id]),
    )


def _worked_on(task: Task) -> FollowUpLine:
    given_on = timezone.localdate(task.created_at)
    if task.state == TaskState.ACCEPTED:
        done_on = timezone.localdate(task.accepted_at) if task.accepted_at else None
        return FollowUpLine(
            label=_("Thực hiện"),
            on=done_on or given_on,
            text=_("%(body)s đã thực hiện.") % {"body": task.lead.name},
            state=str(task.get_resolution_display()),
            tone="done",
            done_on=done_on,
        )
    return FollowUpLine(
        label=_("Thực hiện"),
        on=given_on,
        text=_("Giao %(body)s thực hiện, tiến độ %(percent)s%%.")
        % {"body": task.lead.name, "percent": task.percent},
        state=_("Đang thực hiện"),
        tone="soon",
        due_on=task.due_on,
        is_open=True,
    )


def _asked_above(item: PetitionItem) -> list[FollowUpLine]:
    """Sent, taken, answered or given back: a line for each day something happened."""
    petition = item.petition
    shown = {"body": petition.receiver_name, "number": petition.document.register_code}
    label = _("Kiến nghị cấp trên")
    state = str(petition.get_state_display())
    is_waiting = petition.is_above and item.is_waiting
    lines = [
        FollowUpLine(
            label=label,
            on=petition.sent_on,
            text=_("Đã gửi %(body)s văn bản số %(number)s.") % shown,
            state=state if is_waiting else "",
            tone="soon",
            due_on=petition.reply_by if is_waiting else None,
            is_open=is_waiting,
        )
    ]
    if petition.received_on:
        taken = _("%(body)s đã tiếp nhận.") % shown
        lines.append(FollowUpLine(label=label, on=petition.received_on, text=taken))
    if petition.state == PetitionState.RETURNED:
        back = _("%(body)s trả lại, chưa giải quyết; văn phòng đang xử lý tiếp.") % shown
        lines.append(FollowUpLine(label=label, text=back, state=state, tone="late"))
    return lines


def _told(result: PointResult) -> FollowUpLine:
    return FollowUpLine(
        label=_("Kết quả"),
        on=timezone.localdate(result.at),
        text=f"{result.said_by}: {result.text}",
        tone="done",
        is_result=True,
    )
