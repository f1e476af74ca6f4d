"""How a paper stands to others, seen from either end; the bundle it belongs to."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from documents.models import Document, DocumentRelation
from organisations.models import User

Kind = DocumentRelation.Kind
# What the target of a relation is to its source.
FROM_THE_OTHER_END = {
    Kind.ACCOMPANIES: _("Có văn bản kèm theo"),
    Kind.BASED_ON: _("Là căn cứ của"),
    Kind.REPLACES: _("Được thay thế bởi"),
    Kind.IMPLEMENTS: _("Được triển khai bởi"),
    Kind.BUNDLE: Kind.BUNDLE.label,
    Kind.ABOUT: Kind.ABOUT.label,
}
# A bundle is read in this order: letter, plan, programme, form, the rest.
BUNDLE_ORDER = ("CV", "TTr", "QD", "KH", "CTr", "GM", "PYK")
BUNDLE_LIMIT = 12
BUNDLED = (Kind.BUNDLE, Kind.ACCOMPANIES)


@dataclass(frozen=True)
class RelationLine:
    """One relation as the page of a paper says it."""

    relation: DocumentRelation
    label: str
    paper: Document
    is_own: bool

    @property
    def is_bundle(self) -> bool:
        """Whether both papers go out together."""
        return self.relation.kind in BUNDLED


def relations_of(document: Document, user: User) -> list[RelationLine]:
    """The papers related to this one which the person may see, own relations first; two questions."""
    rows = (
        DocumentRelation.objects.filter(Q(source=document) | Q(target=document))
        .select_related("source__type", "source__organisation")
        .select_related("target__type", "target__organisation")
        .order_by("kind", "id")
    )
    lines = []
    for row in rows:
        is_own = row.source_id == document.pk
        label = row.get_kind_display() if is_own else FROM_THE_OTHER_END[Kind(row.kind)]
        paper = row.target if is_own else row.source
        lines.append(RelationLine(row, str(label), paper, is_own))
    papers = [line.paper.pk for line in lines]
    visible = Document.objects.visible_to(user).filter(pk__in=papers)
    seen = set(visible.values_list("pk", flat=True))
    shown = sorted((line for line in lines if line.paper.pk in seen), key=_order)
    return list({line.paper.pk: line for line in reversed(shown)}.values())[::-1]


def _order(line: RelationLine) -> tuple[bool, bool]:
    """A paper stands once, for what says most: own relations first, "about" last."""
    return line.relation.kind == Kind.ABOUT, not line.is_own


def bundle_of(document: Document, user: User) -> list[Document]:
    """The papers that go out together, in the order they are read; itself alone if none."""
    found = {document.pk}
    fresh = {document.pk}
    while fresh and len(found) <= BUNDLE_LIMIT:
        rows = DocumentRelation.objects.filter(
            Q(source__in=fresh) | Q(target__in=fresh), kind__in=BUNDLED
        ).values_list("source", "target")
        fresh = {pk for pair in rows for pk in pair} - found
        found |= fresh
    papers = (
        Document.objects.visible_to(user)
        .filter(pk__in=found)
        .select_related("type", "organisation", "skin", "amends__type", "amends__organisation")
    )
    return sorted(papers, key=lambda paper: (_rank(paper.type_id), paper.pk))[:BUNDLE_LIMIT]


def papers_matching(document: Document, user: User, words: str) -> list[int]:
    """Up to thirty papers one may tie to another, those holding every word, latest first."""
    rows = Document.objects.visible_to(user).exclude(pk=document.pk).matching(words)
    return list(rows.order_by("-id").values_list("pk", flat=True)[:30])


def _rank(type_code: str) -> int:
    return BUNDLE_ORDER.index(type_code) if type_code in BUNDLE_ORDER else len(BUNDLE_ORDER)
