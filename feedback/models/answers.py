"""What becomes of opinions: prepared answers, and matters that left the dialogue by law."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.sealed import SealedField
from documents.models import Document, LegalBasis
from feedback.models.opinions import IssueGroup, Opinion
from feedback.models.releases import Release
from feedback.models.requests import AnswerLink
from feedback.states import ANSWER_TRANSITIONS, MATTER_TRANSITIONS, AnswerState, MatterState
from organisations.models import Role

if TYPE_CHECKING:
    from organisations.models import User


class AnswerQuerySet(models.QuerySet["Answer"]):
    """Answers as people may see them: the embargo lives here."""

    def visible_to(self, user: "User") -> "AnswerQuerySet":
        """The office's and the lead's own at every stage; others who see the group, once released."""
        return self.filter(
            Q(group__consultation__organisation__in=user.organisation_ids(Role.CLERK, Role.HEAD))
            | Q(group__lead__in=user.organisation_ids(Role.OFFICER, Role.HEAD, Role.CLERK))
            | Q(state=AnswerState.RELEASED)
            & (
                Q(group__consultation__organisation__unit__in=user.unit_ids(Role.OVERSEER))
                | Q(group__in=IssueGroup.objects.helped_by(user))
            )
        )

    def released(self) -> "AnswerQuerySet":
        """Answers the public may read."""
        return self.filter(state=AnswerState.RELEASED)


class MatterQuerySet(models.QuerySet["RestrictedMatter"]):
    """Restricted matters as people may see them."""

    def visible_to(self, user: "User") -> "MatterQuerySet":
        """Those of the organisations in which the person receives citizens; nobody else's."""
        return self.filter(
            opinion__submission__consultation__organisation__in=user.organisation_ids(
                Role.RECEPTION
            )
        )


class Answer(models.Model):
    """The answer an agency prepares to an issue group; embargoed until released.

    `legal_basis` is what the citizen reads; `bases` are the entries of the register it quotes.
    `written_by` is empty while it was last written through `link`; `signer` is then who approved.
    """

    TRANSITIONS = ANSWER_TRANSITIONS

    group = models.OneToOneField(IssueGroup, models.PROTECT, related_name="answer")
    text = models.TextField(_("nội dung trả lời"))
    legal_basis = models.TextField(_("căn cứ"), blank=True)
    state = models.CharField(max_length=10, choices=AnswerState, default=AnswerState.DRAFT)
    bases = models.ManyToManyField(LegalBasis, blank=True, related_name="+")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    link = models.ForeignKey(
        AnswerLink, models.PROTECT, null=True, blank=True, related_name="answers"
    )
    signer = models.CharField(_("người duyệt"), max_length=150, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    release = models.ForeignKey(
        Release, models.PROTECT, null=True, blank=True, related_name="answers"
    )
    version = models.PositiveIntegerField(default=1)

    objects = AnswerQuerySet.as_manager()

    def __str__(self) -> str:
        return f"answer to {self.group_id}"


class RestrictedMatter(models.Model):
    """A complaint, denunciation, crime report or civil dispute that left the dialogue.

    Seen only by `reception`, every view stands in the audit; handing over empties `content`, and a
    stub (code, date, receiving body) remains (domain.md §2.5). `slip` is the phiếu chuyển, `papers`
    what has become of papers of the conference that told of it, a sentence a line.
    """

    TRANSITIONS = MATTER_TRANSITIONS

    class Kind(models.TextChoices):
        """Which law it falls under."""

        COMPLAINT = "complaint", _("Khiếu nại")
        DENUNCIATION = "denunciation", _("Tố cáo")
        CRIME = "crime", _("Tố giác, tin báo về tội phạm")
        CIVIL = "civil", _("Tranh chấp dân sự")

    opinion = models.OneToOneField(Opinion, models.PROTECT, related_name="matter")
    kind = models.CharField(_("loại"), max_length=12, choices=Kind)
    content = SealedField(blank=True, bound_to=["opinion_id"])
    receiving_body = models.CharField(_("cơ quan tiếp nhận"), max_length=200)
    reason = SealedField(_("lý do chuyển"), bound_to=["opinion_id"])
    state = models.CharField(max_length=12, choices=MatterState, default=MatterState.HELD)
    papers = models.TextField(_("văn bản có nhắc"), blank=True)
    routed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    routed_on = models.DateField()
    handed_over_at = models.DateTimeField(null=True, blank=True)
    slip = models.OneToOneField(
        Document, models.PROTECT, null=True, blank=True, related_name="matter"
    )

    objects = MatterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="handed_over") | Q(content=""),
                name="handed_over_keeps_no_content",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    def get_absolute_url(self) -> str:
        """Reception's page of the matter."""
        return reverse("feedback:matter", args=[self.pk])
