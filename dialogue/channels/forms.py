"""What is typed about gateways, pauses, one's number and the systems events are told to."""

import base64
import binascii
import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import webhooks
from core.fields import LineField
from core.mailer import RejectedError, UnreachableError
from core.models import Endpoint
from core.versions import WatchedForm
from dialogue.channels.models import CHOICES

PHONE = re.compile(r"0\d{9}")


class AddressMixin(forms.Form):
    """An address that we may post to; looked up when it is typed and again at every post."""

    name = LineField(120, label=_("Tên gọi"))
    url = LineField(
        500, label=_("Địa chỉ nhận (https)"), widget=forms.URLInput(attrs={"inputmode": "url"})
    )

    def clean_url(self) -> str:
        """Say at once what would fail later."""
        url: str = self.cleaned_data["url"]
        try:
            webhooks.find_target(url)
        except (RejectedError, UnreachableError) as error:
            raise forms.ValidationError(str(error)) from None
        return url


class HookForm(AddressMixin):
    """A system and what it wants to be told."""

    chosen = forms.MultipleChoiceField(
        label=_("Báo các sự kiện"),
        choices=CHOICES,
        widget=forms.CheckboxSelectMultiple,
        initial=[event for event, _label in CHOICES],
    )


class ChangeHookForm(WatchedForm, HookForm):
    """The same, and whether it is told at all."""

    is_active = forms.BooleanField(label=_("Đang gửi"), required=False)


class GatewayForm(AddressMixin):
    """A gateway of text messages."""

    kind = forms.ChoiceField(
        label=_("Loại"),
        choices=[(kind.value, kind.label) for kind in (Endpoint.Kind.SMS, Endpoint.Kind.ZALO)],
    )
    template_id = LineField(60, label=_("Mã mẫu tin"), required=False)
    is_approved = forms.BooleanField(
        label=_("Nhà mạng hoặc Zalo đã duyệt mẫu tin này"),
        required=False,
        help_text=_("Chưa duyệt thì không tin nào đi qua cổng; người nhận được gửi thư điện tử."),
    )
    is_active = forms.BooleanField(label=_("Đang dùng"), required=False, initial=True)
    secret = LineField(
        200,
        label=_("Khóa ký (whsec_…)"),
        required=False,
        help_text=_("Do nhà cung cấp cấp. Để trống: giữ khóa đang có, cổng mới thì tự tạo."),
    )

    def clean_secret(self) -> str:
        """It must be readable as a key, or nothing would ever be signed with it."""
        secret: str = self.cleaned_data["secret"]
        try:
            key = base64.b64decode(secret.removeprefix(webhooks.PREFIX), validate=True)
        except binascii.Error:
            raise forms.ValidationError(_("Khóa phải là chuỗi base64.")) from None
        if secret and not 24 <= len(key) <= 64:
            raise forms.ValidationError(_("Khóa phải dài từ 24 đến 64 byte."))
        return secret


class PauseForm(forms.Form):
    """What is held back and why."""

    scope = forms.ChoiceField(choices=[("channel", "channel"), ("kind", "kind")])
    value = LineField(100, label=_("Kênh hoặc loại tin"))
    reason = LineField(250, label=_("Lý do"))


class WishForm(forms.Form):
    """One's own wish; a gateway that cannot send now is not offered."""

    endpoint = forms.ModelChoiceField(
        Endpoint.objects.none(),
        label=_("Nhận qua"),
        required=False,
        blank=True,
        empty_label=_("Thư điện tử"),
        widget=forms.RadioSelect,
    )
    phone = LineField(
        15,
        label=_("Số điện thoại"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the gateways in use."""
        super().__init__(*args, **kwargs)
        gateways = Endpoint.objects.exclude(kind=Endpoint.Kind.SYSTEM)
        field: Any = self.fields["endpoint"]
        field.queryset = gateways.filter(is_active=True, is_approved=True)

    def clean(self) -> dict[str, Any]:
        """A gateway needs a number, as it is written in this country."""
        typed: dict[str, Any] = super().clean() or {}
        phone = re.sub(r"[\s.]", "", typed.get("phone", "")).replace("+84", "0", 1)
        if typed.get("endpoint") and not PHONE.fullmatch(phone):
            self.add_error("phone", _("Số điện thoại gồm 10 chữ số, bắt đầu bằng 0."))
        return {**typed, "phone": phone}
