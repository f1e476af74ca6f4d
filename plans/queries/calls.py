"""What every announcement of a session says: when, where, about what, how to take part."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from assignments.models import Stage
from core.dates import written_day
from core.templatetags.ui import long_day
from documents.documents.amendments import citation_of
from documents.models import Document
from plans.models import DialogueSession, Plan
from plans.queries.dossier import duty_lines
from plans.queries.groups import GroupLine, group_lines
from plans.queries.standing import standings


@dataclass(frozen=True)
class Way:
    """How people can send their opinions over the web: the public address and until when."""

    url: str
    closes_on: datetime.date


FindWay = Callable[[DialogueSession, datetime.datetime], Way | None]
_finders: list[FindWay] = []


def register_way(find: FindWay) -> None:
    """Let a later package say where opinions go in; called in AppConfig.ready()."""
    _finders.append(find)


@dataclass(frozen=True)
class Call:
    """One session as it is made known; empty strings and None are not said."""

    session: DialogueSession
    conference: str
    theme: str
    when: str
    on: datetime.date | None
    starts_at: datetime.datetime | None
    place: str
    form: str
    audience: str
    chairs: tuple[str, ...]
    units: tuple[str, ...]
    opinions_by: datetime.date | None
    way: Way | None
    contact: str
    citation: str
    groups: tuple[GroupLine, ...] = ()

    @property
    def document(self) -> Document:
        """The plan's paper."""
        return self.session.plan.document


def call_of(session: DialogueSession, now: datetime.datetime) -> Call:
    """Read everything about a session; its plan, paper, chairs and units are loaded with it."""
    plan = session.plan
    standing = standings([session])[session.pk]
    way = next((found for find in _finders if (found := find(session, now))), None)
    is_exact = session.first_on is not None and session.first_on == session.last_on
    on = timezone.localtime(standing.starts_at).date() if standing.starts_at else None
    on = on or (session.last_on if is_exact else None)
    return Call(
        session=session,
        conference=conference_name(plan),
        theme=str(session),
        when=_when(session, standing.starts_at, on),
        on=on,
        starts_at=standing.starts_at,
        place=standing.place or session.place,
        form=session.get_form_display(),
        audience=session.audience,
        chairs=tuple(f"{row.post} {row.name}".strip() for row in session.chairs.all()),
        units=tuple(str(unit) for unit in session.units.all()),
        opinions_by=way.closes_on if way else _opinions_by(session),
        way=way,
        contact=plan.document.organisation.contact,
        citation=citation_of(plan.document, is_long=True),
        groups=tuple(group_lines(plan)),
    )


def conference_name(plan: Plan) -> str:
    """The conference as papers call it."""
    words = _("Hội nghị đối thoại giữa %(host)s với %(counterpart)s")
    return words % {"host": plan.host, "counterpart": plan.counterpart}


def _when(
    session: DialogueSession, starts_at: datetime.datetime | None, on: datetime.date | None
) -> str:
    if starts_at:
        here = timezone.localtime(starts_at)
        return f"{here:%H} giờ {here:%M}, {long_day(here.date())}"
    return long_day(on) if on else str(session.time or "")


def _opinions_by(session: DialogueSession) -> datetime.date | None:
    """The last day of the first duty before the session that sends opinions on."""
    days = [
        line.due_on
        for line in duty_lines(session.plan)
        if line.duty.stage == Stage.BEFORE
        and line.due_on
        and "ý kiến" in line.duty.clause.text.lower()
        and session.pk in {served.pk for served in line.sessions}
    ]
    return min(days, default=None)


def until(call: Call) -> str:
    """Until when opinions are taken, in words; empty if nobody has said."""
    return written_day(call.opinions_by) if call.opinions_by else ""
