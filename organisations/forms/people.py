"""Who joins, who is away, and passwords."""

import datetime
from typing import Any

from allauth.account.forms import ChangePasswordForm as AllauthChangeForm
from allauth.account.forms import LoginForm as AllauthLoginForm
from allauth.account.forms import ReauthenticateForm as AllauthReauthenticateForm
from allauth.account.forms import ResetPasswordForm as AllauthForgottenForm
from allauth.account.forms import ResetPasswordKeyForm as AllauthResetForm
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.fields import LineField, OneRowField, VietDateField
from organisations import queries
from organisations.forms.fields import CheckedForm, offer
from organisations.models import Organisation, Post, Role, User


class MemberForm(CheckedForm):
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

    def problem(self, values: dict[str, Any]) -> queries.Problem | None:
        """The account of that address is closed."""
        return queries.member_problem(email=values["email"])


class AbsenceForm(CheckedForm):
    """Who is away from when to when, and who stands in."""

    absent = OneRowField(
        User.objects.none(), label=gettext_lazy("Người vắng"), empty_label=gettext_lazy("Chọn…")
    )
    substitute = OneRowField(
        User.objects.none(),
        label=gettext_lazy("Người thay"),
        empty_label=gettext_lazy("Chọn…"),
        help_text=gettext_lazy(
            "Người cùng cơ quan. Nếu người thay cũng vắng, việc tự chuyển tiếp tới người thay của họ."
        ),
    )
    starts_on = VietDateField(label=gettext_lazy("Từ ngày"))
    ends_on = VietDateField(label=gettext_lazy("Đến hết ngày"))
    reason = LineField(200, label=gettext_lazy("Lý do"), required=False)

    def __init__(self, *args: Any, user: User, today: datetime.date, **kwargs: Any) -> None:
        """Let a person enter one's own absence; a head and an administrator those of others too."""
        super().__init__(*args, **kwargs)
        self.today = today
        offer(self, "absent", queries.may_be_away(user, today))
        offer(self, "substitute", queries.may_stand_in(user, today))
        self.initial.setdefault("absent", user.pk)

    def problem(self, values: dict[str, Any]) -> queries.Problem | None:
        """Days gone by, a second absence, a loop."""
        known = {name: value for name, value in values.items() if name != "reason"}
        return queries.absence_problem(**known, today=self.today)


class AccountForm(forms.Form):
    """What allauth's forms have in common here: our words for their fields."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Name the fields once, above them."""
        super().__init__(*args, **kwargs)
        words = {
            "login": gettext_lazy("Địa chỉ thư điện tử"),
            "email": gettext_lazy("Địa chỉ thư điện tử"),
            "password": gettext_lazy("Mật khẩu"),
            "oldpassword": gettext_lazy("Mật khẩu hiện tại"),
            "password1": gettext_lazy("Mật khẩu mới"),
            "password2": gettext_lazy("Nhập lại mật khẩu mới"),
        }
        for name in words.keys() & self.fields.keys():
            self.fields[name].label = words[name]
            self.fields[name].widget.attrs.pop("placeholder", None)


class LoginForm(AccountForm, AllauthLoginForm):  # type: ignore[misc]
    """An address and a password."""


class ReauthenticateForm(AccountForm, AllauthReauthenticateForm):  # type: ignore[misc]
    """The password once more, before something that matters."""


class ForgottenPasswordForm(AccountForm, AllauthForgottenForm):  # type: ignore[misc]
    """Where the letter for a new password goes."""


class NewPasswordForm(AccountForm):
    """A new password, typed twice."""

    def clean_password2(self) -> str:
        """The same twice."""
        again: str = self.cleaned_data["password2"]
        if self.cleaned_data.get("password1", again) != again:
            raise forms.ValidationError(_("Hai lần nhập mật khẩu mới chưa giống nhau."))
        return again


class ChangePasswordForm(NewPasswordForm, AllauthChangeForm):  # type: ignore[misc]
    """A new password for oneself."""


class ResetPasswordForm(NewPasswordForm, AllauthResetForm):  # type: ignore[misc]
    """A new password behind the link of a letter."""
