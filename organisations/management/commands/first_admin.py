"""`manage.py first_admin`: the account a new installation begins with."""

from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from core.text import TextError, clean_line
from core.transitions import record
from organisations.models import User


class Command(BaseCommand):
    """Creates the first administrator without a password and prints a link that sets one."""

    help = "Create the first administrator and print a link for setting the password."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the address and the name."""
        parser.add_argument("email")
        parser.add_argument("full_name")

    @transaction.atomic
    def handle(self, *_args: Any, email: str, full_name: str, **_options: Any) -> None:
        """Create the account, or give the same one a new link as long as it has no password."""
        user = User.objects.filter(email__iexact=email).first() or self.create(email, full_name)
        if not user.is_active:
            raise CommandError(
                _("Tài khoản có địa chỉ này đã đóng, không đăng nhập được. Hãy ghi địa chỉ khác.")
            )
        if not user.is_superuser or user.has_usable_password():
            raise CommandError(_("Địa chỉ này đã có tài khoản; người dùng tự đặt lại mật khẩu."))
        key = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
        path = reverse("account_reset_password_from_key", kwargs=key)
        lines = (
            _("Tài khoản quản trị: %(email)s (%(name)s), chưa có mật khẩu."),
            _("Đặt mật khẩu bằng đường dẫn dùng một lần này:"),
            "  %(link)s",
            _("hoặc bằng “Quên mật khẩu” ở trang đăng nhập."),
        )
        shown = {"email": user.email, "name": user, "link": f"{settings.SITE_URL}{path}"}
        self.stdout.write("\n".join(line % shown for line in lines))

    def create(self, email: str, full_name: str) -> User:
        """The account, if the installation has no administrator yet."""
        if User.objects.filter(is_superuser=True, is_active=True).exists():
            raise CommandError(_("Đã có người quản trị; người đó thêm người khác ở mục Đơn vị."))
        try:
            validate_email(email)
            name = clean_line(full_name)
        except ValidationError as error:
            raise CommandError(_("Địa chỉ thư điện tử không đúng.")) from error
        except TextError as error:
            raise CommandError(str(error)) from error
        if not 0 < len(name) <= 120:
            raise CommandError(_("Hãy ghi họ và tên, tối đa 120 ký tự."))
        user = User.objects.create_superuser(email, full_name=name)
        record(user, by=None, note=_("Tài khoản quản trị đầu tiên, tạo trên máy chủ"))
        return user
