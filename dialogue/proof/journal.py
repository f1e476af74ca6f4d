"""The journal: protected data read, tables taken out, acts refused, log-ins that failed."""

import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.fields import VietDateField
from core.models import AuditEvent
from organisations.models import Membership, Role, User

if TYPE_CHECKING:
    from django.db.models import QuerySet

Kind = AuditEvent.Kind
ACTS = (Kind.READ, Kind.EXPORTED, Kind.REFUSED, Kind.LOGIN)
DAY = datetime.timedelta(days=1)
# Not drafts, answers or opinions: those are read on their records, by whom they concern.
SETTINGS = Q(table_name__startswith="organisations_") | Q(
    table_name__in=["core_workingday", "core_calendaryear", "core_endpoint", "core_sendingpause"]
)


def acts_visible_to(user: User) -> "QuerySet[AuditEvent]":
    """Administrators all acts, and changes of what they look after; heads their people's acts; overseers those of their unit's bodies."""
    lines = AuditEvent.objects.select_related("by")
    if user.is_admin:
        return lines.filter(Q(kind__in=ACTS) | SETTINGS)
    own = Q(organisation__in=user.organisation_ids(Role.HEAD))
    own |= Q(organisation__unit__in=user.unit_ids(Role.OVERSEER))
    return lines.filter(kind__in=ACTS, by__in=Membership.objects.filter(own).values("user"))


class JournalForm(forms.Form):
    """What of the journal is shown; nothing chosen shows the acts that change no row."""

    kind = forms.ChoiceField(
        label=_("Việc"), required=False, choices=[("", _("Mọi việc")), *Kind.choices]
    )
    who = forms.CharField(label=_("Người thực hiện"), required=False, max_length=120)
    first = VietDateField(label=_("Từ ngày"), required=False)
    last = VietDateField(label=_("Đến ngày"), required=False)

    def asked(self, lines: "QuerySet[AuditEvent]") -> "QuerySet[AuditEvent]":
        """The lines the form asks for."""
        given: dict[str, Any] = self.cleaned_data if self.is_valid() else {}
        lines = lines.filter(kind__in=[given["kind"]] if given.get("kind") else ACTS)
        if given.get("who"):
            lines = lines.filter(by__in=User.objects.filter(full_name__icontains=given["who"]))
        if given.get("first"):
            lines = lines.filter(at__gte=_begins(given["first"]))
        if given.get("last"):
            lines = lines.filter(at__lt=_begins(given["last"] + DAY))
        return lines


def _begins(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))
