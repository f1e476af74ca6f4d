"""Work: hand-over, one lead per product, duplicates, posts, dissolved bodies (domain.md §4.3: E19, E21, E22, E28, E32)."""

import datetime
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from documents.reading.checks.walk import finding, texts_of
from documents.reading.letters import words
from documents.reading.results import DocumentReading, DutyReading, ReadingFinding

_COMPILE = re.compile(r"tổng hợp\b.{0,60}\bý kiến", re.IGNORECASE)
_PRODUCT = re.compile(
    r"thong bao ket luan|giay moi|kich ban dieu hanh|danh sach dai bieu|chuong trinh hoi nghi|bao cao de dan|bao cao(?: \S+){4,8}"
)
_TWO_POSTS = re.compile(r"(?:Chủ tịch|CT)\s+HĐND\s*[-–]\s*UBND")
_DISTRICT = re.compile(
    r"(?:Huyện (?:ủy|uỷ)|Thị (?:ủy|uỷ)|(?:UBND|HĐND|Ủy ban nhân dân|Hội đồng nhân dân) (?:huyện|thị xã|quận)|Ban Dân vận (?:Huyện|Thị|Thành) (?:ủy|uỷ)|\bcấp huyện|thị trấn)"
)
_NO_DISTRICT = datetime.date(2025, 7, 1)
_MAX_DUTIES = 300
_ALIKE = 0.8


def check(document: DocumentReading) -> Iterator[ReadingFinding]:
    """Every rule of work over one paper."""
    duties = document.duties[:_MAX_DUTIES]
    yield from _hand_over(duties)
    yield from _one_lead(duties)
    yield from _duplicates(duties)
    yield from _posts(document)
    yield from _dissolved(document)


def _hand_over(duties: tuple[DutyReading, ...]) -> Iterator[ReadingFinding]:
    """E19: who receives the opinions is who compiles them, or passes them on."""
    compiling = [duty for duty in duties if duty.due_on and _COMPILE.search(duty.text)]
    for duty in duties:
        if not (duty.send_to and duty.due_on and "ý kiến" in duty.text):
            continue
        receivers = {words(name) for name in (*duty.send_to, *([duty.via] if duty.via else []))}
        later = [
            one
            for one in compiling
            if one.actors != duty.actors and one.due_on and one.due_on >= duty.due_on
        ]
        if later and not any(receivers & _hands(one) for one in later):
            message = _(
                "Ý kiến gửi về “%(receiver)s” nhưng “%(actor)s” tổng hợp; thiếu bước chuyển giao."
            )
            shown = {"receiver": ", ".join(duty.send_to), "actor": ", ".join(later[0].actors)}
            yield finding("E19", "warning", message % shown, duty.line)


def _hands(duty: DutyReading) -> set[str]:
    return {words(name) for name in (*duty.actors, *duty.cooperating)}


def _one_lead(duties: tuple[DutyReading, ...]) -> Iterator[ReadingFinding]:
    """E21: one product, one body that prepares it."""
    makers: dict[str, DutyReading] = {}
    for duty in duties:
        product = _PRODUCT.search(words(duty.deliverable or ""))
        if not product or not duty.actors:
            continue
        first = makers.setdefault(product[0], duty)
        if first.actors != duty.actors:
            message = _(
                "“%(product)s” giao cho cả “%(first)s” (dòng %(line)s) và “%(second)s”; nên có một cơ quan chủ trì."
            )
            shown = {
                "product": duty.deliverable,
                "first": ", ".join(first.actors),
                "line": first.line,
                "second": ", ".join(duty.actors),
            }
            yield finding("E21", "warning", message % shown, duty.line)


def _duplicates(duties: tuple[DutyReading, ...]) -> Iterator[ReadingFinding]:
    """E22: one body, the same work twice."""
    seen: dict[tuple[str, ...], list[tuple[frozenset[str], int]]] = {}
    for duty in duties:
        mine = frozenset(words(duty.text[:600]).split())
        for other, line in seen.setdefault(duty.actors, []):
            if (
                line != duty.line
                and len(mine) > 5
                and len(mine & other) >= _ALIKE * len(mine | other)
            ):
                message = _("Nhiệm vụ này gần giống nhiệm vụ ở dòng %(line)s của cùng cơ quan.") % {
                    "line": line
                }
                yield finding("E22", "info", message, duty.line)
                break
        seen[duty.actors].append((mine, duty.line))


def _posts(document: DocumentReading) -> Iterator[ReadingFinding]:
    """E28: "Chủ tịch HĐND-UBND" may be one person or two."""
    for text, line in texts_of(document):
        found = _TWO_POSTS.search(text)
        if found:
            message = _("“%(post)s” là một hay hai người? Hãy ghi riêng từng chức danh.")
            yield finding("E28", "warning", message % {"post": found[0]}, line)


def _dissolved(document: DocumentReading) -> Iterator[ReadingFinding]:
    """E32: from 01/7/2025 there is no district level."""
    is_new = (
        document.date >= _NO_DISTRICT if document.date else (document.year or 0) > _NO_DISTRICT.year
    )
    if not is_new:
        return
    seen: set[str] = set()
    for text, line in texts_of(document):
        for found in _DISTRICT.finditer(text[:5000]):
            name = words(found[0])
            if name not in seen:
                seen.add(name)
                message = _("“%(name)s” không còn từ ngày 01/7/2025 (bỏ cấp huyện).")
                yield finding("E32", "warning", message % {"name": found[0]}, line)
