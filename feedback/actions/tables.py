"""Files of the consolidated table: ordered, made by a worker, thrown away after some days."""

import datetime
from dataclasses import asdict
from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from core.access import require
from core.transitions import move
from feedback import rules
from feedback.models import TableOrder
from feedback.queries.table import Asked
from feedback.states import TableState
from organisations.models import User
from plans.models import DialogueSession

AT_ONCE = 150
"""A table of so many rows is made while the person waits."""
PRINTED = 2000
"""More rows than this are no paper any more: they are for a spreadsheet."""
KEPT_FOR = datetime.timedelta(days=7)


def order_table(
    session: DialogueSession, asked: Asked, *, by: User, kind: str, rows: int
) -> TableOrder:
    """Ask for the whole table as a file; what is already being made is not ordered twice."""
    require(
        rules.may_read_table(by, session),
        _("Chỉ văn phòng tổng hợp và cơ quan giám sát được xem bảng tổng hợp."),
    )
    require(
        kind == TableOrder.Kind.XLSX or rows <= PRINTED,
        _("Bảng có hơn %(n)s dòng; hãy lọc bớt để in từng phần, hoặc tải tệp Excel.")
        % {"n": PRINTED},
    )
    wanted = {"session": session, "kind": kind, "asked": asdict(asked), "ordered_by": by}
    waiting = TableOrder.objects.filter(state=TableState.WAITING, **wanted).first()
    return waiting or TableOrder.objects.create(rows=rows, **wanted)


def hold_order(pk: int) -> TableOrder | None:
    """Lock an order that waits; None if it is made already or another worker is at it."""
    rows = TableOrder.objects.select_for_update(of=("self",), skip_locked=True)
    related = rows.select_related("session__plan__document__organisation__unit", "ordered_by")
    return related.filter(pk=pk, state=TableState.WAITING).first()


def keep_file(order: TableOrder, content: bytes) -> None:
    """The file is made."""
    order.file.save(f"bang-tong-hop-{order.pk}.{order.kind}", ContentFile(content), save=False)
    move(order, TableState.DONE, by=None, file=order.file)


def fail_order(order: TableOrder, reason: str) -> None:
    """The file cannot be made; the person reads why."""
    move(order, TableState.FAILED, by=None, error=reason)


def clear_old_tables(now: datetime.datetime) -> None:
    """Delete the files nobody needs any more, with their orders."""
    for order in TableOrder.objects.filter(ordered_at__lt=now - KEPT_FOR):
        name, storage = order.file.name, order.file.storage
        order.delete()
        if name:
            transaction.on_commit(partial(storage.delete, name))
