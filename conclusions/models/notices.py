"""The conclusion notice: each of its points settles matters and may give a task."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from conferences.models import Conference, Exchange
from conferences.queries import unanswered_groups
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
    def living(self) -> "ConclusionNotice":
        """The notice everything holds on to; a version belongs to one."""
        return self if self.version_of is None else self.version_of

    @property
    def occasion(self) -> Conference:
        """The conference it concludes."""
        held: Conference | None = self.living.conference
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


class LeftOut(models.Model):
    """A matter of the conference the notice does not conclude on, and why; one decision each."""

    notice = models.ForeignKey(ConclusionNotice, models.CASCADE, related_name="left_out")
    exchange = models.ForeignKey(
        Exchange, models.CASCADE, null=True, blank=True, related_name="left_out"
    )
    group = models.ForeignKey(
        IssueGroup, models.CASCADE, null=True, blank=True, related_name="left_out"
    )
    reason = models.CharField(_("lý do"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(exchange__isnull=False) ^ Q(group__isnull=False),
                name="left_out_one_matter",
            ),
            models.UniqueConstraint(fields=["notice", "exchange"], name="exchange_left_out_once"),
            models.UniqueConstraint(fields=["notice", "group"], name="group_left_out_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="left_out_says_why"),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """The matter, as the notice's page names it."""
        if self.exchange is not None:
            return str(self.exchange)
        return self.group.title if self.group is not None else ""


@dataclass(frozen=True)
class OpenMatter:
    """A matter of the conference that no point of a notice answers; `key` picks it in a form."""

    exchange: Exchange | None = None
    group: IssueGroup | None = None

    @property
    def key(self) -> str:
        """`exchange-7` or `group-3`."""
        return f"exchange-{self.exchange.pk}" if self.exchange else f"group-{self.issue.pk}"

    @property
    def words(self) -> str:
        """Who raised what; of a matter sent in before, its title."""
        return str(self.exchange) if self.exchange else self.issue.title

    @property
    def where(self) -> str:
        """How it was left: the outcome in the hall, or that nobody raised it there."""
        if self.exchange:
            return str(self.exchange.get_outcome_display())
        return gettext("Gửi trước hội nghị, chưa có câu trả lời")

    @property
    def issue(self) -> IssueGroup:
        """The matter that was sent in before."""
        found = self.group or (self.exchange.group if self.exchange else None)
        assert found is not None
        return found


def unsettled_exchanges(notice: ConclusionNotice) -> models.QuerySet[Exchange]:
    """What the minutes tell and the notice neither concludes on nor leaves out with a reason."""
    return (
        notice.occasion.exchanges.exclude(points__notice=notice)
        .exclude(left_out__notice=notice.living)
        .select_related("group")
        .order_by("id")
    )


def open_matters(notice: ConclusionNotice) -> list[OpenMatter]:
    """Everything somebody has yet to deal with before the notice is issued; three questions."""
    groups = unanswered_groups(notice.occasion)
    known = set(
        ConclusionPoint.groups.through.objects.filter(
            conclusionpoint__notice=notice, issuegroup__in=groups
        ).values_list("issuegroup", flat=True)
    )
    known |= set(notice.living.left_out.exclude(group=None).values_list("group", flat=True))
    return [
        *(OpenMatter(exchange=row) for row in unsettled_exchanges(notice)),
        *(OpenMatter(group=row) for row in groups if row.pk not in known),
    ]
