"""Form: header, number, dates, bases, signature, layout (domain.md §4.3: E1, E3, E7–E11, E15–E17, E23–E25, E27)."""

import datetime
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from core.calendar import WorkingCalendar
from core.dates import written_day
from documents.reading.checks.walk import finding, part_line, shortened
from documents.reading.letters import words
from documents.reading.results import DocumentReading, ReadingFinding

_NEEDS_HEAD = frozenset({"KH", "TB", "CV", "BC", "TTr", "QD", "NQ", "KL", "HD"})
_NO_BODY_NEEDED = frozenset({"Luật", "Bộ luật", "Nghị định", "Hiến pháp", "Pháp lệnh", "Thông tư"})
_POSTS = re.compile(
    r"(?:QUYỀN |Q\. ?)?(?:PHÓ BÍ THƯ THƯỜNG TRỰC.*|(?:PHÓ )?BÍ THƯ(?: (?:ĐẢNG|CHI|HUYỆN|TỈNH|THÀNH|THỊ|ĐOÀN)\b.*)?"
    r"|PHÓ CHỦ TỊCH THƯỜNG TRỰC.*|(?:PHÓ )?CHỦ TỊCH(?! THƯỜNG TRỰC).*|(?:PHÓ )?(?:TRƯỞNG|CHÁNH|GIÁM ĐỐC|CHỦ NHIỆM|HIỆU TRƯỞNG|TỔNG|CỤC|CHI CỤC).*"
    r"|(?:ỦY|UỶ) VIÊN.*|THƯ KÝ.*|CHỦ TRÌ.*)"
)
_SURNAMES = frozenset(
    ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "An", "Ân", "Bạch", "Bành", "Bế", "Bàn", "Ca", "Cao", "Cầm", "Chu", "Châu", "Chế", "Chử", "Cù", "Cung", "Doãn", "Diệp", "Đàm", "Đào", "Đậu", "Đèo", "Đinh", "Điêu", "Đoàn", "Đồng", "Giang", "Giáp", "Hà", "Hạ", "Hàn", "Hầu", "Hứa", "Hướng", "Kha", "Khổng", "Khúc", "Khương", "Kiều", "Kim", "La", "Lã", "Lại", "Lâm", "Lăng", "Lò", "Lộc", "Lô", "Lù", "Lục", "Lương", "Lường", "Lưu", "Lữ", "Ma", "Mã", "Mạc", "Mai", "Mạnh", "Mông", "Mùa", "Nghiêm", "Ngọ", "Ngũ", "Nhan", "Ninh", "Nông", "Ong", "Ông", "Phí", "Phó", "Phó", "Phù", "Phùng", "Quách", "Quan", "Quản", "Quàng", "Sái", "Sầm", "Sùng", "Sơn", "Tạ", "Tăng", "Tất", "Thạch", "Thái", "Thân", "Thẩm", "Thào", "Thi", "Thiều", "Tiêu", "Tô", "Tôn", "Tông", "Tống", "Trang", "Triệu", "Trịnh", "Trương", "Từ", "Tưởng", "Ty", "Uông", "Ung", "Ưng", "Văn", "Vàng", "Vi", "Viên", "Vừ", "Vương", "Xa", "Yên", "Giàng", "Thò", "Hạng", "Hảng", "Rơ", "Siu", "Kpă", "Ksor", "Nay", "Y", "H'", "A", "Lầu", "Chảo", "Tẩn", "Phàn", "Tráng", "Cư", "Chang", "Chá", "Lèng", "Sín", "Tao", "Ngân", "Hờ", "Vì", "Cà", "Quảng"]
)  # fmt: skip
_NIGHT = (6, 20)


def check(document: DocumentReading) -> Iterator[ReadingFinding]:
    """Every rule of form over one paper."""
    for rule in (_head, _dates, _bases, _collective, _signature, _layout, _organisation_code):
        yield from rule(document)


def _head(document: DocumentReading) -> Iterator[ReadingFinding]:
    """E16: issuer, number and date must be there; E15: they must be filled in."""
    if document.type not in _NEEDS_HEAD:
        return
    missing = [
        name
        for name, value in (
            (_("tên cơ quan ban hành"), document.issuer),
            (_("số, ký hiệu"), document.number_literal),
            (_("địa danh, ngày tháng"), document.date_literal),
        )
        if not value
    ]
    if missing:
        message = _("Thiếu phần đầu văn bản: %(parts)s.") % {"parts": ", ".join(missing)}
        yield finding("E16", "error", message, document.line)
    if document.number_literal and document.number is None:
        message = _("Số văn bản còn để trống: “%(text)s”.") % {"text": document.number_literal}
        yield finding("E15", "error", message, part_line(document, "number"))
    if document.date_literal and document.date is None:
        message = _("Ngày văn bản còn để trống hoặc không có trong lịch: “%(text)s”.")
        yield finding(
            "E15",
            "error",
            message % {"text": document.date_literal},
            part_line(document, "place_date"),
        )


def _dates(document: DocumentReading) -> Iterator[ReadingFinding]:
    """E1: not before its bases; E3: issued on a day off; E9: signed after its date or at night."""
    if document.date is None:
        return
    line = part_line(document, "place_date")
    for basis in document.legal_bases:
        if basis.date and basis.date > document.date and not basis.is_in_body:
            message = _(
                "Văn bản ghi ngày %(day)s nhưng căn cứ “%(basis)s” ban hành sau đó, ngày %(later)s."
            )
            shown = {
                "day": written_day(document.date),
                "basis": shortened(basis.literal, 60),
                "later": written_day(basis.date),
            }
            yield finding("E1", "error", message % shown, line)
    off = _why_off(document.date)
    if off:
        message = _("Ngày văn bản %(day)s là ngày nghỉ (%(why)s).")
        yield finding("E3", "info", message % {"day": written_day(document.date), "why": off}, line)
    yield from _signed_late(document, document.date)


def _signed_late(document: DocumentReading, day: datetime.date) -> Iterator[ReadingFinding]:
    signed_at = document.signature.signed_at if document.signature else None
    if signed_at is None:
        return
    is_night = not _NIGHT[0] <= signed_at.hour < _NIGHT[1]
    if signed_at.date() > day or is_night:
        message = _("Chữ ký số lúc %(moment)s, văn bản ghi ngày %(day)s.")
        shown = {
            "moment": f"{signed_at:%H:%M} {written_day(signed_at.date())}",
            "day": written_day(day),
        }
        yield finding("E9", "warning", message % shown, part_line(document, "digital"))


def _why_off(day: datetime.date) -> str:
    return WorkingCalendar().why_off(day) if 1995 <= day.year <= 2099 else ""


def _bases(document: DocumentReading) -> Iterator[ReadingFinding]:
    """E17: a basis with a number names the body that issued it."""
    for basis in document.legal_bases:
        if (
            basis.number is not None
            and not basis.body
            and basis.kind not in _NO_BODY_NEEDED
            and not basis.is_in_body
        ):
            message = _("Căn cứ “%(basis)s” chưa ghi cơ quan ban hành.") % {
                "basis": shortened(basis.literal, 80)
            }
            yield finding("E17", "warning", message, basis.line)


def _collective(document: DocumentReading) -> Iterator[ReadingFinding]:
    """E7, E8: the collective that makes the plan signs it."""
    signing = document.signature.collective if document.signature else None
    if not (signing and document.collective):
        return
    made, signed = _full(document.collective), _full(signing)
    if made in signed or signed in made:
        return
    is_part = signed == "ban thuong vu" and re.match(
        r"(?:dang uy|huyen uy|thi uy|thanh uy|tinh uy)\b", made
    )
    message = _("Văn bản do “%(made)s” xây dựng nhưng ký thay mặt “%(signed)s”.")
    shown = {"made": document.collective, "signed": signing}
    line = document.signature.line if document.signature else document.line
    yield finding(
        "E8" if is_part else "E7", "info" if is_part else "warning", message % shown, line
    )


def _full(name: str) -> str:
    bare = words(name).replace("ubnd", "uy ban nhan dan").replace("hdnd", "hoi dong nhan dan")
    return bare.replace("btv", "ban thuong vu")


def _signature(document: DocumentReading) -> Iterator[ReadingFinding]:
    """E10: the post exists; E11: the name begins with a surname."""
    signature = document.signature
    if signature is None:
        return
    if signature.name and not signature.post:
        message = _("Người ký “%(name)s” không ghi chức vụ.") % {"name": signature.name}
        yield finding("E10", "warning", message, part_line(document, "name"))
    is_bare = not re.search(r"[^\x00-\x7f]", signature.post or "")
    if signature.post and not is_bare and not _POSTS.fullmatch(signature.post.upper()):
        message = _(
            "Chức vụ “%(post)s” không có trong danh mục chức danh; hãy kiểm tra (ví dụ “PHÓ BÍ THƯ THƯỜNG TRỰC”)."
        )
        yield finding(
            "E10", "warning", message % {"post": signature.post}, part_line(document, "post")
        )
    if signature.name:
        surname = re.sub(
            r"^(?:(?:TS|ThS|PGS|GS|BS|KS)\.?\s*|(?:Bác sĩ|Thạc sĩ|Tiến sĩ|Kỹ sư|Đồng chí|(?:Đại|Thượng|Trung|Thiếu) (?:tá|tướng|úy|uý))\s+)+",
            "",
            signature.name,
        ).split(" ")[0]
        if surname not in _SURNAMES:
            message = _("Họ “%(surname)s” của người ký ít gặp; hãy kiểm tra có sai dấu không.")
            yield finding(
                "E11", "info", message % {"surname": surname}, part_line(document, "name")
            )


def _layout(document: DocumentReading) -> Iterator[ReadingFinding]:
    """E23–E25: small matters of layout."""
    label = next((part for part in document.after if part.role == "recipients"), None)
    if label and ":" not in label.text:
        yield finding("E23", "info", _("“Nơi nhận” thiếu dấu hai chấm."), label.line)
    addressed = next((part for part in document.before if part.role == "addressees"), None)
    if addressed and re.match(r"Kính (?:gửi|trình)\s*:?\s*-", addressed.text):
        yield finding(
            "E25", "info", _("“Kính gửi” và dòng đầu danh sách nằm trên một dòng."), addressed.line
        )
    if document.system == "party":
        yield from _party_style(document)


def _party_style(document: DocumentReading) -> Iterator[ReadingFinding]:
    """E24: party papers number "I-" and end recipients with commas."""
    dotted = next(
        (clause for clause in document.clauses if re.fullmatch(r"[IVX]+\.", clause.marker)), None
    )
    if dotted:
        message = _("Văn bản của Đảng đánh số mục “I-”, ở đây ghi “%(marker)s”.") % {
            "marker": dotted.marker
        }
        yield finding("E24", "info", message, dotted.line)
    rows = [part for part in document.after if part.role == "recipient"]
    closed = [part for part in rows if part.text.rstrip().endswith(";")]
    if closed and len(closed) * 2 > len(rows):
        message = _("Nơi nhận của văn bản Đảng ngăn cách bằng dấu phẩy, ở đây dùng dấu chấm phẩy.")
        yield finding("E24", "info", message, closed[0].line)


def _organisation_code(document: DocumentReading) -> Iterator[ReadingFinding]:
    """E27: "TU" stands for Tỉnh ủy and for Thị ủy alike."""
    for basis in document.legal_bases:
        if (basis.symbol or "").endswith("/TU") and re.search(r"Thị (?:ủy|uỷ)", basis.body or ""):
            message = _("Ký hiệu “TU” ở “%(code)s” được dùng cho Thị ủy, dễ nhầm với Tỉnh ủy.")
            yield finding("E27", "info", message % {"code": basis.register_code}, basis.line)
