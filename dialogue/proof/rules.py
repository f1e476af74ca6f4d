"""Who may read the audit."""

from collections.abc import Iterable

from organisations.models import Organisation, Role, User

KEEPERS = (Role.CLERK, Role.HEAD)


def may_see_changes(user: User, bodies: Iterable[Organisation]) -> bool:
    """Clerks and heads of the bodies a record belongs to, overseers of their unit, administrators."""
    if user.is_admin:
        return True
    seen = user.unit_ids(Role.OVERSEER)
    return any(user.has_role(body.pk, *KEEPERS) or body.unit_id in seen for body in bodies)


def may_read_journal(user: User) -> bool:
    """Administrators all of it; heads and overseers what concerns their own bodies."""
    return user.is_admin or bool(user.organisation_ids(Role.HEAD, Role.OVERSEER))
