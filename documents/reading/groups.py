"""Who takes part: the tree of groups with level and quota (domain.md §4.1.2, §4.1.3)."""

import re

from documents.reading import topics
from documents.reading.letters import one_line, regex
from documents.reading.nodes import Node
from documents.reading.quotas import quota_in
from documents.reading.results import GroupReading

_LEVELS = (
    ("central", re.compile(r"\b(?:trung ương|tw)\b")),
    ("province", re.compile(r"\b(?:cấp tỉnh|ở tỉnh|tỉnh|tỉnh ủy)\b")),
    ("district", re.compile(r"\b(?:huyện|thị xã|thành phố|quận|thị ủy|thành ủy|huyện ủy)\b")),
    ("village", re.compile(r"\b(?:thôn|xóm|bản|khu phố|tổ dân phố|khu dân cư|khối phố)\b")),
    ("commune", re.compile(r"\b(?:cơ sở|xã|phường|thị trấn|đặc khu)\b")),
)
_LEVEL_LABEL = re.compile(
    r"(?:cấp|ở|tại|về phía|đại biểu (?:cấp )?(?:trung ương|tỉnh|huyện|xã|phường|thôn|cơ sở|thị xã|thành phố))\b"
)
_SELECTOR = regex(
    r"(?:do|Đề nghị|đề nghị|giao)\s+(?P<who>[A-ZĐÀ-Ỹ][^,.;()]{2,80}?)\s+(?:lựa chọn|chọn|cử|giới thiệu|mời|thông báo|lập danh sách)"
)
_INVITED = re.compile(r"(?i:thành phần (?:mời|tham dự|dự)|đại biểu)\b")


def groups_in(root: Node) -> tuple[GroupReading, ...]:
    """Every outermost group of participants."""
    found: list[GroupReading] = []
    for node in root.walk():
        if node.kind == "participant_group" and not _is_inside(node) or _is_invited(node):
            found.append(_group(node))
    return tuple(found)


def _is_inside(node: Node) -> bool:
    return node.parent is not None and node.parent.kind == "participant_group"


def _is_invited(node: Node) -> bool:
    """A list of guests a duty foresees ("* Thành phần mời:")."""
    return node.kind == "text" and bool(node.children) and bool(_INVITED.match(node.text))


def _group(node: Node) -> GroupReading:
    quota = quota_in(node.text)
    selector = _SELECTOR.search(node.text)
    return GroupReading(
        text=one_line(node.text),
        level=_level(node),
        exact=quota.exact,
        min=quota.min,
        max=quota.max,
        per_unit=quota.per_unit,
        unit_count=quota.unit_count,
        is_approximate=quota.is_approximate,
        selector=one_line(selector["who"]) if selector else None,
        children=tuple(_group(child) for child in node.children if child.topic != topics.PAGE),
        line=node.line,
        confidence=0.9 if node.topic == topics.PARTICIPANTS else 0.7,
    )


def level_of(text: str) -> str | None:
    """The level a label or a line speaks of: "Ở huyện:", "Cấp xã:"; None if it names none."""
    label = topics.label_of(text)[0][:120].lower().replace("xã hội", "")
    return next((name for name, shape in _LEVELS if shape.search(label)), None)


def _level(node: Node) -> str | None:
    """The own label's level, else that of the group above, else what the words speak of."""
    if _LEVEL_LABEL.match(node.text.lower()):
        return level_of(node.text)
    above = node.parent
    inherited = _level(above) if above and above.kind == "participant_group" else None
    return inherited or level_of(node.text)
