"""The rows of the audit: what changed, what was read, refused or taken out; and the daily seal."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEvent(models.Model):
    """One line of the audit: a row that changed, or an act worth remembering (decision 0023).

    Changes are written by the database itself, row by row, so bulk changes and SQL by hand stand
    here too. `act` is the URL's name, the task's or, for what came past the software, the database
    role. `of_*` is the record on whose page the change is shown. Nobody can change a line; an
    erasure of personal data may empty it (`struck_by`), and its digest remains.
    """

    class Kind(models.TextChoices):
        """What happened."""

        ADDED = "added", _("Thêm")
        CHANGED = "changed", _("Sửa")
        DELETED = "deleted", _("Xóa")
        READ = "read", _("Mở dữ liệu được bảo vệ")
        EXPORTED = "exported", _("Xuất dữ liệu")
        REFUSED = "refused", _("Bị từ chối")
        LOGIN = "login", _("Đăng nhập sai")

    at = models.DateTimeField()
    kind = models.CharField(max_length=10, choices=Kind)
    table_name = models.CharField(max_length=63, blank=True)
    row_id = models.CharField(max_length=40, blank=True)
    of_table = models.CharField(max_length=63, blank=True)
    of_id = models.CharField(max_length=40, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    act = models.CharField(max_length=120, blank=True)
    request = models.UUIDField(null=True)
    note = models.TextField(blank=True)
    rows = models.PositiveIntegerField(null=True)
    is_erasure = models.BooleanField(default=False)
    struck_by = models.ForeignKey(
        "self", models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False
    )
    salt = models.UUIDField(null=True)
    digest = models.BinaryField()

    class Meta:
        app_label = "core"
        indexes = [
            models.Index(fields=["table_name", "row_id", "id"], name="audit_of_row"),
            models.Index(fields=["of_table", "of_id", "id"], name="audit_of_record"),
            models.Index(fields=["at"], name="audit_of_day"),
            models.Index(
                fields=["-id"],
                name="audit_of_acts",
                condition=models.Q(kind__in=["read", "exported", "refused", "login"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.table_name}:{self.row_id}"


class DaySeal(models.Model):
    """One day of the audit, closed: its hash stands on the hash of the day before."""

    day = models.DateField(primary_key=True)
    events = models.PositiveIntegerField()
    events_digest = models.CharField(max_length=64)
    papers = models.JSONField()
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "core"

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.hash}"
