"""What was read, in the words of the office: for people who decide whether to take it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.dates import written_day
from documents.reading.pieces import AssigneeReading, FactReading
from documents.reading.results import (
    BasisReading,
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
