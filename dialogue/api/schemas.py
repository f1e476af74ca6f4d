"""What the interface takes and gives, as its OpenAPI document describes it."""

import datetime
from typing import Annotated, Any, Literal

from django.db.models import TextChoices
from django.forms import Form
from ninja import Field, Schema
from pydantic import WithJsonSchema

from assignments.forms import AskDueForm, NoteForm, PartForm, ReportForm, TalkForm
from assignments.models import DueRequest, Progress
from assignments.states import RequestState, Resolution, TaskState
from conclusions.models import ConclusionPoint
from dialogue.public.promises import Stage
from feedback.forms.answers import AnswerForm
from feedback.states import AnswerState
from feedback.states import RequestState as AskedState
from organisations.models import Organisation


def one_of(kind: type[TextChoices]) -> WithJsonSchema:
    """The values of a choice; whether one was sent is judged by the form, in a sentence."""
    return WithJsonSchema({"type": "string", "enum": list(kind.values)})


def choices_of(form: type[Form], name: str) -> WithJsonSchema:
    """The values a form offers; the form itself refuses others."""
    field: Any = form.base_fields[name]
    return WithJsonSchema({"type": "string", "enum": [value for value, _label in field.choices]})


def like(form: type[Form], name: str, default: Any = ...) -> Any:
    """A text as long as the form's field allows; the form itself refuses, in a sentence."""
    field: Any = form.base_fields[name]
    limits = {"maxLength": field.max_length} | (
        {"minLength": field.min_length} if field.min_length else {}
    )
    return Field(default, json_schema_extra=limits)


class FieldProblem(Schema):
    """What is wrong with one field."""

    field: str = Field(description="Empty if it concerns several fields.")
    detail: str


class Problem(Schema):
    """RFC 9457; `detail` is a sentence in Vietnamese for people."""

    type: str = Field(description="tag:dialogue,2026:problem:<code>; the code is for programs.")
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] = []
    current: "Current | None" = Field(
        None, description="With 412: the draft as somebody else left it."
    )


class Current(Schema):
    """A draft as it stands."""

    text: str
    legal_basis: str
    version: int


class Agency(Schema):
    """An organisation."""

    id: int
    name: str
    short_name: str

    @classmethod
    def of(cls, row: Organisation) -> "Agency":
        """As it is named everywhere."""
        return cls(id=row.pk, name=row.name, short_name=row.short_name)


class Me(Schema):
    """The token that calls."""

    organisation: Agency
    name: str
    account: str = Field(description="The name that every history shows for what it does.")
    scope: str
    expires_on: datetime.date
    calls_per_minute: int


class Clause(Schema):
    """The words of the paper that gave the task."""

    text: str
    paper_number: str
    paper_title: str
    paper_dated_on: datetime.date | None


class TaskRow(Schema):
    """A task in a list."""

    id: int
    title: str
    wording: str = Field(description="What is to be done, in the words of the paper.")
    origin: str = Field(description="The paper or request it grew out of.")
    owner: Agency = Field(description="Who gave it and accepts the result.")
    lead: Agency = Field(description="Who does it.")
    state: Annotated[str, one_of(TaskState)]
    state_label: str
    resolution: Annotated[str, WithJsonSchema({"type": "string", "enum": ["", *Resolution.values]})]
    percent: int
    weight: int = Field(description="How much of the whole a sub-task is.")
    due_on: datetime.date | None = Field(description="The last good day.")
    due_phrase: str = Field(description="The deadline as the paper writes it.")
    is_late: bool
    is_paused: bool = Field(description="The clock stands until others have acted.")
    revision: int = Field(description="Grows when the lead or the due day changes.")
    page: str = Field(description="The page for people.")


class TaskPage(Schema):
    """One page of tasks."""

    items: list[TaskRow]
    next_cursor: str | None


class DueDayOut(Schema):
    """A due day the task had, and why."""

    revision: int
    due_on: datetime.date | None
    reason: str
    set_at: datetime.datetime


class EvidenceOut(Schema):
    """A file that shows the work was done."""

    id: int
    name: str
    content_type: str
    size: int
    sha256: str


class NoteOut(Schema):
    """What somebody said about how the work stands."""

    id: int
    kind: Annotated[str, one_of(Progress.Kind)]
    text: str
    percent: int | None
    by: str
    at: datetime.datetime
    evidence: list[EvidenceOut]


class DueRequestOut(Schema):
    """A request about the deadline, and what was decided."""

    id: int
    task: int
    kind: Annotated[str, one_of(DueRequest.Kind)]
    wanted: str
    reason: str
    asked_on: datetime.date
    state: Annotated[str, one_of(RequestState)]
    state_label: str
    decision: str


class Helper(Schema):
    """A body that helps: its part, and what it reported to the lead."""

    id: int = Field(description="The number of the part.")
    organisation: Agency
    part: str
    result: str
    reported_at: datetime.datetime | None


class TaskOut(TaskRow):
    """A task with everything its page shows."""

    details: str
    deliverable: str
    send_to: str
    via: str
    result: str
    helpers: list[Helper]
    clause: Clause | None
    due_reasons: list[str] = Field(description="How the last good day was reckoned, in sentences.")
    due_days: list[DueDayOut] = Field(description="Every due day it ever had, the newest first.")
    due_requests: list[DueRequestOut]
    notes: list[NoteOut] = Field(description="The newest first.")
    subtasks: list[TaskRow]
    answer_request: int | None = Field(description="The request for an answer behind the task.")


class NoteIn(Schema):
    """How the work stands."""

    text: str = like(NoteForm, "text")
    percent: int | None = Field(None, ge=0, le=100)


class PartIn(Schema):
    """What a body that helps has done."""

    result: str = like(PartForm, "result")


class TalkIn(Schema):
    """Something said to the others."""

    text: str = like(TalkForm, "text")


class ReportIn(Schema):
    """The result, with files or the reason why there are none."""

    resolution: Annotated[str, one_of(Resolution)]
    result: str = like(ReportForm, "result")
    no_evidence_reason: str = like(ReportForm, "no_evidence_reason", "")


class AskDueIn(Schema):
    """What is asked about the deadline."""

    kind: Annotated[str, one_of(DueRequest.Kind)]
    wanted: str = Field("", description="For an extension: “trước ngày 20/12/2026”; else empty.")
    reason: str = like(AskDueForm, "reason")


class AnswerOut(Schema):
    """A prepared answer; nobody outside reads it before it is released."""

    text: str
    legal_basis: str
    state: Annotated[str, one_of(AnswerState)]
    state_label: str
    version: int
    returned_because: str = Field(description="Why it was last sent back; empty if it was not.")


class AnswerIn(Schema):
    """The draft of an answer."""

    text: str = like(AnswerForm, "text")
    legal_basis: str = like(AnswerForm, "legal_basis", "")


class AskedRow(Schema):
    """The office's request for an answer, in a list."""

    id: int
    matter: str
    field: str
    lead: Agency
    state: Annotated[str, one_of(AskedState)]
    asked_at: datetime.datetime
    due_on: datetime.date | None
    task: int | None
    answer_state: Annotated[
        str | None,
        WithJsonSchema({"type": ["string", "null"], "enum": [None, *AnswerState.values]}),
    ] = Field(description="Null while nothing is written, or while it is not yours to read.")
    page: str


Which = Literal["standing", "withdrawn", "all"]


class AskedPage(Schema):
    """One page of requests."""

    items: list[AskedRow]
    next_cursor: str | None


class OpinionOut(Schema):
    """What a citizen wrote, without who it was."""

    text: str
    proposal: str


class AskedOut(AskedRow):
    """A request for an answer with what it is about."""

    note: str
    withdrawn_because: str
    cooperating: list[Agency]
    opinions: list[OpinionOut] = Field(description="The first 50, oldest first.")
    answer: AnswerOut | None


class PointTask(Schema):
    """A task a point gave."""

    id: int | None = Field(description="Only if it is yours to open.")
    lead: str
    state: Annotated[str, one_of(TaskState)]
    due_on: datetime.date | None
    percent: int


class Point(Schema):
    """A point of a notice and what became of it."""

    id: int
    text: str
    kind: Annotated[str, one_of(ConclusionPoint.Kind)]
    lead: Agency | None
    stage: Annotated[str, one_of(Stage)]
    stage_label: str
    percent: int
    tasks: list[PointTask]


class NoticeRow(Schema):
    """A notice in force."""

    id: int
    number: str
    title: str
    dated_on: datetime.date | None
    organisation: Agency
    conference: str
    page: str


class NoticePage(Schema):
    """One page of notices, the newest first."""

    items: list[NoticeRow]
    next_cursor: str | None


class NoticeOut(NoticeRow):
    """A notice with its points in the order of the paper."""

    points: list[Point]


class Dialogue(Schema):
    """A session of an issued plan."""

    id: int
    title: str
    organisation: Agency
    kind: str
    audience: str
    time: str = Field(description="As the plan writes it.")
    first_on: datetime.date | None
    last_on: datetime.date | None
    starts_at: datetime.datetime | None
    ends_at: datetime.datetime | None
    place: str
    standing: str
    page: str


class Year(Schema):
    """The dialogues of a year, those without a day last."""

    year: int
    calendar: str = Field(description="The same for calendar programs (iCalendar).")
    items: list[Dialogue]


Problem.model_rebuild()
