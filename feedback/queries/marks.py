"""What an office's eye should be drawn to in an opinion: marks, which never stop or change anything."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.text import fold
from feedback.models import WatchList

ONE_WORD = 1
LONG = 2000
DEFAULT_WORDS = (
    "đồ ngu", "thằng ngu", "con ngu", "óc chó", "mất dạy", "khốn nạn", "vô học", "lũ chó",
    "đồ chó", "thằng chó", "con đĩ", "chết tiệt", "súc vật", "ăn hại",
)  # fmt: skip
_PHONE = re.compile(r"(?<![\d.])(?:\+?84|0)(?:[\s.-]?\d){8,10}(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)\d{12}(?!\d)")
_LINK = re.compile(r"https?://\S+|\bwww\.\S+", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+")


@dataclass(frozen=True)
class Mark:
    """One thing to look at: what it is, and the words that made us say so."""

    label: str
    found: tuple[str, ...] = ()


def words_of(organisation_id: int) -> list[str]:
    """The office's own list, or the one every office starts with."""
    own = WatchList.objects.filter(organisation=organisation_id).values_list("words", flat=True)
    kept = own.first()
    lines = DEFAULT_WORDS if kept is None else kept.splitlines()
    return [line.strip() for line in lines if line.strip()]


def marks_of(text: str, words: list[str]) -> list[Mark]:
    """Telephones, identity numbers, addresses, listed words, and unusual length, in that order."""
    phones = _found(_PHONE, text)
    identities = [one for one in _found(_IDENTITY, text) if one not in phones]
    folded = " ".join(["", *re.findall(r"\w+", fold(text)), ""])
    listed = [word for word in words if f" {fold(word)} " in folded]
    found = [
        (_("Có số điện thoại: xem có phải của người khác không"), phones),
        (_("Có dãy số như số định danh cá nhân"), identities),
        (_("Có địa chỉ thư điện tử"), _found(_EMAIL, text)),
        (_("Có đường dẫn: đừng mở nếu chưa biết của ai"), _found(_LINK, text)),
        (_("Có từ ngữ trong danh sách cần lưu ý"), listed),
    ]
    marks = [Mark(label, tuple(some)) for label, some in found if some]
    if text and len(text.split()) <= ONE_WORD:
        marks.append(Mark(_("Chỉ có một từ: có thể cần hỏi lại người gửi")))
    if len(text) > LONG:
        marks.append(Mark(_("Rất dài: có thể gồm nhiều việc")))
    return marks


def _found(pattern: re.Pattern[str], text: str) -> list[str]:
    return list(dict.fromkeys(one.strip() for one in pattern.findall(text)))[:5]
