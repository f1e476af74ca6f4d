"""What happens when a conference is prepared, run and closed."""

import datetime
import hashlib
from collections.abc import Sequence

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assignments.actions import give_task
from assignments.models import Task
from conferences import rules
from conferences.documents import conference_title, invitation_clauses, minutes_clauses
from conferences.models import (
    AgendaItem,
    Conference,
    Exchange,
    InvitationPrint,
    Participant,
    SpeakingTurn,
)
from conferences.states import ConferenceState, PrintState
from core.access import RefusedError, require
from core.timephrase import parse
from core.transitions import move, record
from core.versions import save_version
from documents.actions import create_document
from documents.documents import paper_of
from documents.models import Document
from documents.printing.merge import Guest, render_merged
from feedback.models import IssueGroup, Opinion
from organisations.models import User
from organisations.queries import deadline_phrase
from plans.models import DialogueSession

NOT_OFFICE = gettext_lazy("Chỉ cơ quan tổ chức hội nghị được làm việc này.")


@transaction.atomic
def create_conference(
    session: DialogueSession,
    *,
    by: User,
    starts_at: datetime.datetime,
    ends_at: datetime.datetime,
    place: str,
    chair: str,
    secretary: str = "",
    title: str = "",
) -> Conference:
    """Confirm when and where a planned session is held; the agenda comes from the programme."""
    require(rules.may_create_conference(by, session), NOT_OFFICE)
    conference = Conference.objects.create(
        session=session,
        organisation=session.plan.document.organisation,
        title=title or conference_title(session),
        starts_at=starts_at,
        ends_at=ends_at,
        place=place,
        chair=chair,
        secretary=secretary,
    )
    programme = session.plan.programme_items.select_related("clause").order_by("clause__position")
    AgendaItem.objects.bulk_create(
        AgendaItem(
            conference=conference,
            position=position,
            text=item.clause.text,
            conductor=item.conductor,
            minutes=item.minutes,
        )
        for position, item in enumerate(programme, start=1)
    )
    record(conference, by=by, note=_("Ấn định thời gian, địa điểm"))
    return conference


def edit_conference(conference: Conference, *, by: User, version: int, **values: object) -> None:
    """Change time, place or people; raises StaleError if somebody else was faster."""
    require(rules.may_prepare_conference(by, conference), NOT_OFFICE)
    with transaction.atomic():
        save_version(conference, version=version, **values)
        record(conference, by=by, note=_("Sửa thông tin hội nghị"))


def add_agenda_item(
    conference: Conference, *, by: User, text: str, conductor: str, minutes: int, note: str = ""
) -> AgendaItem:
    """Put one more item at the end of the agenda."""
    require(rules.may_run_conference(by, conference), NOT_OFFICE)
    with transaction.atomic():
        _lock(conference)
        last = conference.agenda.aggregate(last=Max("position"))["last"] or 0
        return AgendaItem.objects.create(
            conference=conference,
            position=last + 1,
            text=text,
            conductor=conductor,
            minutes=minutes,
            note=note,
        )


def edit_agenda_item(
    item: AgendaItem, *, by: User, text: str, conductor: str, minutes: int, note: str
) -> None:
    """Change one item of the agenda."""
    require(rules.may_run_conference(by, item.conference), NOT_OFFICE)
    AgendaItem.objects.filter(pk=item.pk).update(
        text=text, conductor=conductor, minutes=minutes, note=note
    )


@transaction.atomic
def move_agenda_item(item: AgendaItem, *, by: User, up: bool) -> None:
    """Swap an item with its neighbour above or below; at the edge nothing happens."""
    require(rules.may_run_conference(by, item.conference), NOT_OFFICE)
    _lock(item.conference)
    item.refresh_from_db()
    others = item.conference.agenda.exclude(pk=item.pk)
    neighbour = (
        others.filter(position__lt=item.position).order_by("-position").first()
        if up
        else others.filter(position__gt=item.position).order_by("position").first()
    )
    if neighbour:
        AgendaItem.objects.filter(pk=item.pk).update(position=neighbour.position)
        AgendaItem.objects.filter(pk=neighbour.pk).update(position=item.position)


def remove_agenda_item(item: AgendaItem, *, by: User) -> None:
    """Take an item that has not begun off the agenda."""
    require(rules.may_run_conference(by, item.conference), NOT_OFFICE)
    if not AgendaItem.objects.filter(pk=item.pk, started_at=None).delete()[0]:
        raise RefusedError(_("Mục này đã bắt đầu nên không xóa được khỏi chương trình."))


def add_participants(
    conference: Conference, people: Sequence[tuple[str, str, str]], *, by: User
) -> list[Participant]:
    """Add people as (name, post, body) triples; somebody already on the list is not added twice."""
    require(rules.may_prepare_conference(by, conference), NOT_OFFICE)
    with transaction.atomic():
        _lock(conference)
        known = set(conference.participants.values_list("name", "post", "body"))
        fresh = [person for person in dict.fromkeys(people) if person not in known]
        return Participant.objects.bulk_create(
            Participant(conference=conference, name=name, post=post, body=body)
            for name, post, body in fresh
        )


def remove_participant(participant: Participant, *, by: User) -> None:
    """Take somebody off the list while the conference is being prepared."""
    require(rules.may_prepare_conference(by, participant.conference), NOT_OFFICE)
    participant.delete()


@transaction.atomic
def draft_invitation(
    conference: Conference, *, by: User, today: datetime.date, note: str = ""
) -> Document:
    """Draft the invitation as an official document; its approval is that of every document."""
    _lock(conference)
    conference.refresh_from_db()
    require(
        rules.may_draft_invitation(by, conference),
        _("Chỉ chuyên viên của cơ quan tổ chức được soạn giấy mời, và mỗi hội nghị một giấy mời."),
    )
    document = create_document(
        by=by,
        today=today,
        organisation=conference.organisation,
        type_code="GM",
        abstract=_("dự %(title)s") % {"title": conference.title},
        clauses=invitation_clauses(conference, note=note),
        relates_to=conference.session.plan.document,
    )
    _attach(conference, invitation=document)
    return document


@transaction.atomic
def order_invitations(conference: Conference, *, by: User) -> InvitationPrint:
    """Ask for all personal invitations in one PDF; the same list is printed once."""
    require(rules.may_print_invitations(by, conference), NOT_OFFICE)
    _lock(conference)
    guests = _guests(conference)
    known = conference.prints.exclude(state=PrintState.FAILED)
    wanted = {"fingerprint": _fingerprint(conference, guests)}
    found = known.filter(**wanted).first()
    return found or conference.prints.create(ordered_by=by, copies=len(guests), **wanted)


def make_invitations(order: InvitationPrint) -> None:
    """Set the letters of an order and keep the PDF; of two workers the second does nothing.

    The guests are those of this moment, in the order of the list, with the issued paper's words.
    """
    conference = Conference.objects.select_related("invitation").get(pk=order.conference_id)
    try:
        pdf = merge_invitations(conference)
    except RefusedError as error:
        move(order, PrintState.FAILED, by=None, error=error.reason)
        return
    with transaction.atomic():
        locked = InvitationPrint.objects.select_for_update().get(pk=order.pk)
        if locked.state == PrintState.WAITING:
            locked.file.save(f"giay-moi-{locked.pk}.pdf", ContentFile(pdf), save=False)
            move(locked, PrintState.DONE, by=None, file=locked.file)


def merge_invitations(conference: Conference) -> bytes:
    """All personal invitations in one PDF (seconds of work: workers call it, pages do not)."""
    assert conference.invitation is not None
    return render_merged(paper_of(conference.invitation), _guests(conference))


def _guests(conference: Conference) -> list[Guest]:
    return [
        Guest(
            {"khách mời": " - ".join(part for part in (guest.name, guest.post, guest.body) if part)}
        )
        for guest in conference.participants.order_by("id")
    ]


def _fingerprint(conference: Conference, guests: Sequence[Guest]) -> str:
    assert conference.invitation is not None
    words = [conference.invitation.pdf_sha256, *(guest.fields["khách mời"] for guest in guests)]
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


@transaction.atomic
def start_conference(conference: Conference, *, by: User, now: datetime.datetime) -> None:
    """Open the conference; from now on the live page records what happens."""
    require(rules.may_run_conference(by, conference), NOT_OFFICE)
    move(conference, ConferenceState.RUNNING, by=by, started_at=now)


@transaction.atomic
def start_item(item: AgendaItem, *, by: User, now: datetime.datetime) -> None:
    """Begin an agenda item; the one that was running ends. Pressed twice, it begins once."""
    conference = _running(item.conference, by)
    conference.agenda.filter(started_at__isnull=False, ended_at=None).exclude(pk=item.pk).update(
        ended_at=now
    )
    AgendaItem.objects.filter(pk=item.pk, started_at=None).update(started_at=now)


@transaction.atomic
def end_item(item: AgendaItem, *, by: User, now: datetime.datetime) -> None:
    """End a running item."""
    _running(item.conference, by)
    AgendaItem.objects.filter(pk=item.pk, started_at__isnull=False, ended_at=None).update(
        ended_at=now
    )


def add_turn(
    conference: Conference, *, by: User, name: str, body: str, opinion: Opinion | None = None
) -> SpeakingTurn:
    """Put somebody at the end of the queue of speakers."""
    require(rules.may_run_conference(by, conference), NOT_OFFICE)
    with transaction.atomic():
        _lock(conference)
        last = conference.turns.aggregate(last=Max("position"))["last"] or 0
        return SpeakingTurn.objects.create(
            conference=conference, position=last + 1, name=name, body=body, opinion=opinion
        )


@transaction.atomic
def start_turn(turn: SpeakingTurn, *, by: User, now: datetime.datetime) -> None:
    """Give somebody the floor; whoever was speaking ends."""
    conference = _running(turn.conference, by)
    conference.turns.filter(started_at__isnull=False, ended_at=None).exclude(pk=turn.pk).update(
        ended_at=now
    )
    SpeakingTurn.objects.filter(pk=turn.pk, started_at=None).update(started_at=now)


@transaction.atomic
def end_turn(turn: SpeakingTurn, *, by: User, now: datetime.datetime) -> None:
    """Take the floor back."""
    _running(turn.conference, by)
    SpeakingTurn.objects.filter(pk=turn.pk, started_at__isnull=False, ended_at=None).update(
        ended_at=now
    )


def remove_turn(turn: SpeakingTurn, *, by: User) -> None:
    """Take somebody who has not spoken off the queue."""
    require(rules.may_run_conference(by, turn.conference), NOT_OFFICE)
    if not SpeakingTurn.objects.filter(pk=turn.pk, started_at=None).delete()[0]:
        raise RefusedError(_("Người này đã phát biểu nên không xóa khỏi danh sách được."))


@transaction.atomic
def record_exchange(
    conference: Conference,
    *,
    by: User,
    now: datetime.datetime,
    group: IssueGroup | None = None,
    **said: str,
) -> Exchange:
    """Write down what was raised and answered, under the agenda item that is on.

    `said` holds raised_by, raised_body, question, answered_by, answer and outcome.
    """
    require(rules.may_record_exchange(by, conference), NOT_OFFICE)
    running = conference.agenda.filter(started_at__isnull=False, ended_at=None).first()
    return Exchange.objects.create(
        conference=conference,
        agenda_item=running,
        turn=conference.turns.filter(started_at__isnull=False, ended_at=None).first(),
        group=group,
        at=now,
        **said,
    )


def edit_exchange(exchange: Exchange, *, by: User, version: int, **said: object) -> None:
    """Correct what was written down; raises StaleError if somebody else was faster."""
    require(rules.may_record_exchange(by, exchange.conference), NOT_OFFICE)
    with transaction.atomic():
        save_version(exchange, version=version, **said)
        record(exchange, by=by, note=_("Sửa nội dung trao đổi"))


@transaction.atomic
def close_conference(
    conference: Conference, *, by: User, now: datetime.datetime, invited: int, present: int
) -> Task:
    """End the conference and start the clock of the conclusion notice.

    The clock is the office's DeadlineRule `conclusion_notice` (07 working days by default),
    counted from the day the conference ends; it is a task of the office like any other.
    """
    require(rules.may_run_conference(by, conference), NOT_OFFICE)
    conference.agenda.filter(started_at__isnull=False, ended_at=None).update(ended_at=now)
    conference.turns.filter(started_at__isnull=False, ended_at=None).update(ended_at=now)
    move(
        conference,
        ConferenceState.CLOSED,
        by=by,
        closed_at=now,
        invited=invited,
        present=present,
    )
    return give_task(
        by=by,
        title=_("Ban hành thông báo kết luận: %(title)s") % {"title": conference.title},
        owner=conference.organisation,
        lead=conference.organisation,
        due_phrase=parse(deadline_phrase("conclusion_notice", conference.organisation)),
        anchor_on=timezone.localdate(now),
        deliverable=_("Thông báo kết luận"),
        stage="after",
        origin=conference,
        origin_label=_("Kết thúc %(title)s") % {"title": conference.title},
        origin_link=conference.get_absolute_url(),
    )


@transaction.atomic
def draft_minutes(conference: Conference, *, by: User, today: datetime.date) -> Document:
    """Draft the minutes from what happened; they are edited and approved like every document."""
    _lock(conference)
    conference.refresh_from_db()
    require(
        rules.may_draft_minutes(by, conference),
        _(
            "Chuyên viên của cơ quan tổ chức lập biên bản sau khi hội nghị kết thúc, "
            "và mỗi hội nghị một biên bản."
        ),
    )
    document = create_document(
        by=by,
        today=today,
        organisation=conference.organisation,
        type_code="BB",
        abstract=conference.title,
        clauses=minutes_clauses(conference),
        secretary_name=conference.secretary,
        relates_to=conference.session.plan.document,
    )
    _attach(conference, minutes=document)
    return document


def cancel_conference(conference: Conference, *, by: User, note: str) -> None:
    """Call the conference off, with the reason people are told."""
    require(rules.may_prepare_conference(by, conference), NOT_OFFICE)
    move(conference, ConferenceState.CANCELLED, by=by, note=note)


def _lock(conference: Conference) -> None:
    Conference.objects.select_for_update(of=("self",)).get(pk=conference.pk)


def _attach(conference: Conference, **paper: Document) -> None:
    Conference.objects.filter(pk=conference.pk).update(version=F("version") + 1, **paper)
    conference.refresh_from_db()


def _running(conference: Conference, by: User) -> Conference:
    """The conference, locked, while it runs; so two people at the console cannot cross."""
    locked = Conference.objects.select_for_update(of=("self",)).get(pk=conference.pk)
    require(rules.may_run_conference(by, locked), NOT_OFFICE)
    if locked.state != ConferenceState.RUNNING:
        raise RefusedError(_("Hội nghị chưa bắt đầu. Bấm “Bắt đầu hội nghị” trước."))
    return locked
