"""The fact on a legal-basis clause: which paper it cites."""

import re
from typing import Any

from django.utils.translation import gettext as _

from core.text import fold
from documents.actions.hanging import write_fact
from documents.models import Clause, ClauseBasis, Document, LegalBasis
from organisations.models import User

IDENTITY = ("kind", "number", "body", "date")


def save_basis(clause: Clause, cleaned: dict[str, Any], by: User) -> None:
    """Tie the clause to the chosen paper, entering a new one in the register first."""
    basis = cleaned.get("basis")
    if basis is None and cleaned.get("kind"):
        basis, _is_new = LegalBasis.objects.get_or_create(
            **{name: cleaned.get(name) or (None if name == "date" else "") for name in IDENTITY},
            defaults={
                "title": cleaned.get("title", ""),
                "added_by_id": clause.document.organisation_id,
            },
        )
    if basis is not None:
        write_fact(clause, ClauseBasis, {"basis": basis})


def register_basis(values: dict[str, Any], document: Document) -> LegalBasis:
    """The paper of the register these values mean; a new entry if there is none.

    With a number: the same kind, number and symbol whatever their spelling, unless another date is
    written. Without: the same kind and title.
    """
    known = LegalBasis.objects.filter(kind__iexact=values["kind"]).order_by("pk")
    if values["number"]:
        rows = [row for row in known if _same(row.number, values["number"])]
        fitting = [
            row for row in rows if not (row.date and values["date"]) or row.date == values["date"]
        ]
    else:
        rows = [row for row in known if not row.number and _same(row.title, values["title"])]
        fitting = [row for row in rows if row.date == values["date"]]
    if fitting:
        return max(fitting, key=lambda row: row.is_complete)
    return LegalBasis.objects.create(**values, added_by_id=document.organisation_id)


def _same(first: str, second: str) -> bool:
    """Two spellings of one thing: spaces, marks and capitals aside."""
    return re.sub(r"[\W_]+", "", fold(first)) == re.sub(r"[\W_]+", "", fold(second))


def propose_basis(_clause: Clause, cleaned: dict[str, Any]) -> str:
    """The words of the citation without the verb: "Quyết định số … ngày … của … về …"."""
    row = cleaned.get("basis")
    return citation_words(row) if row else _words_of(cleaned)


def citation_words(basis: LegalBasis) -> str:
    """How an entry of the register is cited in any text."""
    return _words_of({name: getattr(basis, name) for name in (*IDENTITY, "title")})


def _words_of(known: dict[str, Any]) -> str:
    if not known.get("kind"):
        return ""
    words = [known["kind"]]
    if known.get("number"):
        words.append(_("số %s") % known["number"])
    if known.get("date"):
        words.append(_("ngày %s") % _written_day(known["date"]))
    if known.get("body"):
        words.append(_("của %s") % known["body"])
    title = known.get("title") or ""
    if title:
        words.append(title if title.lower().startswith("về ") else _("về %s") % title)
    return " ".join(words)


def basis_initial(clause: Clause) -> dict[str, Any]:
    """The form of a clause that cites something."""
    tie = ClauseBasis.objects.filter(clause=clause).select_related("basis").first()
    return {"choice": str(tie.basis)} if tie else {}


def copy_bases(pairs: list[tuple[Clause, Clause]], by: User) -> None:
    """The clauses of an amendment cite what those they continue cite."""
    ties = dict(
        ClauseBasis.objects.filter(clause__in=[old for old, _new in pairs]).values_list(
            "clause", "basis"
        )
    )
    ClauseBasis.objects.bulk_create(
        ClauseBasis(clause=new, basis_id=ties[old.pk]) for old, new in pairs if old.pk in ties
    )


def basis_summaries(clauses: list[Clause]) -> dict[int, str]:
    """For clauses that cite a paper of the register: which, and what is missing about it."""
    ties = ClauseBasis.objects.filter(clause__in=clauses).select_related("basis")
    return {
        tie.clause_id: tie.basis.number or tie.basis.kind
        if tie.basis.is_complete
        else _("%(basis)s – chưa đủ số, ngày, cơ quan ban hành") % {"basis": tie.basis.kind}
        for tie in ties
    }


def _written_day(day: Any) -> str:
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"
