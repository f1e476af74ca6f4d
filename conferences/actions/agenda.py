"""The agenda: adding, changing, ordering, removing items; the programme an office begins with."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypedDict

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from conferences import rules
from conferences.actions.holding import NOT_OFFICE, hold, raise_pulse
from conferences.models import AgendaItem, AgendaPattern, Conference
from core.access import RefusedError, require
from organisations.models import User

PATTERN = Path(__file__).parent.parent / "data" / "agenda.json"


class Row(TypedDict):
    """One line of a programme to begin with."""

    text: str
    conductor: str
    minutes: int
    is_internal: bool


@transaction.atomic
def add_agenda_item(
    conference: Conference,
    *,
    by: User,
    text: str,
    conductor: str,
    minutes: int,
    **more: Any,
) -> AgendaItem:
    """Put one more item at the end of the agenda.

    `more`: is_internal, document, performer, words, slides, fallback, note.
    """
    hold(conference, by)
    raise_pulse(conference)
    return AgendaItem.objects.create(
        conference=conference,
        position=_last(conference) + 1,
        text=text,
        conductor=conductor,
        minutes=minutes,
        **more,
    )


@transaction.atomic
def edit_agenda_item(item: AgendaItem, *, by: User, **values: Any) -> None:
    """Change one item of the agenda: its words, minutes, people, notes, whether it is internal."""
    hold(item.conference, by)
    AgendaItem.objects.filter(pk=item.pk).update(**values)
    raise_pulse(item.conference)


@transaction.atomic
def move_agenda_item(item: AgendaItem, *, by: User, up: bool) -> None:
    """Swap an item with its neighbour above or below; at the edge nothing happens."""
    hold(item.conference, by)
    ids = list(item.conference.agenda.order_by("position").values_list("pk", flat=True))
    place = ids.index(item.pk)
    other = place - 1 if up else place + 1
    if 0 <= other < len(ids):
        ids[place], ids[other] = ids[other], ids[place]
        _number(item.conference, ids)


@transaction.atomic
def order_agenda(conference: Conference, *, by: User, ids: Sequence[int]) -> None:
    """Put the items into the order of `ids`; what somebody added meanwhile stays behind them."""
    hold(conference, by)
    known = list(conference.agenda.order_by("position").values_list("pk", flat=True))
    wanted = [pk for pk in dict.fromkeys(ids) if pk in set(known)]
    _number(conference, wanted + [pk for pk in known if pk not in set(wanted)])


def _number(conference: Conference, ids: Sequence[int]) -> None:
    AgendaItem.objects.bulk_update(
        [AgendaItem(pk=pk, position=place) for place, pk in enumerate(ids, start=1)], ["position"]
    )
    raise_pulse(conference)


@transaction.atomic
def remove_agenda_item(item: AgendaItem, *, by: User) -> None:
    """Take an item that has not begun off the agenda."""
    hold(item.conference, by)
    if not AgendaItem.objects.filter(pk=item.pk, started_at=None).delete()[0]:
        raise RefusedError(_("Mục này đã bắt đầu nên không xóa được khỏi chương trình."))
    raise_pulse(item.conference)


def agenda_pattern(conference: Conference) -> list[Row]:
    """The programme the office begins with: its own, else the one that comes with the software."""
    own = AgendaPattern.objects.filter(organisation=conference.organisation_id).first()
    rows: list[Row] = own.rows if own else json.loads(PATTERN.read_text(encoding="utf-8"))
    return rows


@transaction.atomic
def apply_agenda_pattern(conference: Conference, *, by: User) -> int:
    """Add the lines of the office's programme that are not there yet; says how many."""
    hold(conference, by)
    present = set(conference.agenda.values_list("text", flat=True))
    last = _last(conference)
    new = [row for row in agenda_pattern(conference) if row["text"] not in present]
    AgendaItem.objects.bulk_create(
        AgendaItem(conference=conference, position=position, **row)
        for position, row in enumerate(new, start=last + 1)
    )
    raise_pulse(conference)
    return len(new)


def save_agenda_pattern(conference: Conference, *, by: User) -> int:
    """Keep this agenda as what the office's next conferences begin with; notes stay here."""
    require(rules.may_see_console(by, conference), NOT_OFFICE)
    fields = ("text", "conductor", "minutes", "is_internal")
    rows = list(conference.agenda.order_by("position").values(*fields))
    if not rows:
        raise RefusedError(_("Chương trình còn trống nên chưa lưu làm mẫu được."))
    AgendaPattern.objects.update_or_create(
        organisation=conference.organisation, defaults={"rows": rows}
    )
    return len(rows)


def _last(conference: Conference) -> int:
    return conference.agenda.aggregate(last=Max("position"))["last"] or 0
