"""The higher level takes a petition over, gives the work on, answers; the answer goes all the way."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments.actions import free_place, give_task
from assignments.models import Stage, Task
from assignments.states import Resolution, TaskState
from conclusions import rules
from conclusions.actions.petitioning import follow_ups, wait_to_send
from conclusions.actions.telling import write_result
from conclusions.models import Petition, PetitionItem
from conclusions.states import PetitionState
from core import outbox
from core.access import require
from core.timephrase import TimePhrase
from core.transitions import IllegalMoveError, move, record
from feedback.actions.passing import clerks_of
from organisations.models import Organisation, User


@transaction.atomic
def receive_petition(petition: Petition, *, by: User, today: datetime.date) -> None:
    """Say that the petition has arrived; the office below is told. On paper the office writes it."""
    require(rules.may_keep_petition(by, petition), rules.NOT_RECEIVING)
    move(petition, PetitionState.RECEIVED, by=by, received_on=today)
    tell_below(
        petition,
        key="received",
        subject=_("Cấp trên đã tiếp nhận kiến nghị số %(number)s"),
        body=_("%(body)s đã tiếp nhận kiến nghị."),
    )


@transaction.atomic
def return_petition(petition: Petition, *, by: User, reason: str, today: datetime.date) -> None:
    """Send the petition back with the reason; the office may petition somebody else."""
    require(rules.may_keep_petition(by, petition), rules.NOT_RECEIVING)
    if petition.items.exclude(answered_on=None).exists():
        raise IllegalMoveError(_("Đã trả lời một phần, không trả lại cả văn bản được nữa."))
    move(petition, PetitionState.RETURNED, by=by, note=reason)
    words = _("Cấp trên trả lại: %(reason)s") % {"reason": reason}
    wait_to_send(petition, by=by, today=today, reason=words)
    tell_below(
        petition,
        key="returned",
        subject=_("Cấp trên trả lại kiến nghị số %(number)s"),
        body=_("%(body)s trả lại kiến nghị. Lý do: %(reason)s"),
        reason=reason,
    )


@transaction.atomic
def give_petition_work(
    item: PetitionItem,
    *,
    by: User,
    lead: Organisation,
    due: TimePhrase,
    today: datetime.date,
    cooperating: Sequence[Organisation] = (),
) -> Task:
    """The level above has one of its bodies look into a line; giving it twice changes nothing."""
    petition = item.petition
    require(rules.may_give_petition_work(by, petition), rules.NOT_RECEIVING)
    if petition.state != PetitionState.RECEIVED or not item.is_waiting:
        raise IllegalMoveError(_("Chỉ giao được việc khi kiến nghị đã tiếp nhận và chưa trả lời."))
    assert petition.receiver is not None
    free_place(item)
    shown = {"said": item.text, "number": petition.document.register_code}
    task = give_task(
        by=by,
        today=today,
        title=_("Giải quyết kiến nghị: %(said)s") % shown,
        details=item.text,
        owner=petition.receiver,
        lead=lead,
        cooperating=list(cooperating),
        due_phrase=due,
        anchor_on=today,
        deliverable=_("Nội dung trả lời"),
        send_to=petition.receiver.name,
        stage=Stage.AFTER,
        origin=item,
        origin_label=_("Kiến nghị số %(number)s của %(body)s")
        % {**shown, "body": petition.organisation.name},
        origin_link=petition.get_absolute_url(),
    )
    record(petition, by=by, note=_("Giao %(body)s xử lý") % {"body": lead.name})
    return task


@transaction.atomic
def answer_line(
    item: PetitionItem, *, by: User, text: str, today: datetime.date, legal_basis: str = ""
) -> None:
    """Answer one line: its point has a result, those who raised it and the office hear of it.

    When every line is answered, the office's task to follow the petition has reached its end. Of
    two who answer at once the second is refused.
    """
    petition = item.petition
    require(rules.may_keep_petition(by, petition), rules.NOT_RECEIVING)
    locked = Petition.objects.select_for_update(of=("self",)).get(pk=petition.pk)
    item.refresh_from_db(fields=["answered_on"])
    if not locked.is_above or not item.is_waiting:
        raise IllegalMoveError(_("Dòng này không còn chờ trả lời; có thể người khác vừa trả lời."))
    item.answer, item.legal_basis, item.answered_on = text, legal_basis, today
    item.save(update_fields=["answer", "legal_basis", "answered_on"])
    record(petition, by=by, note=_("Trả lời dòng %(n)s") % {"n": item.position})
    write_result(item.point, by=by, text=text, said_by=petition.receiver_name, item=item)
    _end_follow_up(item, by)
    if not petition.items.filter(answered_on=None).exists():
        move(petition, PetitionState.ANSWERED, by=by)
    tell_below(
        petition,
        key=f"answer:{item.pk}",
        subject=_("Cấp trên trả lời kiến nghị số %(number)s"),
        body=_("%(body)s đã trả lời: %(reason)s"),
        reason=text,
    )


def _end_follow_up(item: PetitionItem, by: User) -> None:
    """The office waited for this answer: what it had to follow has come to its end."""
    for task in follow_ups(item.petition):
        if task.origin_id != item.point_id:
            continue
        body = item.petition.receiver_name
        move(
            task,
            TaskState.REPORTED,
            by=by,
            note=_("%(body)s đã trả lời kiến nghị") % {"body": body},
            result=item.answer,
            resolution=Resolution.ESCALATED,
            reported_by=by,
            reported_at=timezone.now(),
        )
        move(task, TaskState.ACCEPTED, by=by, accepted_at=timezone.now(), percent=100)


def tell_below(petition: Petition, *, key: str, subject: str, body: str, reason: str = "") -> None:
    """Tell the clerks of the office that sent the petition."""
    shown = {
        "number": petition.document.register_code,
        "body": petition.receiver_name,
        "reason": reason,
    }
    outbox.notify(
        clerks_of(petition.organisation_id),
        key=f"petition-{key}:{petition.pk}",
        subject=subject % shown,
        body=body % shown,
        reason=_("ông/bà là chuyên viên của cơ quan gửi kiến nghị."),
        link=petition.get_absolute_url(),
        about=petition,
    )
