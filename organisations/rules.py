"""Who looks after units, bodies, accounts, the working calendar, the clocks and absences."""

from organisations.models import Absence, Role, User


def may_administer(user: User) -> bool:
    """The installation's administrators."""
    return user.is_admin


def may_enter_absence(user: User, absent: User) -> bool:
    """The person away, a head of one of that person's bodies, an administrator."""
    if user == absent or user.is_admin:
        return True
    return bool(user.organisation_ids(Role.HEAD) & absent.organisation_ids())


def may_cancel_absence(user: User, absence: Absence) -> bool:
    """Whoever may enter it; not the one who stands in."""
    return may_enter_absence(user, absence.absent)
