"""Tokens with which the system of an organisation works here."""

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation, Role, User

MARK = "dt"
"""What every token begins with, so that people and scanners of leaked secrets know it."""


class TokenQuerySet(models.QuerySet["AccessToken"]):
    """Tokens as people may see them."""

    def visible_to(self, user: User) -> "TokenQuerySet":
        """Those of the organisations the person heads; all to administrators."""
        if user.is_admin:
            return self.all()
        return self.filter(organisation__in=user.organisation_ids(Role.HEAD))


class AccessToken(models.Model):
    """A key of an organisation's system: may read, or read and write, until a day.

    `user` is an account of its own into which nobody can log in: an officer of the organisation, so
    every rule holds for the token as for people, and history names it. The secret is kept as a hash
    only; `prefix` is the part by which people recognise it.
    """

    class Scope(models.TextChoices):
        """What the system may do."""

        READ = "read", _("Chỉ đọc")
        WRITE = "write", _("Đọc và ghi")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="access_tokens")
    user = models.OneToOneField(User, models.PROTECT, related_name="access_token")
    name = models.CharField(_("dùng cho"), max_length=80)
    scope = models.CharField(_("được làm gì"), max_length=5, choices=Scope)
    prefix = models.CharField(max_length=8, unique=True)
    secret_hash = models.CharField(max_length=64)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_on = models.DateField(_("dùng đến hết ngày"))
    # The rung (days before the last day) at which its heads were warned last.
    warned_at_days = models.PositiveSmallIntegerField(
        _("đã nhắc trước mấy ngày"), null=True, editable=False
    )
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(revoked_at=None, revoked_by=None)
                | models.Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="token_revoked_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{MARK}_{self.prefix}…"

    def is_live(self, today: datetime.date) -> bool:
        """Whether it opens anything on `today`."""
        return self.revoked_at is None and today <= self.expires_on
