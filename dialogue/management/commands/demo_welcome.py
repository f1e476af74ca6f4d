"""`manage.py demo_welcome`: where the demonstration is and what to try first."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from dialogue.demo import PASSWORD, TICKET_PATH
from organisations.models import Membership

TRY_FIRST = (
    "Là chuyên viên (vanphong@…): mở “Việc của tôi”, phân loại một ý kiến vừa gửi tới.",
    "Vào hội nghị chiều nay, bấm “Bắt đầu hội nghị”, ghi một ý kiến rồi kết thúc và lập biên bản.",
    "Là Phòng Kinh tế (kinhte@…): xem việc sắp đến hạn, báo cáo kết quả kèm minh chứng.",
    "Không cần tài khoản: gửi ý kiến từ trang chủ, rồi tra cứu bằng mã vừa nhận.",
)


class Command(BaseCommand):
    """Prints address, accounts by role with the password, a citizen's code, what to try first."""

    help = "Print the demonstration's address, accounts and first steps."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print it."""
        self.stdout.write(f"\n  {settings.SITE_URL}\n")
        self.stdout.write(f"\n  Tài khoản (mật khẩu chung: {PASSWORD})\n")
        for membership in Membership.objects.select_related("user", "organisation").order_by("pk"):
            self.stdout.write(
                f"    {membership.user.email:<34}{membership.get_role_display():<18}"
                f"{membership.organisation.short_name}\n"
            )
        if TICKET_PATH.exists():
            code, secret = TICKET_PATH.read_text(encoding="utf-8").split()
            self.stdout.write(f"\n  Tra cứu của một người dân: mã {code} · mã bí mật {secret}\n")
        self.stdout.write("\n  Thử trước:\n")
        for number, line in enumerate(TRY_FIRST, start=1):
            self.stdout.write(f"    {number}. {line}\n")
        self.stdout.write("\n  Dừng: Ctrl-C\n")
