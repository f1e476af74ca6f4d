"""Confirming when and where a conference is held, changing it, calling it off."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conferences import queries, rules
from conferences.actions.holding import NOT_OFFICE
from conferences.actions.inviting import tell_cancelled, tell_moved
from conferences.documents import conference_title
from conferences.models import AgendaItem, Conference
from conferences.states import ConferenceState
from core.access import require
from core.transitions import IllegalMoveError, move, record
from core.versions import save_version
from feedback.actions import end_consultations
from organisations.models import User
from plans.actions import end_steps, fix_session, touch_session
from plans.models import DialogueSession


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
    DialogueSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if Conference.objects.filter(session=session).exists():
        raise IllegalMoveError(_("Kỳ đối thoại này đã có hội nghị."))
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
    _fix(conference, by=by)
    return conference


@transaction.atomic
def edit_conference(conference: Conference, *, by: User, version: int, **values: object) -> None:
    """Change time, place or people; raises StaleError if somebody else was faster.

    Another day carries the unfinished preparation of the session along, and its people are told.
    """
    require(rules.may_prepare_conference(by, conference), NOT_OFFICE)
    was = Conference.objects.select_for_update(of=("self",)).get(pk=conference.pk)
    moved_from = was.session.sequence
    save_version(conference, version=version, **values)
    record(conference, by=by, note=_("Sửa thông tin hội nghị"))
    if timezone.localdate(was.starts_at) != timezone.localdate(conference.starts_at):
        _fix(conference, by=by)
    elif _when_and_where(was) != _when_and_where(conference):
        touch_session(conference.session)
    if conference.session.sequence != moved_from:
        tell_moved(conference)


def _fix(conference: Conference, *, by: User) -> None:
    """The session of the conference is held on its day; the preparation follows."""
    fix_session(
        conference.session,
        by=by,
        day=timezone.localdate(conference.starts_at),
        today=timezone.localdate(),
    )


def _when_and_where(conference: Conference) -> tuple[object, ...]:
    return conference.starts_at, conference.ends_at, conference.place


@transaction.atomic
def cancel_conference(conference: Conference, *, by: User, note: str) -> None:
    """Call the conference off, with the reason people are told; what prepares or asks for it ends."""
    require(rules.may_prepare_conference(by, conference), NOT_OFFICE)
    move(conference, ConferenceState.CANCELLED, by=by, note=note)
    reason = _("Hủy hội nghị: %(reason)s") % {"reason": note}
    end_steps(conference.session, by=by, reason=reason)
    asked = queries.ending_with(conference, timezone.now())
    end_consultations(asked, by=by, note=reason)
    tell_cancelled(conference, reason=note)
