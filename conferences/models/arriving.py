"""Who came through the door, when, and at which table it was written down."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conferences.models.conference import Conference
from conferences.models.people import Participant


class Arrival(models.Model):
    """One act at the door: a delegate who came, a code shown again, or somebody not on the list.

    Rows are added, never changed but for being undone. `key` is made by the phone that wrote it
    down, so however often it is sent it stands once; name and body are those of the moment, so an
    arrival outlives the list it was taken from.
    """

    class Mark(models.TextChoices):
        """What must be known beside the time."""

        NONE = "", ""
        EARLY = "early", _("trước giờ đón khách")
        CLOCK = "clock", _("đồng hồ của máy vừa chỉnh, giờ ghi là ước chừng")
        UNLISTED = "unlisted", _("không còn trong danh sách khi được ghi")

    key = models.UUIDField(unique=True)
    conference = models.ForeignKey(Conference, models.CASCADE, related_name="arrivals")
    participant = models.ForeignKey(
        Participant, models.SET_NULL, null=True, blank=True, related_name="arrivals"
    )
    # The same code shown again, perhaps by somebody else: never a second arrival.
    is_repeat = models.BooleanField(default=False)
    name = models.CharField(_("họ và tên"), max_length=120)
    body = models.CharField(_("đơn vị"), max_length=200, blank=True)
    at = models.DateTimeField(_("giờ đến"))
    mark = models.CharField(max_length=10, choices=Mark, blank=True)
    # What the phone's own clock said: kept beside the corrected time.
    device_at = models.DateTimeField()
    received_at = models.DateTimeField()
    desk = models.CharField(_("bàn đón"), max_length=30, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant"],
                name="arrives_once",
                condition=Q(is_repeat=False, undone_at__isnull=True),
            )
        ]
        indexes = [models.Index(fields=["conference", "id"])]

    def __str__(self) -> str:
        return self.name
