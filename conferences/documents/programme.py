"""The programme for everybody and the running script for the office (kịch bản điều hành)."""

import datetime
from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from conferences.models import Conference, Passage
from conferences.queries import AgendaLine
from core.dates import written_moment
from documents.printing.css import landscape
from documents.printing.paper import Block, Column, Paper, Table, written_date
from documents.skins import skin_for


def programme_paper(
    conference: Conference, lines: Sequence[AgendaLine], *, today: datetime.date
) -> Paper:
    """TT · Nội dung · Điều hành, public items only."""
    shown = [line.item for line in lines if not line.item.is_internal]
    columns = (Column(_("TT"), 12, "center"), Column(_("Nội dung")), Column(_("Điều hành"), 55))
    rows = [
        (str(number), item.text.rstrip("."), item.conductor)
        for number, item in enumerate(shown, start=1)
    ]
    return _paper(
        conference,
        today,
        type_name=_("Chương trình"),
        blocks=(*_when_and_where(conference), Block("table", table=Table(columns, tuple(rows)))),
    )


def script_paper(
    conference: Conference,
    lines: Sequence[AgendaLine],
    passages: Sequence[Passage],
    *,
    today: datetime.date,
) -> Paper:
    """Every item with its hour, who does it, lead-in, slides, fallback and private notes."""
    columns = (
        Column(_("TT"), 10, "center"),
        Column(_("Bắt đầu"), 17, "center"),
        Column(_("Phút"), 12, "center"),
        Column(_("Nội dung")),
        Column(_("Điều hành, người thực hiện"), 42),
        Column(_("Lời dẫn"), 62),
        Column(_("Tài liệu chiếu"), 28),
        Column(_("Dự phòng, ghi chú riêng"), 46),
    )
    table = Table(columns, tuple(_script_row(number, at) for number, at in enumerate(lines, 1)))
    branches = [
        Block("bullet", f"**{passage.title}:** {passage.text}", "-", 3) for passage in passages
    ]
    if branches:
        branches.insert(0, Block("text", f"**{_('Tình huống dự phòng')}**", level=2))
    return _paper(
        conference,
        today,
        type_name=_("Kịch bản điều hành"),
        blocks=(*_when_and_where(conference), Block("table", table=table), *branches),
        draft_mark=_("Tài liệu nội bộ"),
    )


def _script_row(number: int, line: AgendaLine) -> tuple[str, ...]:
    item = line.item
    text = item.text.rstrip(".")
    return (
        str(number),
        "–" if line.is_left_out else f"{timezone.localtime(line.expected_at):%H:%M}",
        str(item.minutes),
        _("%(text)s (nội bộ)") % {"text": text} if item.is_internal else text,
        "\n".join(filter(None, (item.conductor, item.performer))),
        item.words,
        "\n".join(filter(None, (item.slides, str(item.document or "")))),
        "\n".join(filter(None, (item.fallback, item.note))),
    )


def _when_and_where(conference: Conference) -> tuple[Block, ...]:
    return (
        Block("text", _("Thời gian: %(at)s.") % {"at": written_moment(conference.starts_at)}),
        Block("text", _("Địa điểm: %(place)s.") % {"place": conference.place}),
    )


def _paper(
    conference: Conference,
    today: datetime.date,
    *,
    type_name: str,
    blocks: tuple[Block, ...],
    draft_mark: str = "",
) -> Paper:
    office = conference.organisation
    skin = skin_for(office, today)
    return Paper(
        title=f"{type_name}: {conference.title}",
        skin_code=skin.pk,
        profile=landscape(skin.profile) if draft_mark else skin.profile,
        organisation=office.name.upper(),
        parent_organisation=office.parent_heading.upper(),
        place_date=f"{office.place_name}, {written_date(today)}".removeprefix(", "),
        type_name=type_name.upper(),
        abstract=conference.title,
        draft_mark=draft_mark,
        blocks=blocks,
        dated_on=today,
    )
