"""Slow ways and lost answers: what is typed in the editor stays, and stands in its own clause."""

import pytest
from playwright.sync_api import Page, Route, expect

from documents.actions import edit_clause
from documents.models import Clause
from tests.browser.keyboard import Desk
from tests.factories.plans import draft_plan

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("_fast_templates"),
]
CUT = "internetdisconnected"
AREA, STATE = "form[data-editor] textarea[name=text]", "[data-save-state]"


@pytest.fixture
def document(live_server):
    return draft_plan(is_blank=True).document


@pytest.fixture
def desk_at(document, page_as):
    """`desk_at("Một", "Hai")`: the editor with these headings, the first of them open."""

    def open_editor(*texts: str, **options) -> Desk:
        for place, text in enumerate(texts, 1):
            Clause.objects.create(document=document, position=place, kind="heading", text=text)
        desk = Desk(page_as(document.created_by, **options))
        # From the start: the first requests after a page is told to hold some can still slip by.
        desk.page.route("**/khong-co-trang-nay/", lambda route: route.abort())
        desk.page.goto(f"/van-ban/{document.pk}/soan/")
        if texts:
            enter(desk, texts[0])
        return desk

    return open_editor


def enter(desk: Desk, text: str) -> None:
    desk.row(text)
    desk.keys.press("Enter")
    desk.page.wait_for_selector(AREA)


class Held:
    """Requests of one address that wait until they are let go."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address, self.routes = page, address, []
        page.route(address, lambda route: self.routes.append(route))

    def wait(self) -> None:
        for _turn in range(100):
            if self.routes:
                return
            self.page.wait_for_timeout(50)
        pytest.fail(f"nothing was asked at {self.address}")

    def let_go(self) -> None:
        while self.routes:
            self.routes.pop(0).continue_()
        self.page.unroute(self.address)


def unanswered(route: Route) -> None:
    """The server does it; its answer is lost on the way."""
    route.fetch()
    route.abort(CUT)


def texts_of(document) -> list[str]:
    return list(
        document.clauses.order_by("parent__position", "position").values_list("text", flat=True)
    )


def test_a_clause_is_cut_where_the_caret_stands(desk_at, document):
    desk = desk_at("Mục đích, yêu cầu")
    for _letter in "yêu cầu":
        desk.keys.press("ArrowLeft")
    desk.keys.press("Alt+Enter")
    expect(desk.page.locator(AREA)).to_have_value("yêu cầu")
    assert texts_of(document) == ["Mục đích,", "yêu cầu"]


def test_words_typed_while_a_clause_moves_stay(desk_at, document):
    desk = desk_at("Một", "Hai")
    held = Held(desk.page, "**/chuyen/")
    desk.keys.press("Alt+ArrowDown")
    held.wait()
    desk.write(" và")
    held.let_go()
    expect(desk.page.locator(".outline > li").first).to_contain_text("Hai")
    expect(desk.page.locator(AREA)).to_have_value("Một và")
    desk.shut()
    assert texts_of(document) == ["Hai", "Một và"]


def test_words_typed_while_a_clause_is_cut_stay(desk_at, document):
    desk = desk_at("Mục đích, yêu cầu")
    for _letter in "yêu cầu":
        desk.keys.press("ArrowLeft")
    held = Held(desk.page, "**/tach/")
    desk.keys.press("Alt+Enter")
    held.wait()
    desk.write("Các ")
    held.let_go()
    expect(desk.page.locator(AREA)).to_have_value("Các yêu cầu")
    desk.shut()
    assert texts_of(document) == ["Mục đích,", "Các yêu cầu"]


def test_words_typed_while_a_clause_is_joined_stay(desk_at, document):
    desk = desk_at("Hai", "Một")
    desk.shut()
    enter(desk, "Một")
    desk.keys.press("Home")
    held = Held(desk.page, "**/gop/")
    desk.keys.press("Backspace")
    held.wait()
    desk.write("và ")
    held.let_go()
    expect(desk.page.locator(AREA)).to_have_value("Hai và Một")


def test_words_typed_while_a_clause_closes_are_saved(desk_at, document):
    desk = desk_at("Một")
    held = Held(desk.page, f"**/doan/{document.clauses.get().pk}/")
    desk.write(" hai")
    desk.keys.press("Escape")
    held.wait()
    desk.write(" ba")
    held.let_go()
    desk.page.wait_for_selector(AREA, state="detached")
    assert texts_of(document) == ["Một hai ba"]


def test_words_typed_while_an_unchanged_clause_closes_are_saved(desk_at, document):
    desk = desk_at("Một")
    held = Held(desk.page, "**/dong/")
    desk.keys.press("Escape")
    held.wait()
    desk.write(" ba")
    held.let_go()
    desk.page.wait_for_selector(AREA, state="detached")
    assert texts_of(document) == ["Một ba"]


def test_words_typed_while_a_new_clause_closes_are_saved(desk_at, document):
    desk = desk_at()
    desk.add("Mục")
    desk.write("Một")
    held = Held(desk.page, "**/them/**")
    desk.keys.press("Escape")
    held.wait()
    desk.write(" ba")
    held.let_go()
    desk.page.wait_for_selector(AREA, state="detached")
    assert texts_of(document) == ["Một ba"]


def test_moving_another_row_saves_the_open_clause(desk_at, document):
    desk = desk_at("Một", "Hai", "Ba")
    desk.write(" mươi")
    desk.page.locator(".outline-link", has_text="Hai").focus()
    desk.keys.press("Alt+ArrowDown")
    expect(desk.page.locator(".outline > li").nth(1)).to_contain_text("Ba")
    assert texts_of(document) == ["Một mươi", "Ba", "Hai"]


def test_a_new_clause_whose_answer_is_lost_keeps_what_follows(desk_at, document):
    desk = desk_at()
    page = desk.page
    page.clock.install()
    desk.add("Mục")
    page.route("**/them/**", unanswered, times=1)
    desk.write("Một")
    page.clock.run_for(2_000)
    expect(page.locator(STATE)).to_contain_text("mất kết nối")
    assert texts_of(document) == ["Một"]
    desk.write(" hai")
    page.clock.run_for(2_000)
    expect(page.locator(STATE)).to_contain_text("Đã lưu")
    assert texts_of(document) == ["Một hai"]


def test_a_save_whose_answer_is_lost_is_no_conflict(desk_at, document):
    desk = desk_at("Một")
    page = desk.page
    page.clock.install()
    page.route(f"**/doan/{document.clauses.get().pk}/", unanswered, times=1)
    desk.write(" hai")
    page.clock.run_for(2_000)
    expect(page.locator(STATE)).to_contain_text("mất kết nối")
    assert texts_of(document) == ["Một hai"]
    page.route("**/doan/*/", lambda route: route.abort(CUT), times=1)
    desk.write(" ba")
    page.clock.run_for(2_000)
    expect(page.locator(STATE)).to_contain_text("mất kết nối")
    desk.write(" bốn")
    page.clock.run_for(2_000)
    expect(page.locator(STATE)).to_contain_text("Đã lưu")
    assert texts_of(document) == ["Một hai ba bốn"]


def test_an_answer_cut_in_half_is_no_answer(desk_at, document):
    desk = desk_at("Một")
    page = desk.page
    half = {"content_type": "application/json", "body": '{"clause": '}
    page.route("**/doan/*/", lambda route: route.fulfill(**half), times=1)
    desk.write(" hai")
    expect(page.locator(STATE)).to_contain_text("mất kết nối")
    desk.shut()
    assert texts_of(document) == ["Một hai"]


def test_words_typed_before_a_form_that_does_not_come_are_offered(desk_at, document):
    desk = desk_at("Một")
    page = desk.page
    held = Held(page, "**/them/**")
    desk.keys.press("Control+Enter")
    held.wait()
    desk.write("Hai")
    held.routes.pop().abort(CUT)
    held.let_go()
    expect(page.locator("#kept")).to_contain_text("“Hai”")
    page.get_by_role("button", name="Lấy lại").click()
    expect(page.locator(AREA)).to_have_value("Hai")
    desk.shut()
    assert texts_of(document) == ["Một", "Hai"]


def test_kept_words_are_not_written_over_another_clause(desk_at, document):
    desk = desk_at("Một", "Hai")
    page = desk.page
    page.route(
        "**/doan/**",
        lambda route: route.abort(CUT) if route.request.method == "POST" else route.continue_(),
    )
    desk.write(" mươi")
    desk.page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    enter(desk, "Hai")
    desk.write(" mươi")
    page.get_by_role("button", name="Lấy lại").click()
    expect(page.locator(STATE)).to_contain_text("mất kết nối")
    expect(page.locator(AREA)).to_have_value("Hai mươi")
    page.unroute("**/doan/**")
    page.get_by_role("button", name="Lấy lại").click()
    expect(page.locator(AREA)).to_have_value("Một mươi")
    desk.shut()
    assert texts_of(document) == ["Một mươi", "Hai mươi"]


def test_a_conflict_found_on_the_way_holds_back_the_move(desk_at, document):
    desk = desk_at("Một", "Hai")
    page = desk.page
    clause = document.clauses.get(text="Một")
    held = Held(page, f"**/doan/{clause.pk}/")
    desk.write(" mươi")
    held.wait()
    edit_clause(clause, by=document.created_by, version=clause.version, text="Mười")
    desk.keys.press("Alt+ArrowDown")
    held.let_go()
    page.locator("button[data-take][value=mine]").click()
    expect(page.locator(STATE)).to_contain_text("Đã lưu")
    assert texts_of(document) == ["Một mươi", "Hai"]


def test_the_next_clause_begun_while_one_moves(desk_at, document):
    desk = desk_at("Một", "Hai")
    page = desk.page
    held = Held(page, "**/chuyen/")
    desk.keys.press("Alt+ArrowDown")
    held.wait()
    desk.keys.press("Control+Enter")
    desk.write("Ba")
    held.let_go()
    expect(page.locator("form[data-new] textarea[name=text]")).to_have_value("Ba")
    desk.shut()
    assert texts_of(document) == ["Hai", "Một", "Ba"]


def test_words_typed_while_pasted_lines_are_cut_are_offered(desk_at, document):
    desk = desk_at(permissions=["clipboard-read", "clipboard-write"])
    page = desk.page
    desk.add("Mục")
    held = Held(page, "**/them/**")
    page.evaluate("() => navigator.clipboard.writeText('Một\\nHai')")
    desk.keys.press("Control+v")
    held.wait()
    desk.write(" mươi")
    held.let_go()
    page.wait_for_selector(AREA, state="detached")
    expect(page.locator("#kept")).to_contain_text("mươi")


def test_pasted_lines_whose_answer_is_lost_are_there_once(desk_at, document):
    desk = desk_at(permissions=["clipboard-read", "clipboard-write"])
    page = desk.page
    desk.add("Mục")
    page.route("**/them/**", unanswered, times=1)
    page.evaluate("() => navigator.clipboard.writeText('Một\\nHai')")
    desk.keys.press("Control+v")
    expect(page.locator(STATE)).to_contain_text("mất kết nối")
    page.evaluate("() => window.dispatchEvent(new Event('online'))")
    page.wait_for_selector(AREA, state="detached")
    expect(page.locator(".outline > li")).to_have_count(2)
    assert texts_of(document) == ["Một", "Hai"]
