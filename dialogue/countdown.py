"""The clock that runs from the end of a conference to its conclusion notice, and who holds it up."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _

from assignments.models import Task
from conclusions.models import ConclusionNotice
from conferences.models import Conference
from conferences.states import ConferenceState
from documents.models import Document
from documents.states import DocumentState
from plans.models import DialogueSession


@dataclass(frozen=True)
class Countdown:
    """Until when the notice must be issued, by which words, and where it is now.

    `is_running` is False once it is issued; then `issued_on` says whether that was in time.
    """

    title: str
    url: str
    due_on: datetime.date
    phrase: str
    holder: str
    is_running: bool
    issued_on: datetime.date | None = None

    @property
    def is_late(self) -> bool:
        """Whether it was issued after its day."""
        return self.issued_on is not None and self.issued_on > self.due_on


def countdowns_of(session_ids: Iterable[int]) -> list[Countdown]:
    """The clocks of the held conferences of some sessions, the earliest first; three questions."""
    held = list(
        Conference.objects.filter(session__in=list(session_ids), state=ConferenceState.CLOSED)
        .select_related("organisation")
        .order_by("starts_at")
    )
    if not held:
        return []
    kind = ContentType.objects.get_for_model(Conference)
    clocks = Task.objects.filter(origin_type=kind, origin_id__in=[row.pk for row in held])
    known = {task.origin_id: task for task in clocks.live()}
    notices = ConclusionNotice.objects.filter(conference__in=held).select_related(
        "document__created_by", "document__organisation", "document__drafter"
    )
    written = {notice.conference_id: notice for notice in notices}
    found = (_countdown(row, known.get(row.pk), written.get(row.pk)) for row in held)
    return [one for one in found if one is not None]


def countdown_of_paper(document: Document) -> Countdown | None:
    """The clock a notice or the minutes of a conference stand under; None for other papers."""
    session: int | None = None
    if document.type_id == "TB":
        notices = ConclusionNotice.objects.filter(document=document)
        session = notices.values_list("conference__session", flat=True).first()
    elif document.type_id == "BB":
        held = Conference.objects.filter(minutes=document)
        session = held.values_list("session", flat=True).first()
    return next(iter(countdowns_of([session])), None) if session else None


def countdowns_of_plan(sessions: Iterable[DialogueSession]) -> list[Countdown]:
    """Those of a plan's sessions that still run."""
    found = countdowns_of([session.pk for session in sessions])
    return [one for one in found if one.is_running]


def _countdown(
    conference: Conference, clock: Task | None, notice: ConclusionNotice | None
) -> Countdown | None:
    if clock is None or clock.due_on is None:
        return None
    document = notice.document if notice else None
    is_issued = document is not None and document.state not in DRAFTED
    return Countdown(
        title=conference.title,
        url=notice.get_absolute_url() if notice else conference.get_absolute_url(),
        due_on=clock.due_on,
        phrase=clock.due_phrase.literal if clock.due_phrase else "",
        holder="" if is_issued else _holder(conference, document),
        is_running=not is_issued,
        issued_on=document.dated_on if is_issued and document else None,
    )


DRAFTED = (DocumentState.DRAFT, DocumentState.SUBMITTED)


def _holder(conference: Conference, document: Document | None) -> str:
    """Who has it now: the office before it is written, its writer, then its signer."""
    office = conference.organisation.short_name
    if document is None:
        return _("%(office)s chưa soạn") % {"office": office}
    if document.state == DocumentState.SUBMITTED:
        signer = " ".join(part for part in (document.signer_post, document.signer_name) if part)
        return _("chờ %(signer)s ký") % {"signer": signer or office}
    if document.drafter is not None:
        return _("%(body)s đang soạn") % {"body": document.drafter.short_name}
    return _("%(who)s, %(office)s đang soạn") % {"who": document.created_by, "office": office}
