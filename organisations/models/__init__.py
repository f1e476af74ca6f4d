"""Units, organisations, posts, people and what people are in organisations."""

from organisations.models.bodies import (
    AdministrativeUnit,
    DatedQuerySet,
    DeadlineRule,
    Organisation,
    PartyTerm,
    Post,
)
from organisations.models.people import (
    LENT_ROLES,
    Absence,
    AbsenceQuerySet,
    Membership,
    Role,
    User,
    UserManager,
)

__all__ = [
    "LENT_ROLES",
    "Absence",
    "AbsenceQuerySet",
    "AdministrativeUnit",
    "DatedQuerySet",
    "DeadlineRule",
    "Membership",
    "Organisation",
    "PartyTerm",
    "Post",
    "Role",
    "User",
    "UserManager",
]
