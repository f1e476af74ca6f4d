"""Carrying out what a sender asked about the data of a form, and how long data are kept."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.fields import LineField, TextField
from feedback.actions import Contact
from feedback.models import Opinion

LONGEST = 36_500


class SureForm(forms.Form):
    """One more question before something is done that cannot be undone."""

    sure = forms.BooleanField(
        label=gettext_lazy("Đã kiểm tra đúng người yêu cầu bằng mã tra cứu và mã bí mật"),
        error_messages={"required": gettext_lazy("Hãy đánh dấu để xác nhận.")},
    )


class EraseForm(SureForm):
    """For each opinion an agency already has: its words without what tells whose they are."""

    def __init__(self, *args: Any, opinions: Iterable[Opinion] = (), **kwargs: Any) -> None:
        """Take the opinions whose words stay."""
        super().__init__(*args, **kwargs)
        self.names = {f"kept_{row.pk}": row.pk for row in opinions}
        for row in opinions:
            parts = [row.text, row.proposal, *(added.text for added in row.additions.all())]
            self.fields[f"kept_{row.pk}"] = TextField(
                6000,
                label=_("Nội dung %(code)s giữ lại không tên") % {"code": row.code},
                help_text=_("Bỏ họ tên, số điện thoại, địa chỉ nhà và điều gì nhận ra người gửi."),
                initial="\n\n".join(part for part in parts if part),
                error_messages={"required": _("Cơ quan đã được giao việc này; hãy ghi nội dung.")},
                widget=forms.Textarea(attrs={"rows": 6}),
            )
        self.order_fields([*self.names, "sure"])

    @property
    def kept(self) -> dict[int, str]:
        """The words that stay, by opinion."""
        return {pk: self.cleaned_data[name] for name, pk in self.names.items()}


class ContactForm(forms.Form):
    """The contact data as the sender wants them; what is emptied is erased."""

    full_name = LineField(120, label=gettext_lazy("Họ và tên"), required=False)
    phone = LineField(20, label=gettext_lazy("Điện thoại"), required=False)
    email = LineField(
        254,
        label=gettext_lazy("Thư điện tử"),
        required=False,
        validators=[validate_email],
        help_text=gettext_lazy("Địa chỉ mới phải được xác nhận lại trước khi nhận thư."),
    )
    address = LineField(250, label=gettext_lazy("Địa chỉ nhận trả lời"), required=False)

    def contact(self) -> Contact:
        """What was typed."""
        return Contact(**self.cleaned_data)


class RefuseForm(forms.Form):
    """Why a request cannot be carried out."""

    reason = TextField(
        1000,
        label=gettext_lazy("Lý do"),
        help_text=gettext_lazy("Người gửi đọc được ở trang tra cứu. Không ghi tên ai vào đây."),
        error_messages={"required": gettext_lazy("Hãy ghi lý do.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class PeriodForm(forms.Form):
    """How long a kind of data is kept, and on what ground."""

    days = forms.IntegerField(
        min_value=1, max_value=LONGEST, label=gettext_lazy("Số ngày được giữ")
    )
    source = LineField(250, label=gettext_lazy("Căn cứ"))
