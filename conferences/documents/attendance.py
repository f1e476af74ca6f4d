"""The attendance list on paper: who was invited, by group, with room to sign."""

import datetime
from itertools import groupby

from django.utils.translation import gettext as _

from conferences.models import Conference, Participant
from conferences.queries.arriving import expected
from core.dates import written_moment
from core.text import name_key
from documents.printing.filling import render_filled
from documents.printing.outline import Block
from documents.printing.paper import Paper
from documents.printing.parts import Column, Table
from documents.printing.words import typed_words
from documents.skins import skin_for

EMPTY_LINES, MORE_THAN_FIT = 6, 60
"""Lines for guests nobody expected: at least so many, and more than are ever printed."""
BLANK = "\u00a0"


def attendance_pdf(conference: Conference, *, today: datetime.date) -> bytes:
    """The list as PDF in the skin of the office."""
    return render_filled(attendance_paper(conference, today=today), least=EMPTY_LINES)


def attendance_paper(conference: Conference, *, today: datetime.date) -> Paper:
    """Groups in the plan's order, in each the people by given name; more empty lines than fit."""
    organisation = conference.organisation
    skin = skin_for(organisation, today)
    people = list(
        expected(conference)
        .select_related("group__clause", "substitute_for")
        .order_by("group__clause__position", "group", "pk")
    )
    groups = [
        (name, sorted(members, key=lambda one: name_key(one.name)))
        for name, members in groupby(people, key=_group_name)
    ]
    blocks = [
        Block("centre", "*" + written_moment(conference.starts_at) + "*"),
        Block("centre", "*" + _("tại %(place)s") % {"place": conference.place} + "*"),
    ]
    first = 1
    for name, members in groups:
        blocks.append(Block("table", table=_table(members, first, name if len(groups) > 1 else "")))
        first += len(members)
    blocks.append(Block("table", table=_empty(first)))
    return Paper(
        title=_("Danh sách đại biểu ký nhận"),
        skin_code=skin.pk,
        profile=skin.profile,
        organisation=organisation.name.upper(),
        parent_organisation=organisation.parent_heading.upper(),
        type_code="DS",
        type_name=_("DANH SÁCH ĐẠI BIỂU KÝ NHẬN"),
        abstract=conference.title,
        blocks=tuple(blocks),
    )


def _group_name(person: Participant) -> str:
    return person.group.clause.text if person.group else _("Đại biểu khác")


def _table(members: list[Participant], first: int, caption: str) -> Table:
    rows = [
        (str(number), _name(person), _where(person), BLANK)
        for number, person in enumerate(members, start=first)
    ]
    return Table(_columns(), tuple(rows), caption=caption)


def _empty(first: int) -> Table:
    rows = [(str(number), BLANK, BLANK, BLANK) for number in range(first, first + MORE_THAN_FIT)]
    return Table(_columns(), tuple(rows), caption=_("Khách ngoài danh sách"))


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("TT"), 12, "center"),
        Column(_("Họ và tên"), 50),
        Column(_("Chức vụ, đơn vị")),
        Column(_("Ký nhận"), 35),
    )


def _name(person: Participant) -> str:
    if person.substitute_for is None:
        return typed_words(person.name)
    return _("%(name)s (thay %(other)s)") % {
        "name": typed_words(person.name),
        "other": typed_words(person.substitute_for.name),
    }


def _where(person: Participant) -> str:
    said = ", ".join(part for part in (person.post, person.body) if part)
    return typed_words(said) or BLANK
