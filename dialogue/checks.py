"""What a production installation must not start with, each in one sentence."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext as _

from core.sealed import read_keys

SECRET_LENGTH = 50
NOT_SECRET = re.compile(r"not-secret|change-?me|example|django-insecure", re.IGNORECASE)
HOSTS_THAT_ARE_NOWHERE = ("localhost", "localhost.localdomain", "example.com", "example.org")
# Number, what is wrong, what to do.
Problem = tuple[int, str, str]


def check_production(
    app_configs: Sequence[AppConfig] | None = None, **_kwargs: object
) -> list[CheckMessage]:
    """Insecure or missing settings, reported by every command and by the start of web and workers."""
    if not settings.IS_PRODUCTION:
        return []
    problems = (*_secrets(), *_addresses(), *_mail(), *_servers())
    return [
        Error(sentence, hint=hint, id=f"dialogue.E{number:03}")
        for number, sentence, hint in problems
    ]


def refuse_insecure_start() -> None:
    """End the web server, worker or beat before it does any harm."""
    errors = check_production()
    if errors:
        raise ImproperlyConfigured("\n".join(f"{error.msg} {error.hint}" for error in errors))


def _secrets() -> Iterator[Problem]:
    secret, pepper = _value("SECRET_KEY"), _value("TRACKING_PEPPER")
    how = _("Tạo một chuỗi ngẫu nhiên bằng lệnh: openssl rand -base64 48.")
    if not _is_secret(secret):
        yield 1, _("SECRET_KEY còn trống, quá ngắn hoặc là giá trị mẫu."), how
    if not _is_secret(pepper):
        yield 2, _("TRACKING_PEPPER còn trống, quá ngắn hoặc là giá trị mẫu."), how
    if secret and secret == pepper:
        yield 3, _("TRACKING_PEPPER trùng với SECRET_KEY."), how
    if not _seals():
        yield (
            11,
            _("SEALING_KEYS còn trống, sai dạng hoặc là giá trị mẫu."),
            _('Tạo một khóa bằng lệnh: echo "k1:$(openssl rand -base64 32)".'),
        )


def _addresses() -> Iterator[Problem]:
    site = urlsplit(settings.SITE_URL)
    hosts = settings.ALLOWED_HOSTS
    if site.scheme != "https" or not site.hostname or site.hostname in HOSTS_THAT_ARE_NOWHERE:
        yield (
            4,
            _("SITE_URL phải là địa chỉ https thật của hệ thống."),
            _("Ví dụ: SITE_URL=https://doithoai.tinh.gov.vn."),
        )
    if not hosts or "*" in hosts:
        yield (
            5,
            _("ALLOWED_HOSTS còn trống hoặc chấp nhận mọi tên miền."),
            _("Ghi đúng tên miền của hệ thống, cách nhau bằng dấu phẩy."),
        )
    if not settings.USES_HTTPS:
        yield (
            6,
            _("USES_HTTPS đang tắt nên phiên đăng nhập đi qua mạng không mã hoá."),
            _("Bỏ USES_HTTPS để dùng mặc định, và đặt máy chủ HTTPS phía trước."),
        )


def _mail() -> Iterator[Problem]:
    try:
        EmailValidator()(settings.DEFAULT_FROM_EMAIL)
        is_address = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2] not in HOSTS_THAT_ARE_NOWHERE
    except ValidationError:
        is_address = False
    if not is_address:
        yield (
            7,
            _("DEFAULT_FROM_EMAIL phải là một địa chỉ thư điện tử thật."),
            _("Ví dụ: DEFAULT_FROM_EMAIL=doithoai@tinh.gov.vn."),
        )
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend") or not settings.EMAIL_HOST:
        yield (
            8,
            _("EMAIL_URL chưa chỉ tới máy chủ thư SMTP nên không thư nào được gửi đi."),
            _("Ví dụ: EMAIL_URL=smtp+tls://ten:mat-khau@smtp.tinh.gov.vn:587."),
        )


def _servers() -> Iterator[Problem]:
    database = settings.DATABASES["default"]
    if not database.get("NAME"):
        yield (
            9,
            _("DATABASE_URL còn trống."),
            _("Ví dụ: DATABASE_URL=postgres://dialogue:mat-khau@postgres:5432/dialogue."),
        )
    if NOT_SECRET.search(str(database.get("PASSWORD", ""))):
        yield (
            12,
            _("DATABASE_URL còn giữ mật khẩu mẫu."),
            _("Tạo mật khẩu bằng lệnh: openssl rand -hex 24."),
        )
    if urlsplit(settings.REDIS_URL).scheme not in {"redis", "rediss", "unix"}:
        yield (
            10,
            _("REDIS_URL còn trống hoặc không phải địa chỉ Redis."),
            _("Ví dụ: REDIS_URL=redis://redis:6379/0."),
        )


def _value(name: str) -> str:
    """The setting; Django refuses to hand out an empty SECRET_KEY."""
    try:
        return str(getattr(settings, name))
    except ImproperlyConfigured:
        return ""


def _seals() -> bool:
    """Whether there are keys to seal with, and none of them is made up."""
    try:
        keys = read_keys(settings.SEALING_KEYS)
    except ValueError:
        return False
    made_up = [key for key in keys.values() if NOT_SECRET.search(key.decode("ascii", "ignore"))]
    return bool(keys) and not made_up and all(len(set(key)) > 10 for key in keys.values())


def _is_secret(value: str) -> bool:
    return len(value) >= SECRET_LENGTH and len(set(value)) > 10 and not NOT_SECRET.search(value)
