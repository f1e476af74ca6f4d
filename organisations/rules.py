"""Who looks after units, bodies, accounts, the working calendar and the clocks."""

from organisations.models import User


def may_administer(user: User) -> bool:
    """The installation's administrators."""
    return user.is_admin
