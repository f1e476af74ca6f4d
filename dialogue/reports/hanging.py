"""What the papers package is told about reports: whose paper it is, and what a check notices."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from dialogue.models import Report
from dialogue.reports.sheets import tables_of
from documents.facts import Finding, Owner
from documents.models import Document
from documents.printing.marks import plain
from documents.printing.parts import Table


def owner_of_report(document: Document) -> Owner | None:
    """The page of the report a BC document belongs to, if it is one."""
    report = Report.objects.filter(document=document).first()
    return Owner(_("Số liệu của báo cáo"), report.get_absolute_url()) if report else None


def findings_of_report(document: Document) -> list[Finding]:
    """What was left to be written, and sums that no longer agree after somebody edited a table."""
    if document.type_id != "BC":
        return []
    report = Report.objects.filter(document=document).select_related("document").first()
    if report is None:
        return []
    unwritten = document.clauses.filter(text__regex=r"\[[^]]+\]").order_by("pk")
    words = _("Phần trong ngoặc vuông chưa được viết.")
    found = [Finding("warning", words, clause_id=clause.pk) for clause in unwritten]
    for title, table in tables_of(report):
        found += _unequal_sums(title, table)
    return found


def _unequal_sums(title: str, table: Table) -> Iterator[Finding]:
    """The last line, if it is one of sums, against the lines above it; the last column likewise."""
    *lines, last = table.rows
    if not lines or not last[0].startswith("**"):
        return
    for place, column in enumerate(table.columns[1:], start=1):
        said, summed = _number(last[place]), _sum([line[place] for line in lines])
        if said is not None and said != summed:
            words = _(
                "%(table)s, cột “%(column)s”: dòng cộng ghi %(said)s, các dòng cộng lại là %(sum)s."
            )
            told = {"table": title, "column": column.title, "said": said, "sum": summed}
            yield Finding("warning", words % told, clause_id=table.row_ids[-1])
    if table.columns[-1].title != plain(last[0]):
        return
    for row, clause_id in zip(table.rows, table.row_ids, strict=True):
        said, summed = _number(row[-1]), _sum(row[1:-1])
        if said is not None and said != summed:
            words = _(
                "%(table)s, dòng “%(line)s”: tổng số ghi %(said)s, các cột cộng lại là %(sum)s."
            )
            told = {"table": title, "line": plain(row[0]), "said": said, "sum": summed}
            yield Finding("warning", words % told, clause_id=clause_id)


def _number(text: str) -> int | None:
    words = plain(text)
    return int(words) if words.isascii() and words.isdigit() else None


def _sum(cells: Sequence[str]) -> int:
    return sum(_number(cell) or 0 for cell in cells)
