"""A petition to a higher level: drafted from the points, sent under its paper, given up."""

import datetime
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments.actions.deadlines import set_due
from assignments.models import Task
from assignments.states import TaskState
from conclusions import rules
from conclusions.actions.concluding import SENDING, give_follow_up
from conclusions.documents import petition_letter
from conclusions.models import ConclusionNotice, ConclusionPoint, Petition, PetitionItem
from conclusions.queries import free_points, tasks_of
from conclusions.states import PetitionState
from core import outbox
from core.access import require
from core.calendar import WorkingCalendar
from core.timephrase import parse
from core.transitions import IllegalMoveError, move, record
from documents.actions import create_document
from documents.models import Document
from documents.states import DocumentState
from feedback.actions.passing import clerks_of
from feedback.queries.forwarding import is_on_paper
from organisations.models import Organisation, User
from organisations.queries import deadline_phrase

REPLY = "petition_reply"


@transaction.atomic
def start_petition(
    notice: ConclusionNotice,
    *,
    by: User,
    points: Sequence[ConclusionPoint],
    receiver: Organisation | None,
    receiver_name: str = "",
    type_code: str = "CV",
    today: datetime.date,
) -> Petition:
    """Begin a petition about some points of a notice, with its paper; nothing is sent yet.

    A point stands on one petition at a time: of two who start one the second is refused.
    """
    require(rules.may_petition(by, notice), rules.NOT_PETITIONING)
    ConclusionNotice.objects.select_for_update(of=("self",)).get(pk=notice.pk)
    wanted = {point.pk for point in points}
    chosen = [point for point in free_points(notice) if point.pk in wanted]
    if not chosen or len(chosen) != len(wanted):
        raise IllegalMoveError(
            _("Có điểm đã nằm trong văn bản kiến nghị khác. Hãy tải lại trang rồi chọn lại.")
        )
    name = receiver.name if receiver else receiver_name
    office = notice.document.organisation
    letter = petition_letter(notice, name, type_code=type_code, number=len(chosen))
    paper = create_document(
        organisation=office, by=by, today=today, relates_to=notice.document, **letter
    )
    petition = Petition.objects.create(
        notice=notice,
        organisation=office,
        receiver=receiver,
        receiver_name=name,
        is_on_paper=is_on_paper(receiver, today),
        document=paper,
        created_by=by,
    )
    PetitionItem.objects.bulk_create(
        PetitionItem(petition=petition, position=at, point=point, text=point.clause.text)
        for at, point in enumerate(chosen, start=1)
    )
    record(petition, by=by, note=_("Soạn kiến nghị %(n)s điểm") % {"n": len(chosen)})
    return petition


@transaction.atomic
def edit_line(item: PetitionItem, *, by: User, text: str) -> None:
    """Put a line into words for the higher level; only before the paper is signed."""
    _require_open(item.petition, by)
    item.text = text
    item.save(update_fields=["text"])
    record(item.petition, by=by, note=_("Sửa lời dòng %(n)s") % {"n": item.position})


@transaction.atomic
def cancel_petition(petition: Petition, *, by: User) -> None:
    """Give a petition up before it is sent; its points wait for another."""
    _require_open(petition, by)
    move(petition, PetitionState.CANCELLED, by=by)


def send_petition(document: Document, by: User) -> None:
    """The paper is issued: the level above is told, and the office's clock waits for its answer."""
    petition = Petition.objects.filter(document=document).select_related("organisation").first()
    if petition is None or petition.state != PetitionState.DRAFT:
        return
    day = document.dated_on
    assert day is not None
    phrase = parse(deadline_phrase(REPLY, petition.organisation))
    reply_by = phrase.resolve(day, WorkingCalendar.load())
    number = document.register_code
    move(petition, PetitionState.SENT, by=by, note=number, sent_on=day, reply_by=reply_by)
    reason = _("Đã gửi văn bản số %(number)s, chờ %(body)s trả lời") % {
        "number": number,
        "body": petition.receiver_name,
    }
    give_follow_up(petition.notice.document, by)  # of notices issued before points gave this task
    for task in follow_ups(petition):
        set_due(task, task, reply_by, reason=reason, by=by, due_phrase=None)
    outbox.notify(
        [] if petition.is_on_paper else clerks_of(petition.receiver_id),
        key=f"petition:{petition.pk}",
        subject=_("Kiến nghị từ cấp dưới: văn bản số %(number)s") % {"number": number},
        body=_("%(body)s gửi %(n)s kiến nghị sau hội nghị đối thoại. Mở để tiếp nhận, giao xử lý.")
        % {"body": petition.organisation.name, "n": petition.items.count()},
        reason=_("ông/bà là chuyên viên của cơ quan nhận kiến nghị."),
        link=petition.get_absolute_url(),
        about=petition,
    )


def recall_petition(document: Document, by: User, reason: str) -> None:
    """The paper is taken back: its points wait for another petition."""
    petition = Petition.objects.filter(document=document).first()
    if petition is None or petition.state == PetitionState.DRAFT:
        return
    if petition.state != PetitionState.SENT or petition.items.exclude(answered_on=None).exists():
        raise IllegalMoveError(_("Cấp trên đã tiếp nhận kiến nghị này, không thu hồi được nữa."))
    move(petition, PetitionState.CANCELLED, by=by, note=reason)
    wait_to_send(petition, by=by, today=timezone.localdate(), reason=reason)


def wait_to_send(petition: Petition, *, by: User, today: datetime.date, reason: str) -> None:
    """The office has to petition again: its clock of sending starts anew."""
    phrase = parse(deadline_phrase(SENDING, petition.organisation))
    due_on = phrase.resolve(today, WorkingCalendar.load())
    for task in follow_ups(petition):
        set_due(task, task, due_on, reason=reason, by=by, due_phrase=None)


def follow_ups(petition: Petition) -> list[Task]:
    """The office's open tasks to follow the points of a petition."""
    points = ConclusionPoint.objects.filter(petition_items__petition=petition)
    tasks = tasks_of(points).filter(state=TaskState.OPEN, lead=petition.organisation_id)
    return list(tasks.select_related("owner", "lead", "person").order_by("pk"))


def _require_open(petition: Petition, by: User) -> None:
    require(rules.may_edit_petition(by, petition), rules.NOT_PETITIONING)
    if not petition.is_draft or petition.document.state != DocumentState.DRAFT:
        raise IllegalMoveError(_("Kiến nghị đã trình ký hoặc đã gửi, không sửa được nữa."))
