"""What kinds of messages are called where the administrator holds one back: by the key's first word.

A kind that is not named here is shown by the subject of one of its messages.
"""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "answer-at-head": _("Câu trả lời chờ lãnh đạo cơ quan duyệt"),
    "answer-by-link": _("Có trả lời gửi qua đường dẫn"),
    "answer-link": _("Đường dẫn trả lời gửi cơ quan"),
    "answer-released": _("Báo người dân: đã có trả lời"),
    "answer-sent-back": _("Câu trả lời bị trả lại"),
    "digest": _("Nhắc việc: thư gộp trong ngày"),
    "due-request": _("Đề nghị về thời hạn"),
    "email-confirm": _("Người dân xác nhận địa chỉ thư"),
    "event": _("Sự kiện báo cho hệ thống của cơ quan"),
    "follow-ask": _("Người dân xác nhận nhận tin về hội nghị"),
    "follow-news": _("Tin về hội nghị gửi người dân"),
    "forwarding": _("Chuyển ý kiến giữa các cấp"),
    "invitation": _("Giấy mời dự hội nghị"),
    "late-delegate": _("Xin đổi đại biểu sau hạn"),
    "nominate": _("Đề nghị cử đại biểu"),
    "recount": _("Thời hạn tính lại theo lịch làm việc"),
    "session-moved": _("Hội nghị đổi thời gian"),
    "task-accepted": _("Nhiệm vụ đã nghiệm thu"),
    "task-cancelled": _("Nhiệm vụ bị hủy"),
    "task-comment": _("Ý kiến giám sát"),
    "task-contest": _("Giám sát đề nghị xem xét lại"),
    "task-due": _("Thời hạn nhiệm vụ thay đổi"),
    "task-reported": _("Nhiệm vụ chờ nghiệm thu"),
    "task-returned": _("Báo cáo bị trả lại"),
    "tasks-given": _("Giao nhiệm vụ"),
    "token-made": _("Cơ quan có mã truy cập mới"),
}
