"""How allauth behaves here: nobody signs up, the administrator makes accounts."""

from typing import ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    UserAttributeSimilarityValidator,
)
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core import audit
from organisations.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Log-in and password reset only, refusing in Vietnamese."""

    error_messages: ClassVar[dict[str, object]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Tài khoản này đã ngừng hoạt động."),
        "email_password_mismatch": _("Địa chỉ thư điện tử hoặc mật khẩu không đúng."),
        "enter_current_password": _("Xin nhập đúng mật khẩu hiện tại."),
        "incorrect_password": _("Mật khẩu không đúng."),
        "invalid_login": _("Địa chỉ thư điện tử hoặc mật khẩu không đúng."),
        "invalid_password_reset": _("Đường dẫn đặt lại mật khẩu không dùng được nữa."),
        "same_as_current": _("Mật khẩu mới phải khác mật khẩu hiện tại."),
        "too_many_login_attempts": _("Đã thử sai nhiều lần. Xin đợi ít phút rồi thử lại."),
        "rate_limited": _("Thao tác quá nhanh. Xin đợi ít phút rồi thử lại."),
    }

    def validation_error(self, code: str, *args: object) -> ValidationError:
        """What is stopped for being tried too often stands in the journal, without what was typed."""
        if code == "too_many_login_attempts":
            audit.note(audit.Kind.LOGIN, by=None, said=str(_("Bị chặn: thử sai quá nhiều lần")))
        error: ValidationError = super().validation_error(code, *args)
        return error

    def authentication_failed(self, request: HttpRequest, **credentials: str) -> None:
        """A wrong password is noted beside the account it was for; what was typed is not kept."""
        typed = credentials.get("email") or credentials.get("login") or ""
        meant = User.objects.filter(email__iexact=typed).first()
        said = _("Sai mật khẩu") if meant else _("Tài khoản không có")
        audit.note(audit.Kind.LOGIN, by=None, said=str(said), about=meant)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: accounts are made for members of an organisation."""
        return False


class UnlikeItsOwner(UserAttributeSimilarityValidator):
    """Said beforehand in our words, naming what it is held against."""

    def get_help_text(self) -> str:
        """The name and the address."""
        return str(_("Không gần giống họ tên hay địa chỉ thư điện tử."))


class Uncommon(CommonPasswordValidator):
    """Said beforehand in our words."""

    def get_help_text(self) -> str:
        """Not one of the list."""
        return str(_("Không phải mật khẩu nhiều người dùng."))


class MinimumLength(MinimumLengthValidator):
    """Django's sentence for a password that is too short has no Vietnamese."""

    def get_help_text(self) -> str:
        """How long it must be, said beforehand."""
        return _("Ít nhất %(count)s ký tự.") % {"count": self.min_length}

    def get_error_message(self) -> str:
        """How long it must be."""
        return _("Mật khẩu phải có ít nhất %(count)s ký tự.") % {"count": self.min_length}


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The second step, refusing in Vietnamese."""

    error_messages: ClassVar[dict[str, object]] = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _("Không tắt được xác thực hai bước."),
        "cannot_generate_recovery_codes": _("Cần bật xác thực hai bước trước khi tạo mã dự phòng."),
        "incorrect_code": _("Mã không đúng hoặc đã hết hạn."),
    }
