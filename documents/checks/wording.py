"""Rules over what the clauses of any paper say (domain.md §4.3)."""

import datetime
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.dates import written_day
from core.text import fold
from documents.checks.registry import ERROR, INFO, WARNING, Book, Found
from documents.checks.sheet import Sheet
from documents.models import ClauseKind
from documents.reading import slips

WORDING = Book()
rule = WORDING.rule
OWN_LISTS = gettext_lazy("Danh sách từ do cơ quan bổ sung được")
END_OF_DISTRICTS = datetime.date(2025, 7, 1)
NAMES = re.compile(r"(?:gặp mặt|gặp gỡ|tiếp xúc),?\s+(?:và\s+)?đối thoại")


@rule(
    "clause-empty",
    "R3",
    ERROR,
    gettext_lazy("Không đoạn nào để trống; kế hoạch có căn cứ"),
    gettext_lazy("Văn bản ban hành phải đủ nội dung"),
)
def nothing_empty(sheet: Sheet) -> Iterator[Found]:
    """A paper has words everywhere; a plan cites something."""
    if not sheet.clauses:
        yield Found(_("Văn bản chưa có nội dung."))
    if sheet.document.type_id == "KH" and not sheet.of_kind(ClauseKind.LEGAL_BASIS):
        yield Found(_("Kế hoạch chưa nêu căn cứ nào."))
    for clause in sheet.clauses:
        if not clause.text.strip():
            words = _("%(kind)s còn để trống.")
            yield Found(words % {"kind": clause.get_kind_display()}, clause.pk)


@rule(
    "deadline-far",
    "E2",
    WARNING,
    gettext_lazy("Thời hạn không quá xa ngày văn bản"),
    gettext_lazy("Thời hạn xa bất thường thường do viết sai năm; số ngày do cơ quan đặt"),
)
def deadlines_near(sheet: Sheet) -> Iterator[Found]:
    """E2: no deadline stands more than half a year after the paper (a plan has its own limit)."""
    is_plan = sheet.document.type_id == "KH"
    most = sheet.settings.number("plan_deadline_days" if is_plan else "deadline_days")
    for clause_id, text in sheet.own_texts():
        for day in slips.deadlines_in(text):
            if (day - sheet.on).days > most:
                words = _("Thời hạn %(day)s cách ngày văn bản hơn %(n)d ngày; hãy xem lại năm.")
                yield Found(words % {"day": written_day(day), "n": most}, clause_id)


@rule(
    "deadline-past",
    "R4",
    WARNING,
    gettext_lazy("Thời hạn chưa qua"),
    gettext_lazy("Việc giao phải còn thời gian thực hiện"),
)
def deadlines_to_come(sheet: Sheet) -> Iterator[Found]:
    """No deadline lies before the paper itself; a report tells of those that have passed."""
    if sheet.document.type_id == "BC":
        return
    for clause_id, text in sheet.own_texts():
        for day in slips.deadlines_in(text):
            if day < sheet.on:
                words = _("Thời hạn %(day)s đã qua vào ngày văn bản (%(on)s).")
                shown = {"day": written_day(day), "on": written_day(sheet.on)}
                yield Found(words % shown, clause_id)


@rule("spelling", "E12", INFO, gettext_lazy("Chính tả"), OWN_LISTS)
def spelt_right(sheet: Sheet) -> Iterator[Found]:
    """E12, E14: none of the wrong spellings offices meet again and again."""
    spellings = sheet.settings.spellings("spelling")
    for clause_id, text in sheet.texts.items():
        for slip in slips.misspelt(text, spellings):
            yield Found(_better(slip), clause_id)


@rule("style", "E31", INFO, gettext_lazy("Viết hoa, gạch nối thống nhất"), OWN_LISTS)
def written_alike(sheet: Sheet) -> Iterator[Found]:
    """E31: capitals and hyphens as the office writes them; titles of cited papers stay as they are."""
    spellings = sheet.settings.spellings("style")
    for clause_id, text in sheet.own_texts():
        found = slips.misspelt(text, spellings, any_case=False)
        for slip in {slip.found: slip for slip in found}.values():
            yield Found(_better(slip), clause_id)


@rule("doubled-words", "E13", INFO, gettext_lazy("Không lặp từ"), OWN_LISTS)
def nothing_doubled(sheet: Sheet) -> Iterator[Found]:
    """E13: no word or pair of words stands twice in a row."""
    allowed = sheet.settings.lines("doubles")
    for clause_id, text in sheet.texts.items():
        for slip in slips.doubled(text, allowed):
            yield Found(_("Lặp từ: “%(found)s”.") % {"found": slip.found}, clause_id)


def _better(slip: slips.Slip) -> str:
    return _("“%(found)s” nên viết “%(better)s”.") % {"found": slip.found, "better": slip.better}


@rule(
    "report-period",
    "E26",
    INFO,
    gettext_lazy("Một báo cáo, một kỳ số liệu"),
    gettext_lazy("Hai nơi ghi hai kỳ thì người làm báo cáo không biết theo nơi nào"),
)
def one_period(sheet: Sheet) -> Iterator[Found]:
    """E26: the report on the economy covers one period wherever it is named."""
    for clause_id, period, first in slips.report_periods(dict(sheet.own_texts())):
        words = _("Báo cáo ghi kỳ “%(period)s”, nơi khác ghi “%(first)s”.")
        yield Found(words % {"period": period, "first": first}, clause_id)


@rule(
    "two-posts",
    "E28",
    WARNING,
    gettext_lazy("Chức vụ ghép phải rõ là mấy người"),
    gettext_lazy("“Chủ tịch HĐND-UBND” có thể là một hoặc hai người"),
)
def posts_apart(sheet: Sheet) -> Iterator[Found]:
    """E28: "Chủ tịch HĐND- UBND" may be one person or two."""
    for clause_id, text in sheet.own_texts():
        found = slips.TWO_POSTS.search(text)
        if found:
            words = _("“%(post)s” là một hay hai người? Hãy ghi riêng từng chức vụ.")
            yield Found(words % {"post": found[0]}, clause_id)


@rule(
    "conference-name",
    "E29",
    INFO,
    gettext_lazy("Tên hội nghị thống nhất trong bộ văn bản"),
    gettext_lazy("Kế hoạch, chương trình, giấy mời gọi hội nghị bằng một tên"),
)
def one_name(sheet: Sheet) -> Iterator[Found]:
    """E29: "gặp mặt, đối thoại" here and "đối thoại" in the paper it belongs to."""
    above = sheet.document.relates_to
    if above is None or "đối thoại" not in above.abstract.lower():
        return
    own, other = _name_in(sheet.document.abstract), _name_in(above.abstract)
    if "đối thoại" in sheet.document.abstract.lower() and fold(own) != fold(other):
        words = _("Trích yếu gọi là “%(own)s”, văn bản liên quan gọi là “%(other)s”.")
        yield Found(words % {"own": own, "other": other}, field="abstract")


def _name_in(abstract: str) -> str:
    found = NAMES.search(abstract)
    return found[0] if found else "đối thoại"


@rule(
    "attachment-missing",
    "E30",
    WARNING,
    gettext_lazy("Tài liệu ghi kèm theo phải có thật"),
    gettext_lazy("Nơi nhận cần đủ phụ lục, mẫu phiếu được nhắc tới"),
)
def attachments_there(sheet: Sheet) -> Iterator[Found]:
    """E30: what is said to be attached is attached."""
    for clause_id, text in sheet.own_texts():
        if slips.ATTACHED.search(text) and not sheet.has_attachments:
            yield Found(
                _("Nhắc tới tài liệu kèm theo nhưng văn bản chưa có tệp nào kèm."), clause_id
            )


@rule(
    "district-body",
    "E32",
    WARNING,
    gettext_lazy("Cơ quan nêu tên còn hoạt động"),
    gettext_lazy("Cấp huyện kết thúc từ 01/7/2025; cơ quan sáp nhập có nơi kế thừa"),
)
def bodies_in_force(sheet: Sheet) -> Iterator[Found]:
    """E32: no district body after 01/7/2025, nobody dissolved among the recipients."""
    if sheet.on >= END_OF_DISTRICTS:
        names = sheet.settings.lines("district_bodies")
        for clause_id, text in sheet.own_texts():
            for name in slips.named_bodies(text, names):
                words = _("“%(name)s” không còn từ 01/7/2025; hãy ghi cơ quan kế thừa.")
                yield Found(words % {"name": name}, clause_id)
    for row in sheet.recipients:
        ended = row.organisation.valid_to if row.organisation else None
        if ended and ended < sheet.on:
            words = _("Nơi nhận “%(name)s” đã kết thúc hoạt động ngày %(day)s.")
            shown = {"name": row.text, "day": written_day(ended)}
            yield Found(words % shown, field="recipients")
