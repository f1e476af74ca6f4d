"""One matter each, in a person's own words, and the groups of alike ones."""

import re
from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assignments.models import Task
from core.codes import grouped_code, plain_code
from core.text import fold
from feedback.models.consultations import Competence, Consultation, Field
from feedback.models.submissions import Submission
from feedback.states import OPINION_TRANSITIONS, OpinionState
from organisations.models import Organisation, Role

if TYPE_CHECKING:
    from organisations.models import User


class FoldedWords(models.Func):
    """The accent-folded words of some columns as a tsvector; the database itself keeps it current.

    `feedback_words` (migration 0003) does in SQL what core.text.fold does, and drops punctuation.
    """

    arg_joiner = " || ' ' || "
    template = "to_tsvector('simple', feedback_words(%(expressions)s))"
    output_field = SearchVectorField()


class GroupQuerySet(models.QuerySet["IssueGroup"]):
    """Issue groups as people may see them."""

    def visible_to(self, user: "User") -> "GroupQuerySet":
        """The office's own, the asked agency's, and overseers' of the unit."""
        return self.filter(
            Q(consultation__organisation__in=user.organisation_ids(Role.CLERK, Role.HEAD))
            | Q(lead__in=user.organisation_ids(Role.OFFICER, Role.HEAD, Role.CLERK))
            | Q(consultation__organisation__unit__in=user.unit_ids(Role.OVERSEER))
        )


class IssueGroup(models.Model):
    """One matter that one or more opinions are about; every original stays as it was sent."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="groups")
    title = models.CharField(_("vấn đề"), max_length=300)
    field = models.ForeignKey(Field, models.PROTECT)
    competence = models.CharField(_("thẩm quyền"), max_length=10, choices=Competence)
    lead = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="issue_groups"
    )
    task = models.OneToOneField(
        Task, models.PROTECT, null=True, blank=True, related_name="issue_group"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = GroupQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The group's page."""
        return reverse("feedback:group", args=[self.pk])


class OpinionQuerySet(models.QuerySet["Opinion"]):
    """Opinions as people may see them; routed ones are stubs for everybody."""

    def visible_to(self, user: "User") -> "OpinionQuerySet":
        """The office's own, the asked agency's, what one entered oneself, overseers' of the unit."""
        return self.filter(
            Q(
                submission__consultation__organisation__in=user.organisation_ids(
                    Role.CLERK, Role.HEAD
                )
            )
            | Q(group__lead__in=user.organisation_ids(Role.OFFICER, Role.HEAD, Role.CLERK))
            | Q(submission__entered_by=user)
            | Q(submission__consultation__organisation__unit__in=user.unit_ids(Role.OVERSEER))
        )

    def matching(self, words: str) -> "OpinionQuerySet":
        """Opinions that hold words beginning with each of `words`, accents or none, or the code."""
        folded = re.findall(r"[a-z0-9]+", fold(words))
        if not folded:
            return self
        found = SearchQuery(
            " & ".join(f"{word}:*" for word in folded), config="simple", search_type="raw"
        )
        return self.filter(Q(search=found) | Q(submission__code=plain_code(words)))

    def in_dialogue(self) -> "OpinionQuerySet":
        """Opinions that have not left the dialogue."""
        return self.exclude(state__in=[OpinionState.ROUTED, OpinionState.DECLINED])


class Opinion(models.Model):
    """One matter in a person's own words.

    `state` says who has it, `resolution` how it ended. `search` is the accent-folded text,
    a tsvector which the database computes and stores. The text of a routed opinion is emptied (it lives in RestrictedMatter until
    it is handed over).
    """

    TRANSITIONS = OPINION_TRANSITIONS

    class Kind(models.TextChoices):
        """What it is (domain.md §2.4); the last four are only ever set by the office."""

        PROPOSAL = "proposal", _("Kiến nghị")
        FEEDBACK = "feedback", _("Phản ánh")
        QUESTION = "question", _("Hỏi, đề nghị giải đáp")
        COMMENT = "comment", _("Góp ý xây dựng Đảng, chính quyền")

    class Resolution(models.TextChoices):
        """How it ended."""

        ANSWERED = "answered", _("Đã giải đáp, cung cấp thông tin")
        RESOLVED = "resolved", _("Đã giải quyết xong")
        IN_PROGRESS = "in_progress", _("Đang giải quyết")
        ESCALATED = "escalated", _("Đã kiến nghị cấp trên")
        TRANSFERRED = "transferred", _("Đã chuyển cơ quan có thẩm quyền")
        OUT_OF_SCOPE = "out_of_scope", _("Không thuộc phạm vi đối thoại")
        REJECTED = "rejected", _("Không xem xét")

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="opinions")
    position = models.PositiveSmallIntegerField(default=1)
    text = models.TextField(_("nội dung"), blank=True)
    proposal = models.TextField(_("đề xuất, hướng giải quyết"), blank=True)
    kind = models.CharField(_("loại ý kiến"), max_length=10, choices=Kind)
    field = models.ForeignKey(Field, models.PROTECT, related_name="opinions")
    other_fields = models.ManyToManyField(Field, blank=True, related_name="+")
    competence = models.CharField(_("thẩm quyền"), max_length=10, choices=Competence, blank=True)
    wished_competence = models.CharField(
        _("đề nghị giải quyết bởi"), max_length=10, choices=Competence, blank=True
    )
    supporters = models.PositiveIntegerField(_("số người cùng ý kiến"), default=1)
    raised_before = models.CharField(_("đã kiến nghị lần nào"), max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=OpinionState, default=OpinionState.RECEIVED)
    resolution = models.CharField(max_length=12, choices=Resolution, blank=True)
    resolution_note = models.TextField(_("lý do, nơi chuyển"), blank=True)
    group = models.ForeignKey(
        IssueGroup, models.PROTECT, null=True, blank=True, related_name="opinions"
    )
    search = models.GeneratedField(
        expression=FoldedWords("text", "proposal"),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        indexes = [
            GinIndex(fields=["search"], name="opinion_search"),
            models.Index(fields=["state", "-id"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "position"], name="opinion_position_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["routed", "declined"]) | ~Q(resolution=""),
                name="left_with_a_resolution",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id}.{self.position}"

    def get_absolute_url(self) -> str:
        """The office's page of the opinion."""
        return reverse("feedback:opinion", args=[self.pk])

    @property
    def code(self) -> str:
        """The code of the submission and the place on it: 7K3M-9Q2X.2."""
        return f"{grouped_code(self.submission.code)}.{self.position}"
