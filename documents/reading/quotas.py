"""Numbers of people: exact, about, ranges, per unit (domain.md §4.1.2)."""

import re
from dataclasses import dataclass

from documents.reading.letters import fold_in_place

_PEOPLE = r"(?:thanh nien|phu nu|nong dan|cuu chien binh|thanh vien|doanh nghiep|dai bieu|nguoi|dong chi|d/c|ho|cong dan|dai dien|hoi vien|doan vien|vi|can bo|suat)"
_RANGE = re.compile(
    rf"(?P<about>khoang|du kien|tu)?\s*(?<![\d/])(?P<min>\d{{1,5}})\s*(?:-|den)\s*(?P<max>\d{{1,5}})\s*{_PEOPLE}"
)
_PER = re.compile(
    rf"moi\s+(?P<unit>[^()\d;.:]{{2,60}}?)\s*:?\s*(?:cu|moi|chon|gioi thieu|lua chon)?\s*(?:tu\s+|khoang\s+)?(?<!\d)(?P<n>\d{{1,4}})\s*{_PEOPLE}"
    rf"|(?<!\d)(?P<n2>\d{{1,4}})\s*{_PEOPLE}\s*/\s*(?:01\s|1\s|moi\s)?(?P<unit2>[a-z][a-z, ]{{1,30}})"
)
_COUNT = re.compile(
    rf"(?P<about>khoang|du kien|uoc|tren|hon|it nhat|toi thieu|khong qua|toi da|duoi)?\s*(?:khoang\s+)?(?<![\d/.-])(?P<n>\d{{1,5}})\s*{_PEOPLE}"
)
_UNITS = re.compile(
    r"(?<![\d/.-])(\d{1,3})\s*(?:xa|phuong|thi tran|thon|xom|ban|khu pho|to dan pho|chi bo|khu dan cu|cum)\b"
)

_EACH = re.compile(r"moi\s+[^()\d;.]{2,60}$")


@dataclass(frozen=True, slots=True)
class Quota:
    """One shape, or a total with its share per unit in brackets; all None if the text gives no number."""

    exact: int | None = None
    min: int | None = None
    max: int | None = None
    per_unit: int | None = None
    unit_count: int | None = None
    is_approximate: bool = False


def quota_in(text: str) -> Quota:
    """The first number of people a line gives; "Mỗi xã 02 đại biểu" counts per unit."""
    folded = fold_in_place(text[:1500])
    units = _UNITS.search(folded)
    per = _PER.search(folded)
    span = _RANGE.search(folded)
    if per and not (span and span.start() <= per.start() <= span.end()):
        total = _COUNT.search(folded[: per.start()]) if "(" in folded[: per.start()] else None
        return Quota(
            exact=int(total["n"]) if total else None,
            per_unit=int(per["n"] or per["n2"]),
            unit_count=int(units[1]) if units else None,
        )
    if span and _EACH.search(folded[: span.start()]):
        return _shared(span, int(units[1]) if units else 0)
    if span:
        low, high = sorted((int(span["min"]), int(span["max"])))
        return Quota(
            min=low,
            max=high,
            is_approximate=bool(re.search(r"khoang|du kien", folded[: span.end()])),
        )
    count = _COUNT.search(folded)
    return _counted(count) if count else Quota()


def _shared(span: re.Match[str], count: int) -> Quota:
    """ "Mỗi tổ từ 05 đến 07 người": the total if the number of units is known, else the most for each."""
    low, high = sorted((int(span["min"]), int(span["max"])))
    if count:
        return Quota(min=low * count, max=high * count)
    return Quota(per_unit=high, is_approximate=True)


def _counted(count: re.Match[str]) -> Quota:
    number, about = int(count["n"]), count["about"] or ""
    if about in {"tren", "hon", "it nhat", "toi thieu"}:
        return Quota(min=number)
    if about in {"khong qua", "toi da", "duoi"}:
        return Quota(max=number)
    return Quota(exact=number, is_approximate=bool(about))
