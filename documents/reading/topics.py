"""What a heading announces: purpose, programme, participants, assignments… (domain.md §4.2)."""

import re

from documents.reading.letters import fold_in_place, one_line, regex
from documents.reading.names import is_body, names_at, split_names

PURPOSE, REQUIREMENT, TOPIC, PROGRAMME = "purpose", "requirement", "topic", "programme"
PARTICIPANTS, FACTS, SESSION, ASSIGN, STAGE = "participants", "facts", "session", "assign", "stage"
PAGE = "page"
"""A page number or a running head: words that belong to the sheet, not to the paper."""

_MEANINGS = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        (SESSION, r"(?:doi thoai |hoi nghi |dot |cuoc |ky )?(?:quy (?:[ivx]{1,4}|[1-4])\b|dot (?!xuat)(?:thu )?\w{1,4}\b(?= |$|,|\()|cuoc thu|lan thu|hoi nghi (?:thu|lan))"),
        (ASSIGN, r".*(?:to chuc thuc hien|phan cong|nhiem vu cu the|trach nhiem cua|giao nhiem vu|phan cong nhiem vu|nhiem vu cua cac)"),
        (PURPOSE, r"(?:muc dich|muc tieu|y nghia)"),
        (REQUIREMENT, r"(?:yeu cau|nguyen tac)"),
        (PROGRAMME, r"(?:noi dung,? )?(?:chuong trinh|tien trinh|trinh tu|kich ban)(?! cong tac)"),
        (PARTICIPANTS, r"(?:doi tuong,? (?:va )?(?:thanh phan|so luong)|so luong|thanh phan|dai bieu|khach moi|chu tri|doi tuong moi|.*thanh phan (?:tham|dai|du|moi))"),
        (FACTS, r"(?:du kien )?(?:thoi gian|dia diem|hinh thuc|doi tuong|phuong thuc|lich (?:doi thoai|to chuc|tiep)|ngay|thoi diem|chu de|chuyen de)"),
        (TOPIC, r"(?:dinh huong |cac )?(?:noi dung|linh vuc|chu de|van de)"),
        (STAGE, r"(?:cong tac )?(?:truoc|trong|sau|chuan bi|tai)\b.{0,30}(?:doi thoai|hoi nghi|$)"),
        (ASSIGN, r"(?:thuc hien|nhiem vu|to chuc|trien khai)$"),
    )
)  # fmt: skip
_LABEL_END = re.compile(r"\s*:(?=\s|$)")
_TRUST = regex(
    r"(?:Đề nghị|Giao|Đối với|Phân công|Yêu cầu|Trách nhiệm của|Nhiệm vụ của)\s+(?:cho\s+)?(?=[A-ZĐÀ-Ỹ]|các |đồng chí |đ/c )"
)
_ACTS = re.compile(
    r"(?<!\w)(?:chủ trì|phối hợp|tham mưu|chuẩn bị|xây dựng|tổng hợp|báo cáo|gửi|rà soát|lập|cử|mời|bảo đảm|đảm bảo|thông báo|phát hành|theo dõi|đôn đốc"
    r"|hướng dẫn|lựa chọn|bố trí|triển khai|ban hành|trả lời|tuyên truyền|tiếp nhận|niêm yết|đưa tin|hoàn thành|trình|dự thảo|có trách nhiệm|trong|trước|sau)(?!\w)"
)
"""Verbs no name of a body holds."""
_DUTY_OF = re.compile(r"\s+(?:có trách nhiệm|chịu trách nhiệm|có nhiệm vụ)(?!\w)")
_PLACES = regex(
    r"(?P<body>.{3,60}?) (?P<units>(?:các |những )(?:xã|phường|thị trấn|thôn|xóm|khu phố|tổ dân phố|chi bộ)[^:]{0,50})(?::|\s*\()\s*(?P<list>[A-ZĐÀ-Ỹ0-9]\w*(?:\s[A-ZĐÀ-Ỹ0-9]\w*)*"
    r"(?:(?:,\s*|\s+và\s+|;\s*)[A-ZĐÀ-Ỹ0-9]\w*(?:\s[A-ZĐÀ-Ỹ0-9]\w*)*)*)(?=\)|\s*[.:;]|\s*$|\s+có trách nhiệm)\)?"
)
_LISTED = regex(
    r"(?:Các|Những) (?P<kind>phòng|ban|sở|hội|trường|chi bộ|thôn|xóm|bản|xã|phường|đoàn thể|công ty)\s*:\s*"
    r"(?P<list>[A-ZĐÀ-Ỹ]\w*(?: [\w-]+){0,5}(?:(?:, | và |; )[A-ZĐÀ-Ỹ]\w*(?: [\w-]+){0,5}?)+)"
)
"""Bodies of one kind by their names: "Các phòng: Kinh tế, Tư pháp"."""
_UNITS = regex(
    r"(?P<body>.{3,60}?) (?:các|những) (?P<kind>xã|phường|thị trấn|thôn|xóm|bản|khu phố) "
    r"(?P<list>[A-ZĐÀ-Ỹ]\w*(?: [A-ZĐÀ-Ỹ]\w*)*(?:(?:, | và )[A-ZĐÀ-Ỹ]\w*(?: [A-ZĐÀ-Ỹ]\w*)*)+)"
)
"""Bodies of units by name: "Đảng ủy các xã Nậm Pì, Bản Hon"."""
_HEADING_WIDTH = 150


def label_of(text: str) -> tuple[str, str]:
    """ "Thời gian: Tháng 3/2026." → ("Thời gian", "Tháng 3/2026."); without a colon ("…", "")."""
    cut = _LABEL_END.search(text[: _HEADING_WIDTH + 1])
    if not cut:
        return text, ""
    return text[: cut.start()], text[cut.end() :].strip()


def meaning_of(text: str) -> str | None:
    """What the heading announces, or None; long sentences announce nothing."""
    label, _rest = label_of(text)
    if len(label) > _HEADING_WIDTH:
        return None
    folded = one_line(fold_in_place(label)).strip(" .;,")
    return next((name for name, shape in _MEANINGS if shape.match(folded)), None)


def assignee_label(text: str) -> str | None:
    """The part of a line that names bodies and nothing else, or None: "Ban X: Phối hợp …" → "Ban X"."""
    start = _TRUST.match(text)
    shown = text[start.end() :] if start else text
    if _LISTED.fullmatch(shown.rstrip(" :")):
        return text.rstrip(" :")
    duty = _DUTY_OF.search(shown[:300])
    listed = _PLACES.match(shown[: duty.start()] if duty else shown)
    if listed and is_body(listed["body"]):
        return text[: (start.end() if start else 0) + listed.end()].rstrip(" .:;")
    label = shown[: duty.start()] if duty else label_of(shown)[0]
    label = label.strip(" .;,")
    if not label or len(label) > _HEADING_WIDTH or not is_body(label):
        return None
    bare = re.sub(r"\s*\([^()]*\)", "", label).replace(";", ",")
    _names, end = names_at(bare, 0)
    is_label = label != shown.rstrip(" .;,") or not shown.rstrip().endswith((".", ";"))
    is_named = end >= len(bare) or (is_label and not _ACTS.search(bare))
    return (start[0] if start else "") + label if is_named else None


def actors_in(label: str) -> tuple[str, ...]:
    """The bodies a heading names; "Đảng ủy các xã: A, B" gives "Đảng ủy xã A" and "… xã B"."""
    start = _TRUST.match(label)
    shown = label[start.end() :] if start else label
    alike = _LISTED.fullmatch(shown)
    if alike:
        kind = alike["kind"].capitalize()
        return tuple(f"{kind} {name.strip()}" for name in re.split(r", | và |; ", alike["list"]))
    if "; " in shown:
        return tuple(name for part in shown.split("; ") for name in actors_in(part))
    named = _UNITS.fullmatch(shown.rstrip(" :."))
    if named and is_body(named["body"]):
        names_of = re.split(r", | và ", named["list"])
        return tuple(f"{named['body']} {named['kind']} {name}" for name in names_of)
    listed = _PLACES.fullmatch(shown)
    if listed and is_body(listed["body"]):
        units = re.sub(r"^(?:các|những) ", "", listed["units"]).strip()
        kind = f" {units}" if "," not in units and " và " not in units else ""
        places = [
            place for place in re.split(r",\s*|\s+và\s+|;\s*", listed["list"]) if place.strip(" .")
        ]
        return tuple(f"{listed['body']}{kind} {place.strip(' .')}" for place in places)
    bare = re.sub(r"\s*\([^()]*\)", "", shown).replace(";", ",").strip(" .:,")
    names, end = names_at(bare, 0)
    if names and end < len(bare) and not _ACTS.search(bare):
        return split_names(bare)
    return names or (one_line(shown),)
