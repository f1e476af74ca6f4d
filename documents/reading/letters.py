"""Letters: folding that keeps every place, and the small tests of a line all readers share."""

import re
import unicodedata

TERMINAL = ".;:!?…"
"""What ends a sentence or an item."""


def _bare_letters() -> dict[int, str]:
    table = {ord("đ"): "d", ord("Đ"): "d", ord("–"): "-", ord("—"): "-", ord("−"): "-",
             ord("‑"): "-", ord("\u00a0"): " "}  # fmt: skip
    for code in (*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        bare = unicodedata.normalize("NFD", chr(code))[0].lower()
        if len(bare) == 1:
            table.setdefault(code, bare)
    return table


_CAPITALS = "".join(
    chr(code) for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)) if chr(code).isupper()
)


def regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Compile a pattern in which "À-Ỹ" stands for the capital letters with marks."""
    return re.compile(pattern.replace("À-Ỹ", _CAPITALS), flags)


_BARE = _bare_letters()
_DIGITS = str.maketrans("lIO", "110")
_MIXED = re.compile(
    r"(?<![^\W_])(?=[lIO]*\d)[\dlIO]{2,4}(?=\s?[-/.]\s?[\dlIOA-ZĐ])|(?<=\d[/.])[\dlIO]{1,4}(?![^\W_])"
    r"|(?:(?<=ngày )|(?<=tháng )|(?<=năm ))(?=[lIO]*\d)[\dlIO]{2,4}(?![^\W_])"
)
_LETTER = re.compile(r"[^\W\d_]")


def fold_in_place(text: str) -> str:
    """Lower case without accents, one character for each, so that places agree with the text."""
    return text.translate(_BARE)


def mend_digits(text: str) -> str:
    """Letters a scan takes for digits made digits again, each in its place: "0l/6/2O26", "số l5-KH"."""
    return _MIXED.sub(lambda found: found[0].translate(_DIGITS), text)


def words(text: str) -> str:
    """What two spellings of the same words share: folded, single spaces, no closing marks."""
    return " ".join(fold_in_place(text).split()).strip(" .;,:-*")


def is_capitals(text: str) -> bool:
    """Whether every letter is a capital (and there are at least two)."""
    letters = _LETTER.findall(text)
    return len(letters) > 1 and all(letter.isupper() for letter in letters)


def opens_lower(text: str) -> bool:
    """Whether the first character is a small letter."""
    return text[:1].islower()


def ends_sentence(text: str) -> bool:
    """Whether the text ends with a mark, brackets and quotes set aside."""
    return text.rstrip(' )"”’*/')[-1:] in TERMINAL or text.rstrip().endswith("./.")


def one_line(text: str) -> str:
    """The text with single spaces."""
    return " ".join(text.split())
