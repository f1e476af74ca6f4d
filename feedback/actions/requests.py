"""Asking an agency for an answer: the request, its changes, its end, and the talk about it."""

import datetime
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments.actions import cancel_task, change_due, give_task
from assignments.models import Cooperation, Stage, Task
from assignments.queries import people_of
from assignments.states import TaskState
from core import outbox
from core.access import require
from core.timephrase import TimePhrase
from core.transitions import IllegalMoveError, move, record
from core.versions import save_version
from feedback import rules
from feedback.actions.groups import task_title
from feedback.models import Answer, AnswerPart, AnswerRequest, IssueGroup, Remark
from feedback.queries.answers import helping_bodies
from feedback.states import AnswerState, OpinionState, RequestState
from organisations.models import Organisation, Role, User


@transaction.atomic
def ask_agency(
    group: IssueGroup,
    *,
    by: User,
    lead: Organisation,
    due: TimePhrase,
    today: datetime.date,
    note: str = "",
    cooperating: Sequence[Organisation] = (),
) -> AnswerRequest:
    """Ask an agency to prepare the answer before a date: one task, the opinions wait for it."""
    require(rules.may_run_group(by, group), rules.NOT_OFFICE)
    require(
        lead.pk != group.consultation.organisation_id,
        _("Văn phòng không tự trả lời rồi tự duyệt; hãy chọn cơ quan chuyên môn."),
    )
    locked = IssueGroup.objects.select_for_update(of=("self",)).get(pk=group.pk)
    opinions = list(group.opinions.filter(state=OpinionState.CLASSIFIED))
    if locked.task_id or not opinions:
        raise IllegalMoveError(_("Vấn đề này đã giao cơ quan trả lời hoặc chưa có ý kiến nào."))
    task = give_task(
        by=by,
        today=today,
        title=task_title(group),
        details=note,
        owner=group.consultation.organisation,
        lead=lead,
        cooperating=cooperating,
        stage=Stage.BEFORE,
        due_phrase=due,
        anchor_on=today,
        deliverable=_("Dự thảo trả lời"),
        origin=group,
        origin_label=group.consultation.title,
        origin_link=group.get_absolute_url(),
    )
    request = AnswerRequest.objects.create(
        group=group, lead=lead, task=task, note=note, asked_by=by
    )
    group.lead, group.task = lead, task
    group.save(update_fields=["lead", "task"])
    record(group, by=by, note=_("Đề nghị %(lead)s trả lời") % {"lead": lead})
    for opinion in opinions:
        move(opinion, OpinionState.ASKED, by=by)
    _tell_helpers(request, cooperating, today)
    return request


@transaction.atomic
def change_request(
    request: AnswerRequest,
    *,
    by: User,
    reason: str,
    note: str,
    cooperating: Sequence[Organisation],
    due_on: datetime.date | None = None,
) -> None:
    """Change words, helpers and day of a request that stands; the old day stays on record."""
    require(rules.may_run_group(by, request.group), rules.NOT_OFFICE)
    locked, task = _standing(request)
    if locked.note != note:
        locked.note = task.details = note
        locked.save(update_fields=["note"])
        task.save(update_fields=["details"])
    wanted = {body.pk: body for body in cooperating if body.pk != task.lead_id}
    rows = Cooperation.objects.filter(task=task)
    rows.exclude(organisation__in=wanted).delete()
    there = set(rows.values_list("organisation_id", flat=True))
    new = [body for pk, body in wanted.items() if pk not in there]
    Cooperation.objects.bulk_create(Cooperation(task=task, organisation=body) for body in new)
    record(request.group, by=by, note=_("Đổi đề nghị trả lời: %(why)s") % {"why": reason})
    _tell_helpers(locked, new, timezone.localdate())
    if due_on is not None and due_on != task.due_on:
        change_due(task, by=by, reason=reason, due_on=due_on)


@transaction.atomic
def withdraw_request(request: AnswerRequest, *, by: User, reason: str) -> None:
    """Take a request back: the task ends, the draft is kept with the request, the matter is free.

    An answer that was sent to the office is returned first.
    """
    group = request.group
    require(rules.may_run_group(by, group), rules.NOT_OFFICE)
    locked, task = _standing(request)
    answer = Answer.objects.filter(group=group).first()
    if answer is not None:
        if answer.state not in (AnswerState.DRAFT, AnswerState.AT_HEAD):
            raise IllegalMoveError(
                _("Câu trả lời đã gửi văn phòng. Hãy trả lại kèm lý do trước khi rút đề nghị.")
            )
        _put_away(locked, answer)
    if task.state == TaskState.OPEN:
        cancel_task(task, by=by, reason=reason)
    # The task lets go of the group, so that the same agency can be asked again.
    task.origin = locked
    task.save(update_fields=["origin_type", "origin_id"])
    move(
        locked,
        RequestState.WITHDRAWN,
        by=by,
        note=reason,
        reason=reason,
        withdrawn_at=timezone.now(),
    )
    group.lead = group.task = None
    group.save(update_fields=["lead", "task"])
    record(
        group,
        by=by,
        note=_("Rút đề nghị %(lead)s trả lời: %(why)s") % {"lead": locked.lead, "why": reason},
    )
    for opinion in group.opinions.filter(state=OpinionState.ASKED):
        move(opinion, OpinionState.CLASSIFIED, by=by, note=_("Rút đề nghị trả lời"))


def keep_late_text(request: AnswerRequest, *, text: str, by: User | None = None) -> AnswerPart:
    """Keep what the asked agency wrote after its request was withdrawn; the same text once."""
    kept, _is_new = AnswerPart.objects.get_or_create(
        request=request, organisation=request.lead, is_kept=True, text=text, defaults={"by": by}
    )
    return kept


@transaction.atomic
def write_part(request: AnswerRequest, *, by: User, text: str, version: int = 0) -> AnswerPart:
    """Write a helper's part of the answer; the lead puts it in. StaleError if overtaken."""
    require(rules.may_write_part(by, request), rules.NOT_HELPER)
    locked, _task = _standing(request)
    body = helping_bodies(by, request).earliest("pk")
    part = AnswerPart.objects.filter(request=locked, organisation=body, is_kept=False).first()
    if part is None:
        part = AnswerPart.objects.create(request=locked, organisation=body, text=text, by=by)
    else:
        save_version(part, version=version, text=text, by=by)
    record(request.group, by=by, note=_("%(body)s góp phần trả lời") % {"body": body})
    return part


@transaction.atomic
def add_remark(request: AnswerRequest, *, by: User, text: str) -> Remark:
    """Say something to those who work on the request; the others hear that it was said."""
    require(rules.may_see_request(by, request), rules.NOT_IN_REQUEST)
    remark = Remark.objects.create(request=request, text=text, by=by)
    values = {"title": request.group.title}
    outbox.notify(
        [person for person in _participants(request) if person.pk != by.pk],
        key=f"answer-remark:{remark.pk}",
        subject=_("Trao đổi mới: %(title)s") % values,
        body=_("Có trao đổi mới về việc trả lời vấn đề “%(title)s”. Mở để đọc.") % values,
        reason=_("đơn vị của ông/bà cùng chuẩn bị câu trả lời này."),
        link=request.get_absolute_url(),
        about=request.group,
    )
    return remark


def _standing(request: AnswerRequest) -> tuple[AnswerRequest, Task]:
    locked = (
        AnswerRequest.objects.select_for_update(of=("self",))
        .select_related("lead", "group__consultation", "task__owner", "task__lead", "task__person")
        .get(pk=request.pk)
    )
    if locked.state != RequestState.STANDING or locked.task is None:
        raise IllegalMoveError(_("Đề nghị này đã được rút."))
    return locked, locked.task


def _put_away(request: AnswerRequest, answer: Answer) -> None:
    """Keep the words of a draft with the request; the next agency begins with an empty page."""
    AnswerPart.objects.create(
        request=request,
        organisation=request.lead,
        text=answer.text,
        is_kept=True,
        by=answer.written_by,
    )
    answer.delete()


def _tell_helpers(
    request: AnswerRequest, bodies: Iterable[Organisation], today: datetime.date
) -> None:
    people = people_of([body.pk for body in bodies], today, Role.OFFICER, Role.HEAD)
    values = {"title": request.group.title, "lead": request.lead}
    outbox.notify(
        {person.pk: person for some in people.values() for person in some}.values(),
        key=f"answer-helper:{request.pk}",
        subject=_("Phối hợp trả lời: %(title)s") % values,
        body=_(
            "Đơn vị của ông/bà được đề nghị phối hợp với %(lead)s trả lời vấn đề “%(title)s”. "
            "Mở để viết phần của đơn vị mình."
        )
        % values,
        reason=_("đơn vị của ông/bà là đơn vị phối hợp."),
        link=request.get_absolute_url(),
        about=request.group,
    )


def _participants(request: AnswerRequest) -> Iterable[User]:
    today = timezone.localdate()
    office = people_of([request.group.consultation.organisation_id], today, Role.CLERK)
    helpers = Cooperation.objects.filter(task=request.task_id).values_list(
        "organisation_id", flat=True
    )
    agencies = people_of([request.lead_id, *helpers], today, Role.OFFICER, Role.HEAD)
    everyone = [*office.values(), *agencies.values()]
    return {person.pk: person for some in everyone for person in some}.values()
