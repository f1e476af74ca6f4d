"""Tasks as the system of an agency works on them."""

import datetime
from typing import Annotated, Any, Literal

from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import File, Form, Query, Router, Schema
from ninja.files import UploadedFile

from assignments import actions, forms, queries, rules
from assignments.models import Cooperation, DueRequest, Evidence, Progress, Task
from core.access import require
from core.calendar import WorkingCalendar
from core.files import open_for_download
from dialogue.api.caller import Caller, caller_of
from dialogue.api.problems import checked
from dialogue.api.repeats import Done, RepeatKey, acts_once
from dialogue.api.routes.common import USUAL, Cursor, Limit, address, answers, page_of
from dialogue.api.schemas import (
    Agency,
    AskDueIn,
    Clause,
    DueDayOut,
    DueRequestOut,
    EvidenceOut,
    Helper,
    NoteIn,
    NoteOut,
    ReportIn,
    TaskOut,
    TaskPage,
    TaskRow,
    choices_of,
)

router = Router(tags=["tasks"])


class TaskFilter(Schema):
    """Which tasks a list holds."""

    tab: Literal["mine", "helping"] = "mine"
    q: str = ""
    state: Annotated[str, choices_of(forms.FilterForm, "state")] = ""
    due: Annotated[str, choices_of(forms.FilterForm, "due")] = ""


@router.get(
    "/tasks",
    response=answers(TaskPage),
    url_name="tasks",
    summary="Tasks, by due day",
)
def tasks(
    request: HttpRequest, chosen: Query[TaskFilter], cursor: Cursor = "", limit: Limit = USUAL
) -> TaskPage:
    """`tab`: mine (led) or helping. `state`: empty for unfinished, open, reported, accepted,
    cancelled, all. `due`: late, today, week, soon, paused. `q` searches without accents.
    """
    user, today = caller_of(request).user, timezone.localdate()
    values = checked(forms.FilterForm(chosen.dict()))
    rows = queries.filtered_tasks(queries.tasks_in_tab(user, chosen.tab), values, today)
    found, following = page_of(
        rows.select_related("owner", "lead", "clause"), cursor, limit, ("due_on", "id")
    )
    return TaskPage(items=[_row(task, today) for task in found], next_cursor=following)


@router.get(
    "/tasks/{int:pk}", response=answers(TaskOut, 404), url_name="task", summary="One task, whole"
)
def task(request: HttpRequest, pk: int) -> TaskOut:
    """The words of the paper, every due day it had, notes with their files, sub-tasks."""
    return show_task(caller_of(request), pk)


@router.get(
    "/evidence/{int:pk}",
    response=answers(None, 404),
    url_name="evidence",
    summary="A file of a note",
    openapi_extra={
        "responses": {200: {"content": {"application/octet-stream": {"schema": {}}}}},
    },
)
def evidence(request: HttpRequest, pk: int) -> FileResponse:
    """Its type and name are those it was sent with."""
    visible = Evidence.objects.filter(
        progress__task__in=Task.objects.visible_to(caller_of(request).user)
    )
    return FileResponse(
        **open_for_download(get_object_or_404(visible.select_related("file"), pk=pk).file)
    )


def show_note(caller: Caller, pk: int) -> NoteOut:
    """A note as it is answered with."""
    visible = Progress.objects.filter(task__in=Task.objects.visible_to(caller.user))
    return _note(
        get_object_or_404(visible.select_related("by").prefetch_related("evidence__file"), pk=pk)
    )


def show_due_request(caller: Caller, pk: int) -> DueRequestOut:
    """A request about a deadline as it is answered with."""
    visible = DueRequest.objects.filter(task__in=Task.objects.visible_to(caller.user))
    return _asked(get_object_or_404(visible, pk=pk))


def show_task(caller: Caller, pk: int) -> TaskOut:
    """A task as it is answered with; a constant number of questions."""
    row, today = _load(caller, pk), timezone.localdate()
    notes = row.progress.select_related("by").prefetch_related("evidence__file").order_by("-pk")
    below = Task.objects.visible_to(caller.user).filter(parent=row)
    helpers = row.cooperation_set.select_related("organisation")
    request_pk = getattr(getattr(row, "answer_request", None), "pk", None)
    return TaskOut(
        **_row(row, today).dict(),
        details=row.details,
        deliverable=row.deliverable,
        send_to=row.send_to,
        via=row.via,
        result=row.result,
        helpers=[_helper(one) for one in helpers.order_by("pk")],
        clause=_clause(row),
        due_reasons=_reasons(row),
        due_days=[_due_day(day) for day in row.due_days.order_by("-pk")],
        due_requests=[_asked(asked) for asked in row.due_requests.order_by("-pk")],
        notes=[_note(note) for note in notes],
        subtasks=[
            _row(part, today)
            for part in below.select_related("owner", "lead", "clause").order_by("due_on", "pk")
        ],
        answer_request=request_pk,
    )


@router.post(
    "/tasks/{int:pk}/notes",
    response=answers(NoteOut, 400, 404, 409, status=201),
    url_name="add_note",
    summary="Say how the work stands",
)
@acts_once(show_note, status=201)
def add_note(
    request: HttpRequest,
    pk: int,
    key: RepeatKey,
    note: Form[NoteIn],
    evidence: File[list[UploadedFile]] = [],  # noqa: B006 - read by the framework, never changed
) -> Done:
    """Multipart; `evidence` may be given several times."""
    caller = caller_of(request)
    row = _load(caller, pk)
    require(rules.may_note_progress(caller.user, row), rules.NOT_DOING)
    values = checked(forms.NoteForm(request.POST, request.FILES))
    return Done(actions.note_progress(row, by=caller.user, **values).pk)


@router.post(
    "/tasks/{int:pk}/report",
    response=answers(TaskOut, 400, 404, 409),
    url_name="report",
    summary="Report the result",
)
@acts_once(show_task, status=200)
def report(
    request: HttpRequest,
    pk: int,
    key: RepeatKey,
    report: Form[ReportIn],
    evidence: File[list[UploadedFile]] = [],  # noqa: B006 - read by the framework, never changed
) -> Done:
    """Multipart. Without `evidence` here or in a note since the last return, say why there is none."""
    caller = caller_of(request)
    row = _load(caller, pk)
    require(rules.may_report_task(caller.user, row), rules.NOT_LEAD)
    form = forms.ReportForm(request.POST, request.FILES, has_evidence=actions.has_evidence(row))
    actions.report_task(row, by=caller.user, **checked(form))
    return Done(row.pk)


@router.post(
    "/tasks/{int:pk}/due-requests",
    response=answers(DueRequestOut, 400, 404, 409, status=201),
    url_name="ask_due",
    summary="Ask for a later day, or that the clock stands",
)
@acts_once(show_due_request, status=201)
def ask_due(request: HttpRequest, pk: int, key: RepeatKey, asked: AskDueIn) -> Done:
    """Before the due day only, one at a time; whoever gave the task decides."""
    caller, today = caller_of(request), timezone.localdate()
    row = _load(caller, pk)
    require(rules.may_ask_due(caller.user, row), rules.NOT_ASKING_DUE)
    obstacle = actions.why_not_asked(row, today)
    values = checked(forms.AskDueForm(asked.dict(), task=row, obstacle=obstacle))
    return Done(actions.ask_due(row, by=caller.user, today=today, **values).pk)


@router.get(
    "/due-requests/{int:pk}",
    response=answers(DueRequestOut, 404),
    url_name="due_request",
    summary="A request about a deadline",
)
def due_request(request: HttpRequest, pk: int) -> DueRequestOut:
    """Whether it was decided, and how."""
    return show_due_request(caller_of(request), pk)


@router.post(
    "/due-requests/{int:pk}/withdraw",
    response=answers(DueRequestOut, 400, 404, 409),
    url_name="withdraw_due",
    summary="Take a request about a deadline back",
)
@acts_once(show_due_request, status=200)
def withdraw_due(request: HttpRequest, pk: int, key: RepeatKey) -> Done:
    """While nobody has decided it."""
    caller = caller_of(request)
    visible = DueRequest.objects.filter(task__in=Task.objects.visible_to(caller.user))
    asked = get_object_or_404(visible.select_related("task"), pk=pk)
    actions.withdraw_due(asked, by=caller.user)
    return Done(asked.pk)


def _load(caller: Caller, pk: int) -> Task:
    visible = Task.objects.visible_to(caller.user).select_related(
        "owner__unit", "lead", "clause__document__organisation", "answer_request"
    )
    return get_object_or_404(visible, pk=pk)


def _row(row: Task, today: datetime.date) -> TaskRow:
    return TaskRow(
        id=row.pk,
        title=row.title,
        wording=row.wording,
        origin=row.origin_label,
        owner=Agency.of(row.owner),
        lead=Agency.of(row.lead),
        state=row.state,
        state_label=row.get_state_display(),
        resolution=row.resolution,
        percent=row.percent,
        weight=row.weight,
        due_on=row.due_on,
        due_phrase=row.due_phrase.literal if row.due_phrase else "",
        is_late=row.is_overdue(today),
        is_paused=row.is_open and not row.is_running,
        revision=row.revision,
        page=address(row.get_absolute_url()),
    )


def _clause(row: Task) -> Clause | None:
    if row.clause is None:
        return None
    paper = row.clause.document
    return Clause(
        text=row.clause.plain_text,
        paper_number=paper.register_code,
        paper_title=paper.abstract,
        paper_dated_on=paper.dated_on,
    )


def _reasons(row: Task) -> list[str]:
    if row.due_phrase is None:
        return []
    inclusive = row.owner.is_before_inclusive
    told = row.due_phrase.explain(
        row.anchor_on, WorkingCalendar.load(), before_is_inclusive=inclusive
    )
    return [str(sentence) for sentence in told.sentences]


def _helper(row: Cooperation) -> Helper:
    return Helper(
        id=row.pk,
        organisation=Agency.of(row.organisation),
        part=row.part,
        result=row.result,
        reported_at=row.reported_at,
    )


def _due_day(row: Any) -> DueDayOut:
    return DueDayOut(revision=row.revision, due_on=row.due_on, reason=row.reason, set_at=row.set_at)


def _note(row: Progress) -> NoteOut:
    files = [
        EvidenceOut(
            id=one.pk,
            name=one.file.own_name,
            content_type=one.file.content_type,
            size=one.file.size,
            sha256=one.file.sha256,
        )
        for one in row.evidence.all()
    ]
    return NoteOut(
        id=row.pk,
        kind=row.kind,
        text=row.text,
        percent=row.percent,
        by=str(row.by),
        at=row.at,
        evidence=files,
    )


def _asked(row: DueRequest) -> DueRequestOut:
    return DueRequestOut(
        id=row.pk,
        task=row.task_id,
        kind=row.kind,
        wanted=row.wanted.literal if row.wanted else "",
        reason=row.reason,
        asked_on=row.asked_on,
        state=row.state,
        state_label=row.get_state_display(),
        decision=row.decision,
    )
