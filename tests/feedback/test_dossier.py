import io

import pdfplumber
import pytest
from docx import Document
from openpyxl import load_workbook

from feedback.models import Consultation, Question, QuestionAnswer
from feedback.queries.dossier import dossier_of
from feedback.queries.replies import replies_of
from organisations.models import Role
from tests.factories.feedback import ConsultationFactory, IssueGroupFactory, opinion, sent
from tests.factories.organisations import OrganisationFactory, member
from tests.feedback.steps import ANSWER, TODAY, answered, body, grouped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_fast_templates")]


@pytest.fixture
def told(consultation, clerk, agency, officer):
    """A drafted answer to a matter raised before, one nobody was asked, a mark, a speaker."""
    answer = answered(consultation, clerk, agency, officer)
    earlier = ConsultationFactory(organisation=consultation.organisation)
    Consultation.objects.filter(pk=earlier.pk).update(
        opens_at="2024-03-01T00:00Z", closes_at="2024-04-01T00:00Z"
    )
    answer.group.earlier.add(IssueGroupFactory(consultation=earlier, title="Đường năm xưa"))
    grouped(consultation, clerk, 1)
    opinion(consultation, "Gọi bà Tư 0912 345 678 mà hỏi")
    sent(
        consultation,
        "Tôi xin nói về kênh mương",
        wants_to_speak=True,
        contact={"full_name": "Lê Thị Mận"},
    )
    return consultation.session


WORDS = (ANSWER, "Đã nêu 1 lần từ năm 2024", "Lê Thị Mận", "kênh mương", "Chưa giao cơ quan nào")


def test_the_chair_reads_numbers_answers_promises_marks_speakers_and_who_is_late(
    browse, told, clerk
):
    dossier = dossier_of(told, user=clerk, today=TODAY)
    page = browse(clerk)("dossier", told.pk).content.decode()

    assert (dossier.numbers.total.opinions, dossier.speaker_count, dossier.unanswered) == (5, 1, 2)
    assert [(row.lead, len(row.matters)) for row in dossier.waiting] == [
        ("Phòng Kinh tế xã", 1),
        ("", 1),
    ]
    marked = [one.marks[0].found for topic in dossier.topics for one in topic.marked]
    assert marked == [("0912 345 678",)]
    assert [words for words in WORDS if words not in page] == []


def test_on_paper_it_says_the_same(browse, told, clerk):
    office = browse(clerk)
    word = Document(io.BytesIO(body(office("dossier_taken", told.pk, "docx"))))
    with pdfplumber.open(io.BytesIO(body(office("dossier_taken", told.pk, "pdf")))) as pdf:
        printed = " ".join(" ".join((page.extract_text() or "").split()) for page in pdf.pages)

    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    written = "\n".join([*(line.text for line in word.paragraphs), *cells])
    assert [words for words in WORDS if words not in written] == []
    assert [words for words in WORDS if words not in printed] == []


def test_only_the_office_and_its_head_open_it(browse, told, consultation):
    unit = consultation.organisation.unit
    people = [
        member(Role.HEAD, consultation.organisation),
        member(Role.OVERSEER, OrganisationFactory(unit=unit)),
        member(Role.OFFICER, OrganisationFactory(unit=unit)),
    ]

    answers = [browse(user)("dossier", told.pk).status_code for user in people]

    assert answers == [200, 404, 404]


def test_it_asks_the_same_for_ten_matters_more(
    told, consultation, clerk, agency, officer, django_assert_max_num_queries
):
    for _n in range(10):
        group = answered(consultation, clerk, agency, officer).group
        group.earlier.add(IssueGroupFactory(consultation=consultation))

    with django_assert_max_num_queries(40):
        dossier = dossier_of(told, user=clerk, today=TODAY)

    assert len([topic for topic in dossier.topics if topic.memory]) == 11


def test_answers_to_the_offices_own_questions_are_summed_up(browse, consultation, clerk):
    forms = [sent(consultation).submission for _n in range(3)]
    kinds = {
        "choice": "Có\nKhông",
        "scale": "",
        "number": "",
        "date": "",
        "text": "",
        "several": "A\nB",
    }
    asked = [
        Question.objects.create(consultation=consultation, label=kind, kind=kind, options=options)
        for kind, options in kinds.items()
    ]
    given = (
        {"chosen": ["Có"]}, {"chosen": ["4"]}, {"number": 2}, {"day": TODAY},
        {"text": "=1+1"}, {"chosen": ["A", "B"]},
    )  # fmt: skip
    for form in forms[:2]:
        for question, answer in zip(asked, given, strict=True):
            QuestionAnswer.objects.create(submission=form, question=question, **answer)
    QuestionAnswer.objects.create(submission=forms[2], question=asked[1], chosen=["1"])

    told = replies_of(Consultation.objects.filter(pk=consultation.pk), with_words=True)
    hidden = replies_of(Consultation.objects.filter(pk=consultation.pk), with_words=False)
    page = browse(clerk)("table", consultation.session_id).content.decode()
    sheet = load_workbook(io.BytesIO(body(browse(clerk)("answers", consultation.pk)))).active

    assert [row.count for row in told] == [2, 3, 2, 2, 2, 2]
    assert [[one.value for one in row.choices] for row in told] == [
        [2, 0], [1, 0, 0, 2, 0], [], [], [], [2, 2],
    ]  # fmt: skip
    assert (told[1].shown_mean, told[2].shown_mean, told[3].shown_range) == (
        "3,0", "2,0", ("08/05/2026", "08/05/2026"),
    )  # fmt: skip
    assert ([row.words for row in told][4], [row.words for row in hidden][4]) == (["=1+1"] * 2, [])
    assert ("trung bình 3,0" in page, "=1+1" in page) == (True, True)
    assert [cell.data_type for cell in sheet[2] if "1+1" in str(cell.value)] == ["s"]
