"""What an earlier conference left open comes onto the agenda of the next."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from conferences import rules
from conferences.actions.agenda import add_agenda_item
from conferences.actions.holding import NOT_OFFICE, lock
from conferences.models import AgendaItem, Conference
from conferences.queries.series import OpenPoint, open_points_before
from core.access import RefusedError, require
from core.text import fold
from organisations.models import User

LAST_TIME = ("ky truoc", "lan truoc", "hoi nghi truoc")


@transaction.atomic
def take_up_open_points(conference: Conference, *, by: User, today: datetime.date) -> AgendaItem:
    """Put what the last conference left open into the item that reports on it, or into a new one.

    The points become the item's lead-in, in the running script only; pressed again they are renewed.
    """
    require(rules.may_prepare_conference(by, conference), NOT_OFFICE)
    points = open_points_before(conference, today)
    if not points:
        raise RefusedError(_("Hội nghị trước không còn việc nào chưa xong."))
    lock(conference)
    item = next(filter(_reports, conference.agenda.order_by("position")), None)
    if item is None:
        item = add_agenda_item(
            conference,
            by=by,
            text=_("Báo cáo kết quả giải quyết kiến nghị kỳ trước"),
            conductor="",
            minutes=10,
        )
    item.words = "\n".join(map(_line, points))
    item.save(update_fields=["words"])
    return item


def _reports(item: AgendaItem) -> bool:
    return any(words in fold(item.text) for words in LAST_TIME)


def _line(point: OpenPoint) -> str:
    due = f"{point.due_on:%d/%m/%Y}" if point.due_on else _("chưa có hạn")
    return _("- %(text)s (%(lead)s; hạn %(due)s; đã làm %(percent)s%%)") % {
        "text": point.text.rstrip(". "),
        "lead": point.lead or _("chưa giao"),
        "due": due,
        "percent": point.percent,
    }
