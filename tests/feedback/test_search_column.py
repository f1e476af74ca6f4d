import pytest
from django.db import connection

from core.text import fold
from feedback.models import Opinion
from tests.factories.feedback import opinion

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


def test_words_on_both_sides_of_a_slash_are_found_and_changes_at_once(consultation):
    row = opinion(consultation, "Cấp lại giấy cho xã/phường")

    found = Opinion.objects.matching("phuong").count()
    Opinion.objects.filter(pk=row.pk).update(text="Việc khác")

    assert (found, Opinion.objects.matching("phuong").count()) == (1, 0)
