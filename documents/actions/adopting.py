"""A paper read from a file becomes a draft: what the clerk has taken of it, with its facts."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.transitions import record
from documents import facts
from documents.actions.bases import register_basis
from documents.actions.drafting import ClauseDraft, RecipientDraft, add_drafts, create_document
from documents.models import ClauseKind, Comment, Document
from documents.reading import DocumentReading
from documents.reading.pieces import Piece
from documents.reading.results import BasisReading
from organisations.models import Organisation, User

MAX_SAID = 40


@dataclass(frozen=True)
class Chosen:
    """A piece as the clerk takes it: its kind and words, and whether its fact is wanted."""

    piece: Piece
    kind: str
    text: str
    wants_fact: bool = True

    @property
    def fact(self) -> Any:
        """The fact to save: none if it was left out or belongs to another kind."""
        return self.piece.fact if self.wants_fact and self.kind == self.piece.kind else None


@dataclass(frozen=True)
class AnnexChoice:
    """An appendix as the clerk takes it: its title and what stands in it."""

    paper: DocumentReading
    title: str
    pieces: tuple[Chosen, ...]


@dataclass(frozen=True)
class PaperChoice:
    """One paper of a file as the clerk takes it; `header` as in `create_document`."""

    paper: DocumentReading
    pieces: tuple[Chosen, ...]
    organisation: Organisation
    type_code: str
    abstract: str
    recipients: tuple[RecipientDraft, ...] = ()
    addressees: tuple[str, ...] = ()
    header: Mapping[str, Any] = field(default_factory=dict)
    annexes: tuple[AnnexChoice, ...] = ()


@dataclass(frozen=True)
class Adopted:
    """A new draft and what was read but not recognised: (clause id or None, sentence)."""

    document: Document
    doubts: tuple[tuple[int | None, str], ...]


@transaction.atomic
def adopt_papers(
    choices: Sequence[PaperChoice], *, by: User, today: datetime.date, source: str
) -> list[Adopted]:
    """Turn the papers taken from one file into drafts; what goes with a plan is tied to it.

    `source` is the name of the file, for the history. Raises RefusedError unless `by` is a clerk
    of every organisation named.
    """
    plans = [choice for choice in choices if choice.type_code == "KH"]
    main = plans[0] if len(plans) == 1 else None
    order = sorted(choices, key=lambda choice: choice is not main)
    done: dict[int, Adopted] = {}
    for choice in order:
        tied = done.get(id(main))
        relates_to = tied.document if tied else None
        done[id(choice)] = _adopt(choice, by=by, today=today, source=source, relates_to=relates_to)
    return [done[id(choice)] for choice in choices]


def _adopt(
    choice: PaperChoice,
    *,
    by: User,
    today: datetime.date,
    source: str,
    relates_to: Document | None,
) -> Adopted:
    document = create_document(
        organisation=choice.organisation,
        type_code=choice.type_code,
        abstract=choice.abstract,
        by=by,
        today=today,
        recipients=list(choice.recipients) or None,
        addressees=choice.addressees,
        relates_to=relates_to,
        **choice.header,
    )
    understand = _Understanding(document, facts.adopt_owner(document, choice.paper, by))
    drafts, doubted = _drafts(choice.pieces, understand)
    for annex in choice.annexes:
        inside, further = _drafts(annex.pieces, understand)
        drafts.append(ClauseDraft(ClauseKind.APPENDIX, annex.title, inside))
        doubted += further
    add_drafts(document, by=by, drafts=drafts)
    parts: tuple[PaperChoice | AnnexChoice, ...] = (choice, *choice.annexes)
    _register_bases((basis for part in parts for basis in part.paper.legal_bases), document)
    doubts = tuple(
        (draft.clause.pk if draft.clause else None, words)
        for draft, sentences in doubted
        for words in sentences
    )
    count = sum(len(part.pieces) for part in parts)
    _remember(document, by=by, source=source, count=count, doubts=doubts)
    return Adopted(document, doubts)


Doubted = list[tuple[ClauseDraft, tuple[str, ...]]]


@dataclass(frozen=True)
class _Understanding:
    """Turns a fact read into what its clause saves."""

    document: Document
    owner: "Callable[[Any], facts.Reading | None] | None"

    def of(self, fact: Any) -> facts.Reading | None:
        """The values of a fact; None if there is nothing to save."""
        if isinstance(fact, BasisReading):
            if not fact.kind:
                return None
            return facts.Reading({"basis": register_basis(_basis(fact), self.document)}, ())
        return self.owner(fact) if self.owner and fact is not None else None


def _drafts(
    chosen: Iterable[Chosen], understanding: _Understanding
) -> tuple[list[ClauseDraft], Doubted]:
    """The tree of what was taken; a piece whose parent was left out is left out with it."""
    made: dict[int, list[ClauseDraft]] = {}
    top: list[ClauseDraft] = []
    doubted: Doubted = []
    for one in chosen:
        siblings = top if one.piece.parent is None else made.get(one.piece.parent)
        if siblings is None:
            continue
        reading = understanding.of(one.fact)
        children: list[ClauseDraft] = []
        values = reading.values if reading else None
        draft = ClauseDraft(one.kind, one.text, children, fact=values)
        siblings.append(draft)
        made[one.piece.number] = children
        if reading and reading.doubts:
            doubted.append((draft, reading.doubts))
    return top, doubted


def _basis(fact: BasisReading) -> dict[str, Any]:
    """A cited paper as the register holds it."""
    return {
        "kind": (fact.kind or "")[:60],
        "number": fact.register_code[:60],
        "body": (fact.body or "")[:200],
        "title": (fact.title or "")[:500],
        "date": fact.date,
    }


def _register_bases(bases: Iterable[BasisReading], document: Document) -> None:
    """Papers named within the text have no clause of their own, but belong in the register."""
    for basis in bases:
        if basis.is_in_body and basis.kind and basis.number is not None:
            register_basis(_basis(basis), document)


def _remember(
    document: Document,
    *,
    by: User,
    source: str,
    count: int,
    doubts: Sequence[tuple[int | None, str]],
) -> None:
    """What still needs eyes is remarked on its clause; nobody else is told."""
    quotes = dict(document.clauses.filter(pk__in=[pk for pk, _words in doubts]).values_list("pk", "text"))  # fmt: skip
    by_clause: dict[int | None, list[str]] = {}
    for pk, words in doubts:
        by_clause.setdefault(pk, []).append(words)
    Comment.objects.bulk_create(
        Comment(
            document=document,
            clause_id=pk,
            quote=quotes.get(pk or 0, ""),
            text=_("Đọc từ tệp, cần xem lại: %(words)s") % {"words": " ".join(words)},
            by=by,
        )
        for pk, words in list(by_clause.items())[:MAX_SAID]
    )
    record(
        document,
        by=by,
        note=_("Đọc từ “%(source)s”: nhận %(count)d đoạn, %(doubts)d đoạn cần xem lại")
        % {"source": source, "count": count, "doubts": len(by_clause)},
    )
