"""Asking agencies: the request itself, what helpers and late writers gave, talk, links, templates."""

from typing import TYPE_CHECKING, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assignments.models import Cooperation, Task
from feedback.models.opinions import IssueGroup
from feedback.states import REQUEST_TRANSITIONS, RequestState
from organisations.models import Organisation, Role

if TYPE_CHECKING:
    import datetime

    from organisations.models import User

Row = TypeVar("Row", bound=models.Model)
WRITERS = (Role.OFFICER, Role.HEAD, Role.CLERK)


class RequestQuerySet(models.QuerySet["AnswerRequest"]):
    """Requests as people may see them."""

    def visible_to(self, user: "User") -> "RequestQuerySet":
        """The office's own, the asked agency's (withdrawn too), those one's body helps with."""
        bodies = user.organisation_ids(*WRITERS)
        helped = Cooperation.objects.filter(organisation__in=bodies).values("task")
        return self.filter(
            Q(group__consultation__organisation__in=user.organisation_ids(Role.CLERK, Role.HEAD))
            | Q(lead__in=bodies)
            | Q(state=RequestState.STANDING, task__in=helped)
        )

    def standing(self) -> "RequestQuerySet":
        """Requests that were not withdrawn."""
        return self.filter(state=RequestState.STANDING)


class AnswerRequest(models.Model):
    """The office asks an agency to answer a matter; one stands at a time, withdrawn ones remain.

    The bodies that help stand with the task. While the request stands, the group's `lead` and
    `task` are its own.
    """

    TRANSITIONS = REQUEST_TRANSITIONS

    group = models.ForeignKey(IssueGroup, models.PROTECT, related_name="requests")
    lead = models.ForeignKey(Organisation, models.PROTECT, related_name="answer_requests")
    task = models.OneToOneField(
        Task, models.PROTECT, null=True, blank=True, related_name="answer_request"
    )
    note = models.TextField(_("lưu ý cho cơ quan trả lời"), blank=True)
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.STANDING)
    reason = models.TextField(_("lý do rút"), blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = RequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group"], condition=Q(state="standing"), name="one_request_stands"
            )
        ]

    def __str__(self) -> str:
        return f"{self.group_id} → {self.lead_id}"

    def get_absolute_url(self) -> str:
        """The page of the request, for those who work on it."""
        return reverse("feedback:request", args=[self.pk])


class OfRequestQuerySet(models.QuerySet[Row]):
    """What hangs on requests and is nobody else's: never public, not for overseers."""

    def visible_to(self, user: "User") -> Self:
        """For those who may see the request."""
        return self.filter(request__in=AnswerRequest.objects.visible_to(user))


class PartQuerySet(OfRequestQuerySet["AnswerPart"]):
    """Parts and kept texts as people may see them."""


class RemarkQuerySet(OfRequestQuerySet["Remark"]):
    """Talk as people may see it."""


class LinkQuerySet(OfRequestQuerySet["AnswerLink"]):
    """Links as people may see them."""


class AnswerPart(models.Model):
    """Words towards an answer that are not the answer: a helper's part, or a text that was kept.

    Kept are the draft of a request that was withdrawn, and what the agency wrote after that.
    """

    request = models.ForeignKey(AnswerRequest, models.PROTECT, related_name="parts")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    text = models.TextField(_("nội dung"))
    is_kept = models.BooleanField(default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)
    at = models.DateTimeField(auto_now_add=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request", "organisation"],
                condition=Q(is_kept=False),
                name="one_part_of_a_helper",
            )
        ]

    def __str__(self) -> str:
        return f"{self.request_id} + {self.organisation_id}"


class Remark(models.Model):
    """A line of the talk between office and agencies about a request; never public."""

    request = models.ForeignKey(AnswerRequest, models.PROTECT, related_name="remarks")
    text = models.TextField(_("nội dung trao đổi"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = RemarkQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.request_id} {self.pk}"


class AnswerLink(models.Model):
    """An address that lets an agency without an account answer one request until a moment.

    The token is derived from `nonce` under settings.TRACKING_PEPPER and kept only as a hash. The
    first browser that presses the button keeps the link (`browser_hash`).
    """

    request = models.ForeignKey(AnswerRequest, models.PROTECT, related_name="links")
    nonce = models.UUIDField(unique=True)
    token_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField(_("gửi tới địa chỉ"), blank=True)
    expires_at = models.DateTimeField(_("dùng được đến"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    browser_hash = models.CharField(max_length=64, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = LinkQuerySet.as_manager()

    def __str__(self) -> str:
        return f"link {self.pk} of {self.request_id}"

    def is_live(self, now: "datetime.datetime") -> bool:
        """Whether it can still be used; the request may have been withdrawn all the same."""
        return self.revoked_at is None and now < self.expires_at


class TemplateQuerySet(models.QuerySet["AnswerTemplate"]):
    """Template answers as people may use them."""

    def visible_to(self, user: "User") -> "TemplateQuerySet":
        """Those of the bodies one writes for."""
        return self.filter(organisation__in=user.organisation_ids(*WRITERS))


class AnswerTemplate(models.Model):
    """Words a body often answers with, to be put into a draft and changed there."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="answer_templates", verbose_name=_("của")
    )
    title = models.CharField(_("tên mẫu"), max_length=120)
    text = models.TextField(_("nội dung"))
    version = models.PositiveIntegerField(default=1)

    objects = TemplateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "title"], name="answer_template_once")
        ]

    def __str__(self) -> str:
        return self.title
