"""Writing the clause tree; every act holds the document's row, so a submitted paper stays still.

Every act is also one step of its author's undo (`documents.actions.steps`).
"""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.access import RefusedError, require
from core.text import cut
from core.transitions import record
from core.versions import save_version
from documents import facts, queries, rules
from documents.actions.drafting import hold_draft, save_fact
from documents.actions.snapshots import IN_USE
from documents.actions.steps import (
    StepNotes,
    extend_step,
    newest_step,
    recorded,
    state_of,
    states_of,
    write_edit,
    write_step,
)
from documents.models import Clause, ClauseKind, Document
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
    return add_clauses(
        document, by=by, kind=kind, texts=[text], parent=parent, after=after, fact=fact
    )[0]


@transaction.atomic
def add_clauses(
    document: Document,
    *,
    by: User,
    kind: str,
    texts: Sequence[str],
    parent: Clause | None = None,
    after: Clause | None = None,
    fact: dict[str, Any] | None = None,
) -> list[Clause]:
    """Write several clauses of a kind in one place, one for each text; `fact` hangs on each."""
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
    before = states_of(everything.values())
    siblings = _siblings(everything, parent.pk if parent else None)
    place = _index(siblings, after) + 1 if after else len(siblings)
    made = []
    for position, text in enumerate(texts, start=place + 1):
        clause = Clause(document=document, parent=parent, kind=kind, text=text, edited_by=by)
        clause.text = text or _proposed(clause, fact)
        clause.position = position
        made.append(clause)
    Clause.objects.bulk_create(made)
    queries.note_new(made)
    _renumber([*siblings[:place], *made, *siblings[place:]])
    for clause in made:
        save_fact(clause, fact, by)
    after_states = states_of([*everything.values(), *made])
    notes = StepNotes(_said(_("Thêm"), made))
    write_step(document, by=by, notes=notes, before=before, after=after_states)
    return made


@transaction.atomic
def edit_clause(
    clause: Clause,
    *,
    by: User,
    version: int,
    text: str,
    fact: dict[str, Any] | None = None,
    is_autosave: bool = False,
) -> None:
    """Change words and fact of a clause; the words before stay in its history.

    Raises StaleError if somebody has changed it since `version`; nothing is saved then. Autosaves
    that follow each other are one step and one line of history.
    """
    hold_draft(clause.document, by)
    words = text or _proposed(clause, fact) or ("" if fact is not None else clause.text)
    if fact is None and words == clause.text and version == clause.version:
        return
    before = state_of(clause)
    notes = StepNotes(_said(_("Sửa"), [clause]))
    if fact is not None:
        notes.hold_fact(clause)
    save_version(clause, version=version, text=words, edited_by=by, edited_at=timezone.now())
    save_fact(clause, fact, by)
    newest = newest_step(clause.document_id, by)
    if extend_step(newest, clause, before=before, notes=notes, is_open=is_autosave):
        return
    write_edit(clause, by=by, notes=notes, before=before, newest=newest, is_open=is_autosave)


@transaction.atomic
def move_clause(clause: Clause, *, by: User, direction: str) -> None:
    """Move a clause with all below it up, down, in or out; at the edge nothing happens."""
    document = hold_draft(clause.document, by)
    everything = {row.pk: row for row in queries.clauses_of(clause.document)}
    row = everything.get(clause.pk)
    if row is None:
        raise RefusedError(_("Đoạn này vừa bị người khác xóa."))
    before = states_of(everything.values())
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
    notes = StepNotes(_said(_("Chuyển"), [row]))
    write_step(document, by=by, notes=notes, before=before, after=states_of(everything.values()))


@transaction.atomic
def place_clause(clause: Clause, *, by: User, parent_id: int | None, after_id: int | None) -> None:
    """Put a clause with all below it under a parent (None: at the top), behind one there or first.

    Raises RefusedError if its kind does not belong there, or it would stand inside itself.
    """
    document = hold_draft(clause.document, by)
    everything = {row.pk: row for row in queries.clauses_of(document)}
    row, parent = everything.get(clause.pk), everything.get(parent_id or 0)
    after = everything.get(after_id or 0)
    is_there = bool(row and (parent or not parent_id) and (after or not after_id))
    require(is_there, _("Đoạn này hoặc chỗ đặt vừa bị người khác xóa hay chuyển đi."))
    assert row is not None
    _require_room(row, parent, after, everything)
    before = states_of(everything.values())
    old = [one for one in _siblings(everything, row.parent_id) if one is not row]
    is_elsewhere = row.parent_id != parent_id
    siblings = [one for one in _siblings(everything, parent_id) if one is not row]
    siblings.insert(_index(siblings, after) + 1 if after else 0, row)
    row.parent = parent
    if is_elsewhere:
        _renumber(old)
    _renumber(siblings, moved=[row] if is_elsewhere else ())
    notes = StepNotes(_said(_("Chuyển"), [row]))
    write_step(document, by=by, notes=notes, before=before, after=states_of(everything.values()))


def _require_room(
    row: Clause, parent: Clause | None, after: Clause | None, everything: dict[int, Clause]
) -> None:
    """The place exists, is not inside the clause itself, and suits its kind."""
    parent_id = parent.pk if parent else None
    at = parent
    while at is not None:
        require(at is not row, _("Không đặt một đoạn vào bên trong chính nó được."))
        at = everything.get(at.parent_id or 0)
    suits = row.parent_id == parent_id or row.kind in rules.kinds_inside(
        row.document, parent.kind if parent else None
    )
    is_fitting = suits and (after is None or (after.parent_id == parent_id and after is not row))
    require(is_fitting, _("Loại đoạn này không đặt ở vị trí này được."))
    require(
        _depth(parent_id, everything) + _height(row, everything) <= rules.MAX_DEPTH,
        _("Văn bản chỉ có tối đa %(levels)s cấp đề mục.") % {"levels": rules.MAX_DEPTH},
    )


@transaction.atomic
def merge_clause(clause: Clause, *, by: User) -> Clause:
    """Join a clause to the one above it on the same level, which keeps its kind and fact.

    What stood under both stands under the one, in the same order. Raises RefusedError if nothing
    stands above.
    """
    document = hold_draft(clause.document, by)
    with recorded(document, by=by, words=_("Gộp hai đoạn")) as notes:
        everything = {row.pk: row for row in queries.clauses_of(document)}
        row = everything.get(clause.pk)
        require(row is not None, _("Đoạn này vừa bị người khác xóa."))
        assert row is not None
        siblings = _siblings(everything, row.parent_id)
        index = _index(siblings, row)
        require(index > 0, _("Không có đoạn cùng cấp ở ngay trên để gộp vào."))
        above = siblings[index - 1]
        notes.hold_facts([row.pk])
        text = " ".join(part for part in (above.text.strip(), row.text.strip()) if part)
        save_version(above, version=above.version, text=text, edited_by=by)
        orphans = _siblings(everything, row.pk)
        for orphan in orphans:
            orphan.parent = above
        children = _siblings(everything, above.pk)
        _renumber([*[child for child in children if child not in orphans], *orphans], moved=orphans)
        _delete(row)
    record(above, by=by, note=_("Gộp với đoạn “%(words)s”") % {"words": row.text})
    return above


@transaction.atomic
def split_clause(
    clause: Clause, *, by: User, version: int, text: str, at: int | None = None
) -> list[Clause]:
    """Cut the words of a clause in two at a place (or, without `at`, into its lines).

    The first part keeps the fact; what stood under the clause stands under the last part. Gives
    all parts in order. Raises StaleError if somebody has changed the clause since `version`.
    """
    parts = text.split("\n") if at is None else [text[:at], text[at:]]
    parts = [part.strip() for part in parts if part.strip()]
    require(len(parts) > 1, _("Đặt con trỏ vào giữa câu chữ, ở chỗ cần tách, rồi làm lại."))
    document = hold_draft(clause.document, by)
    with recorded(document, by=by, words=_("Tách đoạn")):
        save_version(clause, version=version, text=parts[0], edited_by=by)
        everything = {row.pk: row for row in queries.clauses_of(document)}
        siblings = _siblings(everything, clause.parent_id)
        place = _index(siblings, clause) + 1
        made = [
            Clause(
                document=document,
                parent_id=clause.parent_id,
                position=position,
                kind=clause.kind,
                text=part,
                edited_by=by,
            )
            for position, part in enumerate(parts[1:], start=place + 1)
        ]
        Clause.objects.bulk_create(made)
        _renumber([*siblings[:place], *made, *siblings[place:]])
        children = _siblings(everything, clause.pk)
        for child in children:
            child.parent = made[-1]
        _renumber(children, moved=children)
    return [clause, *made]


@transaction.atomic
def remove_clause(clause: Clause, *, by: User) -> int:
    """Take out a clause and everything under it; gives how many. Undo puts all of it back.

    The words stay in the document's history. Raises RefusedError if something elsewhere has grown
    out of it.
    """
    document = hold_draft(clause.document, by)
    words = f"{clause.get_kind_display()}: {clause.text}"
    going = [clause, *queries.clauses_below(clause)]
    said = ngettext("Xóa %(n)d đoạn", "Xóa %(n)d đoạn", len(going)) % {"n": len(going)}
    with recorded(document, by=by, words=said) as notes:
        notes.hold_facts([row.pk for row in going])
        _delete(clause)
    record(document, by=by, note=_("Xóa đoạn “%(words)s”") % {"words": words})
    return len(going)


def _delete(clause: Clause) -> None:
    try:
        clause.delete()
    except ProtectedError as error:
        raise RefusedError(_(IN_USE)) from error


def _said(verb: str, clauses: Sequence[Clause]) -> str:
    """What a step did, in words: "Sửa Nhiệm vụ “Tổng hợp…”", "Thêm 5 đoạn"."""
    if len(clauses) > 1:
        return _("%(verb)s %(n)d đoạn") % {"verb": verb, "n": len(clauses)}
    words = cut(clauses[0].text, 60)
    kind = ClauseKind(clauses[0].kind).label
    return _("%(verb)s %(kind)s “%(words)s”") % {"verb": verb, "kind": kind, "words": words}


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
    _renumber([*children, row], moved=[row])


def _outdent(row: Clause, siblings: list[Clause], everything: dict[int, Clause]) -> None:
    above = everything[row.parent_id or 0]
    aunts = _siblings(everything, above.parent_id)
    siblings.remove(row)
    row.parent_id = above.parent_id
    aunts.insert(_index(aunts, above) + 1, row)
    _renumber(aunts, moved=[row])


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


def _renumber(ordered: list[Clause], *, moved: Sequence[Clause] = ()) -> None:
    """Number siblings 1, 2, 3…; the constraint on positions is checked at commit."""
    changed = []
    for place, row in enumerate(ordered, start=1):
        if row.position != place or row in moved:
            row.position = place
            changed.append(row)
    if changed:
        Clause.objects.bulk_update(changed, ["position", "parent"])
