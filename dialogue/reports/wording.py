"""What a report says when it is drafted (domain.md §3.8): seven parts and the tables behind them.

Every number comes from the figures; what only people know is left to be written between brackets.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.translation import gettext as _

from conferences.models import Conference
from core.dates import written_day
from dialogue.reports import tracking
from dialogue.reports.figures import Figure, Figures, Grid, Waiting
from dialogue.reports.matters import RAISED, SENT, Status
from dialogue.reports.periods import Period
from dialogue.reports.work import Standing
from documents.actions import ClauseDraft
from documents.models import ClauseKind
from documents.printing.grids import row_of

K = ClauseKind


@dataclass(frozen=True)
class Material:
    """What a report is written from: its figures, and those of the periods it is compared with."""

    figures: Figures
    waiting: Waiting
    organisation: str
    seen: int = 0
    contested: int = 0
    before: Figures | None = None
    year_before: Figures | None = None
    conference: Conference | None = None

    @property
    def period(self) -> Period | None:
        """The period; none for the report of a conference."""
        return self.figures.asked.period


def abstract_of(material: Material) -> str:
    """Trích yếu."""
    if material.conference:
        title = material.conference.title
        return _("kết quả %(title)s") % {"title": title[:1].lower() + title[1:]}
    assert material.period
    return _("kết quả đối thoại trực tiếp với Nhân dân %(period)s") % {
        "period": material.period.name
    }


def report_clauses(material: Material) -> list[ClauseDraft]:
    """The clause tree of a report: opening, seven headings, closing, the tables as annexes."""
    parts = (
        (_("Công tác tổ chức"), _organised(material)),
        (_("Kết quả tiếp nhận ý kiến, kiến nghị"), _received(material)),
        (_("Kết quả trả lời tại hội nghị và bằng văn bản"), _answered(material)),
        (_("Kết quả thực hiện kết luận"), _carried_out(material)),
        (_("Công tác giám sát"), _watched(material)),
        (_("Hạn chế, nguyên nhân"), _lacking(material)),
        (_("Kiến nghị, đề xuất"), _asking(material)),
    )
    headings = [
        ClauseDraft(K.HEADING, title, [ClauseDraft(K.TEXT, text) for text in texts])
        for title, texts in parts
    ]
    closing = _("Trên đây là báo cáo của %(body)s.") % {"body": material.organisation}
    return [
        ClauseDraft(K.INTRODUCTION, _opening(material)),
        *headings,
        ClauseDraft(K.CLOSING, closing),
        *_annexes(material),
    ]


def _opening(material: Material) -> str:
    words = {"body": material.organisation, "at": written_day(material.figures.asked.as_of)}
    if material.conference:
        return (
            _(
                "%(body)s báo cáo kết quả hội nghị và việc thực hiện kết luận "
                "(số liệu tính đến ngày %(at)s) như sau:"
            )
            % words
        )
    assert material.period
    return _(
        "%(body)s báo cáo kết quả đối thoại trực tiếp với Nhân dân %(period)s (số liệu từ ngày "
        "%(first)s đến ngày %(last)s, tình trạng tính đến ngày %(at)s) như sau:"
    ) % {
        **words,
        "period": material.period.name,
        "first": written_day(material.period.first_on),
        "last": written_day(material.period.last_on),
    }


def _organised(material: Material) -> list[str]:
    held = material.conference
    if held:
        text = _(
            "Hội nghị được tổ chức ngày %(day)s tại %(place)s; %(chair)s chủ trì; mời %(invited)s "
            "người, có mặt %(present)s người."
        ) % {
            "day": written_day(timezone.localdate(held.starts_at)),
            "place": held.place,
            "chair": held.chair,
            "invited": held.invited or 0,
            "present": held.present or 0,
        }
        return [text]
    figures = material.figures
    number = figures.meeting("").value
    said = _("Trong kỳ đã tổ chức %(n)s hội nghị đối thoại") % {"n": number}
    if not number:
        return [_("Trong kỳ không tổ chức hội nghị đối thoại.")]
    kinds = _joined(figures.by_kind())
    people = _("có %(n)s lượt người dự") % {"n": figures.present()}
    return [f"{said}{_(', gồm: ')}{kinds}; {people}."]


def _received(material: Material) -> list[str]:
    figures = material.figures
    total = figures.count()
    said = _(
        "Tổng số %(all)s lượt ý kiến, kiến nghị, gồm %(sent)s lượt gửi trước hội nghị và "
        "%(raised)s lượt nêu tại hội nghị"
    ) % {
        "all": total,
        "sent": figures.count(source=SENT),
        "raised": figures.count(source=RAISED),
    }
    found = [f"{said}{_compared(material, total)}."]
    if total:
        fields = _joined(
            [replace(line.total, label=line.label) for line in figures.by_field().lines]
        )
        levels = figures.by_competence().lines
        found.append(_("Theo lĩnh vực: %(parts)s.") % {"parts": fields})
        found.append(
            _("Theo thẩm quyền: %(parts)s.")
            % {"parts": _joined([replace(line.total, label=line.label) for line in levels])}
        )
    return found


def _compared(material: Material, total: int) -> str:
    pairs = (
        (material.before, _("kỳ trước")),
        (material.year_before, _("cùng kỳ năm trước")),
    )
    said = [
        _("%(how)s so với %(what)s (%(n)s)")
        % {"how": _change(total - figures.count()), "what": name, "n": figures.count()}
        for figures, name in pairs
        if figures is not None and figures.count()
    ]
    return "; " + "; ".join(said) if said else ""


def _change(difference: int) -> str:
    if difference == 0:
        return _("bằng")
    words = _("tăng %(n)s lượt") if difference > 0 else _("giảm %(n)s lượt")
    return words % {"n": abs(difference)}


def _answered(material: Material) -> list[str]:
    figures, waiting = material.figures, material.waiting
    parts = figures.by_status()
    found = [
        _("Kết quả xử lý: %(parts)s.") % {"parts": _joined(parts)}
        if parts
        else _("Trong kỳ không có nội dung phải trả lời.")
    ]
    if waiting.answers.value:
        found.append(
            _(
                "Thời gian từ khi nhận đến khi trả lời (trung vị): %(days)s ngày làm việc, tính trên "
                "%(n)s ý kiến gửi trước đã có trả lời."
            )
            % {"days": f"{waiting.days:g}".replace(".", ","), "n": waiting.answers.value}
        )
    return found


def _carried_out(material: Material) -> list[str]:
    figures = material.figures
    total = figures.job("").value
    if not total:
        return [_("Trong kỳ không có việc kết luận phải thực hiện.")]
    parts = _joined([figures.job(str(one.label), standing=one.value) for one in Standing])
    done = figures.job("", standing=(Standing.IN_TIME, Standing.DONE_LATE)).value
    said = _(
        "Tổng số %(all)s việc phải thực hiện theo kết luận; đã xong %(done)s việc (%(share)s%%). "
        "Trong đó: %(parts)s."
    ) % {"all": total, "done": done, "share": round(100 * done / total), "parts": parts}
    return [said]


def _watched(material: Material) -> list[str]:
    return [
        _(
            "Cơ quan giám sát có %(seen)s ý kiến và %(contested)s đề nghị xem xét lại về việc thực "
            "hiện kết luận."
        )
        % {"seen": material.seen, "contested": material.contested}
    ]


def _lacking(material: Material) -> list[str]:
    figures = material.figures
    late = [
        replace(line.cells[-2], label=line.label)
        for line in figures.by_lead().lines
        if line.cells[-2].value
    ]
    waiting = figures.count(status=(Status.WAITING, Status.NEW))
    found = []
    if late:
        found.append(
            _("Còn việc quá hạn chưa báo cáo: %(parts)s.")
            % {"parts": _joined(late, are_names=True)}
        )
    if waiting:
        found.append(_("Còn %(n)s nội dung chưa có trả lời hoặc kết luận.") % {"n": waiting})
    return [*found, _("Nguyên nhân: [nêu nguyên nhân].")]


def _asking(material: Material) -> list[str]:
    petitions = material.figures.count(status=Status.PETITION)
    found = []
    if petitions:
        found.append(
            _("Có %(n)s nội dung đã kiến nghị, chuyển cấp có thẩm quyền; đề nghị sớm trả lời.")
            % {"n": petitions}
        )
    return [*found, _("[Kiến nghị, đề xuất với cấp trên].")]


def _joined(figures: Sequence[Figure], *, are_names: bool = False) -> str:
    """Numbers in the middle of a sentence; names of bodies keep their capitals."""
    said = [one if are_names else replace(one, label=_lower(one.label)) for one in figures]
    return "; ".join(f"{one.label} {one.value}" for one in said if one.value) or _("không có")


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]


def _annexes(material: Material) -> list[ClauseDraft]:
    figures = material.figures
    tables = [
        (
            _("Ý kiến, kiến nghị theo lĩnh vực và kết quả xử lý"),
            _lines(_("Lĩnh vực"), figures.by_field()),
        ),
        (
            _("Ý kiến, kiến nghị theo thẩm quyền và kết quả xử lý"),
            _lines(_("Thẩm quyền"), figures.by_competence()),
        ),
    ]
    bodies = figures.by_body()
    if len(bodies) > 1:
        heads = [figure.label for figure in bodies[0][1]]
        rows = [(name, *(str(one.value) for one in cells)) for name, cells in bodies]
        total = (_bold(_("Tổng số")), *(_bold(one.value) for one in figures.key_figures()))
        tables.append((_("Số liệu theo đơn vị"), [(_("Đơn vị"), *heads), *rows, total]))
    if figures.jobs:
        tables += [
            (
                _("Kết quả thực hiện kết luận theo cơ quan chủ trì"),
                _lines(_("Cơ quan chủ trì"), figures.by_lead()),
            ),
            (
                _("Theo dõi thực hiện từng kết luận"),
                [tracking.head(), *tracking.rows(figures.asked)],
            ),
        ]
    return [_annex(title, lines) for title, lines in tables if len(lines) > 2]


def _annex(title: str, lines: Sequence[Sequence[str]]) -> ClauseDraft:
    return ClauseDraft(K.APPENDIX, title, [ClauseDraft(K.TEXT, row_of(line)) for line in lines])


def _lines(name: str, grid: Grid) -> list[tuple[str, ...]]:
    return [
        (name, *grid.heads),
        *((line.label, *(str(cell.value) for cell in line.cells)) for line in grid.lines),
        (_bold(grid.total.label), *(_bold(cell.value) for cell in grid.total.cells)),
    ]


def _bold(value: object) -> str:
    return f"**{value}**"
