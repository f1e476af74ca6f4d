"""The page of one task: its words, its day, its parts, what was said and what was shown."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from assignments import actions, facts, queries, rules
from assignments.models import Cooperation, Evidence, Progress, Task
from assignments.states import RequestState, TaskState
from assignments.views.tasks import WHOLE, load_task
from core.calendar import WorkingCalendar
from core.transitions import history_of
from documents.models import Document
from documents.printing.places import places_of
from organisations.http import UserRequest
from organisations.models import User

Kind = Progress.Kind
SAID = (Kind.TALK, Kind.COMMENT, Kind.REPLY)


@require_GET
def detail(request: UserRequest, pk: int) -> HttpResponse:
    task, user = load_task(request, pk, *WHOLE)
    today = timezone.localdate()
    context = {
        "task": task,
        "today": today,
        **_behind(user, task),
        "due_days": task.due_days.select_related("set_by").order_by("-pk"),
        "explanation": _explanation(task),
        "contest": task.contests.filter(state=RequestState.ASKED).first(),
        **_heirs(user, task, today),
        "reminding": queries.reminding_of(task, today, WorkingCalendar.load()),
        "may_draft": rules.may_draft_explanation(user, task, today),
        **_about_due(user, task),
        **_said(user, task),
        **_parts(user, task),
        "may": _rights(user, task),
        "work": facts.work_of(task, user) if task.is_open else None,
    }
    return render(request, "assignments/detail.html", context)


def _heirs(user: User, task: Task, today: datetime.date) -> dict[str, str]:
    """That the lead has ended, and where the owner's people give the task to whoever takes over."""
    ended = actions.why_no_lead(task.lead, today) if task.is_open else ""
    is_theirs = user.is_admin or user.has_role(task.owner_id, *rules.KEEPERS)
    url = reverse("assignments:succession", args=[task.lead_id]) if ended and is_theirs else ""
    return {"no_lead": ended, "succession_url": url}


def _about_due(user: User, task: Task) -> dict[str, Any]:
    waiting = queries.waiting_due_request(task)
    return {
        "asked": waiting,
        "may_decide": waiting is not None and rules.may_decide_due(user, waiting),
        "may_withdraw": waiting is not None and rules.may_withdraw_due(user, waiting),
    }


def _said(user: User, task: Task) -> dict[str, Any]:
    """What happened, what was said (with its answers), every file; the newest act first."""
    shown = Evidence.objects.select_related("file").order_by("pk")
    rows = task.progress.select_related("by", "on_behalf").order_by("-pk")
    notes = list(rows.prefetch_related(Prefetch("evidence", shown)))
    answered: dict[int | None, list[Progress]] = {}
    for note in notes:
        answered.setdefault(note.answers_id, []).append(note)
    talk = [note for note in reversed(notes) if note.kind in SAID and note.answers_id is None]
    is_asked = user.works_for(task.owner_id, *rules.KEEPERS) or user.works_for(
        task.lead_id, *rules.DOERS
    )
    return {
        "notes": [note for note in notes if note.kind not in SAID],
        "talk": [(note, answered.get(note.pk, [])) for note in talk],
        "is_asked": is_asked,
        # Who was named for the work, who was added: what changed without moving the task.
        "changes": history_of(task).filter(to_state=""),
        "files": [(file, note) for note in notes for file in note.evidence.all()],
    }


def _parts(user: User, task: Task) -> dict[str, Any]:
    helpers = list(
        Cooperation.objects.filter(task=task)
        .select_related("organisation", "reported_by")
        .order_by("pk")
    )
    mine = user.working_ids(*rules.DOERS) if task.is_open else set()
    children = list(task.children.select_related("lead").order_by("pk"))
    visible = Task.objects.visible_to(user).filter(parent=task) if children else Task.objects.none()
    may_open = set(visible.values_list("pk", flat=True))
    return {
        "helpers": [(row, row.organisation_id in mine) for row in helpers],
        "children": [(child, share, child.pk in may_open) for child, share in _shares(children)],
    }


def _shares(children: Iterable[Task]) -> list[tuple[Task, int | None]]:
    """Each part with its share of the whole in per cent; a cancelled part has none."""
    rows = list(children)
    whole = sum(row.weight for row in rows if row.is_live)
    return [(row, round(100 * row.weight / whole) if row.is_live else None) for row in rows]


def _behind(user: User, task: Task) -> dict[str, Any]:
    """The paper, the place in it, the citizens' words and the whole trace, as far as one may see."""
    paper = task.clause.document if task.clause is not None else None
    may_read = paper is not None and Document.objects.visible_to(user).filter(pk=paper.pk).exists()
    return {
        "citation": _citation(task),
        "paper_url": paper.get_absolute_url() if paper is not None and may_read else "",
        "voices": facts.voices_of(task, user),
        "trace_url": facts.trace_url(task, user),
    }


def _citation(task: Task) -> str:
    """Where in its paper the clause stands: "mục II.3"."""
    clause = task.clause
    if clause is None:
        return ""
    clauses = list(clause.document.clauses.order_by("position", "pk"))
    return places_of(clause.document, clauses).get(clause.pk, "")


def _explanation(task: Task) -> Any:
    if task.due_phrase is None:
        return None
    return task.due_phrase.explain(
        task.anchor_on,
        WorkingCalendar.load(),
        before_is_inclusive=task.owner.is_before_inclusive,
    )


def _rights(user: User, task: Task) -> dict[str, bool]:
    reported = task.state == TaskState.REPORTED
    return {
        "note": rules.may_note_progress(user, task),
        "report": task.is_open and rules.may_report_task(user, task),
        "accept": reported and rules.may_accept_task(user, task),
        "return_": reported and rules.may_return_task(user, task),
        "reopen": task.state == TaskState.ACCEPTED and rules.may_return_task(user, task),
        "change_due": rules.may_change_due(user, task),
        "ask_due": rules.may_ask_due(user, task),
        "resume": rules.may_resume_task(user, task),
        "discuss": rules.may_discuss_task(user, task),
        "comment": rules.may_comment_task(user, task),
        "contest": rules.may_contest_task(user, task),
        "assign": rules.may_assign_person(user, task),
        "split": rules.may_split_task(user, task),
        "share_out": rules.may_share_out(user, task),
        "add_helper": rules.may_add_helper(user, task),
        "cancel": task.is_open and rules.may_cancel_task(user, task),
    }
