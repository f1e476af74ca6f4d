"""What the words of clauses say about their facts, proposed and accepted."""

from collections.abc import Collection

from documents import facts
from documents.actions.clauses import edit_clause
from documents.facts import Reading
from documents.models import Clause, Document
from organisations.models import User


def readings_of(document: Document, *, keys: Collection[int]) -> list[tuple[Clause, Reading]]:
    """The clauses of these ids whose words are understood, with the reading, in reading order."""
    rows = document.clauses.filter(pk__in=keys).select_related("parent").order_by("position")
    found = []
    for clause in rows:
        clause.document = document
        read = facts.get(clause.kind).read
        reading = read(clause, clause.text) if read else None
        if reading is not None:
            found.append((clause, reading))
    return found


def accept_reading(clause: Clause, *, by: User, reading: Reading) -> None:
    """Hang on a clause the fact its words were read as; one step of undo."""
    initial = facts.get(clause.kind).initial
    known = initial(clause) if initial else {}
    fact = {**known, **reading.values}
    edit_clause(clause, by=by, version=clause.version, text=clause.text, fact=fact)
