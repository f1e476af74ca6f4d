"""A paper read from a file becomes a draft with its facts."""

import datetime
import re
from collections import Counter
from pathlib import Path

import pytest

from core.access import RefusedError
from documents.actions import RecipientDraft
from documents.actions.adopting import AnnexChoice, Chosen, PaperChoice, adopt_papers
from documents.documents import paper_of
from documents.models import Clause, ClauseBasis, Comment, Document, LegalBasis, clause_tree
from documents.printing.docx import render_docx
from documents.reading import read_text
from documents.reading.blocks import is_page_mark
from documents.reading.checks.walk import clauses_of
from documents.reading.intake import read_content
from documents.reading.pieces import Piece, hosts_of, introduction_verb, pieces_of
from documents.reading.results import ClauseReading, DocumentReading, SessionReading
from organisations.models import Organisation, Role
from plans import queries
from plans.models import Assignee, DialogueSession, Duty, ParticipantGroup, Plan, ProgrammeItem
from tests.documents.reading.files import REAL_PLANS
from tests.factories.organisations import OrganisationFactory, UnitFactory, member

TEXTS = Path(__file__).parents[1] / "documents" / "reading" / "texts"
TODAY = datetime.date(2026, 3, 2)
pytestmark = pytest.mark.django_db

PLAN = """ĐẢNG ỦY XÃ TÂN HÒA
*
Số 14-KH/ĐU

KẾ HOẠCH
tổ chức đối thoại giữa Bí thư Đảng ủy với Nhân dân năm 2026

Căn cứ Quyết định số 218-QĐ/TW, ngày 12/12/2013 của Bộ Chính trị về góp ý xây dựng Đảng;
Ban Thường vụ Đảng ủy xây dựng kế hoạch như sau:

I- MỤC ĐÍCH, YÊU CẦU
- Lắng nghe ý kiến của Nhân dân.

II- THỜI GIAN, ĐỊA ĐIỂM
1. Thời gian: tháng 5/2026.
2. Địa điểm: Hội trường xã.

III- THÀNH PHẦN
- Đại biểu Nhân dân: khoảng 120 - 150 đại biểu.

IV- TỔ CHỨC THỰC HIỆN
1. Văn phòng Đảng ủy
- Chủ trì, phối hợp với UBND xã, Ban Xa Lạ và các cơ quan liên quan xây dựng báo cáo tổng hợp ý kiến, gửi về Đảng ủy trước ngày 05/5/2026.
2. Hội Không Có Tên
- Tuyên truyền đến hội viên.

Nơi nhận:
- Thường trực Tỉnh ủy (báo cáo),
- Lưu Văn phòng Đảng ủy.

T/M BAN THƯỜNG VỤ
BÍ THƯ
Nguyễn Văn An
"""


def commune():
    unit = UnitFactory(name="Tân Hòa")
    committee = OrganisationFactory(name="Đảng ủy xã Tân Hòa", short_name="Đảng ủy xã", unit=unit)
    office = OrganisationFactory(name="Văn phòng Đảng ủy xã Tân Hòa", short_name="Văn phòng Đảng ủy", symbol="VPĐU", unit=unit)  # fmt: skip
    people = OrganisationFactory(name="Ủy ban nhân dân xã Tân Hòa", short_name="UBND xã", symbol="UBND", system=Organisation.System.STATE, unit=unit)  # fmt: skip
    return committee, office, people


def chosen(papers, at, organisation, **changed):
    """A paper of a file with its appendices, taken as it was read."""
    paper, hosts = papers[at], hosts_of(papers)
    verb = introduction_verb(paper)
    changed.setdefault("header", {"introduction_verb": verb} if verb else {})
    return PaperChoice(
        paper=paper,
        pieces=taken(paper),
        organisation=organisation,
        type_code=paper.type or "CV",
        abstract=paper.abstract or "",
        annexes=tuple(
            AnnexChoice(one, one.abstract or "", taken(one, paper))
            for one, host in zip(papers, hosts, strict=True)
            if host == at
        ),
        **changed,
    )


def taken(paper, host=None):
    return tuple(Chosen(piece, piece.kind, piece.text) for piece in pieces_of(paper, host))


def adopt(text, organisation=None, by=None, **changed):
    organisation = organisation or commune()[0]
    by = by or member(Role.CLERK, organisation)
    papers = read_text(text).documents
    choices = [
        chosen(papers, at, organisation, **changed)
        for at, host in enumerate(hosts_of(papers))
        if host is None
    ]
    return adopt_papers(choices, by=by, today=TODAY, source="ke-hoach.docx")


def flat(groups):
    return [one for group in groups for one in (group, *flat(group.children))]


def words(text):
    return re.findall(r"\w+", text.lower())


def words_read(papers):
    """Every word of the bodies, but for page numbers and the names of a programme's columns."""
    for paper in papers:
        for clause in clauses_of(paper):
            if not is_page_mark(clause.text) and not is_programme_head(clause):
                marker = clause.marker if clause.kind == "text" and not clause.cells else ""
                yield from words(marker + "\n" + ("\n".join(clause.cells) or clause.text))


def is_programme_head(clause):
    return {"Điều hành", "Người thực hiện", "Thực hiện"} & set(clause.cells)


def words_printed(paper):
    for block in (*paper.blocks, *(block for one in paper.appendices for block in one.blocks)):
        yield from words(block.text)
        if block.table:
            titles = [column.title for column in block.table.columns]
            is_programme = titles[:2] == ["TT", "Nội dung"] and len(titles) < 4
            for row in block.table.rows if is_programme else (titles, *block.table.rows):
                yield from words("\n".join(row))


ADDED = {"căn", "cứ", "và"}
"""A list of bases repeats the verb of their sentence; "và" between two of them goes."""
SAID_AGAIN = {
    "commune_phases": set(words("Tổng hợp kiến nghị của công dân, chuyển các phòng chuyên môn"))
}
"""An act with two days becomes two sentences that share these words."""
PROGRAMME_WITHOUT_NUMBERS = {"business_programme", "youth_union"}
FILES = {path.stem: path for path in TEXTS.glob("*.txt")} | REAL_PLANS


@pytest.mark.parametrize("name", sorted(FILES))
def test_every_fact_read_is_saved_and_every_word_printed(name):
    text = FILES[name].read_text()
    papers = read_text(text).documents

    adopted = adopt(text)

    hosts = hosts_of(papers)
    assert len(adopted) == hosts.count(None)
    for at, done in zip(
        [at for at, host in enumerate(hosts) if host is None], adopted, strict=True
    ):
        parts = [one for place, one in enumerate(papers) if at in {place, hosts[place]}]
        is_plan = papers[at].type == "KH"
        bases = [
            one for part in parts for one in part.legal_bases if not one.is_in_body and one.kind
        ]
        mine = {"clause__document": done.document}
        assert ClauseBasis.objects.filter(**mine).count() == len(bases)
        counts = [
            model.objects.filter(**mine).count()
            for model in (ProgrammeItem, DialogueSession, ParticipantGroup, Duty)
        ]
        assert counts == [
            sum(len(part.programme) for part in parts),
            sum(len(part.sessions) for part in parts) * is_plan,
            sum(len(flat(part.participant_groups)) for part in parts) * is_plan,
            sum(len(part.duties) for part in parts) * is_plan,
        ]
        assert Plan.objects.filter(document=done.document).count() == is_plan
        paper = paper_of(done.document)
        read, printed = list(words_read(parts)), list(words_printed(paper))
        if name in PROGRAMME_WITHOUT_NUMBERS:
            read = [*read, "1", "2", "3", "4"]
        missing, added = Counter(read) - Counter(printed), Counter(printed) - Counter(read)
        assert set(missing) | (set(added) - SAID_AGAIN.get(name, set())) <= ADDED, name
        assert len(paper.appendices) == len(parts) - 1


def test_a_plan_is_understood_piece_by_piece():
    committee, office, people = commune()
    [adopted] = adopt(PLAN, committee)
    document = adopted.document

    plan = Plan.objects.get(document=document)
    assert (plan.year, plan.host, plan.counterpart) == (2026, "Bí thư Đảng ủy", "Nhân dân")
    session = plan.sessions.get()
    assert (str(session.time), session.place) == ("tháng 5/2026", "Hội trường xã")
    assert session.latest_on == datetime.date(2026, 5, 31)
    group = plan.participant_groups.get()
    assert (group.minimum, group.maximum, group.is_approximate) == (120, 150, True)
    assignees = [
        [body.pk for body in row.organisations.all()]
        for row in Assignee.objects.filter(plan=plan).order_by("clause__position")
    ]
    assert assignees == [[office.pk], []]
    duty = Duty.objects.get(plan=plan, due__isnull=False)
    assert (duty.part, duty.deliverable, duty.send_to) == (
        "lead",
        "báo cáo tổng hợp ý kiến",
        committee,
    )
    assert [body.pk for body in duty.cooperating.all()] == [people.pk]
    basis = ClauseBasis.objects.get(clause__document=document).basis
    assert (basis.number, basis.body) == ("218-QĐ/TW", "Bộ Chính trị")
    assert basis.added_by == committee


TABLE = """II- PHÂN CÔNG NHIỆM VỤ
STT\tNhiệm vụ\tĐơn vị thực hiện\tThời gian\tSản phẩm
1\tTổng hợp ý kiến của Nhân dân\tVăn phòng Đảng ủy\tTrước ngày 15/6/2026 và 15/12/2026\tBáo cáo
2\tChuẩn bị hội trường\tỦy ban nhân dân xã\tChậm nhất 25/6/2026\tHội trường
"""


def test_a_row_of_a_table_that_names_its_body_becomes_a_task_for_each_day():
    committee, office, people = commune()
    text = PLAN.replace("IV- TỔ CHỨC", TABLE + "IV- TỔ CHỨC")

    [adopted] = adopt(text, committee)

    plan = Plan.objects.get(document=adopted.document)
    given = [
        (line.duty.clause.text.split(" | ")[0], line.bodies, line.due_on, line.grows_task)
        for line in queries.duty_lines(plan)
        if line.assignee is None
    ]
    day = datetime.date
    assert given == [
        ("Tổng hợp ý kiến của Nhân dân", [office], day(2026, 6, 14), True),
        ("Tổng hợp ý kiến của Nhân dân", [office], day(2026, 12, 14), True),
        ("Chuẩn bị hội trường", [people], day(2026, 6, 25), True),
    ]
    [block] = [one for one in paper_of(adopted.document).blocks if one.table]
    assert [row[2] for row in block.table.rows] == ["Văn phòng Đảng ủy", "Văn phòng Đảng ủy", "Ủy ban nhân dân xã"]  # fmt: skip


def test_what_was_not_recognised_is_remarked_on_its_clause():
    [adopted] = adopt(PLAN)

    said = [words for _pk, words in adopted.doubts]
    assert said == [
        "“Ban Xa Lạ”: chưa có trong danh mục đơn vị.",
        "“Hội Không Có Tên”: chưa có trong danh mục đơn vị.",
    ]
    remarks = Comment.objects.filter(document=adopted.document).order_by("clause__text")
    assert [(one.clause_id, one.quote) for one in remarks] == [
        (pk, Clause.objects.get(pk=pk).text) for pk, _words in adopted.doubts
    ]


def test_a_paper_already_in_the_register_is_not_entered_twice():
    known = LegalBasis.objects.create(kind="Quyết định", number="218 - QĐ/TW", body="Bộ Chính trị", date=datetime.date(2013, 12, 12))  # fmt: skip
    other = LegalBasis.objects.create(kind="Quyết định", number="218-QĐ/TW", body="Khác", date=datetime.date(2001, 1, 1))  # fmt: skip

    [adopted] = adopt(PLAN)

    assert ClauseBasis.objects.get(clause__document=adopted.document).basis == known
    assert set(LegalBasis.objects.all()) == {known, other}


def test_only_what_is_taken_is_saved():
    committee = commune()[0]
    [paper] = read_text(PLAN).documents
    pieces = pieces_of(paper)
    left = next(piece for piece in pieces if piece.text.startswith("TỔ CHỨC"))
    first = next(piece for piece in pieces if piece.kind == "duty")
    taken = tuple(
        Chosen(piece, "text" if piece.kind == "participant_group" else piece.kind, piece.text)
        for piece in pieces
        if piece is not left
    )
    choice = PaperChoice(
        paper=paper, pieces=taken, organisation=committee, type_code="KH", abstract="x"
    )

    [adopted] = adopt_papers([choice], by=member(Role.CLERK, committee), today=TODAY, source="x")

    mine = Clause.objects.filter(document=adopted.document)
    assert first.text not in mine.values_list("text", flat=True)
    assert not Duty.objects.exists()
    assert not ParticipantGroup.objects.exists()
    assert mine.filter(kind="text", text__startswith="Đại biểu Nhân dân").count() == 1


def test_letter_and_plan_of_one_file_are_tied():
    letter, plan = adopt((TEXTS / "letter_and_plan.txt").read_text())

    assert (letter.document.type_id, plan.document.type_id) == ("CV", "KH")
    assert letter.document.relates_to == plan.document
    assert plan.document.relates_to is None


def test_header_and_recipients_are_taken_over():
    header = {
        "signer_name": "Nguyễn Văn An",
        "signer_post": "Bí thư",
        "introduction_verb": "Căn cứ",
    }

    [adopted] = adopt(
        PLAN, recipients=(RecipientDraft("Thường trực Tỉnh ủy", "report"),), header=header
    )

    document = adopted.document
    assert (document.signer_name, document.state, document.number) == (
        "Nguyễn Văn An",
        "draft",
        None,
    )
    assert [row.text for row in document.recipients.all()] == ["Thường trực Tỉnh ủy"]


def test_nobody_else_adopts_for_an_organisation():
    committee = commune()[0]

    with pytest.raises(RefusedError):
        adopt(PLAN, committee, by=member(Role.OFFICER, committee))

    assert not Document.objects.exists()


def test_a_piece_says_how_sure_it_is():
    certainties = [
        Piece(number=0, parent=None, depth=1, kind="text", text="", confidence=sure).certainty
        for sure in (1.0, 0.7, 0.5)
    ]

    assert certainties == ["sure", "fair", "guess"]


def test_an_item_with_time_and_place_below_it_is_the_conference():
    text = PLAN.replace(
        "1. Thời gian: tháng 5/2026.\n2. Địa điểm: Hội trường xã.",
        "1. Đối thoại về nước sạch\n- Đối tượng: Nhân dân các thôn.\n- Thời gian: tháng 5/2026.\n- Địa điểm: Hội trường xã.",
    )
    [paper] = read_text(text).documents
    rows = [
        piece for piece in pieces_of(paper) if "nước sạch" in piece.text or ":" in piece.text[:12]
    ]

    assert [(row.kind, row.text.split(":")[0]) for row in rows[:4]] == [
        ("session", "Đối thoại về nước sạch"),
        ("fact_line", "Đối tượng"),
        ("fact_line", "Thời gian"),
        ("fact_line", "Địa điểm"),
    ]


def shape_of(document):
    """Kinds and words in reading order; what the print adds at the ends of lines aside."""

    def walk(pairs):
        for clause, below in pairs:
            yield clause.kind, " ".join(clause.text.split()).rstrip(" .;,:/").lower()
            yield from walk(below)

    return list(walk(clause_tree(list(document.clauses.all()))))


@pytest.mark.parametrize("name", ("", "state_plan.txt", "plan_and_programme.txt"))
def test_our_word_file_of_an_adopted_plan_is_read_back_as_the_same(name):
    home = commune()[0]
    clerk = member(Role.CLERK, home)
    text = (TEXTS / name).read_text() if name else PLAN
    first = adopt(text, home, clerk)[0].document

    again = read_content(render_docx(paper_of(first))).text
    [second] = adopt(again, home, clerk)

    assert shape_of(second.document) == shape_of(first)
    models = (DialogueSession, ParticipantGroup, Duty, ClauseBasis, ProgrammeItem)
    counts = [
        [model.objects.filter(clause__document=one).count() for model in models]
        for one in (first, second.document)
    ]
    assert counts[0] == counts[1]


def test_two_conferences_of_one_sentence_are_two_clauses():
    said = "Thời gian: Hội nghị thứ nhất vào tháng 5/2026 tại Hội trường xã; Hội nghị thứ hai vào tháng 9/2026."
    first, second = (
        SessionReading(literal=literal, line=5) for literal in ("tháng 5/2026", "tháng 9/2026")
    )
    clause = ClauseReading(kind="fact_line", marker="1.", text=said, line=5)

    rows = pieces_of(DocumentReading(type="KH", clauses=(clause,), sessions=(first, second)))

    assert [(row.kind, row.text, row.fact) for row in rows] == [
        ("session", said.partition(" Hội nghị thứ hai")[0], first),
        ("session", "Hội nghị thứ hai vào tháng 9/2026.", second),
    ]
