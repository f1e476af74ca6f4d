"""Badges, table signs and the seat plan: ordered on a page, made by a worker."""

import hashlib
from collections.abc import Callable

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from conferences import rules
from conferences.actions.holding import NOT_OFFICE, lock
from conferences.documents.hall import badges_of, chart_of, signs_of
from conferences.documents.printable import require_printable
from conferences.models import Conference, HallPrint, SeatPlan
from conferences.queries.people import coming
from conferences.states import PrintState
from core.access import RefusedError, require
from core.transitions import move
from documents.printing.hall import render_badges, render_chart, render_signs
from documents.printing.pdf import UnprintableTextError
from organisations.models import User

Kind = HallPrint.Kind
Job = tuple[int, str, Callable[[], bytes]]
"""How many copies, what stands on them as one text, and how they are set."""


@transaction.atomic
def order_hall_print(conference: Conference, *, by: User, kind: str) -> HallPrint:
    """Ask for one print; the same people in the same seats are set once."""
    require(rules.may_print_for_hall(by, conference), NOT_OFFICE)
    lock(conference)
    copies, words, _set = _job(conference, kind)
    if not copies:
        raise RefusedError(_("Danh sách chưa có đại biểu nào để in."))
    wanted = {"kind": kind, "fingerprint": hashlib.sha256(words.encode()).hexdigest()}
    found = conference.hall_prints.exclude(state=PrintState.FAILED).filter(**wanted).first()
    return found or conference.hall_prints.create(ordered_by=by, copies=copies, **wanted)


def make_hall_print(order: HallPrint) -> None:
    """Set an ordered print and keep the PDF; of two workers the second does nothing."""
    conference = Conference.objects.select_related("organisation", "session__plan__document").get(
        pk=order.conference_id
    )
    try:
        require_printable(coming(conference).order_by("pk"))
        pdf = _job(conference, order.kind)[2]()
    except (RefusedError, UnprintableTextError) as error:
        move(order, PrintState.FAILED, by=None, error=str(error) or _("Không in được."))
        return
    with transaction.atomic():
        locked = HallPrint.objects.select_for_update().get(pk=order.pk)
        if locked.state == PrintState.WAITING:
            locked.file.save(f"{locked.kind}-{locked.pk}.pdf", ContentFile(pdf), save=False)
            move(locked, PrintState.DONE, by=None, file=locked.file)


def _job(conference: Conference, kind: str) -> Job:
    if kind == Kind.BADGES:
        badges = badges_of(conference)
        return len(badges), repr(badges), lambda: render_badges(badges)
    if kind == Kind.SIGNS:
        signs = signs_of(conference)
        return len(signs), repr(signs), lambda: render_signs(signs)
    plan = SeatPlan.objects.filter(conference=conference).first()
    if plan is None:
        raise RefusedError(_("Chưa có sơ đồ chỗ ngồi. Hãy chọn số dãy hoặc số bàn trước."))
    chart = chart_of(conference, plan)
    return len(chart.people), repr(chart), lambda: render_chart(chart)
