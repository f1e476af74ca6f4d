"""Rules over header, citations, signature and recipients of any paper (domain.md §4.3)."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.dates import written_day
from core.text import fold
from documents.checks.registry import ERROR, INFO, WARNING, Book, Found
from documents.checks.sheet import Sheet
from documents.models import ClauseKind, Document, LegalBasis, Recipient
from documents.reading.slips import days_in, strange_surname
from organisations.models import AdministrativeUnit, Organisation

HEADER = Book()
rule = HEADER.rule
LAYOUT = gettext_lazy("Thể thức văn bản: Hướng dẫn của Đảng; Nghị định 30/2020/NĐ-CP, Phụ lục I")
MAKER = re.compile(r"([^,;.]*?)\s+(?:xây dựng|ban hành)\s+[Kk]ế hoạch")
COLLECTIVES = ("Ban Thường vụ", "Ban Chấp hành", "Thường trực", "Ban Thường trực")
TITLES = {"ông", "bà", "đồng", "đ/c", "đại", "thượng", "trung", "thiếu", "bác", "ts", "ts.", "ths."}
NOT_AFTER_A_POST = ("thuong truc", "phu trach")
MINUTES = "BB"
PARTY_NUMBER = re.compile(r"^\d+-")


@rule(
    "basis-after-date",
    "E1",
    ERROR,
    gettext_lazy("Căn cứ không được ban hành sau văn bản"),
    gettext_lazy("Văn bản chỉ viện dẫn được văn bản đã có"),
)
def bases_in_time(sheet: Sheet) -> Iterator[Found]:
    """E1: the paper's day is not before the day of anything it cites."""
    for clause in sheet.of_kind(ClauseKind.LEGAL_BASIS):
        basis = sheet.bases.get(clause.pk)
        named = [basis.date] if basis and basis.date else days_in(sheet.texts[clause.pk])[:1]
        if named and named[0] and named[0] > sheet.on:
            words = _("Căn cứ ngày %(basis)s có sau ngày văn bản (%(on)s); hãy xem lại hai ngày.")
            shown = {"basis": written_day(named[0]), "on": written_day(sheet.on)}
            yield Found(words % shown, clause.pk)


@rule(
    "issue-day-off",
    "E3",
    INFO,
    gettext_lazy("Ngày văn bản là ngày nghỉ"),
    gettext_lazy("Văn bản thường được ký vào ngày làm việc; lịch nghỉ của cơ quan"),
)
def issued_on_working_day(sheet: Sheet) -> Iterator[Found]:
    """E3: the paper is dated on a working day."""
    why = sheet.calendar.why_off(sheet.on)
    if why:
        words = _("Ngày văn bản %(day)s là ngày nghỉ (%(why)s).")
        yield Found(words % {"day": written_day(sheet.on), "why": why})


@rule(
    "other-collective",
    "E7",
    WARNING,
    gettext_lazy("Tập thể xây dựng và tập thể ký phải là một"),
    LAYOUT,
)
def same_collective(sheet: Sheet) -> Iterator[Found]:
    """E7: the introduction names the collective that signs."""
    for clause_id, maker in _makers(sheet):
        named = [one for one in COLLECTIVES if one in maker]
        if named and sheet.document.collective not in maker:
            words = _("Câu mở đầu ghi “%(maker)s” nhưng ký thay mặt “%(signing)s”.")
            yield Found(words % {"maker": maker, "signing": sheet.document.collective}, clause_id)


@rule(
    "body-for-collective",
    "E8",
    INFO,
    gettext_lazy("Câu mở đầu nên ghi đúng tập thể ký"),
    LAYOUT,
)
def body_names_its_collective(sheet: Sheet) -> Iterator[Found]:
    """E8: "Đảng ủy xây dựng Kế hoạch" under the signature of its standing board."""
    for clause_id, maker in _makers(sheet):
        named = [one for one in COLLECTIVES if one in maker]
        if maker and not named and sheet.document.collective not in maker:
            words = _("Câu mở đầu ghi “%(maker)s”; tập thể ký là “%(signing)s”.")
            yield Found(words % {"maker": maker, "signing": sheet.document.collective}, clause_id)


def _makers(sheet: Sheet) -> Iterator[tuple[int, str]]:
    """Who the introductions say makes the plan, where a collective signs."""
    document = sheet.document
    if not document.is_of_collective or not document.collective:
        return
    for clause in sheet.of_kind(ClauseKind.INTRODUCTION):
        found = MAKER.search(sheet.texts[clause.pk])
        if found:
            yield clause.pk, found[1].strip()


@rule(
    "unknown-post",
    "E10",
    WARNING,
    gettext_lazy("Chức vụ người ký có trong danh sách chức vụ"),
    LAYOUT,
)
def known_post(sheet: Sheet) -> Iterator[Found]:
    """E10: the signer's post is one of the organisation's, or a usual one."""
    post = sheet.document.signer_post
    parts = [fold(part) for part in re.split(r"[,;]|\s[-–]\s", post) if part.strip()]
    usual = {fold(name) for name in sheet.settings.lines("posts")}
    strange = [part for part in parts if not _is_post(part, usual)]
    if strange and not all(
        _is_post(part, {fold(name) for name in sheet.own_posts}) for part in strange
    ):
        words = _("Chức vụ “%(post)s” không có trong danh sách chức vụ; có thể viết sai.")
        yield Found(words % {"post": post}, field="signer_post")


def _is_post(said: str, known: set[str]) -> bool:
    """A known post, alone or followed by the name of the body."""
    begins = [name for name in known if said == name or said.startswith(f"{name} ")]
    rest = said.removeprefix(max(begins, key=len)).strip() if begins else ""
    return bool(begins) and not rest.startswith(NOT_AFTER_A_POST)


@rule(
    "post-against-capacity",
    "R1",
    WARNING,
    gettext_lazy("Quyền hạn ký đi với chức vụ"),
    LAYOUT,
)
def capacity_fits_post(sheet: Sheet) -> Iterator[Found]:
    """A deputy signs for the head ("ký thay"), the head does not."""
    is_deputy = fold(sheet.document.signer_post).startswith("pho ")
    if sheet.document.capacity == Document.Capacity.HEAD and is_deputy:
        words = _("Người ký là cấp phó nhưng quyền hạn ghi người đứng đầu ký trực tiếp.")
        yield Found(words, field="capacity")
    stands_in = {Document.Capacity.DEPUTY, Document.Capacity.COLLECTIVE_DEPUTY}
    if sheet.document.capacity in stands_in and not is_deputy:
        words = _("Quyền hạn ghi “ký thay” nhưng chức vụ người ký không phải cấp phó.")
        yield Found(words, field="capacity")


@rule(
    "strange-surname",
    "E11",
    INFO,
    gettext_lazy("Họ của người ký viết đúng"),
    gettext_lazy("Danh mục họ do cơ quan bổ sung được"),
)
def known_surname(sheet: Sheet) -> Iterator[Found]:
    """E11: "Đương" is probably "Dương"."""
    for field in ("signer_name", "secretary_name"):
        for slip in surname_slip(getattr(sheet.document, field), sheet):
            yield slip._replace(field=field)


def surname_slip(name: str, sheet: Sheet, clause_id: int | None = None) -> Iterator[Found]:
    """The finding about one name, if its surname is in no list."""
    if not name or name.split()[0].lower() in TITLES:
        return
    better = strange_surname(name, sheet.settings.lines("surnames"))
    if better:
        words = _("Họ trong “%(name)s” lạ; có phải “%(better)s”?")
        yield Found(words % {"name": name, "better": better}, clause_id)
    elif better is not None:
        yield Found(
            _("Họ trong “%(name)s” không có trong danh mục họ.") % {"name": name}, clause_id
        )


@rule(
    "header-incomplete",
    "E16",
    ERROR,
    gettext_lazy("Phần đầu và người ký đủ thành phần bắt buộc"),
    LAYOUT,
)
def complete_header(sheet: Sheet) -> Iterator[Found]:
    """E15, E16: everything the paper must bear; number and day are written when it is issued."""
    document = sheet.document
    wanted = {
        "abstract": _("Chưa có trích yếu."),
        "place": _("Chưa có địa danh."),
        "signer_post": _("Chưa có chức vụ người ký."),
        "signer_name": _("Chưa có tên người ký."),
    }
    if document.type_id == MINUTES:
        wanted["secretary_name"] = _("Chưa có tên thư ký; biên bản do chủ trì và thư ký cùng ký.")
    yield from (
        Found(words, field=name) for name, words in wanted.items() if not getattr(document, name)
    )
    if not document.organisation.symbol:
        yield Found(_("Cơ quan ban hành chưa có ký hiệu; hãy bổ sung ở trang Đơn vị."))
    if document.is_of_collective and not document.collective:
        words = _("Ký thay mặt tập thể nhưng chưa ghi tập thể ban hành.")
        yield Found(words, field="collective")


@rule(
    "recipients-incomplete",
    "E23",
    ERROR,
    gettext_lazy("Nơi nhận có dòng lưu"),
    LAYOUT,
)
def complete_recipients(sheet: Sheet) -> Iterator[Found]:
    """E23, E25: recipients stand and the archive line ends them (the layout itself is printed)."""
    if not sheet.recipients:
        yield Found(_("Chưa có nơi nhận."), field="recipients")
    elif all(row.purpose != Recipient.Purpose.ARCHIVE for row in sheet.recipients):
        yield Found(_("Nơi nhận chưa có dòng lưu."), field="recipients")


@rule(
    "basis-incomplete",
    "E17",
    WARNING,
    gettext_lazy("Căn cứ đủ số, ngày, cơ quan ban hành"),
    LAYOUT,
)
def complete_bases(sheet: Sheet) -> Iterator[Found]:
    """E17: a citation names number, day and issuing body."""
    for clause in sheet.of_kind(ClauseKind.LEGAL_BASIS):
        basis, text = sheet.bases.get(clause.pk), sheet.texts[clause.pk]
        is_numbered = re.search(r"\bsố\s+\d", text) is not None
        if basis is not None and not basis.is_complete:
            words = _("Căn cứ “%(basis)s” chưa đủ số, ngày hoặc cơ quan ban hành.")
            yield Found(words % {"basis": str(basis)[:120]}, clause.pk)
        elif basis is None and is_numbered and " của " not in text:
            words = _("Căn cứ “%(basis)s” chưa ghi cơ quan ban hành.")
            yield Found(words % {"basis": text[:120]}, clause.pk)


@rule(
    "basis-order",
    "R2",
    INFO,
    gettext_lazy("Căn cứ xếp theo hiệu lực pháp lý"),
    gettext_lazy("Thứ tự hiệu lực: luật, nghị định, quyết định…; danh sách do cơ quan chỉnh"),
)
def bases_in_order(sheet: Sheet) -> Iterator[Found]:
    """What binds more is cited first; party and state papers are compared each among themselves."""
    ranks = {fold(kind): n for n, kind in enumerate(sheet.settings.lines("basis_order"))}
    before: dict[bool, LegalBasis] = {}
    for clause in sheet.of_kind(ClauseKind.LEGAL_BASIS):
        basis = sheet.bases.get(clause.pk)
        if basis is None or fold(basis.kind) not in ranks:
            continue
        is_party = PARTY_NUMBER.match(basis.number) is not None
        above = before.get(is_party)
        if above and ranks[fold(basis.kind)] < ranks[fold(above.kind)]:
            words = _("“%(basis)s” nên đứng trước “%(above)s” theo thứ tự hiệu lực.")
            shown = {
                "basis": f"{basis.kind} {basis.number}",
                "above": f"{above.kind} {above.number}",
            }
            yield Found(words % shown, clause.pk)
        before[is_party] = basis


@rule(
    "ambiguous-symbol",
    "E27",
    INFO,
    gettext_lazy("Ký hiệu cơ quan không lẫn với cấp khác"),
    gettext_lazy("“TU” là ký hiệu của Tỉnh ủy, Thành ủy trực thuộc Trung ương"),
)
def clear_symbol(sheet: Sheet) -> Iterator[Found]:
    """E27: TU belongs to a provincial committee."""
    body = sheet.document.organisation
    is_low = body.unit.level not in (
        AdministrativeUnit.Level.PROVINCE,
        AdministrativeUnit.Level.CENTRAL,
    )
    if body.symbol == "TU" and body.system == Organisation.System.PARTY and is_low:
        yield Found(_("Ký hiệu “TU” dễ lẫn với Tỉnh ủy; cấp này dùng ký hiệu khác, ví dụ “ĐU”."))
