"""What is typed to give a system its key."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.fields import LineField, VietDateField
from dialogue.api.models import AccessToken

LONGEST = datetime.timedelta(days=366)


class TokenForm(forms.Form):
    """For which program the key is, what it may do and until when."""

    name = LineField(
        80,
        label=gettext_lazy("Dùng cho phần mềm nào"),
        help_text=gettext_lazy("Ví dụ: phần mềm quản lý văn bản của phòng."),
    )
    scope = forms.ChoiceField(
        label=gettext_lazy("Được làm gì"),
        choices=AccessToken.Scope.choices,
        widget=forms.RadioSelect,
        initial=AccessToken.Scope.READ,
        help_text=gettext_lazy(
            "“Đọc và ghi” được cập nhật tiến độ, báo cáo kết quả, xin gia hạn, gửi dự thảo trả lời."
        ),
    )
    expires_on = VietDateField(
        label=gettext_lazy("Dùng đến hết ngày"), help_text=gettext_lazy("Nhiều nhất một năm.")
    )

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        """Know what is past; half a year is offered."""
        self.today = today
        kwargs.setdefault("initial", {"expires_on": today + LONGEST / 2})
        super().__init__(*args, **kwargs)

    def clean_expires_on(self) -> datetime.date:
        """A day from today on, within a year."""
        day: datetime.date = self.cleaned_data["expires_on"]
        if not self.today <= day <= self.today + LONGEST:
            raise forms.ValidationError(_("Hãy ghi một ngày từ hôm nay, trong vòng một năm."))
        return day
