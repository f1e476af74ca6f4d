"""Names of bodies inside sentences: where a list of them ends and where it is cut (domain.md §4.1.4)."""

import re

from documents.reading.letters import fold_in_place, one_line, regex

HEADS = (
    "ldld|tldld|lien hiep|hlhpn|dtn|ccb|hnd|(?:hai|ba|bon|2|3|02|03) (?:ban|to|phong|hoi)|thue|ngan hang|hai quan|hiep hoi|cau lac bo|clb|vien thong|dien luc|benh vien|vien|hat|doi|don bien phong|bo doi|bo chi huy"
    "|dai hoc|hoc vien|chi nhanh|chu dau tu|doanh nghiep|toan the|chi doan|lien minh|ho kinh doanh|huyen doan|tinh doan|thanh doan|thi doan|xa doan|ban|van phong|uy ban|ubnd|hdnd|hoi dong|mttq|mat tran|ub mttq|ubmttq|ub mat tran|hoi(?! nghi| vien| truong dan)|doan(?! vien)|cong an"
    "|quan su|bchqs|phong|co quan|so(?! luong)|trung tam|dai(?! dien)|dang uy|chi uy|chi bo|dang bo|dang doan|truong|tram"
    "|khoi|thanh tra|to(?! chuc)|lien doan|cong doan|thuong truc|huyen uy|thi uy|thanh uy|tinh uy|quan uy|cap uy|dang uy vien"
    "|ubkt|bi thu|pho bi thu|chu tich|pho chu tich|ct|pct|lanh dao|dong chi|d/c|toa an|vien kiem sat"
    "|chi cuc|cuc|kho bac|bao hiem|buu dien|bo(?! tri| sung)|chinh phu|quoc hoi|nguoi dung dau|doan the|truong thon"
    "|truong ban|hieu truong|giam doc|chanh|tong cong ty|cong ty|hop tac xa|htx|nha van hoa|bao(?! cao| dam| gom)|cong thong tin"
    "|thon|xom|khu dan cu|dau moi|bo phan|btv|bch|tt|vp|cac ban|bql|to chuc|don vi|dia phuong|vpdu|cong chuc|can bo|nha truong|tieu ban|chi hoi|doi |nguoi|chu nhiem|dao|nganh|thu truong|chinh quyen|cap"
)
"""First words of bodies and posts, folded."""

_HEAD = re.compile(rf"(?:{HEADS})\b")
_PLURAL = re.compile(r"(?:cac|nhung|mot so|toan the|tung|moi|dai dien|dai bieu|cap)\s")
_SMALL_HEAD = regex(
    r"(?:phòng|ban|hội|đoàn|trung tâm|công an|văn phòng|đảng ủy|chi bộ|trường|trạm|sở|cơ quan|thường trực|đồng chí|đ/c)\s+[A-ZĐÀ-Ỹ]"
)
VERBS = (
    "tham mưu|dự thảo|xây dựng|tổng hợp|chuẩn bị|nắm|theo dõi|thường xuyên|tuyên truyền|tổ chức|rà soát"
    "|giám sát|đôn đốc|hướng dẫn|bảo đảm|đảm bảo|thực hiện|triển khai|ban hành|trình|báo cáo|gửi"
    "|giải quyết|trả lời|phát hành|mời|lựa chọn|bố trí|kiểm tra|tiếp nhận|phân loại|xử lý|in|phát(?! thanh| triển)"
    "|niêm yết|đăng|đưa tin|thông báo|cử|lập|thống nhất|đề xuất|kịp thời|tiếp tục|chủ động|làm|để|trong"
    "|trước|sau|khi|nhằm|theo|lấy|thu|hoàn thiện|hoàn chỉnh|thẩm định|kiểm soát|rất|phục vụ|quán triệt"
    "|vận động|phổ biến|chỉ đạo|phân công|xem xét|cung cấp|phối hợp|chịu|bám|đồng thời|qua|chậm|tại"
    "|ngay|từ|về|có trách nhiệm|giúp(?! việc)|lồng ghép|quản lý|ghi|truyền(?= đạt| tải| thông (?:về|rộng|kịp))|tập trung|nghiên cứu|đánh giá|giao"
    "|tập hợp|thu thập|khắc phục|giới thiệu|đăng ký|tham gia|tham dự|tiếp thu|biên tập|hỗ trợ|phản ánh|nâng cao|phát huy|phát động|công khai|chủ trì|xong|nghiêm túc|khẩn trương|khảo sát|cập nhật|đề nghị|duy trì|động viên|quán triệt|thành lập|yêu cầu|xác định|tiến hành|hoàn thành|vào|bằng|và tổ chức|sắp xếp|huy động|đẩy mạnh|tăng cường|dự kiến|soạn|viết|ký(?! kết)|định kỳ"
)
"""What ends a list of bodies: verbs of acting and words that lead on."""
_END = re.compile(
    r"[.:;()\n“”\"@]|,\s*(?:[Ee]mail|[Ee]-mail|điện thoại|ĐT|SĐT|thư điện tử|số điện thoại)\b"
    rf"|(?<!\w)(?<!các )(?<!những )(?<!công tác )(?:{VERBS})(?!\w)"
)
_COMPOUNDS = re.compile(
    r"(?:[Bb]an (?:chỉ đạo|tổ chức|quản lý|vận động|giám sát|kiểm tra|xây dựng)"
    r"|[Tt]ổ (?:tổng hợp|giám sát|thẩm định|tiếp nhận|quản lý|kiểm tra|soạn thảo|giúp việc|vận động|tuyên truyền)"
    r"|[Tt]rung tâm (?:phục vụ|quản lý|kiểm soát|xúc tiến|tổ chức|truyền)"
    r"|[Bb]ộ phận (?:tiếp nhận|phục vụ|tham mưu|giải quyết|theo dõi|tổng hợp)"
    r"|[Cc]ơ quan (?:chủ trì|phối hợp|tham mưu(?=,? giúp việc| của| Đảng| Huyện| Tỉnh| Thị)|quản lý|kiểm tra(?=,| của| Đảng)|giám sát(?=,| của)"
    r"|tổ chức(?= (?:nhà nước|đảng))|thẩm định|thực hiện(?= chức năng)|báo)"
    r"|[Hh]ội (?:làm|phục vụ))(?!\w)"
)
"""Names of bodies that hold the word of a verb."""
_NOUN = re.compile(
    r"tổ chức(?= (?:chính trị|đảng|đoàn|xã hội|liên quan|hội)|, (?:cá nhân|đơn vị|cơ quan|người))"
)
_GAP = re.compile(r"(\s*;\s*|\s*,\s*(?:và\s+)?|\s+và\s+|\s+cùng\s+(?=các|những))")
_TRAILING = re.compile(r"[\s,]+(?:và|cùng)$")
_UNIT = re.compile(r"(?:xa|phuong|thi tran|nganh|cap|huyen|tinh)\b")


def names_at(text: str, start: int) -> tuple[tuple[str, ...], int]:
    """The bodies listed from `start` on, and where the list ends; () if none stands there."""
    tail = text[start:]
    lead = len(tail) - len(tail.lstrip())
    if not is_body(tail[lead:]):
        return (), start
    end = _end_of(tail)
    return split_names(tail[:end]), start + end


def is_body(text: str) -> bool:
    """Whether the text begins with the name of a body or a post, or with "các …"."""
    folded = fold_in_place(text[:60]).lstrip()
    plural = _PLURAL.match(folded)
    if plural:
        rest = folded[plural.end() :]
        return bool(_HEAD.match(rest) or _UNIT.match(rest))
    return bool(_HEAD.match(folded))


def split_names(text: str) -> tuple[str, ...]:
    """Cut a list of bodies: "A, B và các cơ quan, đơn vị liên quan" → three names."""
    pieces = _GAP.split(text)
    found = [pieces[0]]
    for gap, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        if _is_new(piece, found[-1], gap):
            found.append(piece)
        else:
            found[-1] += gap + piece
    return tuple(
        name for piece in found if (name := _TRAILING.sub("", one_line(piece).strip(" ,;.-")))
    )


def _is_new(piece: str, before: str, gap: str) -> bool:
    """Whether `piece` begins another name: "Dân vận" after "Ban Tuyên giáo và" does not."""
    if ";" in gap:
        return True
    if re.search(r"Văn phòng HĐND$|Chủ tịch HĐND$", before.strip()) and piece.startswith("UBND"):
        return False
    if re.match(r"(?:các|những|một số|toàn thể|đại diện|lãnh đạo)\s", piece, re.IGNORECASE):
        return True
    return bool(_SMALL_HEAD.match(piece)) or (piece[:1].isupper() and is_body(piece))


def _end_of(tail: str) -> int:
    """Where the names end: at a mark that closes them or at the first verb in small letters."""
    at = 0
    while True:
        found = _END.search(tail, at)
        if not found:
            return len(tail)
        if not _NOUN.match(tail, found.start()) and not _is_compound(tail, found):
            return found.start()
        at = found.end()


def _is_compound(tail: str, found: re.Match[str]) -> bool:
    """ "ban chỉ đạo", "tổ giúp việc" are bodies; in "phòng, ban chuẩn bị" the verb ends the names."""
    before = re.search(r"(?:[Tt]rung tâm|[Bb]ộ phận|[Cc]ơ quan|\w+) $", tail[: found.start()])
    return bool(before and _COMPOUNDS.match(tail, before.start()))
