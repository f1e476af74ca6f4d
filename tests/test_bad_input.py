"""What people should not type, and what the site says to it (issue of stage 1, section 5)."""

import unicodedata
import uuid

import pytest
from django.db import transaction
from django.utils import timezone
from django.utils.html import escape

from conferences.actions import start_conference
from conferences.models import AgendaItem, Conference
from documents.models import Document
from plans.models import Plan
from tests.forms import fill_in, once, shown_form
from tests.permissions.site import WHO_MAY_OPEN
from tests.test_permissions import ask

LONG = "Đường " * 2000
CONTROL = "Họp ở\x07 thôn"
TURNED = "Họp ở\u202e thôn"
UNSURE = "khi nào rảnh thì làm"
TOO_LONG, HIDDEN = "tối đa", "Có ký tự ẩn không dùng được"
MARK = chr(0x200F)  # right-to-left mark
# page of a row as a role: the field, what is typed, a piece of what is said beside it
LINES = (
    ("conferences:create", "session", "clerk", "title"),
    ("conferences:edit", "today", "clerk", "place"),
    ("conferences:agenda_add", "today", "clerk", "text"),
    ("conferences:cancel", "today", "clerk", "note"),
    ("plans:create", "-", "clerk", "host"),
    ("plans:edit", "draft_plan", "clerk", "counterpart"),
    ("documents:header", "draft", "clerk", "abstract"),
    ("documents:header", "draft", "clerk", "signer_name"),
    ("assignments:note", "task", "asked", "text"),
    ("assignments:report", "task", "asked", "result"),
    ("assignments:change_due", "task", "clerk", "reason"),
    ("assignments:return_", "reported", "clerk", "reason"),
    ("assignments:comment", "task", "overseer", "text"),
    ("documents:return_", "submitted", "head", "reason"),
    ("organisations:edit", "body", "admin", "short_name"),
    ("organisations:add_member", "body", "admin", "full_name"),
    ("feedback:consultation_edit", "consultation", "clerk", "title"),
    ("feedback:ask", "group", "clerk", "note"),
)
OTHERS = (
    ("conferences:create", "session", "clerk", "day", "31/02/2027", "31/02/2027"),
    ("conferences:edit", "today", "clerk", "day", "hôm kia", "Chưa hiểu “hôm kia”"),
    ("conferences:edit", "today", "clerk", "ends", "00:01", "Giờ kết thúc phải sau giờ bắt đầu."),
    ("conferences:agenda_add", "today", "clerk", "minutes", "0", "1"),
    ("conferences:close", "today", "clerk", "present", "-5", "0"),
    ("conferences:close", "today", "clerk", "present", "nhiều", "số"),
    ("conferences:participants", "today", "clerk", "people", "A;b;c;d", "Dòng 1 chưa đúng"),
    ("plans:create", "-", "clerk", "year", "1066", "2000"),
    ("plans:edit", "draft_plan", "clerk", "year", "hai nghìn", "số"),
    ("assignments:change_due", "task", "clerk", "due_phrase", UNSURE, ""),
    ("assignments:change_due", "task", "clerk", "due_phrase", "trước ngày 31/02/2027", ""),
    ("assignments:note", "task", "asked", "percent", "101", "100"),
    ("organisations:calendar", "year", "admin", "date", "31/02/2027", "31/02/2027"),
    ("organisations:edit_deadline_rule", "clock", "admin", "phrase", UNSURE, ""),
    ("feedback:consultation_edit", "consultation", "clerk", "closes_on", "31/02/2027", ""),
    ("feedback:ask", "group", "clerk", "due", UNSURE, ""),
)
WRONG = ((LONG, TOO_LONG), (CONTROL, HIDDEN), (TURNED, HIDDEN))


def name_of(case) -> str:
    page, of, _role, field, *typed = case
    return " ".join((page, of, field, *map(repr, typed[:1])))


def kept(page: str, sent: dict) -> dict[str, str]:
    """The typed texts that are no longer on the page."""
    texts = {name: value for name, value in sent.items() if isinstance(value, str)}
    hidden = {"_once", "csrfmiddlewaretoken"}
    return {
        name: value[:60]
        for name, value in texts.items()
        if name not in hidden and escape(value) not in page
    }


def named(answer, sent: dict, field: str, said: str) -> tuple[bool, bool, bool, dict[str, str]]:
    """Whether the form is shown again, something is said beside the field, in the right words;
    and what was typed in vain.
    """
    text = answer.content.decode()
    is_shown = answer.status_code in {200, 422}
    return is_shown, f'id="id_{field}_error"' in text, said in text, kept(text, sent)


NAMED = (True, True, True, {})


@pytest.mark.usefixtures("_fast_templates")
@pytest.mark.parametrize("case", LINES, ids=name_of)
def test_bad_text_is_named_beside_the_field_and_nothing_typed_is_lost(world, case):
    page, of, role, field = case
    client, address = world.client(role), world.address(page, of)
    form = shown_form(client.get(address), field)

    got = {}
    for typed, said in WRONG:
        sent = {**form, field: typed}
        got[typed[:12]] = named(client.post(address, sent), sent, field, said)

    assert got == {typed[:12]: NAMED for typed, _said in WRONG}


@pytest.mark.usefixtures("_fast_templates")
@pytest.mark.parametrize("case", OTHERS, ids=name_of)
def test_a_bad_value_is_named_beside_the_field_and_nothing_typed_is_lost(world, case):
    page, of, role, field, typed, said = case

    answer, sent = fill_in(world.client(role), world.address(page, of), **{field: typed})

    assert named(answer, sent, field, said) == NAMED


@pytest.mark.parametrize("typed", ("Họp 😀 thôn", "Họp <b>thôn</b> & xóm", "Họp\tthôn"))
def test_harmless_text_is_taken_as_it_is(world, typed):
    address = world.address("conferences:edit", "today")

    answer, _sent = fill_in(world.client("clerk"), address, place=typed)

    place = Conference.objects.get(pk=world.rows["today"].pk).place
    assert (answer.status_code, place) == (302, typed.replace("\t", " "))
    page = world.client("clerk").get(answer.url).content.decode()
    assert escape(place) in page


def test_decomposed_letters_are_stored_composed(world):
    typed = unicodedata.normalize("NFD", "Hội trường thôn Gò Mây")

    fill_in(world.client("clerk"), world.address("conferences:edit", "today"), place=typed)

    assert Conference.objects.get(pk=world.rows["today"].pk).place == "Hội trường thôn Gò Mây"


# Pages only an administrator opens, whatever the row: the clerk is refused before it is looked for.
ADMINISTRATION = {"organisations:sign_off", "organisations:export", "documents:check_setting"}
ADMINISTRATION |= {f"channels:{act}" for act in ("end_pause", "edit_gateway", "wake_gateway")}
# A citizen's acts say nothing of any row to whoever does not hold its secret.
SECRET = {"feedback:track_add", "feedback:track_withdraw", "feedback:track_verdict"}


def of_number(of: str) -> str:
    """What a page of some row is asked for instead: a row of a number nobody has."""
    if of.startswith("?"):
        return "?opinion:={number}"
    return "+".join(part if part.startswith("=") else "={number}" for part in of.split("+"))


# Many lines of the table differ in their rows only, and ask for the same unknown one.
WITH_ROW: dict[tuple[str, str], set[str]] = {}
for page in WHO_MAY_OPEN:
    # What programs ask is in tests/api/test_table.py, with their own way of being let in.
    if page.of == "-" or page.name.startswith(("account_", "api:")):
        continue
    names_no_row = all(part.rpartition(":")[2].startswith("=") for part in page.of.split("+"))
    if not names_no_row and page.name not in ADMINISTRATION | SECRET:
        WITH_ROW.setdefault((page.name, of_number(page.of)), set()).update(page.methods)


@pytest.mark.usefixtures("_known", "_bare_refusals")
@pytest.mark.parametrize("number", ("999999", "99999999999999999999"))
def test_an_unknown_row_is_not_found(world, number):
    client, got = world.client("clerk"), {}
    client.raise_request_exception = False
    for (page, of), methods in WITH_ROW.items():
        for method in methods:
            with transaction.atomic():  # what one page spoils is not the next one's
                got[method, page, of] = ask(
                    client, method, world.address(page, of.format(number=number))
                )
                transaction.set_rollback(True)

    assert {asked: status for asked, status in got.items() if status != 404} == {}
    assert len(got) > 400


@pytest.mark.parametrize(
    ("page", "of", "role", "field"),
    (
        ("conferences:edit", "today", "clerk", "place"),
        ("documents:header", "draft", "clerk", "abstract"),
        ("documents:clause_edit", "draft+draft.clause", "clerk", "text"),
        ("feedback:consultation_edit", "consultation", "clerk", "title"),
    ),
)
def test_a_stale_form_shows_both_versions_and_can_be_saved_over(world, page, of, role, field):
    address, mine = world.address(page, of), world.client(role)
    opened = shown_form(mine.get(address), field)
    fill_in(world.client(role), address, **{field: "Bản của người khác"})

    late = mine.post(address, {**opened, field: "Bản của tôi"})

    text = late.content.decode()
    assert (late.status_code, "Bản của người khác" in text, "Bản của tôi" in text) == (
        409,
        True,
        True,
    )
    again = mine.post(address, shown_form(late, field))
    assert again.status_code == 302
    assert "Bản của tôi" in mine.get(address).content.decode()


@pytest.mark.parametrize(
    ("page", "of", "role", "field"),
    (
        ("plans:edit", "draft_plan", "clerk", "host"),
        ("plans:edit_step", "step", "clerk", "name"),
        ("plans:edit_chain_step", "chain", "clerk", "name"),
        ("plans:edit_obligation", "demand", "admin", "source"),
        ("feedback:group_edit", "group", "clerk", "title"),
        ("feedback:line_edit", "list+list.line", "clerk", "text"),
        ("conferences:agenda_edit", "today+today.item", "clerk", "text"),
        ("conferences:participant_edit", "today+today.guest", "clerk", "name"),
        ("documents:basis_edit", "basis", "clerk", "title"),
        ("organisations:edit", "body", "admin", "name"),
        ("organisations:edit_unit", "unit", "admin", "name"),
        ("organisations:edit_deadline_rule", "clock", "admin", "source"),
    ),
)
def test_a_row_without_version_is_not_written_over_unseen(world, page, of, role, field):
    address, mine = world.address(page, of), world.client(role)
    opened = shown_form(mine.get(address), field)
    assert mine.post(address, opened).status_code == 302  # nothing typed, nothing in the way
    fill_in(world.client(role), address, **{field: "Bản của người khác"})

    late = mine.post(address, {**opened, **once(), field: "Bản của tôi"})

    text = late.content.decode()
    assert (late.status_code, "thành: “Bản của người khác”" in text, "Bản của tôi" in text) == (
        200,
        True,
        True,
    )
    assert text.count("người khác đã sửa chỗ này") == 2  # beside the field, and above
    assert mine.post(address, shown_form(late, field) | once()).status_code == 302
    assert "Bản của tôi" in mine.get(address).content.decode()


def test_a_double_click_acts_once(world):
    client, token = world.client("clerk"), str(uuid.uuid4())
    address = world.address("conferences:agenda_add", "today")
    before = AgendaItem.objects.count()

    answers = [
        client.post(address, {"_once": token, "text": "Phát biểu", "minutes": 5}) for _ in range(2)
    ]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].url == answers[1].url
    assert AgendaItem.objects.count() == before + 1


@pytest.mark.parametrize(
    ("page", "of", "role"),
    (
        ("documents:issue", "paper", "head"),
        ("feedback:consultation_open", "consultation", "clerk"),
        ("feedback:answer_submit", "answered", "asked"),
    ),
)
def test_somebody_else_was_faster_is_said_in_words(world, page, of, role):
    answer = world.client(role).post(world.address(page, of), once())

    assert (answer.status_code, answer.templates[0].name) == (409, "409.html")
    assert answer.context["reason"] in answer.content.decode()


@pytest.mark.parametrize(
    ("page", "of", "role"),
    (
        ("documents:issue", "submitted", "clerk"),
        ("plans:edit", "plan", "clerk"),
        ("feedback:answer", "group", "clerk"),
        ("conferences:edit", "past", "clerk"),
        ("assignments:accept", "task", "asked"),
        ("organisations:create", "-", "head"),
    ),
)
def test_a_refusal_says_why(world, page, of, role):
    answer = world.client(role).get(world.address(page, of))

    assert (answer.status_code, answer.templates[0].name) == (403, "403.html")
    reason = answer.context["reason"]
    assert (reason.endswith("."), escape(reason) in answer.content.decode()) == (True, True)


def test_a_form_without_its_token_is_refused(world):
    answer = world.client("clerk").post(world.address("plans:create"), {"host": "Bí thư"})

    assert (answer.status_code, Plan.objects.filter(host="Bí thư").count()) == (400, 1)


def test_a_session_gets_one_conference(world):
    address = world.address("conferences:create", "session_today")

    answer, _sent = fill_in(
        world.client("clerk"), address, day="05/8/2027", starts="08:00", ends="11:00"
    )

    assert answer.status_code in {409, 403}
    assert Conference.objects.filter(session=world.rows["session_today"]).count() == 1


def test_an_exchange_that_is_incomplete_keeps_what_was_typed(world):
    start_conference(
        Conference.objects.get(pk=world.rows["today"].pk),
        by=world.users["vanphong"],
        now=timezone.now(),
    )
    client = world.client("clerk")
    run = client.get(world.address("conferences:run", "today"))
    sent = {
        **shown_form(run, "raised_by"),
        "raised_by": "Ông Bảy",
        "question": "Mương tắc",
        "answer": "",
        "outcome": "answered",
    }

    answer = client.post(world.address("conferences:exchange_add", "today"), sent)

    text = answer.content.decode()
    assert [words in text for words in ("cần ghi nội dung trả lời", "Ông Bảy", "Mương tắc")] == [
        True
    ] * 3


def test_nothing_typed_reaches_the_paper_as_markup(world):
    address = world.address("documents:clause_edit", "draft+draft.clause")

    fill_in(world.client("clerk"), address, text="<script>alert(1)</script>")

    paper = world.client("clerk").get(world.address("documents:preview", "draft"))
    text = paper.content.decode()
    assert ("<script>alert" in text, "&lt;script&gt;alert(1)" in text) == (False, True)
    assert Document.objects.filter(pk=world.rows["draft"].pk, state="draft").exists()
