"""The look-up page: a code and a secret, forgiving about how they are copied."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.codes import plain_code
from core.fields import LineField, TextField
from feedback.models import DataRequest


class TrackForm(forms.Form):
    """The code and the secret as the receipt shows them."""

    code = LineField(
        60,
        label=gettext_lazy("Mã tra cứu"),
        help_text=gettext_lazy("8 ký tự, ví dụ 7K3M-9Q2X"),
        error_messages={"required": gettext_lazy("Hãy nhập mã tra cứu.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    secret = LineField(
        60,
        label=gettext_lazy("Mã bí mật"),
        help_text=gettext_lazy("15 ký tự; chữ hoa, chữ thường, dấu cách đều được"),
        error_messages={"required": gettext_lazy("Hãy nhập mã bí mật.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def clean_code(self) -> str:
        """The code as it is kept."""
        return plain_code(self.cleaned_data["code"])

    def clean_secret(self) -> str:
        """The secret as it is kept."""
        return plain_code(self.cleaned_data["secret"])


class AdditionForm(forms.Form):
    """More words on an opinion; the token makes a double click count once."""

    text = TextField(
        3000,
        label=gettext_lazy("Bổ sung thông tin"),
        help_text=gettext_lazy("Tối đa 3000 ký tự. Văn phòng và cơ quan trả lời đọc được."),
        error_messages={"required": gettext_lazy("Hãy viết điều muốn bổ sung.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class WithdrawForm(forms.Form):
    """One more question before an opinion is taken back."""

    sure = forms.BooleanField(
        label=gettext_lazy("Tôi rút ý kiến này; việc rút không làm lại được"),
        error_messages={"required": gettext_lazy("Hãy đánh dấu để xác nhận.")},
    )


class VerdictForm(forms.Form):
    """Whether the matter is settled, and if not, why."""

    is_settled = forms.TypedChoiceField(
        label=gettext_lazy("Việc này đã được giải quyết chưa?"),
        choices=[("1", gettext_lazy("Đã được giải quyết")), ("0", gettext_lazy("Chưa"))],
        coerce=lambda chosen: chosen == "1",
        widget=forms.RadioSelect,
    )
    reason = TextField(
        1000,
        label=gettext_lazy("Nếu chưa: còn vướng điều gì?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """An unsettled matter needs a reason the office can act on."""
        typed = super().clean() or self.cleaned_data
        if typed.get("is_settled") is False and not typed.get("reason"):
            self.add_error("reason", _("Hãy cho biết còn vướng điều gì."))
        return typed


class DataRequestForm(forms.Form):
    """What is asked about the personal data of a form."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Ông/Bà yêu cầu"),
        choices=DataRequest.Kind.choices,
        widget=forms.RadioSelect,
    )
    note = TextField(
        1000,
        label=gettext_lazy("Nói thêm, ví dụ dữ liệu nào cần sửa"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
