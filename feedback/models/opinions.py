"""One matter each, in a person's own words, and the groups of alike ones."""

import re
from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assignments.models import Cooperation, Task
from core.codes import grouped_code, plain_code
from core.text import fold
from feedback.models.consultations import Competence, Consultation, Field
from feedback.models.submissions import Submission
from feedback.states import OPINION_TRANSITIONS, OpinionState
from organisations.models import Organisation, Role

if TYPE_CHECKING:
    from organisations.models import User


class FoldedWords(models.Func):
    """The accent-folded words of some columns as a tsvector, for migration 0003.

    `feedback_words` does in SQL what core.text.fold does, and drops punctuation.
    """

    arg_joiner = " || ' ' || "
    template = "to_tsvector('simple', feedback_words(%(expressions)s))"
    output_field = SearchVectorField()


CODE = re.compile(r"[0-9A-Za-z]{4}[- ]?[0-9A-Za-z]{4}(\.\d+)?")


def search_query(words: str) -> str:
    """A tsquery for what somebody typed: phrases between quotation marks, other words anywhere.

    Whole words, unless one ends with a star: how many rows a begun word brings up nobody knows
    beforehand, and PostgreSQL would rather read them all (docs/decisions/0020).
    """
    parts = []
    for place, piece in enumerate(re.split('["“”]', words)):
        found = [word.replace("*", ":*") for word in re.findall(r"[^\W_]+\*?", fold(piece))]
        if found:
            parts.append((" <-> " if place % 2 else " & ").join(found))
    return " & ".join(f"({part})" for part in parts)


def _raw(query: str) -> SearchQuery:
    return SearchQuery(query, config="simple", search_type="raw")


def _helped_tasks(user: "User") -> "models.QuerySet[Cooperation, int]":
    bodies = user.organisation_ids(Role.OFFICER, Role.HEAD, Role.CLERK)
    return Cooperation.objects.filter(organisation__in=bodies).values_list("task", flat=True)


class GroupQuerySet(models.QuerySet["IssueGroup"]):
    """Issue groups as people may see them."""

    def visible_to(self, user: "User") -> "GroupQuerySet":
        """The office's own, the asked agency's and its helpers', and overseers' of the unit."""
        return self.filter(
            Q(consultation__organisation__in=user.organisation_ids(Role.CLERK, Role.HEAD))
            | Q(lead__in=user.organisation_ids(Role.OFFICER, Role.HEAD, Role.CLERK))
            | Q(task__in=_helped_tasks(user))
            | Q(consultation__organisation__unit__in=user.unit_ids(Role.OVERSEER))
        )

    def helped_by(self, user: "User") -> "GroupQuerySet":
        """Groups whose answer the person's bodies help to prepare."""
        return self.filter(task__in=_helped_tasks(user))

    def standing(self) -> "GroupQuerySet":
        """Groups that were not merged into another."""
        return self.filter(merged_into=None)

    def joinable(self) -> "GroupQuerySet":
        """Groups whose title citizens may read, and which they may join."""
        return self.standing().filter(is_public=True)

    def with_numbers(self) -> "GroupQuerySet":
        """Groups that say `opinion_count` and `people`: who sent, who agreed on paper, who joined."""
        opinions = Opinion.objects.filter(group=OuterRef("pk")).order_by().values("group")
        joined = Support.objects.filter(group=OuterRef("pk")).order_by().values("group")
        count = Coalesce(Subquery(opinions.values(n=Count("pk"))), 0)
        agreed = Coalesce(Subquery(opinions.values(n=Sum("supporters"))), 0)
        joined_count = Coalesce(Subquery(joined.values(n=Count("pk"))), 0)
        return self.annotate(opinion_count=count, people=agreed + joined_count)


class IssueGroup(models.Model):
    """One matter that one or more opinions are about; every original stays as it was sent.

    `is_public` lets citizens read the title and join; `earlier` are groups of former years about
    the same matter; `merged_into` is set while the group's opinions stand in another group.
    """

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
    is_public = models.BooleanField(_("người dân đọc được tên vấn đề"), default=False)
    earlier = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="later", verbose_name=_("đã nêu ở")
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged"
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
            | Q(group__in=IssueGroup.objects.helped_by(user))
            | Q(submission__entered_by=user)
            | Q(submission__consultation__organisation__unit__in=user.unit_ids(Role.OVERSEER))
        )

    def matching(self, words: str) -> "OpinionQuerySet":
        """Opinions that hold all of `words`, with accents or without; or that have the code."""
        query = search_query(words)
        if not query:
            return self
        holds = Q(search=_raw(query))
        # The code is looked up first: a condition on another table would keep the index from use.
        if CODE.fullmatch(words.strip()):
            code = plain_code(words.partition(".")[0])
            form = Submission.objects.filter(code=code).values_list("pk", flat=True).first()
            holds |= Q(submission=form) if form else Q()
        return self.filter(holds)

    def best_matching(self, words: str, limit: int) -> "list[Opinion]":
        """The newest that hold `words` side by side, then the newest that hold all of them."""
        phrases = list(self.saying(words).order_by("-pk")[:limit])
        if len(phrases) == limit:
            return phrases
        rest = self.matching(words).exclude(pk__in=[row.pk for row in phrases])
        return phrases + list(rest.order_by("-pk")[: limit - len(phrases)])

    def saying(self, words: str) -> "OpinionQuerySet":
        """Opinions that hold `words` side by side."""
        query = search_query(f'"{words}"')
        return self.filter(search=_raw(query)) if query else self.none()

    def in_dialogue(self) -> "OpinionQuerySet":
        """Opinions that have not left the dialogue."""
        left = [OpinionState.ROUTED, OpinionState.DECLINED, OpinionState.WITHDRAWN]
        return self.exclude(state__in=left)


class Opinion(models.Model):
    """One matter in a person's own words.

    `state` says who has it, `resolution` how it ended. `search` is the accent-folded text,
    a tsvector: a trigger (migration 0018) makes it for whoever gives none and whenever the text
    changes. The text of a routed opinion is emptied (it lives in RestrictedMatter until it is handed
    over). `grouped_from` is where it stood before it was grouped; `proposed_lead` the
    agency sorting had in mind; `resolution_target` whom it was passed on to.
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
        VOTERS = "voters", _("Thuộc nội dung tiếp xúc cử tri")
        OUT_OF_SCOPE = "out_of_scope", _("Không thuộc phạm vi đối thoại")
        REJECTED = "rejected", _("Không xem xét")

    submission = models.ForeignKey(
        Submission, models.PROTECT, db_index=False, related_name="opinions"
    )
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
    resolution_note = models.TextField(_("lý do"), blank=True)
    resolution_target = models.CharField(_("nơi chuyển"), max_length=200, blank=True)
    proposed_lead = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )
    group = models.ForeignKey(
        IssueGroup, models.PROTECT, null=True, blank=True, related_name="opinions"
    )
    grouped_from = models.CharField(max_length=10, choices=OpinionState, blank=True)
    search = SearchVectorField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        indexes = [
            GinIndex(fields=["search"], name="opinion_search"),
            models.Index(fields=["state", "-id"]),
            # Nobody is proposed for most opinions: only the others stand in it.
            models.Index(
                fields=["proposed_lead"],
                condition=Q(proposed_lead__isnull=False),
                name="opinion_proposed_lead",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "position"], name="opinion_position_once"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["routed", "declined"]) | ~Q(resolution=""),
                name="left_with_a_resolution",
            ),
            models.CheckConstraint(
                condition=~Q(resolution__in=["voters", "transferred", "escalated"])
                | ~Q(resolution_target=""),
                name="passed_on_to_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(resolution__in=["out_of_scope", "rejected"]) | ~Q(resolution_note=""),
                name="left_out_with_a_reason",
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

    @property
    def may_be_grouped(self) -> bool:
        """Whether it waits to be sorted and stands alone."""
        waits = self.state in (OpinionState.RECEIVED, OpinionState.CLASSIFIED)
        return waits and self.group_id is None


class Support(models.Model):
    """A sender who has the same concern as a group; stands on the form in place of a copy."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="supports")
    position = models.PositiveSmallIntegerField(default=1)
    group = models.ForeignKey(IssueGroup, models.PROTECT, related_name="supports")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "position"], name="support_position_once")
        ]

    def __str__(self) -> str:
        return f"{self.submission_id}.{self.position} → {self.group_id}"

    @property
    def code(self) -> str:
        """The code of the submission and the place on it, like an opinion's."""
        return f"{grouped_code(self.submission.code)}.{self.position}"


class GroupMerge(models.Model):
    """What moved when one group was merged into another, so that it can be taken back exactly."""

    source = models.ForeignKey(IssueGroup, models.PROTECT, related_name="merges")
    target = models.ForeignKey(IssueGroup, models.PROTECT, related_name="merges_in")
    opinions = models.ManyToManyField(Opinion, related_name="+")
    supports = models.ManyToManyField(Support, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source"], condition=Q(undone_at=None), name="merged_into_one_group"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.target_id}"
