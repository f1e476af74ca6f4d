"""How papers stand to each other: tied and untied by the clerk of the one that says so."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.access import RefusedError, require
from core.transitions import record
from documents import rules
from documents.models import Document, DocumentRelation
from organisations.models import User


@transaction.atomic
def relate_documents(
    document: Document, *, by: User, target: Document, kind: str
) -> DocumentRelation:
    """Say what a paper is to another; RefusedError if that is said already or cannot be."""
    require(rules.may_relate_document(by, document), rules.NOT_RELATING)
    if document.pk == target.pk:
        raise RefusedError(_("Văn bản không liên quan tới chính nó; hãy chọn văn bản khác."))
    if _is_said(document, target, kind):
        raise RefusedError(_("Quan hệ này đã được ghi rồi."))
    try:
        with transaction.atomic():
            relation = DocumentRelation.objects.create(
                source=document, target=target, kind=kind, added_by=by
            )
    except IntegrityError as error:
        raise RefusedError(_("Quan hệ này đã được ghi rồi.")) from error
    words = {"kind": relation.get_kind_display(), "paper": target}
    record(document, by=by, note=_("%(kind)s: %(paper)s") % words)
    return relation


@transaction.atomic
def unrelate_documents(relation: DocumentRelation, *, by: User) -> None:
    """Take a relation away; both papers stay."""
    require(rules.may_relate_document(by, relation.source), rules.NOT_RELATING)
    words = {"kind": relation.get_kind_display(), "paper": relation.target}
    record(relation.source, by=by, note=_("Bỏ quan hệ %(kind)s: %(paper)s") % words)
    relation.delete()


def _is_said(document: Document, target: Document, kind: str) -> bool:
    """Being of one bundle is said once for both."""
    both_ways = kind in {DocumentRelation.Kind.BUNDLE, DocumentRelation.Kind.ABOUT}
    rows = DocumentRelation.objects.filter(source=target, target=document, kind=kind)
    return both_ways and rows.exists()
