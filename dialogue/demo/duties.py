"""Who does what in the demonstration's plan: every part a body can play."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DutyRow:
    """One duty; `bound` and `days` make "trước ngày …", counted from the day of loading.

    With an empty `bound`, `phrase` is the deadline itself (or there is none).
    """

    body: str
    text: str
    part: str
    stage: str
    bound: str = ""
    days: int = 0
    phrase: str = ""
    deliverable: str = ""
    send_to: str = ""
    via: str = ""
    cooperating: tuple[str, ...] = ()


WITHIN_SEVEN_DAYS = "trong thời hạn 07 ngày làm việc kể từ khi kết thúc hội nghị"
DUTIES = (
    DutyRow(
        "ban_xdd",
        "Chủ trì, phối hợp với Văn phòng Đảng ủy phân loại ý kiến, chuyển cơ quan trả lời",
        "lead",
        "before",
        bound="chậm nhất",
        days=12,
        cooperating=("van_phong",),
    ),
    DutyRow(
        "ban_xdd",
        "Theo dõi, đôn đốc các cơ quan thực hiện thông báo kết luận",
        "monitor",
        "after",
    ),
    DutyRow(
        "van_phong",
        "Tham mưu giấy mời, chương trình, tài liệu hội nghị",
        "advise",
        "before",
        bound="trước",
        days=15,
        deliverable="Giấy mời, tài liệu",
    ),
    DutyRow(
        "van_phong",
        "Trình dự thảo thông báo kết luận",
        "lead",
        "after",
        phrase=WITHIN_SEVEN_DAYS,
        deliverable="Dự thảo thông báo kết luận",
    ),
    DutyRow(
        "ubnd",
        "Chỉ đạo các phòng chuyên môn chuẩn bị báo cáo và nội dung trả lời",
        "direct",
        "before",
        bound="trước",
        days=10,
        deliverable="Báo cáo",
        send_to="dang_uy",
        via="ban_xdd",
    ),
    DutyRow(
        "kinh_te",
        "Chuẩn bị nội dung trả lời về giao thông, thủy lợi, đất đai",
        "lead",
        "before",
        bound="trước",
        days=3,
        deliverable="Văn bản trả lời",
        send_to="ubnd",
    ),
    DutyRow(
        "van_xa",
        "Chuẩn bị nội dung trả lời về an sinh xã hội, văn hóa",
        "lead",
        "before",
        bound="trước",
        days=9,
        deliverable="Văn bản trả lời",
    ),
    DutyRow("cong_an", "Bảo đảm an ninh, trật tự tại các hội nghị", "cooperate", "during"),
    DutyRow(
        "mttq",
        "Giám sát việc tổ chức đối thoại và thực hiện kết luận, báo cáo kết quả giám sát",
        "supervise",
        "after",
        bound="trước",
        days=30,
        deliverable="Báo cáo giám sát",
    ),
    DutyRow(
        "nong_dan",
        "Phối hợp tổng hợp ý kiến hội viên gửi về Ban Xây dựng Đảng",
        "cooperate",
        "before",
        bound="chậm nhất",
        days=6,
        deliverable="Bảng tổng hợp ý kiến",
        send_to="ban_xdd",
    ),
    DutyRow(
        "chi_bo_1",
        "Thông báo rộng rãi thời gian, địa điểm, nội dung đối thoại; tổng hợp ý kiến",
        "lead",
        "before",
        bound="trước",
        days=7,
    ),
)
