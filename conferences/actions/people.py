"""Who takes part."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conferences import rules
from conferences.actions.holding import NOT_OFFICE, lock
from conferences.models import Conference, Participant
from core.access import require
from core.text import fold
from core.transitions import IllegalMoveError, record
from organisations.models import User
from plans.models import ParticipantGroup

NEVER_NAMED = gettext_lazy("Người này đã có người dự thay, đã đến hoặc đã gộp; không bỏ được nữa.")
POST_LENGTH = 300
PRINTED = ("name", "post", "body")
"""What stands on badges, signs and lists; the office puts it right also while the hall meets."""


class Person(NamedTuple):
    """Somebody as they are typed, pasted or read from a sheet; only the name is needed."""

    name: str
    post: str = ""
    body: str = ""
    phone: str = ""
    email: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """Equal for two lines no reader of the list could tell apart."""
        return fold(self.name), fold(self.post), fold(self.body)


@transaction.atomic
def add_participants(
    conference: Conference,
    people: Sequence[Sequence[str]],
    *,
    by: User,
    group: ParticipantGroup | None = None,
    is_guest: bool = False,
    keeps_twins: bool = False,
) -> list[Participant]:
    """Add people as Person (name, post, body, phone, email).

    Somebody equal in name, post and body to one on the list is left out, unless `keeps_twins`
    says that they are two people.
    """
    require(rules.may_prepare_conference(by, conference), NOT_OFFICE)
    lock(conference)
    rows = [Person(*person) for person in people]
    if not keeps_twins:
        known = known_people(conference)
        first = {row.key: row for row in reversed(rows)}
        rows = [row for row in first.values() if row.key not in known][::-1]
    made = Participant.objects.bulk_create(
        Participant(conference=conference, group=group, is_guest=is_guest, **row._asdict())
        for row in rows
    )
    if made:
        record(conference, by=by, note=_("Thêm %(count)d đại biểu") % {"count": len(made)})
    return made


def known_people(conference: Conference) -> set[tuple[str, str, str]]:
    """The keys of everybody on the list."""
    rows = conference.participants.values_list("name", "post", "body")
    return {Person(*row).key for row in rows}


def edit_participant(participant: Participant, *, by: User, **values: Any) -> None:
    """Correct name, post, body, group or how somebody is reached; a contact left out stays.

    From the start of the conference on only what is printed.
    """
    is_printed = set(values) <= set(PRINTED)
    rule = rules.may_correct_participant if is_printed else rules.may_prepare_conference
    require(rule(by, participant.conference), NOT_OFFICE)
    for name, value in values.items():
        setattr(participant, name, value)
    participant.save(update_fields=list(values))
    record(participant, by=by, note=_("Sửa thông tin đại biểu"))


@transaction.atomic
def join_posts(kept: Participant, other: Participant, *, by: User) -> None:
    """Two lines are one person with two posts: counted once, both posts on every paper."""
    require(rules.may_prepare_conference(by, kept.conference), NOT_OFFICE)
    lock(kept.conference)
    kept.refresh_from_db()
    other.refresh_from_db()
    if kept.pk == other.pk or fold(kept.name) != fold(other.name):
        raise IllegalMoveError(_("Chỉ gộp được hai dòng cùng họ tên."))
    posts = [part for part in (kept.post, other.post) if part]
    if fold(kept.body) != fold(other.body) and other.body:
        posts[-1:] = [" ".join(part for part in (other.post, other.body) if part)]
    joined = ", ".join(dict.fromkeys(posts))
    if len(joined) > POST_LENGTH:
        raise IllegalMoveError(_("Hai chức vụ cộng lại quá dài. Hãy viết gọn rồi gộp."))
    contacts = {
        name: getattr(kept, name) or getattr(other, name) for name in ("phone", "email", "seat")
    }
    _leave(other)
    edit_participant(kept, by=by, post=joined, **contacts)


@transaction.atomic
def remove_participant(participant: Participant, *, by: User) -> None:
    """Take somebody off the list while the conference is being prepared."""
    require(rules.may_prepare_conference(by, participant.conference), NOT_OFFICE)
    _leave(participant)
    record(participant.conference, by=by, note=_("Bỏ 01 đại biểu khỏi danh sách"))


def _leave(participant: Participant) -> None:
    """Delete somebody nothing depends on; who has a substitute or came stays."""
    has_substitute = Participant.objects.filter(substitute_for=participant).exists()
    if has_substitute or participant.present_at is not None:
        raise IllegalMoveError(str(NEVER_NAMED))
    participant.delete()
