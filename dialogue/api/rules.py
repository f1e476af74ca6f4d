"""Who may give an organisation's system a key, and take it back."""

from django.utils.translation import gettext_lazy as _

from dialogue.api.models import AccessToken
from organisations.models import Organisation, Role, User

NOT_HEAD = _("Chỉ lãnh đạo cơ quan hoặc người quản trị được tạo, thu hồi mã truy cập.")


def may_make_token(user: User, organisation: Organisation) -> bool:
    """The head of the organisation, and who looks after the installation."""
    return user.is_admin or user.has_role(organisation.pk, Role.HEAD)


def may_revoke_token(user: User, token: AccessToken) -> bool:
    """Whoever may make one for the same organisation."""
    return may_make_token(user, token.organisation)
