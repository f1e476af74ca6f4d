"""One field: where news goes."""

from django import forms
from django.utils.translation import gettext_lazy as _


class FollowForm(forms.Form):
    """The address of whoever wants news."""

    address = forms.EmailField(
        label=_("Địa chỉ thư điện tử"),
        max_length=200,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Hãy ghi địa chỉ thư điện tử."),
            "invalid": _("Địa chỉ thư điện tử chưa đúng, ví dụ: ten@vi-du.vn."),
        },
    )
