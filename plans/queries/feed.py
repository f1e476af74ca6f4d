"""Sessions as a calendar program reads them (RFC 5545); no personal data, officials by post only."""

import datetime
import hashlib
from collections.abc import Callable
from email.utils import parseaddr

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from documents.states import DocumentState
from organisations.models import Organisation, User
from plans.models import CalendarKey, DialogueSession
from plans.queries.dossier import sessions_in_order
from plans.queries.standing import Standing, standings

KEPT = datetime.timedelta(days=400)
"""How long a session stays in the feed after its last day."""
REFRESH = "PT6H"


def hash_of(secret: str) -> str:
    """What is stored of a secret address; the secret has 160 random bits, so a plain hash will do."""
    return hashlib.sha256(secret.encode()).hexdigest()


def key_behind(secret: str) -> CalendarKey | None:
    """The key of an address that still works: not revoked, its owner active and still a member."""
    key = (
        CalendarKey.objects.filter(secret_hash=hash_of(secret), revoked_at=None)
        .filter(user__is_active=True)
        .select_related("user", "organisation")
        .first()
    )
    if key is None or not key.user.organisation_ids():
        return None
    if key.organisation_id and not key.user.has_role(key.organisation_id):
        return None
    return key


def sessions_for(
    user: User, organisation: Organisation | None, today: datetime.date
) -> "QuerySet[DialogueSession]":
    """What an address shows: sessions its owner may see that concern them or the organisation."""
    bodies = {organisation.pk} if organisation else user.organisation_ids()
    concerns = (
        Q(plan__document__organisation__in=bodies)
        | Q(plan__assignees__organisations__in=bodies)
        | Q(plan__duties__organisations__in=bodies)
    )
    if organisation is None:
        units = user.unit_ids()
        concerns |= Q(plan__document__organisation__unit__in=units) | Q(units__in=units)
    rows = DialogueSession.objects.visible_to(user).filter(
        concerns,
        Q(latest_on__gte=today - KEPT) | Q(fixed_on__gte=today - KEPT),
        plan__document__state__in=[DocumentState.ISSUED, DocumentState.REVOKED],
    )
    return sessions_in_order(DialogueSession.objects.filter(pk__in=rows.values("pk")))


def feed_of(key: CalendarKey, today: datetime.date) -> bytes:
    """The calendar of one address; the same bytes until something changes."""
    whose = key.organisation.short_name if key.organisation else key.user.full_name
    name = _("Lịch đối thoại · %(whose)s") % {"whose": whose}
    return calendar_of(list(sessions_for(key.user, key.organisation, today)), name)


def calendar_of(
    rows: list[DialogueSession],
    name: str,
    *,
    link: Callable[[DialogueSession], str] = DialogueSession.get_absolute_url,
) -> bytes:
    """Sessions in order as one calendar; `link` gives the page each entry leads to."""
    told = standings(rows)
    calendar = Calendar()
    calendar.add("prodid", "-//dialogue//lich doi thoai//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    calendar.add("x-published-ttl", REFRESH)
    for row in rows:
        calendar.add_component(_event(row, told[row.pk], link(row)))
    calendar.add_missing_timezones(first_date=datetime.date(2000, 1, 1))
    return bytes(calendar.to_ical())


def entry_of(session: DialogueSession, *, method: str) -> str:
    """One session as an entry that a letter carries: REQUEST to put it in or move it, CANCEL.

    The same UID and SEQUENCE as in the feeds, so that nobody sees it twice.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//dialogue//lich doi thoai//VI")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    event = _event(session, standings([session])[session.pk], session.get_absolute_url())
    event.add("organizer", f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    calendar.add_component(event)
    calendar.add_missing_timezones(first_date=datetime.date(2000, 1, 1))
    return bytes(calendar.to_ical()).decode()


def _event(session: DialogueSession, standing: Standing, link: str) -> Event:
    event = Event()
    host = settings.SITE_URL.partition("://")[2].partition("/")[0]
    event.add("uid", f"session-{session.pk}@{host or 'dialogue'}")
    event.add("dtstamp", session.changed_at.astimezone(datetime.UTC))
    event.add("last-modified", session.changed_at.astimezone(datetime.UTC))
    event.add("sequence", session.sequence + standing.is_cancelled)
    _add_time(event, session, standing)
    is_sure = standing.starts_at is not None or session.fixed_on is not None
    summary = str(session) if is_sure else _("Dự kiến: %(session)s") % {"session": session}
    event.add("summary", summary)
    event.add("status", _status(standing, is_sure=is_sure))
    event.add("transp", "OPAQUE" if is_sure else "TRANSPARENT")
    if place := standing.place or session.place:
        event.add("location", place)
    event.add("description", _description(session))
    event.add("url", settings.SITE_URL.rstrip("/") + link)
    event.add("categories", [_("Đối thoại")])
    return event


def _status(standing: Standing, *, is_sure: bool) -> str:
    if standing.is_cancelled:
        return "CANCELLED"
    return "CONFIRMED" if is_sure else "TENTATIVE"


def _add_time(event: Event, session: DialogueSession, standing: Standing) -> None:
    """The hours of the fixed conference, else the whole days the phrase allows."""
    if standing.starts_at and standing.ends_at:
        event.add("dtstart", timezone.localtime(standing.starts_at))
        event.add("dtend", timezone.localtime(standing.ends_at))
        return
    first, last = session.first_on, session.last_on
    if first and last:
        event.add("dtstart", first)
        event.add("dtend", last + datetime.timedelta(days=1))


def _description(session: DialogueSession) -> str:
    """What a person wants to know on the way there; chairs by post, without names."""
    posts = "; ".join(chair.post for chair in session.chairs.all())
    lines = (
        (_("Loại"), str(session.get_kind_display())),
        (_("Thời gian theo kế hoạch"), str(session.time or "")),
        (_("Đối tượng"), session.audience),
        (_("Chủ trì"), posts),
        (_("Cơ quan tổ chức"), session.plan.document.organisation.name),
    )
    return "\n".join(f"{label}: {said}" for label, said in lines if said)
