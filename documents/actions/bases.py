"""The fact on a legal-basis clause: which paper it cites."""

from typing import Any

from django.utils.translation import gettext as _

from documents.facts import Finding
from documents.models import Clause, ClauseBasis, ClauseKind, Document, LegalBasis
from documents.queries import WARNING
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
        ClauseBasis.objects.update_or_create(clause=clause, defaults={"basis": basis})


def propose_basis(_clause: Clause, cleaned: dict[str, Any]) -> str:
    """The words of the citation without the verb: "Quyết định số … ngày … của … về …"."""
    row = cleaned.get("basis")
    known = {name: getattr(row, name) for name in (*IDENTITY, "title")} if row else cleaned
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


def basis_summaries(clauses: list[Clause]) -> dict[int, str]:
    """For clauses that cite a paper of the register: which, and what is missing about it."""
    ties = ClauseBasis.objects.filter(clause__in=clauses).select_related("basis")
    return {
        tie.clause_id: tie.basis.number or tie.basis.kind
        if tie.basis.is_complete
        else _("%(basis)s – chưa đủ số, ngày, cơ quan ban hành") % {"basis": tie.basis.kind}
        for tie in ties
    }


def basis_findings(document: Document) -> list[Finding]:
    """Citations without number, date or body are doubtful, not forbidden."""
    ties = ClauseBasis.objects.filter(
        clause__document=document, clause__kind=ClauseKind.LEGAL_BASIS
    ).select_related("basis")
    return [
        Finding(
            WARNING,
            _("Căn cứ “%(basis)s” chưa đủ số, ngày hoặc cơ quan ban hành.") % {"basis": tie.basis},
            tie.clause_id,
        )
        for tie in ties
        if not tie.basis.is_complete
    ]


def _written_day(day: Any) -> str:
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"
