"""Old Vietnamese encodings: TCVN3 (ABC fonts), VNI and Windows-1258, found out and made Unicode.

TCVN3 is the set VN3 of TCVN 5712:1993: small letters with tones, capitals without; the fonts whose
names end in H draw the same letters as capitals. VNI writes most letters as two: the vowel, then
its marks.
"""

import re
import unicodedata
from dataclasses import dataclass

_TCVN3_BYTES = (
    ("àảãáạ", "b5 b6 b7 b8 b9"),
    ("ăằẳẵắặ", "a8 bb bc bd be c6"),
    ("âầẩẫấậ", "a9 c7 c8 c9 ca cb"),
    ("đ", "ae"),
    ("èẻẽéẹ", "cc ce cf d0 d1"),
    ("êềểễếệ", "aa d2 d3 d4 d5 d6"),
    ("ìỉĩíị", "d7 d8 dc dd de"),
    ("òỏõóọ", "df e1 e2 e3 e4"),
    ("ôồổỗốộ", "ab e5 e6 e7 e8 e9"),
    ("ơờởỡớợ", "ac ea eb ec ed ee"),
    ("ùủũúụ", "ef f1 f2 f3 f4"),
    ("ưừửữứự", "ad f5 f6 f7 f8 f9"),
    ("ỳỷỹýỵ", "fa fb fc fd fe"),
    ("ĂÂÊÔƠƯĐ", "a1 a2 a3 a4 a5 a6 a7"),
)
TCVN3 = {
    chr(code): letter
    for letters, codes in _TCVN3_BYTES
    for letter, code in zip(letters, bytes.fromhex(codes.replace(" ", "")), strict=True)
}
"""What a byte above 127, read as Latin-1, stands for."""

_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_CIRCUMFLEX = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_BREVE = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni_table() -> dict[str, str]:
    small: dict[str, str] = dict(_ALONE)
    for vowel in ("a", "e", "i", "o", "u", "y", "ô", "ö"):
        base = _ALONE.get(vowel, vowel)
        for mark, tone in _TONES.items():
            small[vowel + mark] = unicodedata.normalize("NFC", base + tone)
    for vowels, marks, hat in (("aeo", _CIRCUMFLEX, "\u0302"), ("a", _BREVE, "\u0306")):
        for vowel in vowels:
            for mark, tone in marks.items():
                small[vowel + mark] = unicodedata.normalize("NFC", vowel + hat + tone)
    table = dict(small)
    for written, letter in small.items():
        table[written.upper()] = letter.upper()
        table[written[0].upper() + written[1:]] = letter.upper()
    return table


VNI = _vni_table()
"""What one or two letters, read as Latin-1, stand for."""

_VNI_LETTERS = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))
_TCVN3_LETTERS = str.maketrans(TCVN3)
_WORD = re.compile(r"[^\W\d_]+")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdđghklmnpqrstvx])?"
    r"(?:[aăâeêioôơuưy]|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|oo|ôi|ơi|ua|uâ|uê|ui|uô|uơ|uy|ưa|ưi"
    r"|ươ|ưu|iêu|yê|yêu|oai|oao|oay|oeo|uây|uôi|uya|uyê|uyu|ươi|ươu)"
    r"(?:ch|ng|nh|[cmnpt])?"
)
_LETTERS = {*"abcdefghijklmnopqrstuvwxyz", *(letter.lower() for letter in TCVN3.values())}
_ENOUGH = 0.75
_BEGINNING = re.compile(r"(?m)^(\s*(?:[-+*]|\(?\w{1,4}[.)\-])\s+)([à-ỹ])")
"""Behind a marker a sentence begins; TCVN3 could not write its capital."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text in Unicode and the old encoding it was in ("" if none)."""

    text: str
    encoding: str = ""


def from_tcvn3(text: str, *, is_capital: bool = False) -> str:
    """Letters of an ABC font as Unicode; `is_capital` for the fonts that draw capitals only."""
    changed = text.translate(_TCVN3_LETTERS)
    return changed.upper() if is_capital else changed


def from_vni(text: str) -> str:
    """Letters of a VNI font as Unicode."""
    return _VNI_LETTERS.sub(lambda found: VNI[found[0]], text)


def from_font(text: str, font: str) -> tuple[str, str]:
    """Text as its font draws it, and the encoding ("" for every font of today)."""
    name = font.strip().lower()
    if name.startswith(".vn"):
        return from_tcvn3(text, is_capital=name.endswith("h")), "TCVN3"
    if name.startswith("vni-"):
        return from_vni(text), "VNI"
    return text, ""


def decode(content: bytes) -> Decoded | None:
    """A text file as Unicode, whatever it was written in; None if it is no text at all."""
    text = _unicode(content)
    if text is not None:
        return modernise(text)
    if b"\0" in content:
        return None
    texts = [
        Decoded(unicodedata.normalize("NFC", content.decode("cp1258", "replace")), "Windows-1258"),
        *_old_readings(content.decode("latin-1")),
    ]
    return max(texts, key=lambda one: likeness(one.text))


def modernise(text: str) -> Decoded:
    """A Unicode text as it is, or, if its letters are those of an old font, converted."""
    if likeness(text) >= _ENOUGH:
        return Decoded(text)
    best = max(_old_readings(text), key=lambda one: likeness(one.text))
    is_better = likeness(best.text) >= _ENOUGH and _has_letters(best.text)
    return best if is_better else Decoded(text)


def likeness(text: str) -> float:
    """How many of the words with marks are Vietnamese syllables, from 0 to 1; 1 if there are none."""
    sample = unicodedata.normalize("NFC", text[:40_000])
    words = [word for word in _WORD.findall(sample) if not word.isascii()]
    if not words:
        return 1.0
    return sum(_is_syllable(word) for word in words) / len(words)


def _old_readings(text: str) -> list[Decoded]:
    return [Decoded(_from_tcvn3_text(text), "TCVN3"), Decoded(from_vni(text), "VNI")]


def _from_tcvn3_text(text: str) -> str:
    """TCVN3 has no capitals with tones: among capitals a capital font stood."""
    lines = (
        from_tcvn3(line, is_capital=True)
        if _is_capital(line)
        else re.sub(r"\S+", lambda word: from_tcvn3(word[0], is_capital=_is_capital(word[0])), line)
        for line in text.split("\n")
    )
    return _BEGINNING.sub(lambda found: found[1] + found[2].upper(), "\n".join(lines))


def _is_capital(text: str) -> bool:
    plain = re.sub(r"[^A-Za-z]", "", text)
    return len(plain) > 1 and plain.isupper()


def _has_letters(text: str) -> bool:
    return any(not word.isascii() for word in _WORD.findall(text[:40_000]))


def _is_syllable(word: str) -> bool:
    if not _LETTERS.issuperset(word.lower()):
        return False
    split = unicodedata.normalize("NFD", word.lower())
    tones = [mark for mark in split if mark in "\u0300\u0301\u0303\u0309\u0323"]
    bare = "".join(mark for mark in split if mark not in "\u0300\u0301\u0303\u0309\u0323")
    return len(tones) <= 1 and bool(_SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)))


def _unicode(content: bytes) -> str | None:
    """The text if it is UTF-8 or UTF-16, with or without its mark."""
    has_mark = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return unicodedata.normalize(
            "NFC", content.decode("utf-16" if has_mark else _width(content))
        )
    except UnicodeDecodeError:
        return None


def _width(content: bytes) -> str:
    """UTF-16 without a mark shows by zeros in every second byte; else UTF-8."""
    head = content[:400]
    high, low = head[0::2].count(0), head[1::2].count(0)
    if len(head) < 4 or max(high, low) <= len(head) * 0.2:
        return "utf-8-sig"
    return "utf-16-le" if low > high else "utf-16-be"
