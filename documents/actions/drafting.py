"""Writing a document: making it, its header, its recipients."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.access import require
from core.text import fold
from core.transitions import record
from core.versions import save_version
from documents import facts, queries, rules, skins
from documents.models import (
    Addressee,
    Clause,
    Document,
    DocumentRelation,
    DocumentType,
    Recipient,
)
from organisations.models import Organisation, User

HEADER_FIELDS = frozenset(
    {
        "abstract",
        "place",
        "collective",
        "introduction_verb",
        "urgency",
        "capacity",
        "signer_post",
        "signer_name",
        "secretary_name",
    }
)


@dataclass
class ClauseDraft:
    """A clause to be written, with the clauses under it; afterwards `clause` is the stored row.

    `fact` is the cleaned data of the kind's fact form, saved through the registry.
    """

    kind: str
    text: str = ""
    children: "Sequence[ClauseDraft]" = ()
    fact: dict[str, Any] | None = None
    clause: Clause | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class RecipientDraft:
    """A line of Nơi nhận; the organisation is found by its name if it is not given."""

    text: str
    purpose: str = Recipient.Purpose.PLAIN
    organisation: Organisation | None = None


@transaction.atomic
def create_document(
    *,
    organisation: Organisation,
    type_code: str,
    abstract: str,
    by: User,
    today: datetime.date,
    clauses: Sequence[ClauseDraft] = (),
    recipients: Sequence[RecipientDraft] | None = None,
    addressees: Sequence[str] = (),
    relates_to: Document | None = None,
    **header: str,
) -> Document:
    """Begin a paper of `organisation`: header filled from what is known, clauses as given.

    Signer and collective come from the organisation and its head of `today`, the skin from its
    system; each can be given in `header` (see HEADER_FIELDS). Without `recipients` only the
    archive line stands in Nơi nhận. Raises RefusedError unless `by` is a clerk of it.
    """
    require(
        rules.may_create_document(by, organisation),
        _("Chỉ chuyên viên của %(body)s được soạn văn bản của cơ quan này.")
        % {"body": organisation.short_name},
    )
    kind = DocumentType.objects.get(pk=type_code)
    skin = skins.skin_for(organisation, today)
    document = Document(
        organisation=organisation,
        type=kind,
        skin=skin,
        abstract=abstract,
        relates_to=relates_to,
        created_by=by,
        organisation_name=organisation.name,
        parent_heading=organisation.parent_heading,
        symbol=skins.symbol_for(kind, organisation, skin),
        **{**_known_header(organisation, today), **_checked_header(header)},
    )
    document.folded = _searchable(document)
    document.save()
    if relates_to is not None:
        DocumentRelation.objects.create(
            source=document, target=relates_to, kind=DocumentRelation.Kind.ABOUT, added_by=by
        )
    if recipients is None:
        line = organisation.archive_line or _("Lưu: %(office)s") % {"office": "VT"}
        recipients = [RecipientDraft(line, Recipient.Purpose.ARCHIVE)]
    _write_recipients(document, recipients)
    _write_addressees(document, addressees)
    write_drafts(document, clauses, parent=None, first=1, by=by)
    record(document, by=by, note=_("Bắt đầu soạn"), to_state=document.state)
    return document


def hold_draft(document: Document, by: User) -> Document:
    """Lock the document's row until the transaction ends and make sure `by` may still edit it.

    A document read together with its lock (`is_held`) is not asked for again.
    """
    if document.is_held:
        require(rules.may_edit_document(by, document), refusal_to_edit(document))
        return document
    locked = (
        Document.objects.select_for_update(of=("self",))
        .select_related("organisation", "type")
        .get(pk=document.pk)
    )
    require(rules.may_edit_document(by, locked), refusal_to_edit(locked))
    return locked


def refusal_to_edit(document: Document) -> str:
    """Why somebody may not edit the document."""
    if not document.is_editable:
        return _("Văn bản đang ở trạng thái “%(state)s” nên không sửa được nữa.") % {
            "state": document.get_state_display()
        }
    return _("Chỉ chuyên viên của cơ quan soạn thảo được sửa văn bản này.")


@transaction.atomic
def edit_header(
    document: Document,
    *,
    by: User,
    version: int,
    recipients: Sequence[RecipientDraft] | None = None,
    addressees: Sequence[str] | None = None,
    **header: str,
) -> None:
    """Change header, signature block, Kính gửi and Nơi nhận together.

    Raises StaleError if somebody has changed them since `version`.
    """
    hold_draft(document, by)
    values = _checked_header(header)
    for name, value in values.items():
        setattr(document, name, value)
    save_version(document, version=version, folded=_searchable(document), **values)
    if recipients is not None:
        _write_recipients(document, recipients)
    if addressees is not None:
        _write_addressees(document, addressees)
    record(document, by=by, note=_("Sửa phần đầu, nơi nhận, người ký"))


@transaction.atomic
def set_recipients(document: Document, *, by: User, recipients: Sequence[RecipientDraft]) -> None:
    """Replace Nơi nhận."""
    hold_draft(document, by)
    _write_recipients(document, recipients)


@transaction.atomic
def add_drafts(
    document: Document, *, by: User, drafts: Sequence[ClauseDraft], parent: Clause | None = None
) -> None:
    """Write nested clauses after those already under `parent` (None: at the top)."""
    hold_draft(document, by)
    last = Clause.objects.filter(document=document, parent=parent).order_by("-position").first()
    first = last.position + 1 if last else 1
    write_drafts(document, drafts, parent=parent, first=first, by=by)


def write_drafts(
    document: Document,
    drafts: Sequence[ClauseDraft],
    *,
    parent: Clause | None,
    first: int,
    by: User,
) -> None:
    """Store nested clauses level by level, then their facts; the caller holds the document."""
    level = [(parent, place, draft) for place, draft in enumerate(drafts, start=first)]
    everything: list[ClauseDraft] = []
    while level:
        for above, place, draft in level:
            draft.clause = Clause(
                document=document,
                parent=above,
                position=place,
                kind=draft.kind,
                text=draft.text,
                edited_by=by,
            )
        made = Clause.objects.bulk_create(draft.clause for _a, _p, draft in level if draft.clause)
        queries.note_new(made)
        everything += [draft for _a, _p, draft in level]
        level = [
            (draft.clause, place, child)
            for _a, _p, draft in level
            for place, child in enumerate(draft.children, start=1)
        ]
    for draft in everything:
        if draft.clause is not None:
            save_fact(draft.clause, draft.fact, by)


def save_fact(clause: Clause, fact: dict[str, Any] | None, by: User) -> None:
    """Hang the fact on its clause, through the package that owns the kind."""
    save = facts.get(clause.kind).save
    if fact is not None and save is not None:
        save(clause, fact, by)


def _known_header(organisation: Organisation, today: datetime.date) -> dict[str, str]:
    head = queries.head_of(organisation, today)
    capacity = Document.Capacity.COLLECTIVE if organisation.collective else Document.Capacity.HEAD
    return {
        "place": organisation.place_name,
        "collective": organisation.collective,
        "capacity": capacity,
        "signer_post": head.post.name if head and head.post else "",
        "signer_name": head.user.full_name if head else "",
    }


def _checked_header(header: dict[str, str]) -> dict[str, str]:
    unknown = set(header) - HEADER_FIELDS
    if unknown:
        raise TypeError(f"not a field of the header: {sorted(unknown)}")
    return header


def _searchable(document: Document) -> str:
    return fold(f"{document.type.name} {document.register_code} {document.abstract}")


def _write_recipients(document: Document, recipients: Sequence[RecipientDraft]) -> None:
    names = [line.text for line in recipients if line.organisation is None]
    known = _organisations_by_name(names, document.organisation)
    Recipient.objects.filter(document=document).delete()
    Recipient.objects.bulk_create(
        Recipient(
            document=document,
            position=place,
            text=line.text,
            purpose=line.purpose,
            organisation=line.organisation or known.get(fold(line.text)),
        )
        for place, line in enumerate(recipients, start=1)
    )


def _organisations_by_name(names: Iterable[str], home: Organisation) -> dict[str, Organisation]:
    """The bodies meant by these names: every commune has a Phòng Kinh tế, its paper means its own.

    A name that only bodies elsewhere bear, and several of them, means none.
    """
    wanted = {fold(name) for name in names}
    if not wanted:
        return {}
    rows = Organisation.objects.current(timezone.localdate())
    named = [pk for pk, name in rows.values_list("pk", "name") if fold(name) in wanted]
    found: dict[str, list[tuple[int, Organisation]]] = {}
    for row in rows.filter(pk__in=named).select_related("unit").order_by("pk"):
        found.setdefault(fold(row.name), []).append((_distance(row, home), row))
    known = {}
    for name, bodies in found.items():
        nearest = min(distance for distance, _body in bodies)
        near = [body for distance, body in bodies if distance == nearest]
        if len(near) == 1 or nearest == 0:
            known[name] = near[0]
    return known


def _distance(body: Organisation, home: Organisation) -> int:
    """0 in the same place, 1 in one directly above or below it, 2 elsewhere."""
    if body.unit_id == home.unit_id:
        return 0
    is_next = body.unit.parent_id == home.unit_id or body.unit_id == home.unit.parent_id
    return 1 if is_next else 2


def _write_addressees(document: Document, addressees: Sequence[str]) -> None:
    Addressee.objects.filter(document=document).delete()
    Addressee.objects.bulk_create(
        Addressee(document=document, position=place, text=text)
        for place, text in enumerate(addressees, start=1)
    )
