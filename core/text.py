"""Vietnamese text: one spelling of the same letters, search without accents, sorting, cleaning."""

import re
import unicodedata

from django.utils.translation import gettext as _

ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = "\u0300\u0309\u0303\u0301\u0323"
"""The dictionary's order after the level tone: huyền, hỏi, ngã, sắc, nặng."""

_RANK = {letter: chr(ord("A") + place) for place, letter in enumerate(ALPHABET)}
_SILENT = re.compile("[\u200b\u00ad\ufeff\u2060]")
_SPACES = re.compile(r"[^\S\n]+")
_ORDINARY = re.compile("[ -~\n\u00c0-\u024f\u1e00-\u1eff–—‘’“”…]*")
"""Letters in their composed form and signs everybody types: nothing to refuse or to compose."""
_REFUSED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_PILED_MARKS = re.compile("[\u0300-\u036f\u0483-\u0489\u20d0-\u20f0]{4,}")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_NEW_STYLE = re.compile(r"(?<![qQ])([oOuU])([aeyAEY])([\u0300\u0301\u0303\u0309\u0323])(?!\w)")
_TONE_PAIRS = {"oa", "oe", "uy"}
_MARKS = range(0x300, 0x370)
_LETTERS = (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))


class TextError(ValueError):
    """A text holds characters we do not keep; the message is a Vietnamese sentence."""


def nfc(text: str) -> str:
    """Give the same letters the same code points (composed form)."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Reduce a text to what people search by: lower case, no accents, single spaces.

    "dat dai" finds "đất đai"; "hoà" and "hòa" are equal.
    """
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text.replace("đ", "d").replace("Đ", "D"))
        if not unicodedata.combining(letter)
    )
    return " ".join(bare.casefold().split())


def plain_words(text: str) -> str | None:
    """The words of a text in the letters a–z and digits, anything else between them as spaces.

    In one pass, for texts by the hundred thousand; None for one with letters or signs it does not
    know, which are for `fold`.
    """
    plain = text.translate(_PLAIN)
    return plain if plain.isascii() else None


def old_tone_style(text: str) -> str:
    """Write "hoá", "khoẻ", "thuý" the way official papers do: "hóa", "khỏe", "thúy"."""

    def move_mark(found: re.Match[str]) -> str:
        first, second, tone = found.groups()
        if (first + second).lower() not in _TONE_PAIRS:
            return found[0]
        return first + tone + second

    return nfc(_NEW_STYLE.sub(move_mark, _split_tones(text)))


def sort_key(text: str) -> str:
    """Order by the Vietnamese alphabet, syllable by syllable, then by tone; numbers by value.

    Compare keys by code point (Python's default; `COLLATE "C"` in PostgreSQL).
    """
    return " ".join(_syllable_key(syllable) for syllable in re.findall(r"\d+|[^\W\d_]+", nfc(text)))


def name_key(name: str) -> str:
    """Order people by given name (the last word), then by family and middle names."""
    *others, given = name.split() or [""]
    return sort_key(" ".join([given, *others]))


def contains_control(text: str) -> bool:
    """Whether a text holds control characters or marks that turn the reading direction."""
    return bool(_REFUSED.search(_LINE_ENDS.sub("\n", text)))


def clean_text(text: str) -> str:
    """Normalise a text of several lines, or raise TextError for characters that deceive the eye."""
    if _ORDINARY.fullmatch(text) and "  " not in text and " \n" not in text:
        return text.strip()
    lines = _LINE_ENDS.sub("\n", text)
    found = _REFUSED.search(lines) or _PILED_MARKS.search(unicodedata.normalize("NFC", lines))
    if found:
        raise TextError(_refusal(lines, found))
    spaced = _SPACES.sub(" ", _SILENT.sub("", nfc(lines)))
    return "\n".join(line.rstrip() for line in spaced.split("\n")).strip()


def clean_line(text: str) -> str:
    """Normalise a text of one line; line breaks become spaces."""
    return " ".join(clean_text(text).split())


def cut(words: str, room: int) -> str:
    """At most `room` characters, ended at a word."""
    if len(words) <= room:
        return words
    whole = words[:room].rpartition(" ")[0] or words[: room - 1]
    return re.sub(r"[\s.,;:–-]+$", "", whole[: room - 1]) + "…"


def _refusal(text: str, found: re.Match[str]) -> str:
    before = " ".join(text[: found.start()].split())[-20:]
    if _PILED_MARKS.fullmatch(found[0]):
        problem = _("Có quá nhiều dấu chồng lên một chữ")
    else:
        problem = _("Có ký tự ẩn không dùng được (ký tự điều khiển hoặc dấu đảo chiều chữ)")
    place = _("ngay sau “%(before)s”") % {"before": before} if before else _("ở đầu nội dung")
    advice = _("Hãy xóa chỗ đó và gõ lại")
    return f"{problem} {place}. {advice}."


def _split_tones(text: str) -> str:
    """Keep ă, â, ê, ô, ơ, ư, đ whole and set every tone mark behind its letter."""
    pieces = []
    for letter in nfc(text):
        marks = unicodedata.normalize("NFD", letter)
        tone = "".join(mark for mark in marks if mark in TONES)
        rest = "".join(mark for mark in marks if mark not in TONES)
        pieces.append(nfc(rest) + tone)
    return "".join(pieces)


def _syllable_key(syllable: str) -> str:
    if syllable.isdecimal():
        return str(int(syllable)).zfill(12)
    letters, tone = [], 0
    for letter in _split_tones(syllable.lower()):
        if letter in TONES:
            tone = TONES.index(letter) + 1
        else:
            letters.append(_RANK.get(letter, letter))
    return "".join(letters) + f"!{tone}"


_PLAIN = {
    **{ord(sign): sign.lower() if sign.isalnum() else " " for sign in map(chr, range(128))},
    **{letter: fold(chr(letter)) for letter in _LETTERS},
    **dict.fromkeys(_MARKS),
}
