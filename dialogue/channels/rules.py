"""Who looks after the ways out of the installation, and after an organisation's own system."""

from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation, Role, User

NOT_ADMIN = _("Chỉ người quản trị xem và điều khiển các kênh gửi.")
NOT_HEAD = _("Chỉ lãnh đạo cơ quan hoặc người quản trị được đăng ký hệ thống nhận sự kiện.")


def may_run_channels(user: User) -> bool:
    """The installation's administrators: a pause or a gateway concerns everybody."""
    return user.is_admin


def may_keep_hook(user: User, organisation: Organisation) -> bool:
    """The head of the organisation, and who looks after the installation."""
    return user.is_admin or user.has_role(organisation.pk, Role.HEAD)
