"""The register of legal bases with how often each is cited."""

from django.db.models import Count, Q, QuerySet

from documents.models import Document, LegalBasis
from documents.queries.papers import bases_matching
from documents.states import DocumentState
from organisations.models import User

INCOMPLETE, REPLACED, UNUSED = "incomplete", "replaced", "unused"


def bases_listed(words: str = "", kind: str = "") -> "QuerySet[LegalBasis]":
    """Entries holding every word, with `usage`: how many papers cite each."""
    rows = LegalBasis.objects.select_related("replaced_by", "added_by").annotate(
        usage=Count("citations__clause__document", distinct=True)
    )
    if words.strip():
        rows = rows.filter(pk__in=[row.pk for row in bases_matching(words, limit=2000)])
    narrowed = {
        INCOMPLETE: Q(number="") | Q(body="") | Q(date__isnull=True),
        REPLACED: Q(replaced_by__isnull=False),
        UNUSED: Q(usage=0),
    }
    return rows.filter(narrowed[kind]) if kind in narrowed else rows


def citing_drafts(basis: LegalBasis, user: User) -> "QuerySet[Document]":
    """The papers the person may see that cite an entry, drafts first."""
    return (
        Document.objects.visible_to(user)
        .filter(clauses__basis__basis=basis)
        .select_related("type", "organisation")
        .annotate(is_draft=Q(state=DocumentState.DRAFT))
        .order_by("-is_draft", "-id")
        .distinct()
    )
