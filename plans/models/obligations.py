"""What law and higher offices demand of a year's dialogues, and plans that must follow a plan."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.states import DocumentState
from organisations.models import AdministrativeUnit, DatedQuerySet, Organisation, Role
from plans.models.plan import Duty, Plan

if TYPE_CHECKING:
    from organisations.models import User


class Obligation(models.Model):
    """A demand the year board measures against (domain.md §2.2): data, with source and validity."""

    class Kind(models.TextChoices):
        """What is counted."""

        PER_YEAR = "per_year", _("Số hội nghị ít nhất trong năm")
        NOTICE = "notice", _("Số ngày phải thông báo trước hội nghị")

    kind = models.CharField(_("quy định"), max_length=10, choices=Kind)
    level = models.CharField(_("cấp"), max_length=10, choices=AdministrativeUnit.Level)
    amount = models.PositiveSmallIntegerField(_("số"))
    source = models.CharField(_("căn cứ"), max_length=250)
    valid_from = models.DateField(_("từ ngày"), null=True, blank=True)
    valid_to = models.DateField(_("đến ngày"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "level", "valid_from"],
                name="obligation_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_from__lte=models.F("valid_to")),
                name="obligation_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.amount}"


class ChildPlanQuerySet(models.QuerySet["ChildPlanObligation"]):
    """Obligations as people meet them."""

    def owed_by(self, user: "User") -> "ChildPlanQuerySet":
        """What the clerk's organisations still have to write or issue."""
        return self.filter(
            organisation__in=user.organisation_ids(Role.CLERK),
            plan__document__state=DocumentState.ISSUED,
        ).exclude(child__document__state=DocumentState.ISSUED)


class ChildPlanObligation(models.Model):
    """An organisation that a plan tells to make a plan of its own, and that plan once begun."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="child_obligations")
    duty = models.ForeignKey(Duty, models.CASCADE, related_name="child_obligations")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="child_plan_obligations"
    )
    due_on = models.DateField(_("hạn"), null=True, blank=True)
    child = models.OneToOneField(
        Plan, models.SET_NULL, null=True, blank=True, related_name="answers"
    )

    objects = ChildPlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["duty", "organisation"], name="child_plan_once_per_duty"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ← {self.plan_id}"
