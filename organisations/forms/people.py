"""Who joins, and passwords."""

from typing import Any

from allauth.account.forms import ChangePasswordForm as AllauthChangeForm
from allauth.account.forms import ResetPasswordKeyForm as AllauthResetForm
from django import forms
from django.utils.translation import gettext_lazy

from core.fields import LineField
from organisations.models import Organisation, Post, Role


class MemberForm(forms.Form):
    """Who joins, in what role."""

    email = forms.EmailField(label=gettext_lazy("Địa chỉ thư điện tử"))
    full_name = LineField(120, label=gettext_lazy("Họ và tên"))
    role = forms.ChoiceField(label=gettext_lazy("Vai trò"), choices=Role.choices)
    post = forms.ModelChoiceField(
        Post.objects.none(),
        label=gettext_lazy("Chức vụ"),
        required=False,
        empty_label=gettext_lazy("Không ghi"),
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        """Offer the body's posts."""
        super().__init__(*args, **kwargs)
        field = self.fields["post"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = organisation.posts.order_by("name")


class ChangePasswordForm(AllauthChangeForm):  # type: ignore[misc]
    """A new password for oneself; allauth's own words here are English."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Name the fields in Vietnamese."""
        super().__init__(*args, **kwargs)
        _name_passwords(self)


class ResetPasswordForm(AllauthResetForm):  # type: ignore[misc]
    """A new password behind the link of a letter."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Name the fields in Vietnamese."""
        super().__init__(*args, **kwargs)
        _name_passwords(self)


def _name_passwords(form: forms.Form) -> None:
    words = {
        "oldpassword": gettext_lazy("Mật khẩu hiện tại"),
        "password1": gettext_lazy("Mật khẩu mới"),
        "password2": gettext_lazy("Nhập lại mật khẩu mới"),
    }
    for name in words.keys() & form.fields.keys():
        form.fields[name].label = words[name]
        form.fields[name].widget.attrs.pop("placeholder", None)
