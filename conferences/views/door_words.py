"""What the door page says by itself, also without a network; {…} are filled in by the page."""

from django.utils.translation import gettext_lazy as _

DOOR_WORDS = {
    "arrived": _("Đã ghi có mặt lúc {at}"),
    "arrivedWalkIn": _("Đã ghi khách ngoài danh sách lúc {at}"),
    "again": _("{name} đã vào lúc {at} tại {desk}"),
    "againMore": _(
        "Người đón: {who}. Không ghi thêm lần nào. Nếu là người khác cầm mã này (mã bị chụp lại), "
        "hãy đối chiếu giấy tờ rồi ghi là khách ngoài danh sách."
    ),
    "saidNo": _("Đã báo vắng, nay vẫn đến: ghi có mặt bình thường."),
    "standsFor": _("Dự thay {name}."),
    "sentOther": _("Đã cử {name} dự thay. Nếu cả hai cùng đến, hỏi xem ai dự."),
    "otherIsIn": _("Người dự thay là {name} đã vào trước."),
    "seat": _("Chỗ ngồi: {seat}"),
    "unknown": _(
        "Mã này không có trong danh sách trên máy: có thể là giấy mời của hội nghị khác, hoặc người "
        "này đã được đưa khỏi danh sách. Hãy hỏi tên rồi tìm theo tên."
    ),
    "otherHall": _("Mã này là của hội nghị khác: {title}"),
    "nothingWritten": _("Chưa ghi gì. Máy này đang đón khách ở một hội nghị khác."),
    "backToDoor": _("Quay lại cửa đang đón"),
    "hereIndeed": _("Đón ở hội nghị này"),
    "asking": _("Đang hỏi máy chủ về mã này…"),
    "badCode": _("Mã chưa đúng: sai hoặc thiếu một ký tự. Hãy nhìn lại mã hoặc tìm theo tên."),
    "nobody": _("Không thấy ai tên như vậy. Thử ít chữ hơn, hoặc ghi là khách ngoài danh sách."),
    "several": _("Có {n} người khớp: chọn đúng người theo chức vụ, đơn vị."),
    "more": _("Còn {n} người nữa: gõ thêm chữ để thu gọn."),
    "undone": _("Đã bỏ ghi có mặt: {name}"),
    "refused": _("Chưa ghi được: {name}"),
    "toldLater": _("{n} lượt vừa gửi cần Ông/Bà xem lại"),
    "sent": _("Đã gửi hết"),
    "waiting": _("{n} lượt đang gửi"),
    "offline": _("Mất mạng: cứ đón khách. {n} lượt giữ trên máy này, có mạng sẽ tự gửi."),
    "logIn": _(
        "Hết phiên làm việc. {n} lượt còn giữ trên máy: đăng nhập lại rồi mở lại trang này."
    ),
    "over": _("Hội nghị đã kết thúc hoặc đã hủy; danh sách trên máy này đã được xóa."),
    "noList": _("Máy này chưa có danh sách: hãy mở trang một lần khi có mạng."),
    "noCamera": _(
        "Không mở được máy ảnh. Gõ mã hoặc tên, hoặc quét bằng ứng dụng máy ảnh của điện thoại."
    ),
    "full": _("Đã có {n} người, hội trường có {seats} chỗ."),
    "fewSeats": _("Danh sách {n} người nhưng hội trường có {seats} chỗ."),
    "no": _("báo vắng"),
    "yes": _("sẽ dự"),
    "substitute": _("cử người thay"),
    "come": _("Có mặt"),
    "undo": _("Bỏ ghi"),
    "in": _("vào lúc {at}"),
    "stranger": _("ngoài danh sách"),
    "doorName": _("cửa"),
    "stop": _("Tắt máy ảnh"),
    "scan": _("Quét mã"),
}
