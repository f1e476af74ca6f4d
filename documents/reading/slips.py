"""Slips that show in the words alone (domain.md §4.3); pure functions over one text.

The linter runs them over the clauses of a draft, the reader over the lines of a paper from outside.
"""

import datetime
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from core.text import fold, nfc

MARKS = re.compile(r"\*+")
WORD = re.compile(r"[^\W\d_]+")
DAY = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")
LONG_DAY = re.compile(r"ngày (\d{1,2}) tháng (\d{1,2})(?: năm |/)(\d{4})")
DEADLINE = re.compile(
    r"(?:trước|chậm nhất|xong|đến|đến hết|chậm nhất là|muộn nhất)\s+(?:hết\s+)?ngày\s+"
    r"\**(\d{1,2})/(\d{1,2})/(\d{4})",
    re.IGNORECASE,
)
ATTACHED = re.compile(
    r"(?:gửi\s+kèm|kèm\s+theo|đính\s+kèm)(?!\s+(?:đó|số|Quyết định|Nghị định|Thông tư|Luật))",
    re.IGNORECASE,
)
TWO_POSTS = re.compile(r"(?:Phó\s+)?Chủ\s+tịch\s+HĐND\s*[-–]\s*UBND\b")
REPORT_PERIOD = re.compile(
    r"báo cáo[^.;\n]*?\b(?:kinh tế|KT-XH|KTXH)[^.;\n]*?"
    r"(\d+ tháng(?: đầu| cuối)? năm(?: \d{4})?|đến tháng \d{1,2}(?: năm |/)\d{4}|(?<!tháng )năm \d{4})",
    re.IGNORECASE,
)


_SHIPPED = Path(__file__).parent.parent / "data" / "checks.json"


@cache
def shipped() -> tuple[dict[str, str], ...]:
    """The lists and limits of a new installation."""
    return tuple(json.loads(_SHIPPED.read_text(encoding="utf-8")))


def shipped_lines(code: str) -> tuple[str, ...]:
    """One of these lists: what the reader goes by, who knows no office."""
    [value] = (row["value"] for row in shipped() if row["code"] == code)
    return tuple(line.strip() for line in value.splitlines() if line.strip())


class Slip(NamedTuple):
    """Where a text slips: from, to, what stands there, what should (empty: just look)."""

    start: int
    end: int
    found: str
    better: str


class Spelling(NamedTuple):
    """One line of a list: a wrong spelling, the right one, and words before which it is right."""

    wrong: str
    right: str
    unless_after: tuple[str, ...] = ()


def plain(text: str) -> str:
    """The words without the marks for bold and italics."""
    return MARKS.sub("", nfc(text))


def read_spelling(line: str) -> Spelling | None:
    """`nhân dân → Nhân dân (trừ sau: Ủy ban, Hội đồng)` as an entry; None if there is no arrow."""
    wrong, arrow, rest = nfc(line).partition("→")
    right, _bracket, excepted = rest.partition("(trừ sau:")
    if not arrow or not wrong.strip() or not right.strip():
        return None
    words = tuple(word.strip(" )") for word in excepted.split(",") if word.strip(" )"))
    return Spelling(wrong.strip(), right.strip(), words)


def misspelt(text: str, spellings: Sequence[Spelling], *, any_case: bool = True) -> list[Slip]:
    """Every place where one of the wrong spellings stands as whole words (E12, E14, E31)."""
    known, pattern = _compiled(tuple(spellings), any_case)
    if pattern is None:
        return []
    slips = []
    for hit in pattern.finditer(text):
        entry = known[hit[0].lower() if any_case else hit[0]]
        before = text[: hit.start()].rstrip()
        if not before.lower().endswith(tuple(word.lower() for word in entry.unless_after) or "\0"):
            better = _same_case(hit[0], entry.right) if any_case else entry.right
            slips.append(Slip(hit.start(), hit.end(), hit[0], better))
    return slips


@lru_cache(maxsize=32)
def _compiled(
    spellings: tuple[Spelling, ...], any_case: bool
) -> tuple[Mapping[str, Spelling], "re.Pattern[str] | None"]:
    known = {entry.wrong.lower() if any_case else entry.wrong: entry for entry in spellings}
    if not known:
        return known, None
    options = "|".join(re.escape(word) for word in sorted(known, key=len, reverse=True))
    flags = re.IGNORECASE if any_case else 0
    return known, re.compile(rf"(?<!\w)(?:{options})(?!\w)", flags)


def _same_case(found: str, right: str) -> str:
    if found.isupper():
        return right.upper()
    return right[:1].upper() + right[1:] if found[:1].isupper() else right


def doubled(text: str, allowed: Sequence[str] = ()) -> list[Slip]:
    """Words written twice: one word ("của của") or two ("liên quan liên quan"), E13."""
    fine = {word.lower() for word in allowed}
    words = list(WORD.finditer(text))
    slips: list[Slip] = []
    place = 0
    while place < len(words):
        length = next((n for n in (2, 1) if _repeats(text, words, place, n, fine)), 0)
        if length:
            once = text[words[place].start() : words[place + length - 1].end()]
            start, end = words[place].start(), words[place + 2 * length - 1].end()
            slips.append(Slip(start, end, text[start:end], once))
        place += 2 * length or 1
    return slips


def _repeats(
    text: str, words: Sequence["re.Match[str]"], place: int, length: int, fine: set[str]
) -> bool:
    """Whether `length` words are followed by the same ones with only spaces between them."""
    if place + 2 * length > len(words):
        return False
    run = words[place : place + 2 * length]
    first = [word[0].lower() for word in run[:length]]
    if first != [word[0].lower() for word in run[length:]] or " ".join(first) in fine:
        return False
    is_name = run[length][0][:1].isupper() and run[0][0][:1].islower()
    if is_name or (length == 2 and first[0] == first[1]):
        return False
    gaps = (text[one.end() : two.start()] for one, two in zip(run, run[1:], strict=False))
    return all(gap and not gap.strip(" ") for gap in gaps)


def strange_surname(name: str, surnames: Sequence[str]) -> str | None:
    """The surname a name probably should begin with; "" if unlike any; None if it is known (E11)."""
    first = nfc(name).split()[0] if name.split() else ""
    known = {surname.lower(): surname for surname in surnames}
    if not first or first.lower() in known:
        return None
    bare = fold(first)
    return next((surname for surname in surnames if fold(surname) == bare), "")


def days_in(text: str) -> list[datetime.date]:
    """Every day a text names in full ("12/12/2013", "ngày 11 tháng 8/2023")."""
    hits = [*DAY.finditer(text), *LONG_DAY.finditer(text)]
    days = (_day(hit) for hit in sorted(hits, key=lambda hit: hit.start()))
    return [day for day in days if day]


def deadlines_in(text: str) -> list[datetime.date]:
    """Every day a text sets as a limit ("trước ngày 16/6/2022")."""
    days = (_day(hit) for hit in DEADLINE.finditer(text))
    return [day for day in days if day]


def _day(hit: "re.Match[str]") -> datetime.date | None:
    day, month, year = (int(part) for part in hit.groups())
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def report_periods(texts: Mapping[int, str]) -> Iterator[tuple[int, str, str]]:
    """Reports on the economy whose period differs from the first one's: key, its, the first's (E26)."""
    first = ""
    for key, text in texts.items():
        for hit in REPORT_PERIOD.finditer(plain(text)):
            first = first or hit[1]
            if hit[1].lower() != first.lower():
                yield key, hit[1], first


def named_bodies(text: str, names: Sequence[str]) -> list[str]:
    """Which of the names stand in a text as whole words (district bodies, E32)."""
    pattern = _any_of(tuple(names))
    return list(dict.fromkeys(hit[0] for hit in pattern.finditer(text))) if pattern else []


@lru_cache(maxsize=32)
def _any_of(names: tuple[str, ...]) -> "re.Pattern[str] | None":
    if not names:
        return None
    options = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{options})(?!\w)")
