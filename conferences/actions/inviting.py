"""Invitations go out, guests answer, those who have not are reminded; a move is told once."""

import datetime
from collections.abc import Iterable
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conferences import rules
from conferences.actions.holding import NOT_OFFICE, lock
from conferences.models import Conference, Participant
from conferences.queries.inviting import (
    LATE,
    Guest,
    answer_path,
    guests_of,
    invitation_key,
    letter_words,
)
from conferences.states import ConferenceState
from core import outbox
from core.access import RefusedError, require
from core.dates import written_moment
from core.models import Message
from core.transitions import record
from organisations.models import User
from plans.queries.feed import entry_of

Answer = Participant.Answer
NO_CHAIN = gettext_lazy(
    "Người đi thay không cử tiếp người khác. Xin để người được mời đổi người đi thay, hoặc báo cơ "
    "quan mời."
)


@transaction.atomic
def send_invitations(conference: Conference, chosen: Iterable[int], *, by: User) -> int:
    """Write the issued invitation to those chosen, once to each; how many letters left now."""
    require(rules.may_send_invitations(by, conference), NOT_OFFICE)
    lock(conference)
    guests = [
        guest
        for guest in guests_of(conference, chosen)
        if guest.way != "paper" and not guest.has_invitation(conference)
    ]
    calendar = entry_of(conference.session, method="REQUEST")
    subject = _("Giấy mời dự %(title)s") % {"title": conference.title}
    for guest in guests:
        body = letter_words(conference, guest.person)
        key = invitation_key(conference, guest.person)
        _write(guest, key, subject, body, calendar=calendar)
    if guests:
        note = _("Gửi giấy mời tới %(count)s người") % {"count": len(guests)}
        record(conference, by=by, note=note)
    return len(guests)


def to_remind(conference: Conference, today: datetime.date) -> list[Guest]:
    """Who was invited, can be written to, has not answered and was not reminded today."""
    return [
        guest
        for guest in guests_of(conference)
        if guest.is_invited
        and guest.way != "paper"
        and guest.person.answer == Answer.NONE
        and not any(one.key.startswith(_reminder(guest, today)) for one in guest.sent)
    ]


@transaction.atomic
def remind_guests(conference: Conference, *, by: User, today: datetime.date) -> int:
    """Remind those who have not answered, each at most once a day."""
    require(rules.may_send_invitations(by, conference), NOT_OFFICE)
    lock(conference)
    guests = to_remind(conference, today)
    subject = _("Xin cho biết Ông/Bà có dự %(title)s") % {"title": conference.title}
    for guest in guests:
        body = _("Chúng tôi chưa nhận được trả lời của Ông/Bà.\n\n%(when)s") % {
            "when": _when_and_where(conference)
        }
        _write(guest, _reminder(guest, today), subject, body)
    if guests:
        note = _("Nhắc %(count)s người chưa trả lời giấy mời") % {"count": len(guests)}
        record(conference, by=by, note=note)
    return len(guests)


def tell_moved(conference: Conference) -> None:
    """Another time or place: one letter to everybody invited who has not declined."""
    sequence = conference.session.sequence
    subject = _("Thay đổi thời gian, địa điểm: %(title)s") % {"title": conference.title}
    words = _("Hội nghị đã đổi thời gian hoặc địa điểm. Nay ấn định như sau.")
    body = f"{words}\n\n{_when_and_where(conference)}"
    entry = entry_of(conference.session, method="REQUEST")
    for guest in _expected(conference):
        _write(guest, f"moved:{guest.person.pk}:{sequence}", subject, body, calendar=entry)


def tell_cancelled(conference: Conference, *, reason: str) -> None:
    """The conference is called off: one letter to everybody invited who has not declined."""
    subject = _("Không tổ chức: %(title)s") % {"title": conference.title}
    words = _("Hội nghị không tổ chức nữa. Lý do: %(reason)s") % {"reason": reason}
    entry = entry_of(conference.session, method="CANCEL")
    for guest in _expected(conference):
        _write(guest, f"cancelled:{guest.person.pk}", subject, words, calendar=entry)


@transaction.atomic
def answer_invitation(
    person: Participant,
    *,
    answer: str,
    now: datetime.datetime,
    name: str = "",
    post: str = "",
    by: User | None = None,
) -> None:
    """Say yes, no, or who comes instead; until the conference starts, and as often as one likes.

    `by` is the clerk who writes down what was said on the telephone; nobody when the guest answers.
    """
    conference = person.conference
    if by is not None:
        require(rules.may_prepare_conference(by, conference), NOT_OFFICE)
    lock(conference)
    conference.refresh_from_db()
    if not is_open_to_answers(conference, now):
        raise RefusedError(_("Hội nghị không còn nhận trả lời giấy mời."))
    row = Participant.objects.select_for_update(of=("self",)).get(pk=person.pk)
    came = Participant.objects.filter(
        Q(pk=row.pk) | Q(substitute_for=row), present_at__isnull=False
    )
    if came.exists():
        raise RefusedError(_("Đã có người đến dự theo giấy mời này nên không đổi trả lời nữa."))
    if answer == Answer.SUBSTITUTE:
        _name_substitute(row, name, post, now)
    else:
        _come_oneself(row)
    row.answer, row.answered_at = answer, now
    row.save(update_fields=["answer", "answered_at", "seat"])
    words = _("Trả lời giấy mời: %(answer)s") % {"answer": row.get_answer_display()}
    record(row, by=by, note=words)
    person.answer, person.answered_at = row.answer, row.answered_at


def is_open_to_answers(conference: Conference, now: datetime.datetime) -> bool:
    """Whether an answer still changes anything."""
    return conference.state == ConferenceState.PLANNED and now < conference.starts_at


def _name_substitute(row: Participant, name: str, post: str, now: datetime.datetime) -> None:
    """Who comes instead sits where the guest would have sat, with a code of their own."""
    if row.substitute_for_id is not None:
        raise RefusedError(str(NO_CHAIN))
    values = {"name": name, "post": post, "answer": Answer.YES, "answered_at": now}
    if row.seat:
        values["seat"], row.seat = row.seat, ""
    shared = {"conference": row.conference, "group": row.group, "body": row.body}
    Participant.objects.update_or_create(substitute_for=row, defaults={**shared, **values})


def _come_oneself(row: Participant) -> None:
    """Nobody comes instead any more; the seat goes back."""
    other = Participant.objects.filter(substitute_for=row).first()
    if other is not None:
        row.seat = row.seat or other.seat
        other.delete()


def _expected(conference: Conference) -> list[Guest]:
    """Who was sent an invitation and has not declined."""
    return [
        guest
        for guest in guests_of(conference)
        if guest.is_invited and guest.person.answer != Answer.NO
    ]


def _when_and_where(conference: Conference) -> str:
    values = {
        "title": conference.title,
        "time": written_moment(conference.starts_at),
        "place": conference.place,
    }
    return _("%(title)s\nThời gian: %(time)s\nĐịa điểm: %(place)s") % values


def _reminder(guest: Guest, today: datetime.date) -> str:
    return f"reminder:{guest.person.pk}:{today.isoformat()}"


def _write(guest: Guest, key: str, subject: str, body: str, *, calendar: str = "") -> None:
    """One message for each way a guest has, under keys that the same decision makes again."""
    person = guest.person
    compose = partial(
        outbox.letter,
        subject=subject,
        body=body,
        reason=_("Ông/Bà có tên trong danh sách mời dự hội nghị."),
        about=person,
    )
    letters: list[Message] = []
    if person.email:
        late = f"{LATE}:{person.pk}"
        letters.append(
            compose(key=f"{key}:email", address=person.email, link=late, calendar=calendar)
        )
    if guest.user is not None:
        link, channel = answer_path(person), Message.Channel.IN_APP
        letters.append(
            compose(key=f"{key}:in_app", channel=channel, recipient=guest.user, link=link)
        )
    outbox.write_all(letters)
