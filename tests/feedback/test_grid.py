import uuid

import pytest

from feedback.models import Question, QuestionAnswer, Submission
from feedback.queries.asking import frame_of, name_of
from organisations.models import Role
from tests.factories.organisations import member

pytestmark = pytest.mark.django_db


def slips(consultation, *rows, **more):
    posted = {
        "source": consultation.organisation.pk, "audience": "citizen", "received_on": "08/5/2026",
        "rows": "30", **more,
    }  # fmt: skip
    for place, row in enumerate(rows):
        for name, value in row.items():
            posted[f"row-{place}-{name}"] = value
    return posted


def slip(consultation, text="Đường lầy", **more):
    area = consultation.organisation.unit.children.get().pk
    return {
        "area": area,
        "text": text,
        "field": "LAND",
        "kind": "proposal",
        "supporters": "2",
    } | more


def test_thirty_slips_are_saved_at_once_each_with_its_code(browse, consultation, clerk):
    page = browse(clerk)
    rows = [slip(consultation, f"Việc {n}") for n in range(30)]

    answer = page("grid", consultation.pk, post=slips(consultation, *rows))

    saved = Submission.objects.order_by("pk")
    assert [row.channel for row in saved] == ["paper"] * 30
    shown = page.client.get(answer.url).text
    assert all(row.shown_code in shown for row in saved)


def test_same_grid_sent_twice_counts_once(browse, consultation, clerk):
    page = browse(clerk)
    posted = slips(consultation, slip(consultation), _once=str(uuid.uuid4()))

    first = page("grid", consultation.pk, post=posted)
    second = page("grid", consultation.pk, post=posted)

    assert (Submission.objects.count(), second.url) == (1, first.url)


def test_wrong_row_is_named_and_nothing_typed_is_lost(browse, consultation, clerk):
    good, bad = slip(consultation), slip(consultation, "", full_name="Lò Văn Thử")

    answer = browse(clerk)("grid", consultation.pk, post=slips(consultation, good, bad))

    assert (answer.status_code, Submission.objects.count()) == (200, 0)
    assert "Dòng cần sửa: 2." in answer.text
    assert 'value="Lò Văn Thử"' in answer.text
    assert "Đường lầy" in answer.text
    assert "Phiếu không có đánh dấu đồng ý" in answer.text


def test_the_offices_own_questions_are_columns_typed_by_number_or_word(browse, consultation, clerk):
    how = {"label": "Hài lòng?", "kind": "scale", "options": ""}
    frame_of.cache_clear()
    which = {"label": "Cần gì?", "kind": "several", "options": "Điện\nNước sạch\nĐường"}
    names = [
        name_of(Question.objects.create(consultation=consultation, position=n, **words))
        for n, words in enumerate((how, which), start=1)
    ]
    page, typed = browse(clerk), [("4", "1 3"), ("", "nuoc sach; Điện"), ("", "")]
    rows = [slip(consultation, **dict(zip(names, cells, strict=True))) for cells in typed]

    refused = page(
        "grid", consultation.pk, post=slips(consultation, slip(consultation, **{names[1]: "9"}))
    )
    page("grid", consultation.pk, post=slips(consultation, *rows))

    assert "“9” không có trong các lựa chọn" in refused.text
    assert "Cần gì? (1 Điện · 2 Nước sạch · 3 Đường)" in refused.text
    kept = QuestionAnswer.objects.order_by("submission_id", "question_id")
    assert [row.shown for row in kept] == ["4", "Điện; Đường", "Nước sạch; Điện"]


def test_grid_of_another_commune_is_not_there(browse, consultation):
    assert browse(member(Role.CLERK))("grid", consultation.pk).status_code == 404
