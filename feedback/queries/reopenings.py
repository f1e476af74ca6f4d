"""Requests to look at a matter again: what they are about, who decides, who is gone."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from assignments.models import Task
from assignments.states import TaskState
from core.dates import written_day
from feedback.models import Opinion, Reopening
from feedback.models.reopenings import KEEPERS
from organisations.models import Membership, Organisation, User
from organisations.queries import heirs_of

Work = Callable[[Sequence[int]], dict[int, list[Task]]]
_works: list[Work] = []


def register_work(find: Work) -> None:
    """Let a later step say which tasks were given for opinions: ids in, tasks by id out."""
    if find not in _works:
        _works.append(find)


def work_behind(opinion: Opinion) -> list[Task]:
    """The tasks given for a matter, the latest last; also those an earlier request gave."""
    found = [task for find in _works for task in find([opinion.pk]).get(opinion.pk, [])]
    given = Task.objects.filter(reopened_from__opinion=opinion).select_related("owner", "lead")
    return list({task.pk: task for task in (*found, *given.order_by("pk"))}.values())


def open_work(opinion: Opinion) -> Task | None:
    """The task somebody still works on for a matter: until it ends nothing can be reopened."""
    waiting = (TaskState.OPEN, TaskState.REPORTED)
    return next((task for task in work_behind(opinion) if task.state in waiting), None)


def result_in_doubt(opinion: Opinion) -> Task | None:
    """The last task whose result was accepted for a matter."""
    ended = [task for task in work_behind(opinion) if task.state == TaskState.ACCEPTED]
    return ended[-1] if ended else None


def body_now(body: Organisation, today: datetime.date) -> Organisation:
    """The body itself, or the first of those in force that have taken over from it."""
    if not _has_ended(body, today):
        return body
    return next(iter(heirs_of(body, today)), body)


def _has_ended(body: Organisation, today: datetime.date) -> bool:
    return body.valid_to is not None and body.valid_to < today


def decider_of(request: Reopening, today: datetime.date) -> Organisation:
    """Whose people decide: the monitor of the work, else who gave it, else the office.

    A body that has ended counts as its successor; one without anybody who may decide is passed
    over, and so is the body whose own result is in doubt.
    """
    office = request.opinion.submission.consultation.organisation
    task = request.task
    asked = [task.monitor, task.owner] if task else []
    for body in asked:
        found = body_now(body, today) if body else None
        is_own = task is not None and found is not None and found.pk == task.lead_id
        if found is not None and _has_keepers(found, today) and not (is_own and found != office):
            return found
    return body_now(office, today)


def keepers_of(body: Organisation, today: datetime.date) -> list[User]:
    """The clerks and heads of a body who can log in."""
    posts = Membership.objects.current(today).filter(
        organisation=body, role__in=KEEPERS, user__is_active=True
    )
    rows = posts.select_related("user").order_by("user_id")
    return list({post.user_id: post.user for post in rows}.values())


def _has_keepers(body: Organisation, today: datetime.date) -> bool:
    return bool(keepers_of(body, today))


@dataclass(frozen=True)
class Lead:
    """Who would take the matter up again; `gone` says who had it and cannot any more."""

    body: Organisation
    gone: str = ""

    @property
    def is_same(self) -> bool:
        """Whether the body that had the matter still has it."""
        return not self.gone


def lead_for(request: Reopening, today: datetime.date) -> Lead:
    """Who takes the matter up: the lead of before, its successor, or the office itself."""
    group, task = request.opinion.group, request.task
    office = body_now(request.opinion.submission.consultation.organisation, today)
    had = task.lead if task else (group.lead if group else None)
    if had is None:
        return Lead(office)
    now = body_now(had, today)
    if now.pk == had.pk and not _has_ended(had, today):
        return Lead(had)
    shown = {"body": had.name, "day": written_day(had.valid_to) if had.valid_to else ""}
    if _has_ended(now, today):
        words = _(
            "%(body)s đã kết thúc hoạt động ngày %(day)s, chưa ghi cơ quan tiếp nhận; văn phòng nhận lại việc."
        )
        return Lead(office, words % shown)
    words = _("%(body)s đã kết thúc hoạt động ngày %(day)s; việc chuyển %(heir)s.")
    return Lead(now, words % {**shown, "heir": now.name})


def person_gone(request: Reopening, today: datetime.date) -> str:
    """The sentence for somebody who was named for the work and has left; "" if nobody has."""
    task = request.task
    if task is None or task.person is None:
        return ""
    posts = Membership.objects.current(today).filter(organisation=task.lead, user=task.person)
    if posts.filter(user__is_active=True).exists():
        return ""
    words = _("%(name)s, người được giao trước đây, không còn công tác tại %(body)s.")
    return words % {"name": task.person, "body": task.lead.name}


def bodies_to_ask(lead: Organisation, today: datetime.date) -> QuerySet[Organisation]:
    """The bodies in force of the place, and who would have it."""
    place = lead.unit_id
    rows = Organisation.objects.current(today).filter(Q(unit=place) | Q(pk=lead.pk))
    return rows.order_by("name")
