"""Amending an issued paper: a new version with its clauses and facts, taking over when issued."""

import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.access import RefusedError, require
from core.transitions import move, record
from documents import facts, queries, rules
from documents.actions.drafting import RecipientDraft, create_document
from documents.documents.amendments import amending_abstract, citation_of
from documents.models import Clause, Document, clause_tree
from documents.states import DocumentState
from organisations.models import User

KEPT_HEADER = ("place", "collective", "introduction_verb", "capacity", "secretary_name")
Style = Document.AmendmentStyle


@transaction.atomic
def amend_document(
    document: Document, *, by: User, today: datetime.date, style: str, reason: str = ""
) -> Document:
    """Begin an amendment of an issued paper: a draft with all its clauses and facts.

    `style` says whether the points or the whole text will be printed; `reason` opens the printed
    introduction. Each paper is amended by one other; the next amendment amends that one. Raises
    RefusedError if the paper is not in force or its amendment has begun.
    """
    old = (
        Document.objects.select_for_update(of=("self",))
        .select_related("type", "organisation__unit", "skin")
        .get(pk=document.pk)
    )
    require(
        rules.may_amend_document(by, old),
        _(
            "Chỉ chuyên viên của cơ quan ban hành được soạn sửa đổi, và chỉ văn bản đang có hiệu lực."
        ),
    )
    if Document.objects.filter(amends=old).exclude(state=DocumentState.REVOKED).exists():
        raise RefusedError(_("Văn bản này đang có bản sửa đổi; hãy soạn tiếp bản đó."))
    is_whole = style == Style.WHOLE
    new = create_document(
        organisation=old.organisation,
        type_code=old.type_id,
        abstract=(old.abstract if is_whole else amending_abstract(old))[:500],
        by=by,
        today=today,
        recipients=[
            RecipientDraft(row.text, row.purpose, row.organisation)
            for row in old.recipients.select_related("organisation").order_by("position")
        ],
        addressees=[row.text for row in old.addressees.order_by("position")],
        **{name: getattr(old, name) for name in KEPT_HEADER},
    )
    new.amends, new.amendment_style, new.amendment_reason = old, style, reason
    new.save(update_fields=["amends", "amendment_style", "amendment_reason"])
    facts.copy_owner(old, new, by)
    copy_facts(copy_clauses(old, new, by), by)
    record(old, by=by, note=_("Bắt đầu soạn bản sửa đổi, bổ sung"))
    return new


@transaction.atomic
def edit_amendment(document: Document, *, by: User, style: str, reason: str) -> None:
    """Choose again how a draft amendment prints and how its introduction opens."""
    require(
        document.amends_id is not None and rules.may_edit_document(by, document),
        _("Chỉ sửa được cách in của bản sửa đổi còn là dự thảo."),
    )
    document.amendment_style, document.amendment_reason = style, reason
    document.save(update_fields=["amendment_style", "amendment_reason"])
    record(document, by=by, note=_("Đổi cách in bản sửa đổi"))


def take_over(amendment: Document, *, by: User) -> None:
    """The issued amendment takes the place of the paper it amends, in the issuing transaction.

    What has grown out of the old paper goes over first, so that guards see what stays behind.
    """
    old = amendment.amends
    if old is None:
        return
    for _kind, fact in facts.all_facts():
        if fact.on_amend:
            fact.on_amend(old, amendment, by)
    move(
        old,
        DocumentState.AMENDED,
        by=by,
        note=_("Được sửa đổi bởi %(paper)s") % {"paper": citation_of(amendment)},
    )


def give_back(amendment: Document, *, by: User, reason: str) -> None:
    """The paper a revoked amendment had replaced is in force again, with all that has grown.

    Runs before the amendment is revoked, so that guards see only what stays behind.
    """
    old = amendment.amends
    if old is None or old.state != DocumentState.AMENDED:
        return
    words = _("Thu hồi %(paper)s: %(reason)s") % {
        "paper": citation_of(amendment),
        "reason": reason,
    }
    for _kind, fact in facts.all_facts():
        if fact.on_give_back:
            fact.on_give_back(amendment, old, by, words)
    move(old, DocumentState.ISSUED, by=by, note=_("Hiệu lực trở lại. %(why)s") % {"why": words})


def copy_clauses(old: Document, new: Document, by: User) -> list[tuple[Clause, Clause]]:
    """Every clause once more, level by level, each knowing what it continues."""
    pairs: list[tuple[Clause, Clause]] = []
    level: list[tuple[Clause | None, Clause, list[Any]]] = [
        (None, row, below) for row, below in clause_tree(queries.clauses_of(old))
    ]
    while level:
        made = [
            Clause(
                document=new,
                parent=parent,
                position=row.position,
                kind=row.kind,
                text=row.text,
                edited_by=by,
                carried_from=row,
            )
            for parent, row, _below in level
        ]
        Clause.objects.bulk_create(made)
        pairs += [(row, copy) for (_parent, row, _below), copy in zip(level, made, strict=True)]
        level = [
            (copy, child, below)
            for (_parent, _row, children), copy in zip(level, made, strict=True)
            for child, below in children
        ]
    return pairs


def copy_facts(pairs: list[tuple[Clause, Clause]], by: User) -> None:
    """The facts of the copied clauses once more, through the packages that own the kinds."""
    by_kind: dict[str, list[tuple[Clause, Clause]]] = {}
    for old, new in pairs:
        by_kind.setdefault(old.kind, []).append((old, new))
    for kind, fact in facts.all_facts():
        if fact.copy and kind in by_kind:
            fact.copy(by_kind[kind], by)
