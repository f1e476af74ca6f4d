"""The consolidated table as a paper on A4 across (domain.md §3.7)."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.text import fold
from documents.printing.css import landscape
from documents.printing.outline import roman
from documents.printing.paper import Block, Column, Paper, Signature, SignLine, Table, written_date
from documents.printing.words import typed_words
from documents.queries import head_of
from documents.skins import skin_for
from feedback.queries.table import Figures, Numbers
from feedback.queries.table_rows import Part, Row
from organisations.models import Organisation
from plans.models import DialogueSession

CUT_AT = 4000
Cells = tuple[str, ...]


def table_paper(
    session: DialogueSession, numbers: Numbers, parts: Sequence[Part], *, today: datetime.date
) -> Paper:
    """The whole table in the layout of the office's papers, with room for two signatures."""
    office = session.plan.document.organisation
    skin = skin_for(office, today)
    return Paper(
        title=_("Bảng tổng hợp ý kiến, kiến nghị"),
        skin_code=skin.pk,
        profile=landscape(skin.profile),
        organisation=office.name.upper(),
        parent_organisation=office.parent_heading.upper(),
        place_date=f"{office.place_name}, {written_date(today)}".removeprefix(", "),
        type_name=_("Bảng tổng hợp").upper(),
        abstract=_("ý kiến, kiến nghị gửi tới %(event)s") % {"event": event_of(session)},
        blocks=(
            Block("text", sentence_of(numbers), level=2),
            Block("table", table=_table(numbers, parts)),
        ),
        signatures=signatures_of(office, today),
        dated_on=today,
    )


def event_of(session: DialogueSession) -> str:
    """What the conference is called in the middle of a sentence; a theme may say already what it is."""
    theme = session.theme
    if fold(theme).startswith("doi thoai"):
        return _("hội nghị %(theme)s") % {"theme": theme[:1].lower() + theme[1:]}
    return _("hội nghị đối thoại: %(theme)s") % {"theme": theme}


def sentence_of(numbers: Numbers) -> str:
    """The figures in one sentence; its parts sum up."""
    total = numbers.total
    said = _(
        "Tổng số %(all)s ý kiến đã nhận; bảng gồm %(opinions)s lượt ý kiến của %(people)s người về "
        "%(matters)s vấn đề, trong đó %(answered)s lượt đã trả lời, %(pending)s lượt chưa trả lời."
    ) % {
        "all": numbers.received,
        "opinions": total.opinions,
        "people": total.people,
        "matters": total.matters,
        "answered": total.answered,
        "pending": total.pending,
    }
    left = [f"{one.label.lower()}: {one.value}" for one in numbers.counts[3:] if one.value]
    if left:
        said += " " + _("Không đưa vào bảng: %(left)s.") % {"left": "; ".join(left)}
    return said


def signatures_of(office: Organisation, today: datetime.date) -> tuple[Signature, ...]:
    """Who put it together, and the head of the office."""
    head = head_of(office, today)
    post = head.post.name if head and head.post else _("Thủ trưởng cơ quan")
    name = head.user.full_name if head else ""
    return (
        Signature((SignLine(_("Người tổng hợp").upper()),), ""),
        Signature((SignLine(post.upper(), is_post=True),), name),
    )


@dataclass(frozen=True)
class _Layout:
    """The columns, where the words and the two sums stand in them, and how a row fills them."""

    columns: tuple[Column, ...]
    words_at: int
    sums_at: int
    cells: Callable[[Row], Cells]


def _table(numbers: Numbers, parts: Sequence[Part]) -> Table:
    """One table: a line with its sums heads each section, the last line sums up everything."""
    layout = _public_layout() if numbers.asked.is_public else _layout()
    lines = []
    for place, part in enumerate(parts, start=1):
        lines.append(
            _sum_line(layout, part.section.label.upper(), part.section.figures, roman(place))
        )
        lines += [layout.cells(row) for row in part.rows]
    lines.append(_sum_line(layout, _("Cộng").upper(), numbers.total))
    return Table(layout.columns, tuple(lines))


def _sum_line(layout: _Layout, label: str, figures: Figures, mark: str = "") -> Cells:
    line = [""] * len(layout.columns)
    line[0], line[layout.words_at] = mark, label
    line[layout.sums_at : layout.sums_at + 2] = [str(figures.opinions), str(figures.people)]
    return tuple(f"**{words}**" if words else "" for words in line)


def _layout() -> _Layout:
    columns = (
        Column(_("TT"), 11, "center"),
        Column(_("Mã, loại"), 22),
        Column(_("Nội dung (đã gộp)")),
        Column(_("Địa bàn, đơn vị gửi"), 30),
        Column(_("Số lượt"), 12, "right"),
        Column(_("Số người"), 14, "right"),
        Column(_("Thẩm quyền"), 19),
        Column(_("Cơ quan trả lời, hạn"), 32),
        Column(_("Dự kiến trả lời, căn cứ"), 46),
        Column(_("Ghi chú"), 20),
    )
    return _Layout(columns, 2, 4, _cells)


def _public_layout() -> _Layout:
    columns = (
        Column(_("TT"), 11, "center"),
        Column(_("Nội dung (đã gộp)")),
        Column(_("Số lượt"), 16, "right"),
        Column(_("Số người"), 16, "right"),
        Column(_("Thẩm quyền"), 26),
        Column(_("Cơ quan trả lời"), 40),
        Column(_("Trả lời, căn cứ"), 80),
    )
    return _Layout(columns, 1, 2, _public_cells)


def _cells(row: Row) -> Cells:
    bodies = [row.lead, *(_("phối hợp: %(body)s") % {"body": body} for body in row.helpers)]
    due = [_("hạn %(day)s") % {"day": f"{row.due_on:%d/%m/%Y}"}] if row.due_on else []
    notes = [row.note, _("Đã kiến nghị nhiều lần") if row.is_repeated else ""]
    return (
        str(row.number),
        _joined([row.code, "; ".join(row.kinds)]),
        _words(row.content),
        _joined(["; ".join(row.areas), "; ".join(row.units)]),
        str(row.cell.figures.opinions),
        str(row.cell.figures.people),
        row.competence,
        _joined([*bodies, *due]),
        _answer(row),
        _joined(notes),
    )


def _public_cells(row: Row) -> Cells:
    figures = row.cell.figures
    sums = (str(figures.opinions), str(figures.people))
    return (str(row.number), _words(row.content), *sums, row.competence, row.lead, _answer(row))


def _answer(row: Row) -> str:
    if row.answer is None:
        return ""
    basis = row.answer.legal_basis
    return _joined(
        [
            _words(row.answer.text),
            _("Căn cứ: %(words)s") % {"words": _words(basis)} if basis else "",
        ]
    )


def _words(text: str) -> str:
    """Typed words, cut where a single matter would fill pages."""
    if len(text) > CUT_AT:
        text = text[:CUT_AT].rsplit(" ", 1)[0] + " " + _("… (còn nữa, xem theo mã)")
    return typed_words(text)


def _joined(parts: Sequence[str]) -> str:
    return "\n".join(part for part in parts if part)
