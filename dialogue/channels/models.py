"""Which events the system of which organisation is told, and where."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import Endpoint
from organisations.models import Organisation, Role, User


class HookQuerySet(models.QuerySet["EventHook"]):
    """Events told to systems."""

    def visible_to(self, user: User) -> "HookQuerySet":
        """Those of the organisations one heads; the administrator sees all."""
        if user.is_admin:
            return self.all()
        return self.filter(organisation__in=user.organisation_ids(Role.HEAD))


class EventHook(models.Model):
    """An organisation's system and the events it asked for; the address is a core.Endpoint."""

    class Event(models.TextChoices):
        """What a system can be told; the value is the `type` of what is posted."""

        TASK_GIVEN = "task.given", _("Được giao nhiệm vụ")
        TASK_DUE = "task.due_changed", _("Thời hạn nhiệm vụ thay đổi")
        TASK_REPORTED = "task.reported", _("Nhiệm vụ được báo cáo kết quả")
        TASK_ACCEPTED = "task.accepted", _("Báo cáo được nghiệm thu")
        TASK_RETURNED = "task.returned", _("Báo cáo bị trả lại, nhiệm vụ mở lại")
        TASK_CANCELLED = "task.cancelled", _("Nhiệm vụ bị hủy")
        ANSWER_ASKED = "answer.requested", _("Được đề nghị trả lời ý kiến")
        NOTICE_ISSUED = "notice.issued", _("Ban hành thông báo kết luận")
        TEST = "test", _("Gửi thử")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="event_hooks")
    endpoint = models.OneToOneField(Endpoint, models.PROTECT, related_name="hook")
    events = models.JSONField(_("sự kiện"), default=list)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    objects = HookQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.endpoint} · {self.organisation.short_name}"

    @property
    def event_labels(self) -> list[str]:
        """The chosen events in words."""
        return [str(self.Event(event).label) for event in self.events]


CHOICES = [(one.value, one.label) for one in EventHook.Event if one != EventHook.Event.TEST]
"""The events one can choose."""
