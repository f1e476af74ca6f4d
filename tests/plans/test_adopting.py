"""A paper read from a file becomes a draft with its facts."""

import datetime

import pytest

from core.access import RefusedError
from documents.actions import RecipientDraft
from documents.actions.adopting import Chosen, PaperChoice, adopt_papers
from documents.documents import paper_of
from documents.models import Clause, ClauseBasis, Comment, Document, LegalBasis
from documents.reading import read_text
from documents.reading.pieces import pieces_of
from organisations.models import Role
from plans import queries
from plans.actions.adopting import _Places
from plans.models import Assignee, Duty, ParticipantGroup, Plan
from tests.factories.organisations import UnitFactory, member
from tests.plans.adopted import PLAN, TEXTS, TODAY, adopt, commune

pytestmark = pytest.mark.django_db


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


def test_a_place_named_in_a_paper_is_that_of_the_own_commune():
    committee, _office, _people = commune()
    others = [
        UnitFactory(name="1", kind="thôn", level="hamlet", parent=UnitFactory()) for _n in "ab"
    ]
    own = UnitFactory(name="1", kind="thôn", level="hamlet", parent=committee.unit)
    marked = UnitFactory(name="Mé", kind="thôn", level="hamlet", parent=committee.unit)
    alike = UnitFactory(name="Mẹ", kind="thôn", level="hamlet", parent=committee.unit)
    later = UnitFactory(name="1", kind="thôn", level="hamlet", parent=UnitFactory())

    found = _Places(committee.unit, TODAY)

    assert found.get("thon 1") == found.get("Thôn 1") == own
    assert (found.get("thôn Mé"), found.get("thôn Mẹ")) == (marked, alike)
    assert own.pk not in {later.pk, *(unit.pk for unit in others)}


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
