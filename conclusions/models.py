"""The conclusion notice: each of its points settles matters and may give a task."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conferences.models import Conference, Exchange
from conferences.states import PRINT_TRANSITIONS, PrintState
from core.timephrase import TimePhraseField
from documents.models import Clause, Document
from documents.states import DocumentState
from feedback.models import IssueGroup
from organisations.models import Organisation

if TYPE_CHECKING:
    from organisations.models import User


class NoticeQuerySet(models.QuerySet["ConclusionNotice"]):
    """Notices as people may see them."""

    def visible_to(self, user: "User") -> "NoticeQuerySet":
        """The notices whose document the person may see; versions have no page of their own."""
        return self.filter(document__in=Document.objects.visible_to(user), conference__isnull=False)

    def issued(self) -> "NoticeQuerySet":
        """Notices in force, as everybody may read them; versions have no page of their own."""
        return self.filter(document__state=DocumentState.ISSUED, conference__isnull=False)


class ConclusionNotice(models.Model):
    """The notice that follows a conference (domain.md §3.6); its state is its document's.

    A conference has one notice, which every link holds on to; its amendment in preparation, and
    the versions it has left behind, are rows of their own (`version_of`) without a conference.
    """

    document = models.OneToOneField(Document, models.PROTECT, related_name="conclusion_notice")
    conference = models.OneToOneField(
        Conference, models.PROTECT, null=True, blank=True, related_name="conclusion_notice"
    )
    version_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="versions"
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(conference__isnull=True) ^ Q(version_of__isnull=True),
                name="notice_of_conference_or_version",
            )
        ]

    def __str__(self) -> str:
        return str(self.document)

    def get_absolute_url(self) -> str:
        """The notice's page; of a version, the page of the notice it belongs to."""
        return reverse("conclusions:detail", args=[self.version_of_id or self.pk])

    @property
    def occasion(self) -> Conference:
        """The conference it concludes."""
        living = self if self.version_of is None else self.version_of
        held: Conference | None = living.conference
        assert held is not None
        return held


class ConclusionPoint(models.Model):
    """The fact on a clause of kind `conclusion_point`: how one matter was concluded.

    A point of kind `assigned` without lead or due phrase keeps the notice from being issued.
    """

    class Kind(models.TextChoices):
        """What was concluded."""

        ANSWERED = "answered", _("Đã trả lời")
        ASSIGNED = "assigned", _("Giao giải quyết")
        PETITION = "petition", _("Kiến nghị cấp trên")
        NOT_CONSIDERED = "not_considered", _("Không xem xét")

    clause = models.OneToOneField(Clause, models.CASCADE, related_name="conclusion_point")
    notice = models.ForeignKey(ConclusionNotice, models.CASCADE, related_name="points")
    kind = models.CharField(_("kết luận"), max_length=15, choices=Kind)
    lead = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="conclusion_points"
    )
    cooperating = models.ManyToManyField(Organisation, blank=True, related_name="+")
    due = TimePhraseField(_("thời hạn"), null=True, blank=True)
    deliverable = models.CharField(_("sản phẩm"), max_length=200, blank=True)
    report_to = models.CharField(_("báo cáo"), max_length=200, blank=True)
    reason = models.CharField(_("lý do"), max_length=300, blank=True)
    exchanges = models.ManyToManyField(Exchange, blank=True, related_name="points")
    groups = models.ManyToManyField(IssueGroup, blank=True, related_name="points")

    def __str__(self) -> str:
        return self.clause.text


def unsettled_exchanges(notice: ConclusionNotice) -> models.QuerySet[Exchange]:
    """What was left open in the hall and no point of the notice deals with."""
    outcome = Exchange.Outcome
    return notice.occasion.exchanges.filter(
        outcome__in=[outcome.WRITTEN, outcome.ASSIGNED, outcome.PETITION], points=None
    ).order_by("id")


class CaseFile(models.Model):
    """Everything kept of a conference in one archive; ordered on a page, put together by a worker."""

    TRANSITIONS = PRINT_TRANSITIONS

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="case_files")
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ordered_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=PrintState, default=PrintState.WAITING)
    file = models.FileField(upload_to="case-files/%Y/%m/", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["conference"],
                name="one_case_file_is_made",
                condition=Q(state="waiting"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.conference_id}: {self.ordered_at:%d/%m/%Y}"
