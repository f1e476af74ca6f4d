"""The editor as scripts and people without scripts use it: saving, conflicts, moving, undo."""

import pytest

from documents import actions
from documents.actions import ClauseDraft
from documents.facts import Fact, Reading
from documents.models import Clause, ClauseKind
from organisations.models import Role
from tests.documents.pages import url
from tests.factories.organisations import member
from tests.forms import once

SCRIPT = {"Accept": "application/json"}


@pytest.fixture
def closing(document):
    return document.clauses.get(kind=ClauseKind.CLOSING)


@pytest.fixture
def page(clerk, browse):
    return browse(clerk)


@pytest.fixture
def save(page, document, closing):
    """Save the closing clause as the script does."""

    def post(text, version=1, **more):
        values = {"text": text, "version": version, "words_only": "1", **more}
        return page.post(url("clause_edit", document, closing.pk), values, headers=SCRIPT)

    return post


def texts(document, kind=ClauseKind.CLOSING):
    return [row.text for row in document.clauses.filter(kind=kind).order_by("position")]


# --- saving by itself -----------------------------------------------------------------------------
def test_autosave_answers_with_version_and_time_only(save, document, closing):
    answer = save("Câu kết mới", autosave="1")

    closing.refresh_from_db()
    assert sorted(answer.json()) == ["at", "clause", "text", "version"]
    assert (closing.text, answer.json()["version"]) == ("Câu kết mới", closing.version)


def test_closing_the_form_answers_with_its_row(save):
    row = save("Câu kết mới", close="1").json()["row"]

    assert row.count("<li") == 1
    assert "Câu kết mới" in row


def test_what_cannot_be_saved_comes_back_with_the_words(save):
    answer = save("Xin\x07 chào")

    assert answer.status_code == 422
    assert "Có ký tự ẩn" in answer.json()["form"]
    assert "Xin\x07 chào" in answer.json()["form"]


def test_after_logging_out_a_save_leads_to_the_login(client, document, closing):
    answer = client.post(
        url("clause_edit", document, closing.pk), {"text": "x", "version": 1}, headers=SCRIPT
    )

    assert answer.url.startswith("/tai-khoan/login/")


def test_after_submitting_a_save_is_refused_in_words(save, document, clerk):
    actions.submit_document(document, by=clerk)

    answer = save("Muộn rồi", autosave="1")

    assert answer.status_code == 403
    assert "nên không sửa được nữa" in answer.content.decode()


def test_words_only_leave_the_fact_alone(page, document, own_fact):
    from django import forms

    class Mood(forms.Form):
        mood = forms.CharField()

        def __init__(self, *args, clause, **kwargs):
            super().__init__(*args, **kwargs)

    saved = []
    own_fact(ClauseKind.CLOSING, Fact(form=Mood, save=lambda *given: saved.append(given)))
    clause = document.clauses.get(kind=ClauseKind.CLOSING)

    answer = page.post(
        url("clause_edit", document, clause.pk),
        {"text": "Mới", "version": 1, "words_only": "1"},
        headers=SCRIPT,
    )

    assert (answer.status_code, saved) == (200, [])


# --- two people -----------------------------------------------------------------------------------
def test_changes_in_different_places_are_proposed_joined(save, document, clerk, closing):
    base = "Trên đây là Kế hoạch đối thoại"
    theirs = "Trên đây là Kế hoạch đối thoại năm 2026"
    actions.edit_clause(closing, by=clerk, version=1, text=theirs)

    answer = save("Trên đây là toàn bộ Kế hoạch đối thoại", base=base)

    joined = "Trên đây là toàn bộ Kế hoạch đối thoại năm 2026"
    assert answer.status_code == 409
    assert f'name="text_merged" value="{joined}"' in answer.json()["form"]
    assert "nên gộp được cả hai" in answer.json()["form"]
    assert texts(document) == [theirs]


def test_changes_of_the_same_words_are_marked(save, clerk, closing):
    actions.edit_clause(closing, by=clerk, version=1, text="Trên đây là Chương trình")

    form = save("Trên đây là Thông báo", base="Trên đây là Kế hoạch").json()["form"]

    assert "<mark>Thông báo</mark><del>Chương trình</del>" in form


@pytest.mark.parametrize(
    ("take", "kept"), (("mine", "Của tôi"), ("merged", "Bản gộp"), ("theirs", "Của người kia"))
)
def test_one_click_takes_one_of_the_versions(page, document, clerk, closing, take, kept):
    actions.edit_clause(closing, by=clerk, version=1, text="Của người kia")

    page.post(
        url("clause_edit", document, closing.pk),
        {
            "version": 2,
            "text": "trong ô",
            "text_mine": "Của tôi",
            "text_merged": "Bản gộp",
            "take": take,
        },
    )

    assert texts(document) == [kept]


def test_the_others_who_write_are_named(document, clerk, closing, browse):
    other = member(Role.CLERK, document.organisation, full_name="Trần Bình")
    address = url("presence", document)
    browse(other).post(address, {"clause": closing.pk})

    mine = browse(clerk).post(address, {"clause": closing.pk}).json()
    browse(other).post(address, {"clause": ""})
    later = browse(clerk).post(address, {"clause": closing.pk}).json()

    assert mine == {"others": [{"clause": closing.pk, "name": "Trần Bình"}]}
    assert later == {"others": []}


# --- moving, joining, cutting ---------------------------------------------------------------------
@pytest.mark.parametrize("name", ("clause_move", "clause_merge", "clause_remove"))
def test_what_was_typed_is_saved_before_the_act(page, document, closing, name):
    page.post(url(name, document, closing.pk), {"text": "Gõ dở", "version": 1, "direction": "up"})
    page.post(url("undo", document))

    assert texts(document) == ["Gõ dở"]


def test_merge_split_and_undo_without_scripts(page, document, closing):
    page.post(url("clause_split", document, closing.pk), {"text": "Một\nHai", "version": 1})
    assert texts(document) == ["Một", "Hai"]
    second = document.clauses.get(text="Hai")
    page.post(url("clause_merge", document, second.pk))
    assert texts(document) == ["Một Hai"]
    page.post(url("undo", document))
    assert texts(document) == ["Một", "Hai"]
    page.post(url("redo", document))

    assert texts(document) == ["Một Hai"]


def test_a_dragged_clause_stands_where_it_was_dropped_and_undo_brings_it_back(page, document):
    heading, closing = (document.clauses.get(kind=kind) for kind in ("heading", "closing"))
    inside = document.clauses.get(parent=heading)

    def move(clause, **place):
        values = {"direction": "place", **place}
        return page.post(url("clause_move", document, clause.pk), values, headers=SCRIPT)

    top = move(inside, after=closing.pk)
    first = move(inside)
    into_itself = move(heading, parent=heading.pk)
    unfit = move(heading, parent=closing.pk)
    page.post(url("undo", document))
    page.post(url("undo", document))

    assert [answer.status_code for answer in (top, first, into_itself, unfit)] == [
        200,
        200,
        403,
        403,
    ]
    inside.refresh_from_db()
    assert (inside.parent_id, inside.position) == (heading.pk, 1)


def test_split_at_the_cursor(page, document, closing):
    values = {"text": "Một hai", "version": 1, "at": 3}

    answer = page.post(url("clause_split", document, closing.pk), values, headers=SCRIPT).json()

    assert texts(document) == ["Một", "hai"]
    assert answer["made"] == "-".join(
        str(row.pk) for row in document.clauses.filter(kind="closing").order_by("position")
    )


def test_stale_split_shows_both(page, document, clerk, closing):
    actions.edit_clause(closing, by=clerk, version=1, text="Của người khác")

    answer = page.post(
        url("clause_split", document, closing.pk), {"text": "a\nb", "version": 1}, headers=SCRIPT
    )

    assert answer.status_code == 409


def test_delete_asks_nothing_and_says_how_to_undo(page, document):
    heading = document.clauses.get(kind=ClauseKind.HEADING)

    answer = page.post(url("clause_remove", document, heading.pk), headers=SCRIPT).json()
    back = page.post(url("undo", document), headers=SCRIPT).json()

    assert answer["said"] == "Đã xóa 2 đoạn."
    assert back["said"] == "Đã hoàn tác: Xóa 2 đoạn."
    assert document.clauses.count() == 4


def test_nothing_to_undo_is_said(page, document):
    answer = page.post(url("undo", document), headers=SCRIPT).json()

    assert answer["said"] == "Không còn việc nào để hoàn tác."


def test_an_act_on_an_open_clause_answers_with_its_form_open(page, document, closing):
    answer = page.post(
        url("clause_move", document, closing.pk), {"direction": "up", "mo": "1"}, headers=SCRIPT
    ).json()

    assert answer["outline"].count("data-editor") == 1


# --- adding ---------------------------------------------------------------------------------------
def test_pasted_lines_become_clauses_of_one_kind_in_one_step(page, document, closing):
    address = f"{url('clause_add', document)}?at={closing.pk}&where=after&kind=text"
    values = once(text="Một\n\n Hai \nBa", lines="1")

    first = page.post(address, values, headers=SCRIPT)
    page.post(address, values, headers=SCRIPT)

    made = "-".join(
        str(pk)
        for pk in document.clauses.filter(kind="text")
        .order_by("position")
        .values_list("pk", flat=True)
    )
    assert first.url.endswith(f"&made={made}")
    assert texts(document, ClauseKind.TEXT) == ["Một", "Hai", "Ba"]
    page.post(url("undo", document))
    assert texts(document, ClauseKind.TEXT) == []


def test_a_new_clause_saved_by_itself_leads_to_its_own_form(page, document):
    address = f"{url('clause_add', document)}?kind=text"
    values = once(text="Gõ dở", mo="1", autosave="1")

    answer = page.post(address, values, headers=SCRIPT, follow=True).json()

    made = Clause.objects.get(text="Gõ dở")
    assert (answer["clause"], answer["version"]) == (made.pk, 1)
    assert url("clause_edit", document, made.pk) in answer["form"]


def test_a_new_clause_closed_at_once_comes_back_as_its_row(page, document):
    address = f"{url('clause_add', document)}?kind=text"
    values = once(text="Gõ xong", mo="1", close="1")

    answer = page.post(address, values, headers=SCRIPT, follow=True).json()

    made = Clause.objects.get(text="Gõ xong")
    assert (answer["clause"], answer["version"], answer["text"]) == (made.pk, 1, "Gõ xong")
    assert answer["row"].strip().startswith(f'<li class="outline-row" id="clause-{made.pk}"')


def test_recipients_are_edited_at_the_foot(page, document):
    shown = page.get(url("recipients", document))
    lines = "Ban Dân vận (để báo cáo),\nLưu Văn phòng."
    page.post(url("recipients", document), {"version": 1, "recipients": lines})
    stale = page.post(url("recipients", document), {"version": 1, "recipients": "Lưu"})

    assert shown.context["recipients_form"].initial["recipients"] == "Lưu Văn phòng Đảng ủy"
    assert [row.text for row in document.recipients.all()] == ["Ban Dân vận", "Lưu Văn phòng"]
    assert stale.status_code == 409
    assert stale.context["stale_recipients"][0]["mine"] == "Lưu"


# --- words understood -----------------------------------------------------------------------------
@pytest.fixture
def reads(own_fact):
    """Text clauses are understood: the word after "giao"."""
    from django import forms

    class Who(forms.Form):
        who = forms.CharField(required=False)

        def __init__(self, *args, clause, **kwargs):
            super().__init__(*args, **kwargs)

    saved = {}

    def read(clause, text):
        who = text.partition("giao ")[2].split(" ")[0]
        return Reading({"who": who}, (("Giao", who),), ("chưa rõ hạn",)) if who else None

    own_fact(
        ClauseKind.TEXT,
        Fact(
            form=Who,
            read=read,
            save=lambda clause, cleaned, by: saved.update({clause.text: cleaned}),
        ),
    )
    return saved


def test_words_are_understood_beside_the_text_and_filled_in_by_one_key(page, document, reads):
    address = f"{url('clause_add', document)}?kind=text"

    shown = page.post(
        address,
        once(text="giao Bình làm", read="show"),
        headers=SCRIPT,
    )
    filled = page.post(address, once(text="giao Bình làm", read="fill"))

    assert "<dd>Bình</dd>" in shown.json()["reading"]
    assert "chưa rõ hạn" in shown.json()["reading"]
    assert filled.context["editor"].fact_form.initial == {"who": "Bình"}
    assert filled.context["editor"].words["text"].value() == "giao Bình làm"
    assert reads == {}


def test_readings_of_pasted_lines_are_accepted_together(page, document, clerk, reads):
    actions.add_drafts(
        document,
        by=clerk,
        drafts=[ClauseDraft(ClauseKind.TEXT, text) for text in ("giao An", "giao Bình", "không")],
    )
    made = "-".join(str(row.pk) for row in document.clauses.filter(kind="text"))

    panel = page.get(url("readings", document), {"made": made}, headers=SCRIPT).json()["panel"]
    answer = page.post(url("readings", document), {"made": made}, headers=SCRIPT).json()

    assert panel.count("<li>") == 2
    assert answer["said"] == "Đã ghi 2 đề xuất vào các đoạn."
    assert reads == {"giao An": {"who": "An"}, "giao Bình": {"who": "Bình"}}


def test_no_readings_no_page(page, document):
    assert page.get(url("readings", document), {"made": "x-1"}).status_code == 302
