"""The look-up page: a code and a secret, forgiving about how they are copied."""

from django import forms
from django.utils.translation import gettext_lazy

from core.codes import plain_code
from core.fields import LineField


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
