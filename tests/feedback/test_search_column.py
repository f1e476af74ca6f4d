import pytest
from django.db import connection

from core.text import fold, plain_words
from dialogue.search import find
from feedback import actions
from feedback.models import Opinion
from organisations.models import Role
from tests.factories.feedback import opinion
from tests.factories.organisations import member
from tests.feedback.steps import TODAY

pytestmark = pytest.mark.django_db

TEXTS = (
    "Đường HÒA BÌNH ngập, nước ứ",
    "Thuý, thúy, hoà, hòa",
    "ươ ƠƯ ấ ề ỗ Ậ",
    "Đi\u0323nh vi\u0300 NFD: o\u031b\u0301",
    "TL 530 – QL15A",
)


@pytest.mark.parametrize("text", TEXTS)
def test_the_database_folds_like_the_program(text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT feedback_words(%s)", [text])
        found = cursor.fetchone()[0]

    plain = "".join(sign if sign.isalnum() else " " for sign in fold(text))
    assert found.split() == plain.split()
    quick = plain_words(text)
    assert quick is None or quick.split() == found.split()


def test_a_text_with_signs_that_are_rare_is_left_to_the_database():
    assert [plain_words(text) is None for text in TEXTS] == [False, False, False, False, True]


def test_words_given_with_a_row_stay_until_its_text_changes(consultation):
    row = opinion(consultation, "Nước sạch thiếu")

    Opinion.objects.filter(pk=row.pk).update(search=None)
    row.refresh_from_db()

    assert row.search == "'nuoc':1 'sach':2 'thieu':3"


def test_words_on_both_sides_of_a_slash_are_found_and_changes_at_once(consultation):
    row = opinion(consultation, "Cấp lại giấy cho xã/phường")

    found = Opinion.objects.matching("phuong").count()
    Opinion.objects.filter(pk=row.pk).update(text="Việc khác")

    assert (found, Opinion.objects.matching("phuong").count()) == (1, 0)


MANY = """
INSERT INTO feedback_opinion (submission_id, position, text, proposal, kind, field_id, competence,
    wished_competence, supporters, raised_before, state, resolution, resolution_note, resolution_target,
    grouped_from, created_at)
SELECT submission_id, n, 'Việc số ' || n, '', kind, field_id, '', '', 1, '', 'received', '', '', '',
    '', now()
FROM feedback_opinion, generate_series(2, 20000) AS n
"""


@pytest.mark.parametrize(
    "words",
    ("việc 4711", '"số 4711"', "vắng mặt", "4711 1174"),
    ids=("all", "phrase", "none", "code"),
)
def test_a_search_among_many_never_reads_them_all(consultation, clerk, words):
    opinion(consultation, "Việc số 1")
    with connection.cursor() as cursor:
        cursor.execute(MANY)
        cursor.execute("SELECT gin_clean_pending_list('opinion_search')")
        cursor.execute("ANALYZE feedback_opinion, feedback_submission, feedback_consultation")

    found = Opinion.objects.visible_to(clerk).matching(words).order_by("-pk")[:50]

    plan = found.explain()
    assert ("Seq Scan on feedback_opinion" in plan, "opinion_search" in plan) == (False, True)


def test_everything_search_puts_phrases_first_and_finds_codes(consultation, clerk):
    opinion(consultation, "Nước sạch thiếu")
    row = opinion(consultation, "Sạch sẽ nhưng thiếu nước")

    by_words = find("nuoc sach", clerk)[0].rows
    by_code = find(row.code, clerk)[0].rows

    assert [title for title, _url, _detail in by_words] == ["Nước sạch thiếu", row.text]
    assert [title for title, _url, _detail in by_code] == [row.text]


def test_what_left_the_dialogue_is_found_by_nobody_by_its_words(consultation, clerk):
    row = opinion(consultation, "Tố cáo cán bộ vòi tiền", "x")
    actions.route_out_opinion(
        row, by=clerk, kind="denunciation", receiving_body="UBKT", reason="", today=TODAY
    )
    people = [clerk] + [
        member(role, consultation.organisation)
        for role in (Role.HEAD, Role.OVERSEER, Role.RECEPTION, Role.OFFICER)
    ]

    assert [find("vòi tiền", person) for person in people] == [[]] * 5
    assert [find(row.code, member(Role.CLERK))] == [[]]
