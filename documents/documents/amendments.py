"""The paper that amends another: its points are written from what changed (domain.md §1.2.2)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from documents import queries
from documents.models import Clause, ClauseKind, Document
from documents.printing.paper import written_date
from documents.printing.places import places_of
from documents.queries.differences import (
    ADDED,
    CHANGED,
    FACT,
    MOVED,
    REMOVED,
    SAME,
    Change,
    compare,
)

TITLED = {ClauseKind.HEADING, ClauseKind.ASSIGNEE, ClauseKind.SESSION}


def citation_of(document: Document, *, is_long: bool = False) -> str:
    """How other papers name an issued one: "Kế hoạch số 14-KH/ĐU ngày 08 tháng 5 năm 2026"."""
    words = f"{document.type.name} số {document.register_code}, {written_date(document.dated_on)}"
    if not is_long:
        return words
    body = document.collective or ""
    whole = f"{body} {document.organisation_name}".strip()
    abstract = document.abstract[:1].lower() + document.abstract[1:]
    about = abstract if abstract.startswith("về ") else _("về %s") % abstract
    return _("%(paper)s của %(body)s %(about)s") % {"paper": words, "body": whole, "about": about}


def by_force_of(amendment: Document) -> str:
    """Why an amendment in force changes what was given."""
    return _("Theo %(paper)s") % {"paper": citation_of(amendment)}


def amending_abstract(document: Document) -> str:
    """The abstract an amendment begins with."""
    return _("sửa đổi, bổ sung một số nội dung của %s") % citation_of(document)


def amending_clauses(amendment: Document, clauses: list[Clause]) -> list[Clause]:
    """The clauses of the amending paper, not stored: basis, introduction, one point per change."""
    old_paper = amendment.amends
    assert old_paper is not None
    old = queries.clauses_of(old_paper)
    changes = compare(old, clauses)
    page = _Page(amendment)
    page.add(ClauseKind.LEGAL_BASIS, citation_of(old_paper, is_long=True))
    page.add(ClauseKind.INTRODUCTION, _introduction(amendment, old_paper))
    for title, quoted in points_of(
        changes, places_of(old_paper, old), places_of(amendment, clauses)
    ):
        page.point(title, quoted)
    page.add(
        ClauseKind.CLOSING,
        _("Các nội dung khác của %(paper)s không thay đổi và tiếp tục có hiệu lực thi hành.")
        % {"paper": citation_of(old_paper)},
    )
    return page.clauses


@dataclass(frozen=True)
class ChangeRow:
    """One line of the comparison on screen: what happened, where it stood and stands."""

    change: Change
    place: str
    place_was: str

    @property
    def label(self) -> str:
        """What happened, in words."""
        return str(CHANGE_WORDS[self.change.kind])


CHANGE_WORDS = {
    SAME: _lazy("Giữ nguyên"),
    ADDED: _lazy("Bổ sung"),
    REMOVED: _lazy("Bãi bỏ"),
    CHANGED: _lazy("Sửa đổi"),
    MOVED: _lazy("Chuyển chỗ"),
    FACT: _lazy("Đổi dữ kiện"),
}


def change_rows(amendment: Document) -> list[ChangeRow]:
    """The comparison of an amendment with what it amends, in reading order."""
    assert amendment.amends is not None
    old = list(Clause.objects.filter(document=amendment.amends_id).order_by("position"))
    new = queries.clauses_of(amendment)
    was, now = places_of(amendment.amends, old), places_of(amendment, new)
    return [
        ChangeRow(
            change,
            place=now[change.new.pk] if change.new else "",
            place_was=was[change.old.pk] if change.old else "",
        )
        for change in compare(old, new)
    ]


def points_of(
    changes: list[Change], old_places: dict[int, str], new_places: dict[int, str]
) -> Iterator[tuple[str, list[str]]]:
    """Each change as an amending paper says it: its sentence and the quoted words."""
    for change, below in _with_below(changes):
        if change.kind == ADDED and change.new:
            place = new_places[change.new.pk]
            title = _("Bổ sung %(place)s như sau:") % {"place": place}
            yield title, _quoted([change.new.text, *(row.clause.text for row in below)])
        elif change.kind == REMOVED and change.old:
            place = old_places[change.old.pk]
            title = _("Bãi bỏ %(place)s (“%(words)s”).")
            yield title % {"place": place, "words": _start(change.old.text)}, []
        elif change.old and change.new and (change.kind in {CHANGED, MOVED}):
            yield from _altered(change, old_places[change.old.pk], new_places[change.new.pk])


def _altered(change: Change, was: str, now: str) -> Iterator[tuple[str, list[str]]]:
    assert change.new is not None
    if change.kind == MOVED:
        words = {"was": was, "now": now, "words": _start(change.new.text)}
        if was == now:
            yield _("Đổi thứ tự của %(was)s (“%(words)s”).") % words, []
        else:
            yield _("Chuyển %(was)s (“%(words)s”) thành %(now)s.") % words, []
        return
    name = _("tên %s") % was if change.clause.kind in TITLED else was
    title = _("Sửa đổi %(place)s như sau:") % {"place": name}
    if change.is_moved:
        title = _("Sửa đổi %(place)s và chuyển thành %(now)s như sau:") % {
            "place": name,
            "now": now,
        }
    yield title, _quoted([change.new.text])


def _with_below(changes: list[Change]) -> Iterator[tuple[Change, list[Change]]]:
    """The topmost clause of each part that came or went, together with what came with it."""
    at = 0
    while at < len(changes):
        change, end = changes[at], at + 1
        if change.kind in {ADDED, REMOVED}:
            while (
                end < len(changes)
                and changes[end].depth > change.depth
                and changes[end].kind == change.kind
            ):
                end += 1
        yield change, changes[at + 1 : end]
        at = end


def _introduction(amendment: Document, old: Document) -> str:
    body = amendment.collective or amendment.organisation_name
    said = _("%(body)s sửa đổi, bổ sung một số nội dung của %(paper)s như sau:") % {
        "body": body,
        "paper": citation_of(old),
    }
    lead = amendment.amendment_reason.strip().rstrip(".,;")
    return f"{lead}, {said}" if lead else said


def _quoted(texts: Iterable[str]) -> list[str]:
    lines = [line for text in texts for line in text.split("\n") if line.strip()]
    if not lines:
        return []
    lines[0] = f"“{lines[0]}"
    lines[-1] = f"{lines[-1].rstrip(' .;')}”."
    return lines


def _start(text: str) -> str:
    words = text.replace("*", "").split()
    return " ".join(words[:12]) + ("…" if len(words) > 12 else "")


class _Page:
    """Collects clauses that are printed but not stored; their ids are negative."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.clauses: list[Clause] = []

    def add(self, kind: str, text: str, parent: Clause | None = None) -> Clause:
        place = len(self.clauses) + 1
        clause = Clause(
            pk=-place, document=self.document, parent=parent, position=place, kind=kind, text=text
        )
        self.clauses.append(clause)
        return clause

    def point(self, title: str, quoted: list[str]) -> None:
        row = self.add(ClauseKind.CONCLUSION_POINT, title)
        for line in quoted:
            self.add(ClauseKind.TEXT, line, row)
