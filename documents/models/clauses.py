"""The clause tree: what a document says."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models.document import Document


class ClauseKind(models.TextChoices):
    """What a clause is; the fact of that kind hangs on it (`documents.facts`)."""

    LEGAL_BASIS = "legal_basis", _("Căn cứ")
    INTRODUCTION = "introduction", _("Câu mở đầu")
    HEADING = "heading", _("Mục")
    TEXT = "text", _("Đoạn văn")
    PURPOSE = "purpose", _("Mục đích")
    REQUIREMENT = "requirement", _("Yêu cầu")
    TOPIC = "topic", _("Nội dung đối thoại")
    SESSION = "session", _("Hội nghị đối thoại")
    AD_HOC = "ad_hoc", _("Đối thoại đột xuất")
    PARTICIPANT_GROUP = "participant_group", _("Thành phần")
    PROGRAMME_ITEM = "programme_item", _("Mục chương trình")
    ASSIGNEE = "assignee", _("Cơ quan được phân công")
    DUTY = "duty", _("Nhiệm vụ")
    CONCLUSION_POINT = "conclusion_point", _("Điểm kết luận")
    EXCHANGE = "exchange", _("Ý kiến và trả lời")
    FACT_LINE = "fact_line", _("Dòng thông tin")
    CLOSING = "closing", _("Câu kết")
    APPENDIX = "appendix", _("Phụ lục")


class Clause(models.Model):
    """One paragraph or heading; numbering is computed by the skin, never stored.

    `text` is plain with `*italic*` and `**bold**` only. `position` orders siblings. In an
    amendment `carried_from` is the clause of the amended paper it continues; new ones have none.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="clauses")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children"
    )
    position = models.PositiveIntegerField()
    kind = models.CharField(_("loại"), max_length=20, choices=ClauseKind)
    text = models.TextField(_("nội dung"), blank=True)
    version = models.PositiveIntegerField(default=1)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True)
    edited_at = models.DateTimeField(auto_now=True)
    carried_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="carried_to"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "parent", "position"],
                name="clause_position_once",
                nulls_distinct=False,
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=~Q(parent=models.F("pk")), name="clause_not_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:60]}"

    @property
    def plain_text(self) -> str:
        """The words without the marks of italics and bold, for whoever does not print them."""
        return self.text.replace("*", "")


def clause_tree(
    clauses: "list[Clause]", under: int | None = None
) -> "list[tuple[Clause, list[Any]]]":
    """Nest clauses, given in any order, as (clause, children) pairs by position.

    All of a document's by default; with `under` those below the clause of that id.
    """
    children: dict[int | None, list[Clause]] = {}
    for clause in clauses:
        children.setdefault(clause.parent_id, []).append(clause)

    def below(parent_id: int | None) -> "list[tuple[Clause, list[Any]]]":
        level = sorted(children.get(parent_id, []), key=lambda clause: clause.position)
        return [(clause, below(clause.pk)) for clause in level]

    return below(under)
