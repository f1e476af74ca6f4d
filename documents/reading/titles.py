"""Names of types as they head a paper, and the lines of national and party headings (domain.md §1)."""

import re

from documents.reading.letters import fold_in_place, is_capitals, one_line, regex
from documents.reading.markers import marker_of

TYPES = {
    "ke hoach": "KH",
    "thong bao": "TB",
    "bien ban": "BB",
    "giay moi": "GM",
    "cong van": "CV",
    "bao cao": "BC",
    "chuong trinh": "CTr",
    "kich ban": "CTr",
    "phieu chuyen": "PC",
    "to trinh": "TTr",
    "quyet dinh": "QD",
    "quy dinh": "QyD",
    "nghi quyet": "NQ",
    "chi thi": "CT",
    "ket luan": "KL",
    "huong dan": "HD",
    "quy che": "QC",
    "noi quy": "QC",
    "phieu lay y kien": "PYK",
    "de an": "DA",
    "phu luc": "PL",
    "danh sach": "DS",
}
"""First words of a title, folded → code of documents.DocumentType (PL, DS: attachments)."""
_BY_LENGTH = sorted(TYPES, key=len, reverse=True)

NATION = re.compile(
    r"CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM|CONG HOA XA HOI CHU NGHIA VIET NAM", re.IGNORECASE
)
MOTTO = re.compile(
    r"Độc lập\s*[-–—]\s*Tự do\s*[-–—]\s*Hạnh phúc|Doc lap\s*[-–—]\s*Tu do\s*[-–—]\s*Hanh phuc",
    re.IGNORECASE,
)
PARTY = re.compile(r"ĐẢNG CỘNG SẢN VIỆT NAM|DANG CONG SAN VIET NAM")
UNION = re.compile(r"ĐOÀN (?:TNCS|THANH NIÊN CỘNG SẢN) HỒ CHÍ MINH$")
NUMBER = re.compile(
    r"Số\s*:?\s*(?P<n>\d{1,5}|[.…_]+)?\s*(?P<sep>[-–/])\s*(?P<symbol>[A-ZĐƯa-zđ.]{1,8}(?:\s*[-–/&.]\s*[A-ZĐƯÔa-zđ&.][A-ZĐƯÔa-zđ&.\d]{0,13}){0,3})\s*"
)
PLACE_DATE = regex(
    r"(?P<place>[A-ZĐÀ-Ỹ][^\d,]{1,60}),\s*ngày\s*(?P<d>\d{1,2}|[.…_\s]*)\s*tháng\s*(?P<m>\d{1,2}|[.…_\s]*)\s*năm\s*(?P<y>\d{4}|[.…_\s]*)",
    re.IGNORECASE,
)
SUBJECT = re.compile(r"(?:V/v|Về việc|V/v:|Trích yếu:)\s*:?\s*", re.IGNORECASE)
ADDRESS = re.compile(r"Kính (?:gửi|trình)\s*:?\s*", re.IGNORECASE)
MARK = re.compile(
    r"(?:DỰ THẢO|Dự thảo|KHẨN|THƯỢNG KHẨN|HỎA TỐC|HOẢ TỐC|MẬT|TỐI MẬT|TUYỆT MẬT|ĐÃ KÝ|\(?[Kk]èm theo\b).{0,160}"
)
_BODY_NAME = re.compile(
    r"(?:dang (?:bo|uy|doan)|(?:huyen|tinh|thanh|thi|quan) uy|uy ban|hoi dong|ubnd|hdnd|mttq|mat tran|so (?!\d)|phong |ban |van phong|doan |lien doan"
    r"|cong doan|hoi |cong an|(?:huyen|tinh|thanh|thi|xa|quan) doan|truong |trung tam|thuong truc|chi (?:uy|bo|cuc|nhanh)|bo |co quan|thanh tra|tong |bch|btv|to "
    r"|hop tac xa|cuc |vien |tap doan|cong ty|lien minh|hiep hoi|toa an|benh vien|tieu ban|ban$)"
)
_UNIT_NAME = re.compile(
    r"(?:xa|phuong|thi tran|huyen|quan|thi xa|thanh pho|tinh|dac khu|tp\.?|khoa|nhiem ky)\s(?!(?:uy|doan|doi)\b)"
)


_ANNEX = re.compile(
    r"(?:PHỤ LỤC|Phụ lục)(?:\s+(?:số\s+|SỐ\s+)?(?:[IVX]{1,4}|\d{1,2}|[A-E]))?(?:\s*[.:\-–]\s*|\s+|$)"
)


def type_of(text: str) -> tuple[str, str] | None:
    """The type's code and the rest of the line, if the line heads a paper: "KẾ HOẠCH tổ chức …"."""
    annex = _ANNEX.match(text) if len(text) < 200 else None
    if annex and (annex.end() == len(text) or is_capitals(text[annex.end() :])):
        return "PL", text[annex.end() :]
    if len(text) > 300 or not text[:2].isupper() or marker_of(text):
        return None
    folded = fold_in_place(text)
    for name in _BY_LENGTH:
        if folded.startswith(name) and not folded[len(name) : len(name) + 1].isalnum():
            return _title(name, text)
    return None


def _title(name: str, text: str) -> tuple[str, str] | None:
    rest = one_line(text[len(name) :]).strip(" :")
    is_title = is_capitals(text[: len(name)]) and (
        not rest or is_capitals(rest) or rest[0].islower()
    )
    if not is_title or rest.endswith((";", ":")) or (rest.endswith(".") and not is_capitals(rest)):
        return None
    return TYPES[name], rest


def is_body_name(text: str) -> bool:
    """Whether a line names an issuing body as headings do."""
    is_body = is_capitals(text) and bool(_BODY_NAME.match(fold_in_place(text)))
    return is_body and not any(shape.match(text) for shape in (PARTY, UNION))


def is_unit_name(text: str) -> bool:
    """Whether a line goes on with the name above ("XÃ AN HÒA")."""
    return is_capitals(text) and bool(_UNIT_NAME.match(fold_in_place(text)))


def is_header_line(text: str) -> bool:
    """Whether a line can stand above a title."""
    return (
        text == "*"
        or is_body_name(text)
        or is_unit_name(text)
        or any(
            shape.match(text) for shape in (NATION, MOTTO, PARTY, UNION, NUMBER, PLACE_DATE, MARK)
        )
        or bool(SUBJECT.match(text))
    )
