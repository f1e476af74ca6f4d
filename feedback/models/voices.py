"""What senders say after they sent, and the words an office wants its eye drawn to."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assignments.models import Task
from core.sealed import SealedField
from feedback.models.opinions import Opinion, Support
from feedback.models.submissions import Submission
from feedback.states import DATA_REQUEST_TRANSITIONS, DataRequestState
from organisations.models import Organisation, Role

if TYPE_CHECKING:
    from organisations.models import User


class Addition(models.Model):
    """Words a sender added to an opinion afterwards; `token` makes a double click count once."""

    opinion = models.ForeignKey(Opinion, models.CASCADE, related_name="additions")
    text = models.TextField(_("nội dung bổ sung"))
    token = models.UUIDField(unique=True)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"addition to {self.opinion_id}"


class Verdict(models.Model):
    """Whether an answered matter is settled to its sender, or to one who joined it.

    Asked only after the release.
    """

    opinion = models.OneToOneField(Opinion, models.CASCADE, null=True, related_name="verdict")
    support = models.OneToOneField(Support, models.CASCADE, null=True, related_name="verdict")
    is_settled = models.BooleanField(_("đã được giải quyết"))
    reason = models.TextField(_("vì sao chưa"), blank=True)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_settled=True) | ~Q(reason=""), name="unsettled_says_why"
            ),
            models.CheckConstraint(
                condition=Q(opinion=None) ^ Q(support=None), name="verdict_of_one_sender"
            ),
        ]

    def __str__(self) -> str:
        return f"verdict on {self.opinion_id or self.support_id}"


class DataRequestQuerySet(models.QuerySet["DataRequest"]):
    """Requests about personal data as people may see them."""

    def visible_to(self, user: "User") -> "DataRequestQuerySet":
        """Those made to the offices in which the person is clerk or head."""
        offices = user.organisation_ids(Role.CLERK, Role.HEAD)
        return self.filter(submission__consultation__organisation__in=offices)

    def waiting(self) -> "DataRequestQuerySet":
        """Those nobody has settled."""
        return self.filter(state=DataRequestState.WAITING)


class DataRequest(models.Model):
    """What a sender asks about the personal data of a form, with its legal clocks (domain.md §2.9).

    `reply_by` is the last good day of the first reply; the task carries the one of the work itself.
    Once it is settled `note` is emptied, and what was done (`outcome`, `counts` of rows by kind)
    remains as proof that names nobody.
    """

    TRANSITIONS = DATA_REQUEST_TRANSITIONS

    class Kind(models.TextChoices):
        """What is asked for."""

        ACCESS = "access", _("Xem dữ liệu đang được lưu về tôi")
        CORRECT = "correct", _("Sửa dữ liệu về tôi")
        WITHDRAW = "withdraw", _("Rút lại sự đồng ý")
        ERASE = "erase", _("Xóa dữ liệu về tôi")

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="data_requests")
    kind = models.CharField(_("yêu cầu"), max_length=8, choices=Kind)
    note = SealedField(_("nói thêm"), blank=True, bound_to=["submission_id", "kind"])
    state = models.CharField(
        max_length=8, choices=DataRequestState, default=DataRequestState.WAITING
    )
    outcome = models.TextField(_("kết quả"), blank=True)
    counts = models.JSONField(default=dict, blank=True)
    done_on = models.DateField(null=True, blank=True)
    received_on = models.DateField()
    reply_by = models.DateField()
    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="data_requests")

    objects = DataRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "kind", "received_on"], name="data_request_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.submission_id}"


class WatchList(models.Model):
    """Words an office wants marked where they occur in opinions, one a line; they block nothing."""

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="watch_list")
    words = models.TextField(_("từ ngữ cần lưu ý"), blank=True)

    def __str__(self) -> str:
        return f"words of {self.organisation_id}"
