"""The printing typeface: which characters it has, how wide words are, where to break a title."""

import html
import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont

from core.access import RefusedError

FACES = ("regular", "bold", "italic", "bolditalic")
MM_PER_PT = 25.4 / 72
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufe0e\ufe0f\ufeff"))
_RUN = re.compile("\0+")
_HYPHEN = re.compile(r"[-–]")
_ORDINAL = re.compile(r"[IVX]+[,;]?")
# Compounds that are ugly when a title breaks inside them.
KEPT_TOGETHER = frozenset(
    """chính quyền,chính trị,nhân dân,hội nghị,đối thoại,cấp ủy,đứng đầu,người đứng,địa bàn,kết luận,đồng chí,
    bí thư,phó bí,đảng ủy,thị ủy,tỉnh ủy,chủ tịch,ủy ban,ban thường,thường vụ,thường trực,kế hoạch,
    tổ chức,công dân,trực tiếp,xây dựng,phát triển,kinh tế,xã hội,môi trường,đất đai,ý kiến,kiến nghị,
    cử tri,mặt trận,tổ quốc,đoàn thể,thực hiện,báo cáo,kết quả,gặp mặt,tiếp xúc,phục vụ,đại biểu,
    hội đồng,giải quyết,trả lời,thông báo,định kỳ,đột xuất,chuyên đề,toàn xã,các thôn,trên địa,
    thành phố,hồ chí,chí minh,hành chính,trung tâm,thị xã,thị trấn,ban chấp,chấp hành,đảng bộ,cơ quan,đơn vị,nông thôn,việt nam""".replace(
        "\n", ""
    )
    .replace("    ", "")
    .split(",")
)
_TAGS = re.compile(r"<[^>]*>")


class UnprintableTextError(RefusedError):
    """The text holds characters the typeface has no picture for (emoji, Chinese…)."""


def font_file(face: str) -> Path:
    """TeX Gyre Termes, as wide as Times New Roman letter by letter, with all of Vietnamese."""
    spec = find_spec("rinoh_typeface_texgyretermes")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("the package rinoh-typeface-texgyretermes is not installed")
    return Path(spec.origin).parent / f"texgyretermes-{face}.otf"


@cache
def _widths(face: str) -> dict[int, float]:
    """Character → width in thousandths of the size."""
    with TTFont(font_file(face)) as font:
        names: dict[int, str] = font.getBestCmap()
        advances = font["hmtx"].metrics
        per_em = font["head"].unitsPerEm
        return {char: advances[name][0] * 1000 / per_em for char, name in names.items()}


@cache
def glyph_numbers(face: str) -> dict[int, int]:
    """Character → number of its picture in the face."""
    with TTFont(font_file(face)) as font:
        names: dict[int, str] = font.getBestCmap()
        return {char: font.getGlyphID(name) for char, name in names.items()}


@cache
def _covered() -> frozenset[int]:
    return frozenset.intersection(*(frozenset(_widths(face)) for face in FACES))


def printable(page: str) -> str:
    """The page in NFC without invisible characters; unusual spaces become plain ones."""
    page = unicodedata.normalize("NFC", page).translate(_INVISIBLE)
    return "".join(
        " " if unicodedata.category(char) == "Zs" and ord(char) not in _covered() else char
        for char in page
    )


def check_printable(page: str) -> None:
    """Refuse a page with characters that would print as empty boxes, naming them."""
    missing = _without_picture(html.unescape(_TAGS.sub(" ", page)))
    if missing:
        raise UnprintableTextError(
            _("Văn bản có ký tự không in được: %s. Hãy xóa hoặc thay bằng chữ.") % listed(missing)
        )


def unprintable(text: str) -> list[str]:
    """The characters of somebody's words that keep a paper with them from being printed."""
    return _without_picture(printable(text))


def listed(missing: Sequence[str]) -> str:
    """Such characters as a sentence names them."""
    return ", ".join(f"“{char}” (U+{ord(char):04X})" for char in missing[:8])


def _without_picture(text: str) -> list[str]:
    known = _covered()
    return sorted({char for char in text if ord(char) not in known and char not in "\n\t\r"})


def without_unprintable(text: str, sign: str) -> str:
    """The text with every run of characters that have no picture replaced by one sign."""
    known = _covered()
    words = "".join(char if ord(char) in known or char == "\n" else "\0" for char in text)
    return _RUN.sub(sign, words)


def width_in(face: str, text: str) -> float:
    """How wide words are in a face, in thousandths of the size."""
    widths = _widths(face)
    return sum(widths.get(ord(char), 500) for char in text)


def width_mm(text: str, pt: float, *, is_bold: bool = False) -> float:
    """How wide the words are on paper."""
    return width_in("bold" if is_bold else "regular", text) * pt / 1000 * MM_PER_PT


def balanced(text: str, pt: float, room_mm: float, *, is_bold: bool = False) -> list[str]:
    """Break a title into as few lines as fit, about equally long, rather after a comma.

    Words that make one word together (`chính quyền`, `năm 2026`) stay on one line if they can.
    """
    words = text.split()
    widths = [width_mm(word + " ", pt, is_bold=is_bold) for word in words]
    if sum(widths) <= room_mm or len(words) < 2:
        return [" ".join(words)]
    count = int(sum(widths) / room_mm) + 1
    ideal = sum(widths) / count
    # cost[i]: the cheapest way to set the words before i, and where its last line begins
    cost: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(words) + 1):
        cost.append(
            min(
                (cost[start][0] + _line_cost(words, widths, start, end, ideal, room_mm), start)
                for start in range(end)
            )
        )
    lines, end = [], len(words)
    while end:
        start = cost[end][1]
        lines.append(" ".join(words[start:end]))
        end = start
    return lines[::-1]


def _line_cost(
    words: list[str], widths: list[float], start: int, end: int, ideal: float, room: float
) -> float:
    """How badly words start..end would stand as a line of a title."""
    width = sum(widths[start:end])
    cost = ((width - ideal) / ideal) ** 2 + 0.02
    if width > room:
        cost += 100 * (width - room)
    if end == len(words):
        return cost
    pair = f"{words[end - 1]} {words[end]}".lower().strip(",;.")
    if pair in KEPT_TOGETHER or words[end][0].isdigit() or _ORDINAL.fullmatch(words[end]):
        cost += 0.4
    if _HYPHEN.fullmatch(words[end]) or _HYPHEN.fullmatch(words[end - 1]):
        cost += 0.4  # "chính trị - xã hội"
    return cost if words[end - 1].endswith((",", ";", ":")) else cost + 0.12
