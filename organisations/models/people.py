"""People, what they are in organisations, and who stands in for them while they are away."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from organisations.models.bodies import DatedQuerySet, Organisation, Post

if TYPE_CHECKING:
    import datetime


class Role(models.TextChoices):
    """What a member may do; who may do what in detail stands in each package's `rules.py`."""

    CLERK = "clerk", _("Chuyên viên")
    HEAD = "head", _("Lãnh đạo")
    OFFICER = "officer", _("Cán bộ xử lý")
    COLLECTOR = "collector", _("Người thu phiếu")
    OVERSEER = "overseer", _("Giám sát")
    RECEPTION = "reception", _("Tiếp công dân")
    ADMIN = "admin", _("Quản trị")


class UserManager(BaseUserManager["User"]):
    """Creates people by e-mail address."""

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """All in lower case, as the log-in looks for it."""
        return super().normalize_email(email).lower()

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create an active person; without a password the account must reset it by mail."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create the first account of an installation."""
        return self.create_user(email, password, is_superuser=True, is_staff=True, **fields)


class User(AbstractUser):
    """A person who logs in with an e-mail address."""

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(_("địa chỉ thư điện tử"), unique=True)
    full_name = models.CharField(_("họ và tên"), max_length=120)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    objects = UserManager()  # type: ignore[misc,assignment]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_any_case")]

    def __str__(self) -> str:
        return self.full_name

    def get_full_name(self) -> str:
        """The name as it is shown."""
        return self.full_name

    @cached_property
    def current_memberships(self) -> "list[Membership]":
        """What the person is today; asked once per request (the user is loaded per request)."""
        return list(
            self.memberships.current(timezone.localdate()).select_related(
                "organisation__unit", "post"
            )
        )

    def organisation_ids(self, *roles: str) -> set[int]:
        """The organisations in which the person has one of `roles` today (any role if none)."""
        return {
            membership.organisation_id
            for membership in self.current_memberships
            if not roles or membership.role in roles
        }

    def has_role(self, organisation_id: int | None, *roles: str) -> bool:
        """Whether the person has one of `roles` in that organisation today."""
        return organisation_id is not None and organisation_id in self.organisation_ids(*roles)

    def unit_ids(self, *roles: str) -> set[int]:
        """The administrative units of the organisations in which the person has one of `roles`."""
        return {
            membership.organisation.unit_id
            for membership in self.current_memberships
            if not roles or membership.role in roles
        }

    @cached_property
    def lent_memberships(self) -> "list[Membership]":
        """What those are today for whom the person stands in, as far as it can be lent (0023)."""
        if not self.current_memberships:
            return []
        today = timezone.localdate()
        lenders = Absence.objects.lenders(self.pk, today)
        if not lenders:
            return []
        rows = Membership.objects.current(today).filter(user__in=lenders, role__in=LENT_ROLES)
        return list(rows.select_related("user"))

    def working_ids(self, *roles: str) -> set[int]:
        """The organisations for whose tasks the person may act today: one's own, and those lent."""
        lent = (one for one in self.lent_memberships if not roles or one.role in roles)
        return self.organisation_ids(*roles) | {one.organisation_id for one in lent}

    def works_for(self, organisation_id: int | None, *roles: str) -> bool:
        """Whether the person may act on that organisation's tasks today, also as a stand-in."""
        if self.has_role(organisation_id, *roles):
            return True
        return organisation_id is not None and organisation_id in self.working_ids(*roles)

    def stands_in_at(self, organisation_id: int, *roles: str) -> "User | None":
        """Whose work the person does at an organisation; None if it is the person's own."""
        if self.has_role(organisation_id, *roles):
            return None
        lent = (
            one.user
            for one in self.lent_memberships
            if one.organisation_id == organisation_id and one.role in roles
        )
        return next(lent, None)

    @property
    def is_admin(self) -> bool:
        """Whether the person looks after the installation."""
        return self.is_superuser or bool(self.organisation_ids(Role.ADMIN))


class Membership(models.Model):
    """A person's role in an organisation between two dates."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True)
    role = models.CharField(_("vai trò"), max_length=10, choices=Role)
    valid_from = models.DateField(_("từ ngày"), null=True, blank=True)
    valid_to = models.DateField(_("đến ngày"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role", "valid_from"],
                name="membership_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.organisation.short_name}"


LENT_ROLES = (Role.OFFICER, Role.CLERK, Role.HEAD)
"""What a stand-in is lent, for tasks alone: never signing, reception, overseeing, administration."""


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Absences as people may see them, and who stands in for whom."""

    def visible_to(self, user: User) -> "AbsenceQuerySet":
        """One's own, those in which one stands in, those of bodies one heads; all to administrators."""
        if user.is_admin:
            return self.all()
        led = user.organisation_ids(Role.HEAD)
        people = Membership.objects.filter(organisation__in=led).values("user")
        mine = models.Q(absent=user) | models.Q(substitute=user)
        return self.filter(mine | models.Q(absent__in=people))

    def standing(self) -> "AbsenceQuerySet":
        """Those nobody has called off."""
        return self.filter(cancelled_at__isnull=True)

    def stand_ins(self, today: "datetime.date") -> dict[int, int]:
        """Who stands in for each person away on `today`; a stand-in who is away is followed on."""
        rows = self.standing().filter(starts_on__lte=today, ends_on__gte=today)
        pairs = rows.filter(substitute__is_active=True).values_list("absent", "substitute")
        steps = dict(pairs)
        found = {absent: _last_of_chain(steps, absent) for absent in steps}
        return {absent: end for absent, end in found.items() if end is not None}

    def lenders(self, user_id: int, today: "datetime.date") -> list[int]:
        """For whom the person stands in on `today`, directly or at the end of a chain."""
        found = self.stand_ins(today)
        return [absent for absent, end in found.items() if end == user_id]


def _last_of_chain(steps: dict[int, int], absent: int) -> int | None:
    """Where the chain of stand-ins ends; None if it comes back to where it began."""
    seen, person = {absent}, steps[absent]
    while person in steps:
        if person in seen:
            return None
        seen.add(person)
        person = steps[person]
    return person


class Absence(models.Model):
    """A person is away between two days, both included, and somebody of the same body stands in.

    It ends by itself after its last day; called off, it counts no longer from that moment on.
    """

    absent = models.ForeignKey(User, models.PROTECT, related_name="absences")
    substitute = models.ForeignKey(User, models.PROTECT, related_name="substitutions")
    starts_on = models.DateField(_("từ ngày"))
    ends_on = models.DateField(_("đến hết ngày"))
    reason = models.CharField(_("lý do"), max_length=200, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = AbsenceQuerySet.as_manager()
    may_cancel = False  # whether the reader of a list may call it off; set by the list's view

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="absence_ends_later"
            ),
            models.CheckConstraint(
                condition=~models.Q(substitute=models.F("absent")), name="absence_not_oneself"
            ),
        ]
        indexes = [
            models.Index(
                fields=["ends_on"],
                name="absence_standing",
                condition=models.Q(cancelled_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.absent} → {self.substitute}: {self.starts_on} – {self.ends_on}"

    def is_over(self, today: "datetime.date") -> bool:
        """Whether it has ended, by itself or because it was called off."""
        return self.cancelled_at is not None or self.ends_on < today
