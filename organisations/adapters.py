"""How allauth behaves here: nobody signs up, the administrator makes accounts."""

from typing import ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


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

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: accounts are made for members of an organisation."""
        return False


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The second step, refusing in Vietnamese."""

    error_messages: ClassVar[dict[str, object]] = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _("Không tắt được xác thực hai bước."),
        "cannot_generate_recovery_codes": _("Cần bật xác thực hai bước trước khi tạo mã dự phòng."),
        "incorrect_code": _("Mã không đúng hoặc đã hết hạn."),
    }
