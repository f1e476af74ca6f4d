"""What the style guide shows: every component in every state, with invented rows."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from core.models import Message
from core.paging import Page
from dialogue.countdown import Countdown

LONG_NAME = (
    "Ban Tuyên giáo và Dân vận Đảng ủy phường Nguyễn Thị Minh Khai phối hợp với Ủy ban Mặt trận "
    "Tổ quốc Việt Nam phường và các tổ chức chính trị - xã hội"
)
# Words of the sample rows are examples, not interface: they are not translated.
SPINE = (
    ("Kế hoạch", "done", "15/01/2026"),
    ("Lấy ý kiến", "done", "14 ý kiến"),
    ("Chuẩn bị", "missing", "thiếu 2 câu trả lời"),
    ("Hội nghị", "current", "thứ Năm, 21/5/2026"),
    ("Kết luận", "later", "07 ngày làm việc sau hội nghị"),
    ("Thực hiện", "later", ""),
    ("Công khai", "later", ""),
)
TONES = (
    ("plain", "Dự thảo"),
    ("info", "Đang mở"),
    ("soon", "Chờ duyệt"),
    ("gold", "Đang diễn ra"),
    ("late", "Trả lại"),
    ("done", "Đã ban hành"),
    ("quiet", "Đã hủy"),
)
BARS = (
    ("Đất đai", 42),
    ("Giao thông, hạ tầng", 31),
    ("Vệ sinh môi trường, cấp thoát nước", 17),
    ("Chế độ, chính sách", 4),
    ("Khác", 0),
)


class SampleForm(forms.Form):
    """One field of every kind."""

    title = forms.CharField(label="Tên hội nghị", max_length=120)
    day = forms.DateField(
        label="Ngày tổ chức",
        help_text="Ngày làm việc, trước ngày ra thông báo ít nhất 10 ngày.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    kind = forms.ChoiceField(
        label="Hình thức",
        choices=[("", "Chọn một"), ("periodic", "Định kỳ"), ("ad_hoc", "Đột xuất")],
    )
    system = forms.ChoiceField(
        label="Hệ thống",
        choices=[("party", "Đảng"), ("state", "Nhà nước"), ("front", "Mặt trận Tổ quốc")],
        widget=forms.RadioSelect,
    )
    fields_of_life = forms.MultipleChoiceField(
        label="Lĩnh vực",
        required=False,
        choices=[("land", "Đất đai"), ("road", "Giao thông, hạ tầng"), ("policy", "Chính sách")],
        widget=forms.CheckboxSelectMultiple,
    )
    people = forms.IntegerField(label="Số người dự", min_value=1, required=False)
    text = forms.CharField(
        label="Nội dung",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Mỗi ý kiến một việc.",
    )
    paper = forms.FileField(label="Tệp kèm theo", required=False)
    consent = forms.BooleanField(
        label="Tôi đồng ý để cơ quan tiếp nhận lưu thông tin liên hệ của tôi nhằm trả lời ý kiến này."
    )


def samples(today: datetime.date) -> dict[str, Any]:
    """The context of the style guide."""
    now = timezone.now()
    days = (-9, -1, 0, 1, 4, 40)
    return {
        "today": today,
        "long_name": LONG_NAME,
        "tones": TONES,
        "spine": [
            {"label": label, "state": state, "detail": detail, "url": "#spine"}
            for label, state, detail in SPINE
        ],
        "clocks": [
            Countdown(
                LONG_NAME, "#clocks", today + datetime.timedelta(days=step), phrase, holder, True
            )
            for step, phrase, holder in (
                (9, "trong thời hạn 07 ngày làm việc kể từ khi kết thúc hội nghị", "chưa soạn"),
                (-4, "", "chờ Bí thư Lê Quang Minh ký"),
            )
        ],
        "days": [today + datetime.timedelta(days=step) for step in days],
        "bars": [{"label": label, "value": value} for label, value in BARS],
        "years": [today.year - 2, today.year - 1, today.year],
        "lines": [
            {"label": "Điểm kết luận", "values": [18, 24, 21]},
            {"label": "Đã giải quyết xong", "values": [12, 20, 9]},
        ],
        "empty_form": SampleForm(auto_id="id_empty_%s"),
        "wrong_form": SampleForm({"title": "Hội nghị đối thoại", "day": "31/02"}),
        "filter_form": SampleFilter(auto_id="id_filter_%s"),
        "facts": [
            ("Đơn vị chủ trì", LONG_NAME),
            ("Địa điểm", "Nhà văn hóa xã"),
            ("Số người dự", 120),
            ("Không có", ""),
        ],
        "history": [
            {"at": now, "by": "Nguyễn Thị Hậu", "label": "Ban hành", "note": ""},
            {
                "at": now - datetime.timedelta(days=1),
                "by": "Trần Văn Ước",
                "label": "Trả lại",
                "note": "Đề nghị ghi rõ thời gian hoàn thành ở mục IV.\nBổ sung đơn vị phối hợp.",
            },
            {"at": now - datetime.timedelta(days=2), "by": "", "label": "Trình duyệt", "note": ""},
        ],
        "tabs": [
            {"label": "Đang mở", "url": "#tabs", "is_current": True, "number": 12},
            {"label": "Đã báo cáo", "url": "#tabs", "number": 3},
            {"label": "Đã xong", "url": "#tabs", "number": 0},
            {"label": "Tất cả", "url": "#tabs"},
        ],
        "steps": ["Nội dung", "Thông tin liên hệ", "Kiểm tra và gửi"],
        "stale_rows": [
            {"label": "Địa điểm", "mine": "Nhà văn hóa xã", "theirs": "Hội trường Ủy ban"},
            {"label": "Thời gian", "mine": "8 giờ 00", "theirs": "8 giờ 00"},
        ],
        "page": Page([], "sau=x", "truoc=x", Message.objects.none()),
    }


class SampleFilter(forms.Form):
    """The filters of a list."""

    q = forms.CharField(label="Từ khóa", required=False)
    state = forms.ChoiceField(label="Tình trạng", required=False, choices=[("", "Tất cả")])
