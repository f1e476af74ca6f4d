"""Time phrases inside a sentence: where they stand and what core.timephrase makes of them (domain.md §4.1.1)."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from core.timephrase import Kind, PhraseError, TimePhrase, parse
from documents.reading.letters import fold_in_place, mend_digits

_D1 = r"\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4}"
_D2 = r"\d{1,2}\s?/\s?\d{1,2}(?![\d/])"
_D3 = r"ngay\s+\d{1,2}\s+thang\s+\d{1,2}(?:\s*/\s*\d{4}|\s*,?\s*nam\s+\d{4})?"
DAY = rf"(?:{_D3}|(?:ngay\s+)?(?:{_D1}|{_D2}(?:\s+nam\s+\d{{4}})?))"
"""One day, folded."""
_YEAR = r"(?:\s*/\s*\d{4}|\s*,?\s*nam\s+\d{4})?"
_MONTH = rf"(?:(?:dau|giua|cuoi|nua dau|nua cuoi)\s+)?thang\s+\d{{1,2}}(?:\s*(?:-|va|,)\s*(?:thang\s+)?\d{{1,2}}(?!\d))?{_YEAR}"
_QUARTER = rf"quy\s+(?:iv|iii|ii|i|[1-4])\b{_YEAR}"
_HOUR = r"(?:\d{1,2}\s*(?:gio|h|g|:)\s*(?:\d{2})?(?:\s*phut)?\s*,?\s*)?"
_POINT = rf"(?:{_HOUR}{DAY}|{_MONTH}|{_QUARTER})"
_BOUND = r"(?:cham nhat|muon nhat|han chot|khong qua|khong muon hon|truoc|het|tu nay den)(?:\s*:)?(?:\s+(?:la|vao|den|trong|het|truoc))*\s*:?\s*"
_DIALOGUE = r"(?:doi thoai|hoi nghi|gap mat|tiep xuc|ky hop)"
_EVENT = (
    r"(?:(?:to chuc|ket thuc|chuan bi|dien ra|tien hanh|khai mac|be mac|buoi|cuoc|viec|cac|xong|dinh ky"
    rf"|dot xuat|truc tiep|{_DIALOGUE}|voi (?:nhan dan|cong dan|dan)|cap (?:xa|huyen|tinh)|,(?=\s*{_DIALOGUE}))\s*)+"
)
_COUNT = r"\d{1,3}\s*(?:\([^()]{0,20}\)\s*)?(?:ngay lam viec|ngay|tuan|thang)"
_ANCHOR = r"[^.;,()\n]{2,120}"
_SHAPES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:(?:hoan thanh|xong|gui|thuc hien)\s+)?{_BOUND}{_POINT}",
        rf"(?:hoan thanh|xong|thuc hien|to chuc)\s+(?:xong\s+)?(?:(?:trong|vao)\s+)?(?:{_MONTH}|{_QUARTER})",
        rf"(?:trong|vao)\s+(?:{_MONTH}|{_QUARTER})",
        rf"(?:(?:cham nhat|toi da|khong qua|it nhat|trong|thoi han|thoi gian|vong|la|sau)\s+)*{_COUNT}"
        rf"\s*,?\s*(?:ke tu|tinh tu|tu|truoc|sau)\s+{_ANCHOR}",
        rf"(?:(?:cham nhat|toi da|khong qua|trong|thoi han|thoi gian|vong|sau)\s+)+{_COUNT}",
        rf"sau\s+(?:khi\s+)?{_EVENT}\s*,?\s*(?:trong vong\s+|cham nhat\s+|khong qua\s+)?{_COUNT}",
        rf"cham nhat\s+truoc\s+{_COUNT}\s+(?:truoc\s+)?(?:dien ra|to chuc|khi)\s+{_ANCHOR}",
        rf"truoc\s+{_COUNT}\s*(?:so voi|tinh den)\s+{_ANCHOR}",
        rf"truoc\s+(?:moi\s+|khi\s+)?(?:\w+\s+){{0,4}}?{_EVENT}\s*,?\s*(?:it nhat\s+|toi thieu\s+)?{_COUNT}",
        rf"truoc\s*,\s*trong\s+va\s+sau(?:\s+khi\s+(?:\w+\s+){{0,6}}?{_EVENT}|\s+{_EVENT})?",
        rf"ngay sau(?:\s+khi)?\s+(?:\w+\s+){{0,4}}?{_EVENT}(?:cua (?:cac )?(?:xa|phuong|huyen|tinh|thi tran|thon)(?:, (?:xa|phuong|thi tran|dac khu))*)?",
        rf"(?:truoc|sau)\s+(?:khi\s+(?:\w+\s+){{0,6}}?)?(?={_EVENT}){_EVENT}",
        rf"(?:vao\s+)?{_HOUR}ngay\s+(?:\d{{1,2}}\s+thang\s+\d{{1,2}}|{_D1}){_YEAR}",
    )
)  # fmt: skip
_LOOSE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:(?:hoan thanh|xong)\s+)?{_BOUND}ngay\s+\d{{1,2}}(?:\s+(?:cua\s+)?(?:thang|thang (?:dau|cuoi) (?:quy|nam)|(?:hang|moi) (?:thang|quy|nam)"
        r"|cua thang|dau|cuoi|sau|lien ke|tiep theo|(?:hang|moi)|quy))+",
        rf"{_BOUND}(?:ngay|thoi diem|khi|luc)\s+(?:to chuc|dien ra|khai mac)\s+[^.;,()\n]{{3,60}}",
        r"(?:theo\s+)?dinh ky\s+(?:hang|moi)\s+(?:tuan|thang|quy|nam|6 thang)(?:\s*(?:,|va)\s*(?:hang\s+)?(?:tuan|thang|quy|nam|6 thang))*",
        r"(?:hang|moi)\s+(?:thang|quy|nam)\s*,\s*(?:cham nhat|truoc)\s+ngay\s+\d{1,2}(?:\s+[\w ]{0,40})?",
    )
)
"""Days that come again and again, or hang on a day not yet set: kept as words."""
_PAPER = re.compile(r"\d\s*[-/]\s*[a-z.]+(?:\s*[-/&]\s*[a-z.]+)*\s*,?\s*$")
"""A number and symbol: the day behind it is the paper's, no deadline."""

_WEEKDAY = r"(?:(?:thu\s+(?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat)\s*,?\s*)?"
_HELD = re.compile(rf"(?<![\w/]){_WEEKDAY}(?P<time>{DAY}|{_MONTH}|{_QUARTER})(?![\d/])")
_LIMIT = re.compile(_BOUND + r"$")


@dataclass(frozen=True, slots=True)
class FoundPhrase:
    """A time phrase and its place in the sentence; `is_day` if it names a day or a month itself."""

    start: int
    end: int
    phrase: TimePhrase

    @property
    def is_fixed(self) -> bool:
        """Whether the last good day follows from the words alone."""
        return self.phrase.end is not None

    @property
    def is_counted(self) -> bool:
        """Whether it counts days from an event ("chậm nhất 05 ngày sau hội nghị")."""
        is_from = re.search(r"\b(?:truoc|sau|tu)\b", fold_in_place(self.phrase.literal))
        return self.phrase.is_deadline and self.phrase.offset is not None and bool(is_from)

    @property
    def due_on(self) -> datetime.date | None:
        """The last good day, by the rule of core.timephrase ("trước ngày D" → D − 1)."""
        return self.phrase.end if self.phrase.is_deadline and not self.phrase.is_relative else None


def deadlines_in(text: str, *, year: int | None) -> list[FoundPhrase]:
    """The phrases that limit the work, in order of place; of overlapping ones the first shape wins."""
    folded = fold_in_place(mend_digits(text))
    found: list[FoundPhrase] = []
    for shape in _SHAPES:
        for match in shape.finditer(folded):
            start, end = match.span()
            end = start + len(text[start:end].rstrip(" ,:"))
            if any(one.start < end and start < one.end for one in found):
                continue
            if start and folded[start - 1].isalnum():
                continue
            if _PAPER.search(folded, max(0, start - 40), start):
                continue
            phrase = understood(text[start:end], year=year)
            if phrase and (phrase.is_deadline or phrase.stages):
                found.append(FoundPhrase(start, end, phrase))
    return sorted([*found, *_loose(text, folded, found, year)], key=lambda one: one.start)


def times_in(text: str, *, year: int | None) -> list[FoundPhrase]:
    """The days, months and quarters a sentence names as such: no limit, no day of a cited paper."""
    folded = fold_in_place(mend_digits(text))
    found = []
    for match in _HELD.finditer(folded):
        start, end = match.start(), match.start() + len(match[0].rstrip(" ,"))
        before = folded[max(0, start - 40) : start]
        if _LIMIT.search(before) or _PAPER.search(before):
            continue
        phrase = understood(text[match.start("time") : end], year=year)
        if phrase and phrase.start and phrase.end:
            found.append(FoundPhrase(start, end, phrase))
    return found


def _loose(
    text: str, folded: str, known: list[FoundPhrase], year: int | None
) -> Iterator[FoundPhrase]:
    """Wordings of a limit without a day: as core.timephrase reads them, else unspecified."""
    for shape in _LOOSE:
        for match in shape.finditer(folded):
            start, end = match.start(), match.start() + len(match[0].rstrip(" ,:"))
            is_free = not any(one.start < end and start < one.end for one in known)
            if is_free and not (start and folded[start - 1].isalnum()):
                literal = text[start:end]
                phrase = understood(literal, year=year) or TimePhrase(
                    literal=literal, kind=Kind.UNSPECIFIED
                )
                known = [*known, FoundPhrase(start, end, phrase)]
                yield known[-1]


def best_deadline(found: list[FoundPhrase]) -> FoundPhrase | None:
    """The phrase to keep: a fixed day before a counted one, that before a stage."""
    limits = [one for one in found if one.phrase.is_deadline or not one.phrase.stages]
    order = sorted(
        limits,
        key=lambda one: (
            not one.phrase.is_deadline,
            not one.is_fixed,
            bool(one.phrase.stages),
            one.start,
        ),
    )
    return order[0] if order else None


def understood(literal: str, *, year: int | None) -> TimePhrase | None:
    """What the wording means, or None if core.timephrase does not understand it."""
    try:
        return parse(mend_digits(literal), year=year)
    except PhraseError:
        return None
