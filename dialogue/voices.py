"""The citizens' words behind a task, told by where the task comes from; never who said them."""

from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from assignments import facts
from assignments.models import Task
from conclusions.models import ConclusionPoint
from dialogue.tracing import session_behind
from feedback.models import Answer, IssueGroup, Opinion
from feedback.rules import may_write_answer
from feedback.states import OpinionState
from organisations.models import User

NOT_TOLD = (OpinionState.ROUTED, OpinionState.WITHDRAWN)
"""Routed out of the dialogue, or taken back by the sender: the words are nobody's business here."""


def register() -> None:
    """Tell tasks about their citizens, at start."""
    facts.register("conclusions.conclusionpoint", _behind_point)
    facts.register("feedback.issuegroup", _behind_group)
    facts.register_tracer(_trace_url)
    facts.register_work("feedback.issuegroup", _answering)


def _trace_url(task: Task, user: User) -> str:
    found = session_behind("task", task.pk, user)
    return reverse("trace", args=["task", task.pk]) if found else ""


def _behind_point(point: ConclusionPoint, user: User) -> Iterator[facts.Voice]:
    spoken = point.exchanges.filter(is_fact_only=False).order_by("at", "pk")
    groups = set(point.groups.values_list("pk", flat=True))
    for exchange in spoken:
        yield facts.Voice(exchange.question, _("Nêu tại hội nghị"))
        if exchange.group_id:
            groups.add(exchange.group_id)
    yield from _sent_in(groups, user)


def _behind_group(group: IssueGroup, user: User) -> Iterator[facts.Voice]:
    return _sent_in({group.pk}, user)


def _answering(group: IssueGroup, user: User) -> facts.Work | None:
    """An answer is written with its matter, and handing it to the office reports the task."""
    if not may_write_answer(user, group):
        return None
    if Answer.objects.filter(group=group).exists():
        return facts.Work(_("Mở câu trả lời đang soạn"), group.get_absolute_url())
    return facts.Work(_("Soạn câu trả lời"), reverse("feedback:answer", args=[group.pk]))


def _sent_in(groups: Iterable[int], user: User) -> Iterator[facts.Voice]:
    ids = set(groups)
    if not ids:
        return
    may_open = set(
        IssueGroup.objects.visible_to(user).filter(pk__in=ids).values_list("pk", flat=True)
    )
    opinions = Opinion.objects.filter(group__in=ids).exclude(state__in=NOT_TOLD).exclude(text="")
    for opinion in opinions.select_related("group").order_by("pk")[: facts.MOST]:
        group = opinion.group
        url = group.get_absolute_url() if group is not None and group.pk in may_open else ""
        yield facts.Voice(opinion.text, _("Phiếu ý kiến"), url)
