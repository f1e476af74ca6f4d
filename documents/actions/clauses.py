"""Writing the clause tree; every act holds the document's row, so a submitted paper stays still."""

from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from core.access import RefusedError, require
from core.transitions import record
from core.versions import save_version
from documents import facts, queries, rules
from documents.actions.drafting import hold_draft, save_fact
from documents.models import Clause, Document
from organisations.models import User

UP, DOWN, INDENT, OUTDENT = "up", "down", "indent", "outdent"


@transaction.atomic
def add_clause(
    document: Document,
    *,
    by: User,
    kind: str,
    text: str,
    parent: Clause | None = None,
    after: Clause | None = None,
    fact: dict[str, Any] | None = None,
) -> Clause:
    """Write a clause under `parent` (None: at the top), behind `after` or else as the last.

    Empty words are proposed from the fact. Raises RefusedError if the kind does not belong there.
    """
    hold_draft(document, by)
    if after is not None:
        parent = after.parent
    require(
        kind in rules.kinds_inside(document, parent.kind if parent else None),
        _("Loại đoạn này không đặt ở vị trí này được."),
    )
    everything = {row.pk: row for row in queries.clauses_of(document)}
    require(
        _depth(parent.pk if parent else None, everything) < rules.MAX_DEPTH,
        _("Văn bản chỉ có tối đa %(levels)s cấp đề mục.") % {"levels": rules.MAX_DEPTH},
    )
    siblings = _siblings(everything, parent.pk if parent else None)
    place = _index(siblings, after) + 1 if after else len(siblings)
    clause = Clause(document=document, parent=parent, kind=kind, text=text, edited_by=by)
    clause.text = text or _proposed(clause, fact)
    clause.position = place + 1
    clause.save()
    _renumber([*siblings[:place], clause, *siblings[place:]])
    save_fact(clause, fact, by)
    return clause


@transaction.atomic
def edit_clause(
    clause: Clause,
    *,
    by: User,
    version: int,
    text: str,
    fact: dict[str, Any] | None = None,
) -> None:
    """Change words and fact of a clause; the words before stay in its history.

    Raises StaleError if somebody has changed it since `version`; nothing is saved then.
    """
    hold_draft(clause.document, by)
    before = clause.text
    save_version(
        clause,
        version=version,
        text=text or _proposed(clause, fact),
        edited_by=by,
        edited_at=timezone.now(),
    )
    save_fact(clause, fact, by)
    if before != clause.text:
        record(clause, by=by, note=before)


@transaction.atomic
def move_clause(clause: Clause, *, by: User, direction: str) -> None:
    """Move a clause with all below it up, down, in or out; at the edge nothing happens."""
    hold_draft(clause.document, by)
    everything = {row.pk: row for row in queries.clauses_of(clause.document)}
    row = everything.get(clause.pk)
    if row is None:
        raise RefusedError(_("Đoạn này vừa bị người khác xóa."))
    siblings = _siblings(everything, row.parent_id)
    index = _index(siblings, row)
    if direction == UP and index > 0:
        siblings[index - 1 : index + 1] = [row, siblings[index - 1]]
    elif direction == DOWN and index < len(siblings) - 1:
        siblings[index : index + 2] = [siblings[index + 1], row]
    elif direction == INDENT and index > 0:
        _indent(row, siblings, index, everything)
    elif direction == OUTDENT and row.parent_id is not None:
        _outdent(row, siblings, everything)
    _renumber(siblings)


@transaction.atomic
def remove_clause(clause: Clause, *, by: User) -> None:
    """Take out a clause and everything under it; the words stay in the document's history.

    Raises RefusedError if something elsewhere has grown out of it.
    """
    document = hold_draft(clause.document, by)
    words = f"{clause.get_kind_display()}: {clause.text}"
    try:
        clause.delete()
    except ProtectedError as error:
        raise RefusedError(
            _("Không xóa được: đoạn này đang được dùng ở nơi khác (hội nghị, nhiệm vụ, ý kiến…).")
        ) from error
    record(document, by=by, note=_("Xóa đoạn “%(words)s”") % {"words": words})


def _proposed(clause: Clause, fact: dict[str, Any] | None) -> str:
    propose = facts.get(clause.kind).propose
    return propose(clause, fact) if propose and fact is not None else ""


def _indent(row: Clause, siblings: list[Clause], index: int, everything: dict[int, Clause]) -> None:
    above = siblings[index - 1]
    require(
        _depth(above.pk, everything) + _height(row, everything) <= rules.MAX_DEPTH,
        _("Văn bản chỉ có tối đa %(levels)s cấp đề mục.") % {"levels": rules.MAX_DEPTH},
    )
    children = _siblings(everything, above.pk)
    siblings.remove(row)
    row.parent = above
    _renumber([*children, row], moved=row)


def _outdent(row: Clause, siblings: list[Clause], everything: dict[int, Clause]) -> None:
    above = everything[row.parent_id or 0]
    aunts = _siblings(everything, above.parent_id)
    siblings.remove(row)
    row.parent_id = above.parent_id
    aunts.insert(_index(aunts, above) + 1, row)
    _renumber(aunts, moved=row)


def _siblings(everything: dict[int, Clause], parent_id: int | None) -> list[Clause]:
    return [row for row in everything.values() if row.parent_id == parent_id]


def _index(siblings: list[Clause], clause: Clause) -> int:
    return [row.pk for row in siblings].index(clause.pk)


def _depth(clause_id: int | None, everything: dict[int, Clause]) -> int:
    depth = 0
    while clause_id is not None:
        depth += 1
        clause_id = everything[clause_id].parent_id
    return depth


def _height(clause: Clause, everything: dict[int, Clause]) -> int:
    return 1 + max(
        (_height(row, everything) for row in _siblings(everything, clause.pk)), default=0
    )


def _renumber(ordered: list[Clause], *, moved: Clause | None = None) -> None:
    """Number siblings 1, 2, 3…; the constraint on positions is checked at commit."""
    changed = []
    for place, row in enumerate(ordered, start=1):
        if row.position != place or row is moved:
            row.position = place
            changed.append(row)
    if changed:
        Clause.objects.bulk_update(changed, ["position", "parent"])
