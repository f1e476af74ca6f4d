"""Units are asked for delegates and name them: by account, or by a link that stands for one unit."""

import datetime
import uuid
from collections.abc import Sequence
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conferences import rules
from conferences.actions.holding import NOT_OFFICE, lock
from conferences.actions.people import Person
from conferences.models import Conference, Nomination, Participant, ParticipantChange
from conferences.queries.nominations import hash_of, late_address, left_in, members_of, token_of
from conferences.states import ChangeState, ConferenceState
from core import outbox
from core.access import require
from core.dates import written_day, written_moment
from core.transitions import IllegalMoveError, move, record
from organisations.models import Organisation, User
from plans.models import ParticipantGroup

NOT_NAMER = gettext_lazy("Chỉ người của đơn vị được đề nghị cử đại biểu làm việc này.")
Kind = ParticipantChange.Kind


class Unit(NamedTuple):
    """Who is asked: what it is called, its account's organisation if it has one, its mail."""

    body: str
    organisation: Organisation | None = None
    email: str = ""


@transaction.atomic
def ask_units(
    conference: Conference,
    units: Sequence[Unit],
    *,
    by: User,
    group: ParticipantGroup | None,
    quota: int,
) -> list[Nomination]:
    """Ask each unit for so many delegates of a group; who was asked already stays as it is."""
    require(rules.may_prepare_conference(by, conference), NOT_OFFICE)
    lock(conference)
    asked = set(conference.nominations.filter(group=group).values_list("body", flat=True))
    made = []
    for unit in {unit.body: unit for unit in units if unit.body not in asked}.values():
        row = Nomination(
            conference=conference, group=group, quota=quota, made_by=by, **unit._asdict()
        )
        row.token_hash = hash_of(token_of(row))
        row.save()
        made.append(row)
    if made:
        record(
            conference, by=by, note=_("Đề nghị %(count)d đơn vị cử đại biểu") % {"count": len(made)}
        )
    return made


@transaction.atomic
def set_last_day(conference: Conference, *, by: User, day: datetime.date | None) -> None:
    """Say until when names go straight on the list."""
    require(rules.may_prepare_conference(by, conference), NOT_OFFICE)
    Conference.objects.filter(pk=conference.pk).update(nominate_until=day)
    conference.nominate_until = day
    said = written_day(day) if day else _("không đặt")
    record(conference, by=by, note=_("Hạn cử đại biểu: %(day)s") % {"day": said})


@transaction.atomic
def set_quota(nomination: Nomination, *, by: User, quota: int) -> None:
    """Ask for more or fewer; never for fewer than are named already."""
    require(rules.may_prepare_conference(by, nomination.conference), NOT_OFFICE)
    _lock(nomination)
    taken = nomination.quota - left_in(nomination)
    if quota < taken:
        raise IllegalMoveError(
            _("Đơn vị đã cử %(taken)d người, không giảm xuống %(quota)d được.")
            % {"taken": taken, "quota": quota}
        )
    Nomination.objects.filter(pk=nomination.pk).update(quota=quota)
    record(nomination, by=by, note=_("Số đại biểu được cử: %(count)d") % {"count": quota})


@transaction.atomic
def send_nominations(rows: Sequence[Nomination], *, by: User) -> int:
    """Send each unit its letter, with account and by mail; how many units a letter went to."""
    told = 0
    for row in rows:
        require(rules.may_prepare_conference(by, row.conference), NOT_OFFICE)
        if row.revoked_at is not None or not _tell(row):
            continue
        told += 1
        Nomination.objects.filter(pk=row.pk).update(sent_at=timezone.now())
        record(row, by=by, note=_("Gửi thư đề nghị cử đại biểu"))
    return told


def note_link_shown(nomination: Nomination, *, by: User) -> None:
    """Remember who of the office looked at a link: whoever has it can name delegates."""
    require(rules.may_prepare_conference(by, nomination.conference), NOT_OFFICE)
    record(nomination, by=by, note=_("Xem đường dẫn cử đại biểu"))


@transaction.atomic
def renew_link(nomination: Nomination, *, by: User) -> None:
    """Give the unit a new link; the old one ends at once."""
    require(rules.may_prepare_conference(by, nomination.conference), NOT_OFFICE)
    nomination.nonce, nomination.revoked_at = uuid.uuid4(), None
    nomination.token_hash = hash_of(token_of(nomination))
    nomination.save(update_fields=["nonce", "token_hash", "revoked_at"])
    record(nomination, by=by, note=_("Cấp đường dẫn mới, đường dẫn cũ hết hiệu lực"))


@transaction.atomic
def revoke_link(nomination: Nomination, *, by: User) -> None:
    """End the unit's link at once; who it has named stays."""
    require(rules.may_prepare_conference(by, nomination.conference), NOT_OFFICE)
    if Nomination.objects.filter(pk=nomination.pk, revoked_at=None).update(
        revoked_at=timezone.now()
    ):
        record(nomination, by=by, note=_("Thu hồi đường dẫn cử đại biểu"))


@transaction.atomic
def name_delegate(
    nomination: Nomination, *, by: User | None, today: datetime.date, name: str, **values: str
) -> Participant | ParticipantChange:
    """Name one more delegate; after the day for naming the office is asked first.

    The row of the nomination is locked: of two who name the last delegate at once the second is
    refused. `by=None` is whoever holds the link, here and below.
    """
    _hold(nomination, by)
    _require_room(nomination)
    if _is_late(nomination, by, today):
        return _ask(nomination, Kind.ADD, None, by=by, name=name, **values)
    return _put(nomination, by=by, name=name, **values)


@transaction.atomic
def replace_delegate(
    participant: Participant, *, by: User | None, today: datetime.date, name: str, **values: str
) -> Participant | ParticipantChange:
    """Name somebody else in a delegate's place; after the day for naming the office is asked."""
    nomination = _nomination_of(participant)
    _hold(nomination, by)
    if _is_late(nomination, by, today):
        return _ask(nomination, Kind.REPLACE, participant, by=by, name=name, **values)
    return _exchange(nomination, participant, by=by, name=name, **values)


@transaction.atomic
def withdraw_delegate(
    participant: Participant, *, by: User | None, today: datetime.date
) -> ParticipantChange | None:
    """Take a delegate back; after the day for naming the office is asked."""
    nomination = _nomination_of(participant)
    _hold(nomination, by)
    if _is_late(nomination, by, today):
        return _ask(nomination, Kind.REMOVE, participant, by=by)
    _take(participant)
    record(nomination, by=by, note=_("Rút 01 đại biểu"))
    return None


@transaction.atomic
def accept_change(change: ParticipantChange, *, by: User) -> None:
    """Agree: the list changes as the unit asked, and the unit is told."""
    nomination = change.nomination
    require(rules.may_prepare_conference(by, nomination.conference), NOT_OFFICE)
    _lock(nomination)
    person = {"name": change.name, "post": change.post, "phone": change.phone}
    old = change.participant
    if change.kind != Kind.ADD and old is None:
        raise IllegalMoveError(_("Đại biểu này không còn trong danh sách; hãy từ chối đề nghị."))
    move(change, ChangeState.ACCEPTED, by=by)
    if change.kind == Kind.ADD:
        _require_room(nomination)
        _put(nomination, by=by, **person)
    elif change.kind == Kind.REPLACE and old is not None:
        _exchange(nomination, old, by=by, **person)
    elif old is not None:
        _take(old)
    _tell_outcome(change)


@transaction.atomic
def refuse_change(change: ParticipantChange, *, by: User, reason: str) -> None:
    """Say no with a reason; the list stays and the unit is told."""
    require(rules.may_prepare_conference(by, change.nomination.conference), NOT_OFFICE)
    move(change, ChangeState.REFUSED, by=by, note=reason, reason=reason)
    _tell_outcome(change)


def _lock(nomination: Nomination) -> None:
    """Hold the row until the transaction ends, with what stands there now."""
    row = Nomination.objects.select_for_update(of=("self",)).get(pk=nomination.pk)
    nomination.quota, nomination.revoked_at = row.quota, row.revoked_at
    nomination.conference = Conference.objects.get(pk=nomination.conference_id)


def _hold(nomination: Nomination, by: User | None) -> None:
    """Lock it and look once more whether its people, or its link, may still name anybody."""
    _lock(nomination)
    if by is not None:
        require(rules.may_name_delegates(by, nomination), NOT_NAMER)
    elif nomination.revoked_at is not None:
        raise IllegalMoveError(_("Đường dẫn không còn dùng được."))
    if nomination.conference.state != ConferenceState.PLANNED:
        raise IllegalMoveError(_("Hội nghị không còn nhận danh sách đại biểu."))


def _is_late(nomination: Nomination, by: User | None, today: datetime.date) -> bool:
    """Whether the office must agree first; its own people act for a unit at any time."""
    is_office = by is not None and rules.may_prepare_conference(by, nomination.conference)
    return not nomination.is_open(today) and not is_office


def _nomination_of(participant: Participant) -> Nomination:
    if participant.nomination is None:
        raise IllegalMoveError(_("Đại biểu này do văn phòng mời, đơn vị không đổi được."))
    return participant.nomination


def _require_room(nomination: Nomination) -> None:
    if left_in(nomination) <= 0:
        raise IllegalMoveError(full(nomination))


def full(nomination: Nomination) -> str:
    """The sentence for one delegate too many."""
    return _(
        "%(body)s được cử %(quota)02d đại biểu và đã cử đủ. Muốn cử người khác, hãy thay một "
        "người trong danh sách."
    ) % {"body": nomination.body, "quota": nomination.quota}


def _put(
    nomination: Nomination, *, by: User | None, name: str, post: str = "", phone: str = ""
) -> Participant:
    row = Participant.objects.create(
        conference=nomination.conference,
        group=nomination.group,
        nomination=nomination,
        **Person(name, post, nomination.body, phone)._asdict(),
    )
    record(nomination, by=by, note=_("Cử 01 đại biểu"))
    return row


def _exchange(
    nomination: Nomination, old: Participant, *, by: User | None, **person: str
) -> Participant:
    """The new person sits where the old one would have sat, with a code of their own."""
    seat = old.seat
    _take(old)
    row = _put(nomination, by=by, **person)
    if seat:
        row.seat = seat
        row.save(update_fields=["seat"])
    return row


def _take(participant: Participant) -> None:
    if (
        Participant.objects.filter(substitute_for=participant).exists()
        or participant.present_at is not None
    ):
        raise IllegalMoveError(_("Người này đã đến hoặc đã có người dự thay, không đổi được nữa."))
    participant.delete()


def _ask(
    nomination: Nomination,
    kind: str,
    participant: Participant | None,
    *,
    by: User | None,
    **person: str,
) -> ParticipantChange:
    waits = ParticipantChange.objects.filter(participant=participant, state=ChangeState.PROPOSED)
    if participant is not None and waits.exists():
        raise IllegalMoveError(_("Đã có một đề nghị về người này đang chờ văn phòng trả lời."))
    was = participant and " - ".join(part for part in (participant.name, participant.post) if part)
    change = ParticipantChange.objects.create(
        nomination=nomination,
        kind=kind,
        participant=participant,
        was=(was or "")[:300],
        asked_by=by,
        **person,
    )
    record(
        nomination, by=by, note=_("Đề nghị sau hạn: %(kind)s") % {"kind": change.get_kind_display()}
    )
    office = members_of(nomination.conference.organisation_id, timezone.localdate())
    outbox.notify(
        office,
        key=f"late-delegate:{change.pk}",
        subject=_("%(body)s xin đổi đại biểu sau hạn") % {"body": nomination.body},
        body=_("%(body)s đề nghị thay đổi danh sách cử đại biểu. Mở để trả lời.")
        % {"body": nomination.body},
        reason=_("văn phòng của ông/bà tổ chức hội nghị."),
        link=nomination.get_absolute_url(),
        about=nomination,
    )
    return change


def _tell(row: Nomination) -> bool:
    """The letter that asks for delegates; False if there is nobody to write to."""
    conference = row.conference
    values = {
        "office": conference.organisation,
        "body": row.body,
        "title": conference.title,
        "time": written_moment(conference.starts_at),
        "place": conference.place,
        "quota": row.quota,
    }
    words = (
        _(
            "%(office)s đề nghị %(body)s cử %(quota)02d đại biểu dự %(title)s, %(time)s, tại %(place)s."
        )
        % values
    )
    if conference.nominate_until:
        words += " " + _("Hạn cử: hết ngày %(day)s.") % {
            "day": written_day(conference.nominate_until)
        }
    subject = _("Đề nghị cử đại biểu: %(title)s") % values
    stamp = f"nominate:{row.pk}:{timezone.now():%Y%m%d%H%M%S}"
    people = members_of(row.organisation_id, timezone.localdate())
    if people:
        outbox.notify(
            people,
            key=stamp,
            subject=subject,
            body=words,
            reason=_("đơn vị của ông/bà được đề nghị cử đại biểu."),
            link=row.get_absolute_url(),
            about=row,
        )
    if row.email:
        note = _(
            "Đường dẫn dưới đây chỉ dùng để cử đại biểu của %(body)s, không cần tài khoản. Mở đường "
            "dẫn chưa làm gì cả; điền họ tên rồi bấm nút."
        )
        outbox.write(
            key=f"{stamp}:link",
            address=row.email,
            subject=subject,
            body=f"{words}\n\n{note % values}",
            reason=_("đơn vị của ông/bà được đề nghị cử đại biểu."),
            link=late_address(row),
            about=row,
        )
    return bool(people or row.email)


def _tell_outcome(change: ParticipantChange) -> None:
    """The unit learns what became of what it asked for."""
    nomination = change.nomination
    said = _("Văn phòng trả lời đề nghị đổi đại biểu của %(body)s: %(state)s. %(reason)s") % {
        "body": nomination.body,
        "state": str(ChangeState(change.state).label).lower(),
        "reason": change.reason,
    }
    subject = _("Trả lời đề nghị đổi đại biểu")
    reason = _("đơn vị của ông/bà đã đề nghị đổi đại biểu.")
    people = members_of(nomination.organisation_id, timezone.localdate())
    if people:
        outbox.notify(
            people,
            key=f"late-delegate-outcome:{change.pk}",
            subject=subject,
            body=said,
            reason=reason,
            link=nomination.get_absolute_url(),
            about=nomination,
        )
    if nomination.email and nomination.revoked_at is None:
        outbox.write(
            key=f"late-delegate-outcome:{change.pk}:link",
            address=nomination.email,
            subject=subject,
            body=said,
            reason=reason,
            link=late_address(nomination),
            about=nomination,
        )
