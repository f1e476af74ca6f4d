"""From the wording of an office to a TimePhrase (domain.md §4.1.1)."""

import datetime
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.text import TextError, clean_line
from core.timephrase.kinds import Bound, Kind, PhraseError, Precision, Stage, Unit
from core.timephrase.periods import (
    TIME_OF_DAY,
    Missing,
    Period,
    last_of_month,
    make_date,
    months,
    read_period,
)
from core.timephrase.phrase import TimePhrase

MAX_LENGTH = 250
_MAX_OFFSET = 3650
_HANOI = datetime.timezone(datetime.timedelta(hours=7))

_TENTATIVE = re.compile(
    r"^(?:du kien|khoang(?= (?:ngay|thang|quy|dau|giua|cuoi)))\s*:?\s*|\bdu kien\b"
)
_LABEL = re.compile(
    r"(?:(?:thoi gian|thoi han|han|hoan thanh|thuc hien|to chuc|trien khai|bao cao|gui|nop|trinh"
    r"|ban hanh|phai|can|xong)\s*:?\s+)+"
)
_NUMBER_WORDS = {"mot": 1, "hai": 2, "ba": 3, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8,
                 "chin": 9, "muoi": 10, "muoi lam": 15, "hai muoi": 20, "ba muoi": 30}  # fmt: skip
_COUNT = (
    rf"(?P<n>\d{{1,5}}|{'|'.join(sorted(_NUMBER_WORDS, key=len, reverse=True))})"
    r"(?:\s*\([^()]*\))?\s*(?P<unit>ngay lam viec|ngay|tuan|thang|nam)(?:\s+lich)?"
)
_UNITS = {
    "ngay lam viec": (Unit.WORKDAY, 1),
    "ngay": (Unit.DAY, 1),
    "tuan": (Unit.WEEK, 1),
    "thang": (Unit.MONTH, 1),
    "nam": (Unit.MONTH, 12),
}
_LEAD = (
    r"(?:(?:trong|thoi han|thoi gian|vong|toi da|toi thieu|it nhat|cham nhat|muon nhat"
    r"|khong qua|khong muon hon|la|sau)\s+)*"
)
_POINT = r"(?:khi|ngay|luc|thoi diem)?\s*(?P<event>.+?)"
_RELATIVE = tuple(
    (re.compile(pattern), sign)
    for pattern, sign in (
        (rf"{_LEAD}{_COUNT}\s*,?\s*truoc\s+(?:ngay\s+|khi\s+)?(?P<event>.+)", -1),
        (rf"truoc\s+{_POINT}\s*,?\s*{_LEAD}{_COUNT}", -1),
        (rf"truoc\s+{_COUNT}\s*(?:so voi|tinh den)\s+(?:ngay\s+|khi\s+)?(?P<event>.+)", -1),
        (rf"{_LEAD}{_COUNT}(?:\s*,?\s*(?:ke tu|tinh tu|tu|sau)\s+(?:khi\s+|luc\s+)?(?P<event>.+))?",
         1),
        (rf"(?:ngay\s+)?sau\s+{_POINT}\s*,?\s*{_LEAD}{_COUNT}", 1),
    )
)  # fmt: skip
_IMMEDIATE = re.compile(r"ngay\s+(?:sau\s+khi|sau|khi)\s+(?P<event>.+)")
_STAGES = {"truoc": Stage.BEFORE, "trong": Stage.DURING, "sau": Stage.AFTER}
_STAGE = re.compile(
    r"(?P<first>truoc|trong|sau)(?P<others>(?:\s*(?:,|/|va|-|;)\s*(?:truoc|trong|sau))*)"
    r"(?P<event>\s+.+)?"
)
_EVENT = re.compile(
    r"\b(?:khi|doi thoai|hoi nghi|buoi|cuoc|phien|ky hop|gap mat|tiep xuc|tiep dan|khai mac|su kien)\b"
)
_CONDITIONAL = re.compile(
    r"(?:dinh ky (?:va|hoac|,) )?(?:dot xuat|bat thuong|khi co|khi can|khi phat sinh|khi xet thay"
    r"|khi duoc|neu|truong hop|trong truong hop)\b.*"
)
_SOFT = (
    r"(?:theo (?:dung )?(?:quy dinh|ke hoach|tien do|yeu cau|quy che)(?: hien hanh| cua .+)?"
    r"|dung (?:quy dinh|thoi han|tien do|thoi gian quy dinh)|kip thoi|thuong xuyen|lien tuc"
    r"|(?:trong )?thoi gian (?:den|toi|som nhat|sap toi)|som nhat(?: co the)?|som|ngay|nhanh chong"
    r"|(?:dinh ky )?hang (?:ngay|tuan|thang|quy|nam)|dinh ky|sap toi|lau dai)"
)
_UNSPECIFIED = re.compile(
    rf"{_SOFT}(?:\s*(?:,|va|;)?\s*{_SOFT})*|.{{1,60}}\b(?:hang|moi) (?:tuan|thang|quy|nam)"
)
_TERM = re.compile(
    r"(?:nhiem ky|giai doan|khoa)\s*(?:[ivxl]+\s*,?\s*)?\(?(?P<a>\d{4})\s*-\s*(?P<b>\d{4})\)?"
)
_BLANK = r"[\s.…_]*"
_PARTIAL = re.compile(
    rf"ngay{_BLANK}(?:/|thang){_BLANK}(?P<m>\d{{1,2}})?{_BLANK}(?:/|nam){_BLANK}(?P<y>\d{{4}})"
)
_STAMP = re.compile(
    r"(?P<signed>(?:thoi gian ky|ky luc|ky ngay|ngay ky)\s*:?\s*)?"
    r"(?P<d>\d{1,2})[./-](?P<m>\d{1,2})[./-](?P<y>\d{4})[\s,]+"
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?:\s*(?P<zone>[+-]\d{2}:?\d{2}))?"
)
_BOUNDED = (
    (re.compile(rf"truoc\s+(?P<rest>{TIME_OF_DAY}.+)"), "by"),
    (re.compile(
        r"(?:(?:cham nhat|muon nhat|han chot|han cuoi(?: cung)?|la|xong)\s*:?\s*)*"
        r"truoc\s+(?P<rest>.+)"), "before"),
    (re.compile(
        r"(?:(?:cham nhat|muon nhat|han chot|han cuoi(?: cung)?|khong (?:qua|muon hon|cham hon|sau))"
        r"\s*:?\s*(?:(?:la|vao|den|trong)\s+)*(?:het\s+)?|(?:tu nay )?(?:den|toi) het\s+|het\s+"
        r"|tu nay (?:den|toi)\s+)(?P<rest>.+)"), "by"),
    (re.compile(r"(?:den|toi)\s+(?P<rest>.+)"), "until"),
    (re.compile(r"(?:bat dau\s+)?(?:tu|ke tu)\s+(?P<rest>(?!.*\b(?:den|toi)\b).+)"), "from"),
    (re.compile(r"(?:ke tu\s+)?sau\s+(?P<rest>.+)"), "after"),
    (re.compile(r"(?:trong|vao|ngay trong)\s+(?P<rest>.+)"), "within"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Wording:
    """A phrase made ready: `shown` keeps the accents, `folded` has the same length without them."""

    shown: str
    folded: str
    missing: Missing
    finish: bool = False

    def after(self, start: int, *, finish: bool = False) -> "_Wording":
        """The wording without its first `start` characters."""
        return _Wording(
            self.shown[start:].lstrip(), self.folded[start:].lstrip(), self.missing, finish
        )


def parse(literal: str, *, year: int | None = None) -> TimePhrase:
    """Understand a time phrase; `year` (the plan's) stands in for a missing year.

    Raises PhraseError, a Vietnamese sentence that says what may be written instead.
    """
    try:
        written = clean_line(literal)
    except TextError as error:
        raise PhraseError(str(error)) from error
    if not written:
        raise PhraseError(_("Chưa ghi thời gian."))
    if len(written) > MAX_LENGTH:
        raise PhraseError(
            _("Thời gian dài %(length)s ký tự, tối đa %(limit)s ký tự.")
            % {"length": len(written), "limit": MAX_LENGTH}
        )
    shown, tentative = _bare(written)
    wording = _Wording(shown, _fold_in_place(shown), Missing(year))
    for read in _READERS:
        found = read(wording)
        if found is not None:
            return TimePhrase(literal=written, tentative=tentative, **found)
    if re.search(r"\b(?:thang|quy|nam)$", wording.folded):
        raise PhraseError(
            _("Thiếu số tháng, quý hoặc năm. Hãy ghi rõ, ví dụ “hoàn thành trong tháng 8/2026”.")
        )
    raise PhraseError(
        _(
            "Chưa hiểu “%(phrase)s”. Có thể ghi: “trước ngày 05/8/2026”, “chậm nhất ngày 16/6/2026”, "
            "“trong tháng 8/2026”, “quý II/2026”, “07 ngày làm việc kể từ khi kết thúc đối thoại”."
        )
        % {"phrase": written if len(written) <= 60 else written[:59] + "…"}
    )


def _bare(written: str) -> tuple[str, bool]:
    """The wording without emphasis, trailing remarks and "dự kiến", and whether that was there."""
    text = re.sub(r"[*“”\"]", "", written)
    text = re.sub(r"[–—−‑]", "-", text).strip(" .;,:-")
    folded = _fold_in_place(text)
    tentative = bool(_TENTATIVE.search(folded))
    remark = re.search(r"\s*\([^()]*\)$", text)
    if remark and not re.fullmatch(r"\s*\(\d.*", remark[0]):
        text = text[: remark.start()]
    lead = _TENTATIVE.match(_fold_in_place(text))
    text = text[lead.end() :] if lead else text
    text = re.sub(r"\s*,?\s*dự kiến$", "", text, flags=re.IGNORECASE)
    inner = re.search(r"\bdu kien\s*:?\s+", _fold_in_place(text))
    text = text[: inner.start()] + text[inner.end() :] if inner else text
    return text.strip(" .;,:-"), tentative


def _fold_in_place(text: str) -> str:
    """Lower case without accents, exactly one character for each, so that places agree."""
    bare = (unicodedata.normalize("NFD", letter)[0].lower()[:1] for letter in text)
    return "".join("d" if letter == "đ" else letter or " " for letter in bare)


def _stamp(wording: _Wording) -> dict[str, Any] | None:
    found = _STAMP.fullmatch(wording.folded)
    if not found or not (found["signed"] or found["zone"] or found["second"]):
        return None
    day = make_date(int(found["y"]), int(found["m"]), int(found["d"]))
    zone = datetime.datetime.strptime(found["zone"], "%z").tzinfo if found["zone"] else _HANOI
    try:
        time = datetime.time(int(found["hour"]), int(found["minute"]), int(found["second"] or 0))
    except ValueError as error:
        raise PhraseError(_("Giờ phút không hợp lệ, ví dụ đúng: “02.06.2022 00:32”.")) from error
    moment = datetime.datetime.combine(day, time, zone)
    return {"kind": Kind.TIMESTAMP, "precision": Precision.MOMENT, "moment": moment,
            "start": day, "end": day}  # fmt: skip


def _partial(wording: _Wording) -> dict[str, Any] | None:
    found = _PARTIAL.fullmatch(wording.folded)
    if not found:
        return None
    month = int(found["m"]) if found["m"] else None
    start, end = months(int(found["y"]), month or 1, month or 12)
    precision = Precision.MONTH if month else Precision.YEAR
    return {"kind": Kind.PARTIAL_DATE, "precision": precision, "start": start, "end": end}


def _term(wording: _Wording) -> dict[str, Any] | None:
    found = _TERM.fullmatch(wording.folded)
    if not found:
        return None
    first, last = int(found["a"]), int(found["b"])
    if first > last:
        raise PhraseError(_("Năm bắt đầu ở sau năm kết thúc. Hãy kiểm tra lại."))
    start, _ignored = months(first, 1, 12)
    return {"kind": Kind.TERM, "precision": Precision.YEAR, "start": start,
            "end": last_of_month(last, 12)}  # fmt: skip


def _conditional(wording: _Wording) -> dict[str, Any] | None:
    return {"kind": Kind.CONDITIONAL} if _CONDITIONAL.fullmatch(wording.folded) else None


def _unspecified(wording: _Wording) -> dict[str, Any] | None:
    return {"kind": Kind.UNSPECIFIED} if _UNSPECIFIED.fullmatch(wording.folded) else None


def _relative(wording: _Wording) -> dict[str, Any] | None:
    for pattern, sign in _RELATIVE:
        found = pattern.fullmatch(wording.folded)
        if found:
            return _counted(wording, found, sign)
    return None


def _counted(wording: _Wording, found: re.Match[str], sign: int) -> dict[str, Any]:
    unit, factor = _UNITS[found["unit"]]
    written = found["n"]
    count = (_NUMBER_WORDS.get(written) or int(written)) * factor
    if not 1 <= count <= _MAX_OFFSET:
        raise PhraseError(
            _("Số ngày phải từ 1 đến %(limit)s. Hãy kiểm tra lại.") % {"limit": _MAX_OFFSET}
        )
    kind = Kind.RELATIVE_WORKDAYS if unit == Unit.WORKDAY else Kind.RELATIVE_DAYS
    start, end = found.span("event")
    event = "" if start < 0 else wording.shown[start:end].strip(" ,")
    return {"kind": kind, "bound": Bound.WITHIN, "precision": Precision.DAY, "anchor": event,
            "start": _anchor_date(event, wording.missing), "offset": sign * count,
            "unit": unit}  # fmt: skip


def _anchor_date(event: str, missing: Missing) -> datetime.date | None:
    period = read_period(_fold_in_place(event), missing) if re.search(r"\d", event) else None
    return period.start if period and period.kind == Kind.DATE else None


def _immediate(wording: _Wording) -> dict[str, Any] | None:
    found = _IMMEDIATE.fullmatch(wording.folded)
    if not found:
        return None
    return {"kind": Kind.RELATIVE_IMMEDIATE, "bound": Bound.WITHIN,
            "anchor": wording.shown[found.start("event") :]}  # fmt: skip


def _stage(wording: _Wording) -> dict[str, Any] | None:
    found = _STAGE.fullmatch(wording.folded)
    if not found:
        return None
    names = re.findall(r"truoc|trong|sau", found["first"] + found["others"])
    event = found["event"] or ""
    is_stage = _EVENT.search(event) if event else len(names) > 1
    if not is_stage:
        return None
    stages = tuple(stage for name, stage in _STAGES.items() if name in names)
    anchor = wording.shown[found.start("event") :].strip() if event else ""
    anchor = re.sub(r"^khi\s+", "", anchor)
    return {"kind": Kind.STAGE, "stages": stages, "anchor": anchor}


def _bounded(wording: _Wording) -> dict[str, Any] | None:
    for pattern, bound in _BOUNDED:
        found = pattern.fullmatch(wording.folded)
        period = read_period(found["rest"], wording.missing) if found else None
        if period:
            return _BOUNDS[bound](period)
    return None


def _before(period: Period) -> dict[str, Any]:
    return {"kind": Kind.BEFORE_DATE, "bound": Bound.BEFORE, "precision": period.precision,
            "end": period.start - datetime.timedelta(days=1),
            "year_inferred": period.year_inferred}  # fmt: skip


def _by(period: Period) -> dict[str, Any]:
    return {"kind": Kind.BY_DATE, "bound": Bound.BY, "precision": period.precision,
            "end": period.end, "year_inferred": period.year_inferred}  # fmt: skip


def _until(period: Period) -> dict[str, Any]:
    """ "đến ngày 30/6/2026" is a deadline, "đến tháng 8 năm 2023" what a report covers."""
    if period.kind == Kind.DATE:
        return _by(period)
    return {"kind": Kind.REPORT_PERIOD, "precision": period.precision,
            "start": period.start.replace(month=1, day=1), "end": period.end,
            "year_inferred": period.year_inferred}  # fmt: skip


def _from(period: Period) -> dict[str, Any]:
    return {"kind": Kind.DATE_RANGE, "precision": period.precision, "start": period.start,
            "year_inferred": period.year_inferred}  # fmt: skip


def _after(period: Period) -> dict[str, Any]:
    return {**_from(period), "start": period.end + datetime.timedelta(days=1)}


def _within(period: Period) -> dict[str, Any]:
    kinds = {
        Precision.YEAR: Kind.YEAR,
        Precision.HALF_YEAR: Kind.DATE_RANGE,
        Precision.MONTH: Kind.FINISH_IN_MONTH if period.kind == Kind.MONTH else period.kind,
    }
    return _span(period, kinds.get(period.precision, period.kind), Bound.WITHIN)


def _span(period: Period, kind: Kind, bound: Bound) -> dict[str, Any]:
    return {"kind": kind, "bound": bound, "precision": period.precision, "start": period.start,
            "end": period.end, "year_inferred": period.year_inferred}  # fmt: skip


def _plain(wording: _Wording) -> dict[str, Any] | None:
    period = read_period(wording.folded, wording.missing)
    if period is None:
        return None
    if wording.finish:
        return _within(period)
    loose = period.kind in {Kind.DATE, Kind.REPORT_PERIOD}
    return _span(period, period.kind, Bound.NONE if loose else Bound.WITHIN)


def _labelled(wording: _Wording) -> dict[str, Any] | None:
    """ "Thời gian thực hiện: …", "Hoàn thành …": read what follows the label."""
    label = _LABEL.match(wording.folded)
    if not label:
        return None
    finish = bool(re.search(r"hoan thanh|xong", label[0]))
    rest = wording.after(label.end(), finish=finish)
    return next((found for read in _READERS[:-1] if (found := read(rest))), None)


_BOUNDS: dict[str, Callable[[Period], dict[str, Any]]] = {
    "before": _before,
    "by": _by,
    "until": _until,
    "from": _from,
    "after": _after,
    "within": _within,
}
_READERS: tuple[Callable[[_Wording], dict[str, Any] | None], ...] = (
    _stamp,
    _partial,
    _term,
    _bounded,
    _plain,
    _unspecified,
    _relative,
    _immediate,
    _conditional,
    _stage,
    _labelled,
)
