"""The agenda: adding, changing, moving, removing items."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from conferences import rules
from conferences.actions.holding import NOT_OFFICE, lock
from conferences.models import AgendaItem, Conference
from core.access import RefusedError, require
from organisations.models import User


def add_agenda_item(
    conference: Conference, *, by: User, text: str, conductor: str, minutes: int, note: str = ""
) -> AgendaItem:
    """Put one more item at the end of the agenda."""
    require(rules.may_run_conference(by, conference), NOT_OFFICE)
    with transaction.atomic():
        lock(conference)
        last = conference.agenda.aggregate(last=Max("position"))["last"] or 0
        return AgendaItem.objects.create(
            conference=conference,
            position=last + 1,
            text=text,
            conductor=conductor,
            minutes=minutes,
            note=note,
        )


def edit_agenda_item(
    item: AgendaItem, *, by: User, text: str, conductor: str, minutes: int, note: str
) -> None:
    """Change one item of the agenda."""
    require(rules.may_run_conference(by, item.conference), NOT_OFFICE)
    AgendaItem.objects.filter(pk=item.pk).update(
        text=text, conductor=conductor, minutes=minutes, note=note
    )


@transaction.atomic
def move_agenda_item(item: AgendaItem, *, by: User, up: bool) -> None:
    """Swap an item with its neighbour above or below; at the edge nothing happens."""
    require(rules.may_run_conference(by, item.conference), NOT_OFFICE)
    lock(item.conference)
    item.refresh_from_db()
    others = item.conference.agenda.exclude(pk=item.pk)
    neighbour = (
        others.filter(position__lt=item.position).order_by("-position").first()
        if up
        else others.filter(position__gt=item.position).order_by("position").first()
    )
    if neighbour:
        AgendaItem.objects.filter(pk=item.pk).update(position=neighbour.position)
        AgendaItem.objects.filter(pk=neighbour.pk).update(position=item.position)


def remove_agenda_item(item: AgendaItem, *, by: User) -> None:
    """Take an item that has not begun off the agenda."""
    require(rules.may_run_conference(by, item.conference), NOT_OFFICE)
    if not AgendaItem.objects.filter(pk=item.pk, started_at=None).delete()[0]:
        raise RefusedError(_("Mục này đã bắt đầu nên không xóa được khỏi chương trình."))
