"""Rules over what gathers around a paper: amendments, comments, replaced citations."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.dates import written_day
from documents.checks.registry import ERROR, WARNING, Book, Found
from documents.checks.sheet import Sheet
from documents.models import ClauseKind, Comment
from documents.queries.differences import SAME, changes_of

KEEPING = Book()
rule = KEEPING.rule


@rule(
    "amendment-same",
    "K1",
    ERROR,
    gettext_lazy("Bản sửa đổi phải có chỗ khác bản cũ"),
    gettext_lazy("Văn bản sửa đổi chỉ nêu những điểm thay đổi"),
)
def amendment_changes_something(sheet: Sheet) -> Iterator[Found]:
    """K1: an amendment differs from what it amends."""
    if sheet.document.amends_id and all(row.kind == SAME for row in changes_of(sheet.document)):
        yield Found(_("Bản sửa đổi không khác văn bản cũ ở đoạn nào; hãy sửa nội dung trước."))


@rule(
    "amendment-fact-only",
    "K2",
    WARNING,
    gettext_lazy("Dữ kiện đổi thì câu chữ phải nói đến"),
    gettext_lazy("Văn bản sửa đổi in từ câu chữ; dữ kiện đổi ngầm thì người đọc không biết"),
)
def amended_facts_are_said(sheet: Sheet) -> Iterator[Found]:
    """K2: a fact that changed under the same words is not said on the printed amendment."""
    for row in changes_of(sheet.document):
        if (
            row.new
            and row.old
            and row.new.text == row.old.text
            and row.fact_before != row.fact_after
        ):
            words = _("Dữ kiện đổi từ “%(was)s” sang “%(now)s” nhưng câu chữ giữ nguyên.")
            yield Found(words % {"was": row.fact_before, "now": row.fact_after}, row.new.pk)


@rule(
    "basis-replaced",
    "K3",
    WARNING,
    gettext_lazy("Căn cứ còn hiệu lực"),
    gettext_lazy("Danh mục căn cứ của cơ quan; văn bản bị thay thế không dùng làm căn cứ"),
)
def bases_in_force(sheet: Sheet) -> Iterator[Found]:
    """K3: nothing that is cited has been replaced by the day of the paper."""
    for clause in sheet.of_kind(ClauseKind.LEGAL_BASIS):
        basis = sheet.bases.get(clause.pk)
        if basis is None or basis.replaced_by_id is None or not basis.is_replaced(sheet.on):
            continue
        words = _("Căn cứ “%(old)s” đã được thay thế bằng “%(new)s”%(since)s.")
        since = _(" từ ngày %s") % written_day(basis.replaced_on) if basis.replaced_on else ""
        yield Found(words % {"old": basis, "new": basis.replaced_by, "since": since}, clause.pk)


@rule(
    "comment-open",
    "K4",
    WARNING,
    gettext_lazy("Góp ý đã được xử lý"),
    gettext_lazy("Lãnh đạo và người góp ý chờ câu trả lời hoặc đoạn đã sửa"),
)
def comments_dealt_with(sheet: Sheet) -> Iterator[Found]:
    """K4: every comment is answered by mending, or marked so."""
    for comment in Comment.objects.open().filter(document=sheet.document).select_related("by"):
        words = _("Góp ý của %(by)s chưa xử lý: %(text)s")
        yield Found(words % {"by": comment.by, "text": comment.text[:200]}, comment.clause_id)
