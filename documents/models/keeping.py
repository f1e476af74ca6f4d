"""What gathers around a paper: comments, relations to other papers, its signed copy."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import StoredFile
from documents.models.clauses import Clause
from documents.models.document import Document
from documents.states import COMMENT_TRANSITIONS, CommentState
from organisations.models import Role

if TYPE_CHECKING:
    from organisations.models import User


class CommentQuerySet(models.QuerySet["Comment"]):
    """Comments as people may see and sort them."""

    def visible_to(self, user: "User") -> "CommentQuerySet":
        """Those on papers of the organisations whose drafts the person reads."""
        return self.filter(document__organisation__in=user.organisation_ids(Role.CLERK, Role.HEAD))

    def open(self) -> "CommentQuerySet":
        """Those nobody has dealt with."""
        return self.filter(state=CommentState.OPEN)


class Comment(models.Model):
    """A remark on a clause of a draft, or on the whole (`clause` empty).

    `quote` keeps the words it was about, so that it stays readable when they are mended or gone.
    """

    TRANSITIONS = COMMENT_TRANSITIONS

    document = models.ForeignKey(Document, models.CASCADE, related_name="comments")
    clause = models.ForeignKey(
        Clause, models.SET_NULL, null=True, blank=True, related_name="comments"
    )
    quote = models.TextField(blank=True)
    text = models.TextField(_("góp ý"))
    state = models.CharField(max_length=10, choices=CommentState, default=CommentState.OPEN)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    at = models.DateTimeField(auto_now_add=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["document", "state"])]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_open(self) -> bool:
        """Whether nobody has dealt with it."""
        return self.state == CommentState.OPEN


class CommentReply(models.Model):
    """An answer to a comment."""

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="replies")
    text = models.TextField(_("trả lời"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.text[:60]


class DocumentRelation(models.Model):
    """How one paper stands to another; read from both ends (amending has its own field)."""

    class Kind(models.TextChoices):
        """What the source does to the target."""

        ACCOMPANIES = "accompanies", _("Kèm theo")
        BASED_ON = "based_on", _("Căn cứ")
        REPLACES = "replaces", _("Thay thế")
        IMPLEMENTS = "implements", _("Triển khai thực hiện")
        BUNDLE = "bundle", _("Cùng bộ với")
        ABOUT = "about", _("Liên quan tới")

    source = models.ForeignKey(Document, models.CASCADE, related_name="relations")
    target = models.ForeignKey(Document, models.CASCADE, related_name="relations_to")
    kind = models.CharField(_("quan hệ"), max_length=12, choices=Kind)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "target", "kind"], name="document_relation_once"
            ),
            models.CheckConstraint(
                condition=~Q(source=models.F("target")), name="document_not_related_to_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.target_id}"


class SignedCopy(models.Model):
    """The signed scan or digitally signed PDF of an issued paper; the latest one is authoritative.

    `signatures` is what the file says about its own signature fields; nobody has checked the
    certificates.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="signed_copies")
    file = models.ForeignKey(StoredFile, models.PROTECT)
    signatures = models.JSONField(default=list, blank=True)
    note = models.CharField(_("ghi chú"), max_length=250, blank=True)
    attached_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    attached_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.file)
