"""Which fact hangs on a clause of which kind; filled by the higher packages when they start."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django import forms
    from django.db.models import Model

    from documents.models import Clause, Document, Waiver
    from organisations.models import User


@dataclass(frozen=True)
class Finding:
    """Something a check noticed; an error keeps the document from being issued."""

    severity: str  # "error" | "warning" | "info"
    message: str
    clause_id: int | None = None
    rule: str = ""
    number: str = ""
    why: str = ""
    fingerprint: str = ""
    waiver: "Waiver | None" = None
    field: str = ""  # of the header form, where no clause is meant
    is_holding: bool = False  # the paper is not even submitted while this stands

    @property
    def is_waivable(self) -> bool:
        """Whether a person may let it stand: never what must be mended."""
        return bool(self.rule) and self.severity != "error"


@dataclass(frozen=True)
class Reading:
    """What was understood of a clause's words: values for its fact form, and the same in words.

    `values` is as `Fact.save` takes it; `doubts` says what was read but not recognised.
    """

    values: dict[str, Any]
    words: tuple[tuple[str, str], ...]
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fact:
    """What a higher package knows about one kind of clause.

    `form(data, clause=…, initial=…, prefix="fact")` edits the fact beside the clause's words (a
    new clause has no pk yet, but its document, parent and kind are set); `initial(clause)` reads
    the fact of a stored clause; `save(clause, cleaned, by)` writes it; `propose(clause, cleaned)`
    gives the words when the person left them empty. `summary(clauses)` gives, for all clauses of
    the kind in one document at once, a line of words per clause id (set-based: no query per
    clause); `on_issue(document, by)` grows work out of all facts of the kind in the transaction of
    issuing, when the document already has its number, date and PDF; `consequence(document)` says
    beforehand what that will be ("giao 14 nhiệm vụ"); `findings(document)` checks. `model` is the
    table of the fact (undo keeps its rows), `beside` names what is read together with it, `parts`
    the rows it is made of and rewritten with; `read(clause, text)` understands the words of a
    clause and proposes its fact.

    `copy(pairs, by)` hangs the facts of old clauses on their copies in an amendment (all of the
    kind at once, as (old, new)); `on_amend(old, new, by)` runs when the amendment is issued, before
    `on_issue`: what has grown out of the old paper goes over to the new one;
    `on_give_back(amendment, old, by, reason)` when it is revoked: all that goes back; `on_revoke(document,
    by, reason)` ends what has grown, `undoing(document)` says beforehand what that will be.
    """

    form: "Callable[..., forms.Form] | None" = None
    initial: "Callable[[Clause], dict[str, Any]] | None" = None
    save: "Callable[[Clause, dict[str, Any], User], None] | None" = None
    summary: "Callable[[list[Clause]], dict[int, str]] | None" = None
    propose: "Callable[[Clause, dict[str, Any]], str] | None" = None
    on_issue: "Callable[[Document, User], None] | None" = None
    consequence: "Callable[[Document], str] | None" = None
    findings: "Callable[[Document], list[Finding]] | None" = None
    copy: "Callable[[list[tuple[Clause, Clause]], User], None] | None" = None
    on_amend: "Callable[[Document, Document, User], None] | None" = None
    on_give_back: "Callable[[Document, Document, User, str], None] | None" = None
    on_revoke: "Callable[[Document, User, str], None] | None" = None
    undoing: "Callable[[Document], str] | None" = None
    model: "type[Model] | None" = None
    beside: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    read: "Callable[[Clause, str], Reading | None] | None" = None


_registry: dict[str, Fact] = {}


def register(kind: str, fact: Fact) -> None:
    """Say what hangs on clauses of `kind`; called once per kind in an AppConfig.ready()."""
    if kind in _registry:
        raise ValueError(f"clause kind {kind} already has a fact")
    _registry[kind] = fact


def get(kind: str) -> Fact:
    """The fact of a kind; kinds nobody registered have words only."""
    return _registry.get(kind, Fact())


def all_facts() -> list[tuple[str, Fact]]:
    """Every registered kind with its fact, in the order of registration."""
    return list(_registry.items())


@dataclass(frozen=True)
class Owner:
    """What a document is the paper of (a plan, a conference…): its name and its page."""

    label: str
    url: str


_owners: "dict[str, list[Callable[[Document], Owner | None]]]" = {}
_extras: "dict[str, list[Callable[[Document], Any]]]" = {}


def register_owner(type_code: str, find: "Callable[[Document], Owner | None]") -> None:
    """Say how the owner of documents of a type is found; several packages may share a type."""
    _owners.setdefault(type_code, []).append(find)


def owner_of(document: "Document") -> Owner | None:
    """The plan, conference or notice whose paper this is, if any package claims it."""
    for find in _owners.get(document.type_id, []):
        owner = find(document)
        if owner:
            return owner
    return None


_copiers: "dict[str, list[Callable[[Document, Document, User], None]]]" = {}


def register_copier(type_code: str, copy: "Callable[[Document, Document, User], None]") -> None:
    """Say how the owner (a plan…) of a paper gets one for the paper's amendment."""
    _copiers.setdefault(type_code, []).append(copy)


def copy_owner(old: "Document", new: "Document", by: "User") -> None:
    """Give an amendment in preparation its own owner, before its facts are copied."""
    for copy in _copiers.get(old.type_id, []):
        copy(old, new, by)


_adopters: "dict[str, Callable[[Document, Any, User], Callable[[Any], Reading | None]]]" = {}


def register_adopter(
    type_code: str,
    begin: "Callable[[Document, Any, User], Callable[[Any], Reading | None]]",
) -> None:
    """Say what a paper read from a file begins: `begin(document, paper, by)` gives it its owner.

    `paper` is the `documents.reading` of it; the answer turns one fact read into the values its
    clause saves. "" stands for every type nobody else takes.
    """
    _adopters[type_code] = begin


def adopt_owner(
    document: "Document", paper: Any, by: "User"
) -> "Callable[[Any], Reading | None] | None":
    """Begin the owner of a paper that was read; None if no package takes part."""
    begin = _adopters.get(document.type_id) or _adopters.get("")
    return begin(document, paper, by) if begin else None


def register_extra(type_code: str, build: "Callable[[Document], Any]") -> None:
    """Say what is printed beside the clauses (a `documents.printing.paper.Extra`, None: nothing).

    Several packages may share a type; the first that has something to add for a paper adds it.
    """
    _extras.setdefault(type_code, []).append(build)


def extra_of(document: "Document") -> Any:
    """What the document prints beside its clauses; None if nobody adds anything."""
    for build in _extras.get(document.type_id, []):
        extra = build(document)
        if extra is not None:
            return extra
    return None
