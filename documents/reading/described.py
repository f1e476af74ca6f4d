"""What was read, in the words of the office: for people who decide whether to take it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.dates import written_day
from documents.reading.pieces import FAIR, AssigneeReading, FactReading, certainty_of
from documents.reading.results import (
    BasisReading,
    DocumentReading,
    DutyReading,
    GroupReading,
    ProgrammeItemReading,
    SessionReading,
)

ROLES = {
    "lead": gettext_lazy("chủ trì"),
    "cooperate": gettext_lazy("phối hợp"),
    "advise": gettext_lazy("tham mưu"),
    "direct": gettext_lazy("chỉ đạo"),
    "monitor": gettext_lazy("theo dõi, đôn đốc"),
    "supervise": gettext_lazy("giám sát"),
    "carry_out": gettext_lazy("thực hiện"),
}
STAGES = {
    "before": gettext_lazy("trước hội nghị"),
    "during": gettext_lazy("tại hội nghị"),
    "after": gettext_lazy("sau hội nghị"),
}
SESSIONS = {
    "periodic": gettext_lazy("định kỳ"),
    "thematic": gettext_lazy("chuyên đề"),
    "ad_hoc": gettext_lazy("đột xuất"),
}
CERTAINTIES = {
    "sure": gettext_lazy("chắc"),
    "fair": gettext_lazy("nên xem lại"),
    "guess": gettext_lazy("đoán"),
}

Said = tuple[str, str]


@dataclass(frozen=True, slots=True)
class HeadPart:
    """Something around the clauses: what it is, in words, how sure, the line it stands on."""

    label: str
    words: str
    certainty: str
    line: int | None = None

    @property
    def certainty_label(self) -> str:
        """How sure, in words."""
        return str(CERTAINTIES[self.certainty])


def head_parts(paper: DocumentReading, *, type_name: str) -> tuple[HeadPart, ...]:
    """Type, issuer, number, date, abstract, addressees, recipients and signature of a paper."""
    lines = {part.role: part.line for part in reversed((*paper.before, *paper.after))}
    first = paper.line
    subject = lines.get("abstract") or lines.get("subject")
    parts = [
        _part(
            _("Loại"),
            type_name,
            lines.get("type") or (first if paper.addressees else None),
            is_needed=True,
        ),
        _part(_("Cơ quan"), paper.issuer, lines.get("issuer"), is_needed=True),
        _part(_("Số, ký hiệu"), paper.number_literal, lines.get("number")),
        _part(_("Địa danh, ngày"), paper.date_literal, lines.get("place_date")),
        _part(_("Trích yếu"), paper.abstract, subject, is_needed=True),
        _part(_("Kính gửi"), "; ".join(paper.addressees), lines.get("addressees")),
        _recipients(paper),
        _signature(paper),
    ]
    return tuple(part for part in parts if part is not None)


def _part(
    label: str, words: str | None, line: int | None, *, is_needed: bool = False
) -> HeadPart | None:
    if words:
        return HeadPart(label, words, "sure" if line else "fair", line)
    return HeadPart(label, _("không thấy"), "fair") if is_needed else None


def _recipients(paper: DocumentReading) -> HeadPart | None:
    rows = paper.recipients
    if not rows:
        return _part(_("Nơi nhận"), "", None, is_needed=paper.type not in {None, "CTr"})
    weakest = min(rows, key=lambda row: row.confidence)
    words = _("%(n)d nơi: %(names)s") % {
        "n": len(rows),
        "names": "; ".join(row.text for row in rows),
    }
    return HeadPart(_("Nơi nhận"), words, certainty_of(weakest.confidence), weakest.line)


def _signature(paper: DocumentReading) -> HeadPart | None:
    sign = paper.signature
    if sign is None:
        return _part(_("Người ký"), "", None, is_needed=paper.type not in {None, "CTr"})
    words = " · ".join(filter(None, (sign.capacity, sign.collective, sign.post, sign.name)))
    sure = certainty_of(sign.confidence if sign.name else min(sign.confidence, FAIR))
    return HeadPart(_("Người ký"), words, sure, sign.line)


def describe(fact: FactReading | None) -> tuple[Said, ...]:
    """A fact as pairs of label and words; what was not found is left out."""
    if fact is None:
        return ()
    return tuple((label, words) for label, words in _pairs(fact) if words)


def _pairs(fact: FactReading) -> Iterator[tuple[str, str | None]]:
    if isinstance(fact, SessionReading):
        yield from _session(fact)
    elif isinstance(fact, GroupReading):
        yield _("Số lượng"), _quota(fact)
        yield _("Nơi chọn cử"), fact.selector
    elif isinstance(fact, AssigneeReading):
        yield _("Cơ quan"), "; ".join(fact.names)
    elif isinstance(fact, DutyReading):
        yield from _duty(fact)
    elif isinstance(fact, ProgrammeItemReading):
        yield _("Điều hành"), fact.conductor
    elif isinstance(fact, BasisReading):
        yield _("Số, ký hiệu"), fact.register_code
        yield _("Ngày"), written_day(fact.date) if fact.date else None
        yield _("Cơ quan ban hành"), fact.body


def _session(fact: SessionReading) -> Iterator[tuple[str, str | None]]:
    yield _("Thời gian"), str(fact.time) if fact.time else None
    if fact.end:
        yield _("Ngày cuối"), written_day(fact.end)
    yield _("Chủ đề"), fact.theme
    yield _("Đối tượng"), fact.audience
    yield _("Địa điểm"), fact.place
    yield _("Địa bàn"), "; ".join(fact.units)
    yield _("Chủ trì"), "; ".join(fact.chairs)
    yield _("Loại"), str(SESSIONS.get(fact.kind, ""))


def _duty(fact: DutyReading) -> Iterator[tuple[str, str | None]]:
    yield _("Cơ quan"), "; ".join(fact.actors)
    yield _("Vai trò"), str(ROLES.get(fact.role, ""))
    yield _("Phối hợp với"), "; ".join(fact.cooperating)
    yield _("Sản phẩm"), fact.deliverable
    yield _("Gửi đến"), "; ".join(fact.send_to)
    yield _("Gửi qua"), fact.via
    yield _("Thời hạn"), fact.due_literal
    yield _("Ngày cuối"), written_day(fact.due_on) if fact.due_on else None
    yield _("Giai đoạn"), str(STAGES.get(fact.stage or "", ""))


def _quota(fact: GroupReading) -> str:
    about = _("khoảng ") if fact.is_approximate else ""
    if fact.exact is not None:
        return _("%(about)s%(n)d đại biểu") % {"about": about, "n": fact.exact}
    if fact.per_unit is not None:
        words = _("mỗi đơn vị %(about)s%(n)d đại biểu") % {"about": about, "n": fact.per_unit}
        return f"{words} × {fact.unit_count}" if fact.unit_count else words
    if fact.min is not None and fact.max is not None:
        return _("%(about)s%(low)d - %(high)d đại biểu") % {"about": about, "low": fact.min, "high": fact.max}  # fmt: skip
    if fact.max is not None:
        return _("không quá %(n)d đại biểu") % {"n": fact.max}
    return _("từ %(n)d đại biểu") % {"n": fact.min} if fact.min is not None else ""
