"""What an office writes into its letters, with named places that are filled in when they are sent."""

import re
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from core.text import nfc

PLACE = re.compile(r"\{([^{}]*)\}")
SUBJECT_PLACES = ("người nhận", "ngày", "số việc", "tóm tắt")
LIST_PLACE = "danh sách"
BODY_PLACES = (*SUBJECT_PLACES, LIST_PLACE)
SENTENCE_PLACES = ("tên việc", "ngày hạn", "số ngày", "đơn vị giao", "đơn vị chủ trì")


def wording_problem(text: str, places: Iterable[str]) -> str:
    """Why the text cannot be filled in, as a sentence that names what can; "" if it can."""
    known = tuple(places)
    offered = ", ".join(f"{{{place}}}" for place in known)
    for written in PLACE.findall(text):
        if _name(written) not in known:
            return _("Không có chỗ điền {%(name)s}. Dùng được: %(offered)s.") % {
                "name": written,
                "offered": offered,
            }
    if re.search(r"[{}]", PLACE.sub("", text)):
        return _("Dấu ngoặc { hoặc } không khớp. Chỗ điền viết như sau: %(offered)s.") % {
            "offered": offered
        }
    return ""


def fill(text: str, values: Mapping[str, object]) -> str:
    """The text with every named place filled in; what is filled in is not looked at again."""
    return PLACE.sub(lambda found: str(values.get(_name(found[1]), found[0])), text)


def _name(written: str) -> str:
    return " ".join(nfc(written).lower().split())
