"""What an agency says beside the work it leads: its part as a helper, the talk under a task."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import File, Form, Router
from ninja.files import UploadedFile

from assignments import actions, forms, rules
from assignments.models import Cooperation, Task
from core.access import require
from dialogue.api.caller import caller_of
from dialogue.api.problems import checked
from dialogue.api.repeats import Done, RepeatKey, acts_once
from dialogue.api.routes.common import answers
from dialogue.api.routes.tasks import show_note
from dialogue.api.schemas import NoteOut, PartIn, TalkIn

router = Router(tags=["tasks"])


@router.post(
    "/parts/{int:pk}/report",
    response=answers(NoteOut, 400, 404, 409, status=201),
    url_name="report_part",
    summary="Report a helper's part",
)
@acts_once(show_note, status=201)
def report_part(
    request: HttpRequest,
    pk: int,
    key: RepeatKey,
    part: Form[PartIn],
    evidence: File[list[UploadedFile]] = [],  # noqa: B006 - read by the framework, never changed
) -> Done:
    """Multipart; `pk` is the number of the part in the task's `helpers`. The lead is told."""
    user = caller_of(request).user
    rows = Cooperation.objects.filter(task__in=Task.objects.visible_to(user))
    row = get_object_or_404(rows.select_related("task__owner", "task__lead", "organisation"), pk=pk)
    require(rules.may_report_part(user, row), rules.NOT_HELPING)
    values = checked(forms.PartForm(request.POST, request.FILES))
    return Done(actions.report_part(row, by=user, **values).pk)


@router.post(
    "/tasks/{int:pk}/talk",
    response=answers(NoteOut, 400, 404, 409, status=201),
    url_name="discuss",
    summary="Say something to the others who work on a task",
)
@acts_once(show_note, status=201)
def discuss(request: HttpRequest, pk: int, key: RepeatKey, said: TalkIn) -> Done:
    """Lead, owner and helpers are told; it is never public."""
    user = caller_of(request).user
    row = get_object_or_404(Task.objects.visible_to(user).select_related("owner", "lead"), pk=pk)
    require(rules.may_discuss_task(user, row), rules.NOT_TALKING)
    values = checked(forms.TalkForm(said.dict()))
    return Done(actions.discuss_task(row, by=user, **values).pk)
