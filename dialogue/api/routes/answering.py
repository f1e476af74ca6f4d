"""Requests for answers and the drafts agencies prepare; sending them on is theirs, releasing never."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import HeaderEx, P, Router

from core.access import require
from core.transitions import IllegalMoveError
from dialogue.api.caller import Caller, caller_of
from dialogue.api.problems import ProblemError, checked
from dialogue.api.repeats import Done, RepeatKey, acts_once
from dialogue.api.routes.common import USUAL, Cursor, Limit, address, answers, page_of
from dialogue.api.schemas import (
    Agency,
    AnswerIn,
    AnswerOut,
    AskedOut,
    AskedPage,
    AskedRow,
    OpinionOut,
    Which,
)
from feedback import actions, rules
from feedback.actions.answers import why_closed
from feedback.forms.answers import AnswerForm
from feedback.models import Answer, AnswerRequest, IssueGroup, Opinion
from feedback.queries.answers import last_return
from feedback.states import RequestState
from organisations.models import User

router = Router(tags=["answers"])
QUOTED = 50
IfMatch = HeaderEx[
    str,
    P(
        alias="If-Match",
        description='The ETag of the draft that was read; `"0"` if there is none yet. Else 428.',
    ),
]


@router.get(
    "/answer-requests",
    response=answers(AskedPage),
    url_name="asked",
    summary="Requests for answers, the newest first",
)
def asked(
    request: HttpRequest, state: Which = "standing", cursor: Cursor = "", limit: Limit = USUAL
) -> AskedPage:
    """Those the agency was asked, those it helps with, and (`state`) those that were withdrawn."""
    user = caller_of(request).user
    rows = AnswerRequest.objects.visible_to(user).select_related("lead", "task", "group__field")
    if state != "all":
        rows = rows.filter(state=state)
    found, following = page_of(rows, cursor, limit, ("-id",))
    drafts = _drafts(user, (row.group_id for row in found))
    items = [_row(row, drafts.get(row.group_id)) for row in found]
    return AskedPage(items=items, next_cursor=following)


@router.get(
    "/answer-requests/{int:pk}",
    response=answers(AskedOut, 404),
    url_name="asked_one",
    summary="One request: what people wrote, and the draft",
)
def asked_one(request: HttpRequest, pk: int) -> AskedOut:
    """Without any sender; the draft only if the agency writes it."""
    return show_request(caller_of(request), pk)


@router.get(
    "/answer-requests/{int:pk}/answer",
    response=answers(AnswerOut, 404),
    url_name="answer",
    summary="The draft of the answer",
)
def answer(request: HttpRequest, pk: int, response: HttpResponse) -> AnswerOut:
    """Its ETag goes back as If-Match when it is changed."""
    caller = caller_of(request)
    row = _load(caller, pk)
    draft = get_object_or_404(Answer.objects.visible_to(caller.user), group=row.group_id)
    response["ETag"] = f'"{draft.version}"'
    return _answer(draft)


@router.put(
    "/answer-requests/{int:pk}/answer",
    response=answers(AnswerOut, 400, 404, 409, 412, 428),
    url_name="write_answer",
    summary="Write or change the draft",
)
def write_answer(
    request: HttpRequest,
    pk: int,
    written: AnswerIn,
    response: HttpResponse,
    if_match: IfMatch = "",
) -> AnswerOut:
    """412 with the draft as it stands if somebody changed it meanwhile: nothing is overwritten."""
    caller = caller_of(request)
    group = _standing(caller, pk)
    require(rules.may_write_answer(caller.user, group), rules.NOT_LEAD)
    draft = Answer.objects.visible_to(caller.user).filter(group=group).first()
    closed = why_closed(draft, is_head=rules.may_approve_answer(caller.user, group))
    if closed:
        raise IllegalMoveError(closed)
    values = checked(AnswerForm({**written.dict(), "version": _version(if_match)}))
    kept = draft.bases.all() if draft else ()
    changed = actions.write_answer(group, by=caller.user, bases=list(kept), **values)
    response["ETag"] = f'"{changed.version}"'
    return _answer(changed)


def show_request(caller: Caller, pk: int) -> AskedOut:
    """A request as it is answered with; a constant number of questions."""
    row = _load(caller, pk)
    draft = _drafts(caller.user, [row.group_id]).get(row.group_id)
    return AskedOut(
        **_row(row, draft).dict(),
        note=row.note,
        withdrawn_because=row.reason,
        cooperating=[Agency.of(body) for body in row.task.cooperating.order_by("pk")]
        if row.task
        else [],
        opinions=[
            OpinionOut(text=one.text, proposal=one.proposal) for one in _opinions(caller.user, row)
        ],
        answer=_answer(draft) if draft else None,
    )


@router.post(
    "/answer-requests/{int:pk}/submit",
    response=answers(AskedOut, 400, 404, 409),
    url_name="submit_answer",
    summary="Send the draft on",
)
@acts_once(show_request, status=200)
def submit_answer(request: HttpRequest, pk: int, key: RepeatKey) -> Done:
    """To the agency's head, who approves in the software; to the office if it has no head there."""
    caller = caller_of(request)
    group = _standing(caller, pk)
    visible = Answer.objects.visible_to(caller.user).select_related(
        "group__task", "group__consultation__organisation", "link__request__group", "written_by"
    )
    actions.submit_answer(get_object_or_404(visible, group=group), by=caller.user)
    return Done(pk)


def _load(caller: Caller, pk: int) -> AnswerRequest:
    visible = AnswerRequest.objects.visible_to(caller.user).select_related(
        "lead", "task", "group__field"
    )
    return get_object_or_404(visible, pk=pk)


def _standing(caller: Caller, pk: int) -> IssueGroup:
    """The matter of a request that stands; 409 once it was withdrawn."""
    row = _load(caller, pk)
    if row.state != RequestState.STANDING:
        raise IllegalMoveError(_("Đề nghị trả lời này đã được rút."))
    groups = IssueGroup.objects.visible_to(caller.user).select_related(
        "consultation__organisation", "field", "lead", "task"
    )
    return get_object_or_404(groups, pk=row.group_id)


def _version(if_match: str) -> int:
    """The version an If-Match header names."""
    if not if_match:
        said = _("Thiếu tiêu đề If-Match: ETag của bản đã đọc, hoặc “0” nếu chưa có bản nào.")
        raise ProblemError(428, "if-match", said)
    number = if_match.strip().removeprefix("W/").strip('"')
    if not number.isdecimal() or len(number) > 9:
        raise ProblemError(400, "if-match", _("Không đọc được tiêu đề If-Match."))
    return int(number)


def _drafts(user: User, group_ids: Iterable[int]) -> dict[int, Answer]:
    """The answers of the matters that the caller may read."""
    rows = Answer.objects.visible_to(user).filter(group__in=list(group_ids))
    return {row.group_id: row for row in rows}


def _opinions(user: User, row: AnswerRequest) -> "QuerySet[Opinion]":
    """Words of people on a matter the agency still works on."""
    visible: QuerySet[Opinion] = Opinion.objects.visible_to(user).in_dialogue()
    return visible.filter(group=row.group_id).order_by("pk")[:QUOTED]


def _row(row: AnswerRequest, draft: Answer | None) -> AskedRow:
    values: dict[str, Any] = {"answer_state": draft.state if draft else None}
    return AskedRow(
        id=row.pk,
        matter=row.group.title,
        field=row.group.field.name,
        lead=Agency.of(row.lead),
        state=row.state,
        asked_at=row.asked_at,
        due_on=row.task.due_on if row.task else None,
        task=row.task_id,
        page=address(row.get_absolute_url()),
        **values,
    )


def _answer(draft: Answer) -> AnswerOut:
    return AnswerOut(
        text=draft.text,
        legal_basis=draft.legal_basis,
        state=draft.state,
        state_label=draft.get_state_display(),
        version=draft.version,
        returned_because=last_return(draft),
    )
