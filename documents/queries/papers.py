"""Questions over a document and everything that hangs on it."""

import datetime
import hashlib
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import HistoryEntry
from core.text import fold
from core.transitions import history_of
from documents import facts
from documents.models import (
    Clause,
    Document,
    LegalBasis,
    clause_tree,
)
from documents.states import DocumentState
from organisations.models import Membership, Organisation, PartyTerm, Role, User


def clauses_of(document: Document) -> list[Clause]:
    """All clauses of a document, in no particular order (nest them with `clause_tree`)."""
    return list(Clause.objects.filter(document=document).order_by("position"))


def summaries(clauses: list[Clause]) -> dict[int, str]:
    """What the facts say about these clauses, by clause id; one question per kind."""
    by_kind: dict[str, list[Clause]] = {}
    for clause in clauses:
        by_kind.setdefault(clause.kind, []).append(clause)
    found: dict[int, str] = {}
    for kind, group in by_kind.items():
        summary = facts.get(kind).summary
        if summary:
            found.update(summary(group))
    return found


def consequences(document: Document) -> list[str]:
    """What issuing will set going, in the words of the packages that own the facts."""
    said = [fact.consequence(document) for _kind, fact in facts.all_facts() if fact.consequence]
    return [words for words in said if words]


def undoings(document: Document) -> list[str]:
    """What taking an issued paper back will end; packages with the same words say them once."""
    said = [fact.undoing(document) for _kind, fact in facts.all_facts() if fact.undoing]
    return list(dict.fromkeys(words for words in said if words))


def issued_papers(
    since: datetime.datetime | None, until: datetime.datetime
) -> list[tuple[datetime.datetime, int, str]]:
    """When papers of a time were issued, their keys, the hashes of their frozen files."""
    papers = Document.objects.filter(issued_at__lt=until)
    if since is not None:
        papers = papers.filter(issued_at__gte=since)
    found = papers.order_by("pk").values_list("issued_at", "pk", "pdf_sha256")
    return [(at, pk, sha256) for at, pk, sha256 in found if at]


def issued_files() -> Iterator[tuple[int, str, str]]:
    """Of every issued paper its key, its hash, and the hash of the file as it is kept now."""
    issued = Document.objects.exclude(issued_at=None).exclude(pdf="").order_by("pk")
    for document in issued.only("pdf", "pdf_sha256").iterator():
        try:
            with document.pdf.open("rb") as file:
                kept = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            kept = ""
        yield document.pk, document.pdf_sha256, kept


class Event(NamedTuple):
    """One line of what happened to a document, as the timeline reads it."""

    at: datetime.datetime
    by: User | None
    to_state: str
    note: str
    label: str


def events_of(document: Document) -> list[Event]:
    """The latest fifty entries of a document for its page; a step back is told as a return."""
    word = _("Trả lại để sửa")
    return [
        Event(row.at, row.by, row.to_state, row.note, word if _is_return(row) else "")
        for row in history_of(document)[:50]
    ]


def _is_return(entry: HistoryEntry) -> bool:
    return (entry.from_state, entry.to_state) == (DocumentState.SUBMITTED, DocumentState.DRAFT)


def head_of(organisation: Organisation, today: datetime.date) -> Membership | None:
    """Who heads an organisation on a day: the holder of its head post, else any head."""
    heads = (
        Membership.objects.current(today)
        .filter(organisation=organisation, role=Role.HEAD)
        .select_related("post", "user")
        .order_by("-post__is_head", "id")
    )
    head: Membership | None = heads.exclude(post__isnull=True).first()
    return head


def heads_of(document: Document) -> list[User]:
    """Everybody who may sign for the issuing organisation now."""
    members = Membership.objects.current(timezone.localdate()).filter(
        organisation=document.organisation_id, role=Role.HEAD
    )
    return list(User.objects.filter(is_active=True, pk__in=members.values("user")))


def receivers_of(document: Document) -> list[User]:
    """Who got an issued paper: its writer, clerks and heads of the bodies named in Nơi nhận."""
    bodies = document.recipients.exclude(organisation=None).values("organisation")
    members = Membership.objects.current(timezone.localdate()).filter(
        organisation__in=bodies, role__in=[Role.CLERK, Role.HEAD]
    )
    return list(
        User.objects.filter(is_active=True)
        .filter(Q(pk__in=members.values("user")) | Q(pk=document.created_by_id))
        .order_by("pk")
    )


def term_on(organisation: Organisation, day: datetime.date) -> PartyTerm | None:
    """The term of a party committee that runs on a day."""
    return (
        PartyTerm.objects.filter(organisation=organisation, starts_on__lte=day)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))
        .order_by("-starts_on")
        .first()
    )


def bases_matching(words: str, *, limit: int = 200) -> list[LegalBasis]:
    """Papers that can be cited, those holding every word (accents or none), latest first."""
    asked = fold(words).split()
    rows = LegalBasis.objects.order_by("-date", "-id")[:2000]
    found = [row for row in rows if all(word in fold(f"{row} {row.body}") for word in asked)]
    return found[:limit]


def amendment_of(document: Document, user: User) -> Document | None:
    """The paper that amends this one: issued, or in preparation for those who may see that."""
    return (
        Document.objects.visible_to(user)
        .filter(amends=document)
        .exclude(state=DocumentState.REVOKED)
        .select_related("type", "organisation")
        .first()
    )


def clauses_below(clause: Clause) -> list[Clause]:
    """Everything that stands under a clause, in reading order."""

    def walk(level: list[tuple[Clause, list[Any]]]) -> list[Clause]:
        return [row for found, below in level for row in (found, *walk(below))]

    rows = [row for row in clauses_of(clause.document) if row.pk != clause.pk]
    return walk(clause_tree(rows, clause.pk))


def neighbour_of(clause: Clause) -> int | None:
    """Where one looks when the clause is gone: the next on its level, the one before, the parent."""
    rows = list(
        Clause.objects.filter(document=clause.document_id, parent=clause.parent_id)
        .order_by("position")
        .values_list("pk", flat=True)
    )
    at = rows.index(clause.pk)
    near = rows[at + 1 : at + 2] or rows[max(at - 1, 0) : at]
    return near[0] if near else clause.parent_id
