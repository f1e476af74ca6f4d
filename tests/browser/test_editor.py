"""A clerk writes a plan of the size of the real ones with the keyboard alone; and loses nothing."""

import re

import pytest
from playwright.sync_api import expect

from documents.actions import edit_clause
from documents.models import Clause, ClauseKind, Document
from plans.models import Duty
from tests.browser.keyboard import Desk
from tests.factories.documents import head_of
from tests.factories.plans import body, draft_plan

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("_fast_templates"),
]
CLIPBOARD = ["clipboard-read", "clipboard-write"]
BASES = (
    "Quyết định số 217-QĐ/TW ngày 12/12/2013 của Bộ Chính trị về giám sát và phản biện xã hội",
    "Quy định số 11-QĐi/TW ngày 18/02/2019 của Bộ Chính trị về trách nhiệm tiếp dân, đối thoại",
    "Kế hoạch số 15-KH/TU ngày 10/01/2026 của Ban Thường vụ Tỉnh ủy về đối thoại với Nhân dân",
)
PURPOSES = (
    "Nghe dân nói, nói để dân hiểu, làm để dân tin.",
    "Giải quyết việc còn vướng ngay từ thôn, không để kéo dài.",
    "Giúp cấp ủy sửa cách lãnh đạo cho sát với đời sống ở xã.",
)
REQUIREMENTS = (
    "Đối thoại thẳng thắn, có chuẩn bị, có kết luận rõ việc, rõ người.",
    "Ý kiến chưa trả lời tại chỗ phải được trả lời bằng văn bản.",
    "Kết quả giải quyết được niêm yết tại nhà văn hóa các thôn.",
)
TOPICS = tuple(
    f"Tình hình {matter} trên địa bàn xã, những việc Nhân dân còn băn khoăn."
    for matter in ("đường liên thôn", "nước sạch", "rác thải", "đất ở", "trường lớp", "an ninh")
)
GROUPS = (
    "Thường trực Đảng ủy, lãnh đạo Hội đồng nhân dân và Ủy ban nhân dân xã",
    "Lãnh đạo các phòng, trung tâm của xã",
    "Bí thư chi bộ, trưởng thôn các thôn",
    "Đại diện các hội, đoàn thể",
    "Nhân dân các thôn, mỗi thôn vài người",
)
PROGRAMME = (
    "Ổn định tổ chức, giới thiệu đại biểu",
    "Khai mạc, nêu nội dung và cách làm",
    "Báo cáo việc đã giải quyết sau lần đối thoại trước",
    "Nhân dân nêu ý kiến, lãnh đạo trả lời",
    "Kết luận và bế mạc",
)
BODIES = ("Văn phòng Đảng ủy", "Công an", "Hội Nông dân", "Hội Phụ nữ", "Mặt trận")
DUTIES = (
    "Chủ trì, phối hợp với Công an xã tổng hợp ý kiến, gửi về Văn phòng Đảng ủy xã trước ngày 05/8/2026.",
    "Phối hợp với Hội Nông dân xã tuyên truyền trên loa các thôn trước ngày 01/8/2026.",
    "Tham mưu dự thảo thông báo kết luận chậm nhất ngày 28/8/2026.",
)

SECTIONS = {
    "Mục đích": ("Mục đích", PURPOSES),
    "Yêu cầu": ("Yêu cầu", REQUIREMENTS),
    "Nội dung đối thoại": ("Nội dung đối thoại", TOPICS),
    "Thời gian, địa điểm": ("", ()),
    "Thành phần": ("Thành phần", GROUPS),
    "Chương trình": ("Mục chương trình", PROGRAMME),
    "Tổ chức thực hiện": ("", ()),
}


@pytest.fixture
def plan(live_server):
    plan = draft_plan(is_blank=True)
    organisation = plan.document.organisation
    for name in BODIES:
        body(name, organisation)
    return plan


def submit(desk: Desk) -> None:
    desk.page.reload()  # from the top of the page the button is near
    desk.go("Kiểm tra và trình ký")
    desk.go("Trình Lê Minh Hải ký", "button")
    expect(desk.page.get_by_text("Đã trình ký")).to_be_visible()


def issue(head: Desk, document: Document) -> None:
    head.page.goto(f"/van-ban/{document.pk}/")
    head.go("Xem và ký ban hành")
    head.tab_to(head.page.locator("main button", has_text="Ban hành"))
    head.keys.press("Enter")
    expect(head.page.get_by_text("Đã ban hành: số")).to_be_visible(timeout=20_000)


def write_plan(desk: Desk) -> None:
    desk.add("Căn cứ")
    desk.paste(BASES)
    desk.add("Câu mở đầu")
    desk.write("Ban Thường vụ Đảng ủy xã xây dựng Kế hoạch đối thoại năm 2026 như sau:")
    desk.shut()
    desk.add("Mục")
    for title in SECTIONS:
        desk.write(title)
        desk.next("heading")
    desk.shut()
    desk.row("Tổ chức thực hiện")
    desk.add("Câu kết")
    desk.write("Có gì vướng mắc, các cơ quan báo cáo Đảng ủy xã để kịp thời giải quyết")
    desk.shut()
    for title, (kind, lines) in SECTIONS.items():
        if lines:
            desk.row(title)
            desk.add(kind, inside=True)
            desk.paste(lines)


def write_sessions(desk: Desk) -> None:
    desk.row("Thời gian, địa điểm")
    desk.add("Hội nghị đối thoại", inside=True)
    for month in ("3", "5", "8", "11"):
        if month != "3":
            desk.next("session")
        values = {
            "theme": f"Việc của thôn trong tháng {month}",
            "audience": "Nhân dân các thôn",
            "time": f"Tháng {month}/2026",
            "place": "Nhà văn hóa xã",
            "chairs": "Bí thư Đảng ủy: Lê Minh Hải",
        }
        for name, words in values.items():
            desk.tab_to(desk.page.locator(f"[name=fact-{name}]"))
            desk.write(words)
    desk.shut()


def write_duties(desk: Desk) -> None:
    desk.row("Tổ chức thực hiện")
    desk.add("Cơ quan được phân công", inside=True)
    for name in BODIES:
        desk.write(f"{name} xã")
        desk.accept()
        if name == BODIES[-1]:
            desk.shut()
        else:
            desk.next("assignee")
    for name in BODIES:
        desk.row(f"{name} xã")
        desk.add("Nhiệm vụ", inside=True)
        desk.paste(DUTIES)
        desk.accept()
        expect(desk.page.locator("form[data-readings]")).to_have_count(0)


def test_a_plan_is_written_checked_submitted_returned_and_issued_by_keyboard(plan, page_as):
    document, clerk = plan.document, plan.document.created_by
    desk = Desk(page_as(clerk, permissions=CLIPBOARD))
    desk.page.goto(f"/van-ban/{document.pk}/soan/")

    write_plan(desk)
    write_sessions(desk)
    write_duties(desk)
    assert document.clauses.count() == 58
    assert Duty.objects.filter(due__isnull=False).count() == 15

    # Checked and submitted; the head returns it with a reason.
    submit(desk)
    head = Desk(page_as(head_of(document)))
    head.page.goto(f"/van-ban/{document.pk}/")
    head.page.locator(".page-menu summary").focus()
    head.keys.press("Enter")
    head.go("Trả lại để sửa")
    head.tab_to(head.page.get_by_label("Lý do"))
    head.write("Câu kết viết gọn lại.")
    head.go("Trả lại chuyên viên", "button")
    expect(head.page.get_by_text("Đã trả lại chuyên viên")).to_be_visible()

    # The clerk mends; the head issues, and the tasks are given.
    desk.page.goto(f"/van-ban/{document.pk}/soan/")
    expect(desk.page.get_by_text("Câu kết viết gọn lại.")).to_be_visible()
    desk.mend("Có gì vướng mắc", "Đảng ủy xã yêu cầu các cơ quan thực hiện nghiêm Kế hoạch này")
    submit(desk)
    issue(head, document)

    # Amended: one sentence of the copy, compared and printed in points, issued like any paper.
    desk.page.goto(f"/van-ban/{document.pk}/")
    desk.page.locator(".page-menu summary").focus()
    desk.keys.press("Enter")
    desk.go("Sửa đổi, bổ sung")
    desk.go("Soạn bản sửa đổi", "button")
    desk.page.wait_for_url("**/soan/")
    amendment = Document.objects.get(amends=document)
    desk.mend("Tình hình nước sạch", "Nước sạch, thoát nước ở các thôn xa trung tâm xã.")
    submit(desk)
    issue(head, amendment)
    document.refresh_from_db()
    amendment.refresh_from_db()
    assert (document.state, amendment.state) == ("amended", "issued")


def test_nothing_typed_is_lost(plan, page_as):
    """The session ends, the browser is closed, somebody else saves meanwhile."""
    document, clerk = plan.document, plan.document.created_by
    clause = Clause.objects.create(
        document=document, position=1, kind=ClauseKind.TEXT, text="Một hai ba bốn"
    )
    page = page_as(clerk)
    page.goto(f"/van-ban/{document.pk}/soan/?clause={clause.pk}")
    desk = Desk(page)
    desk.keys.press("Enter")
    page.wait_for_selector("form[data-editor]")

    # Saved by itself; undone and done again from outside the text.
    desk.write(" năm")
    expect(page.locator("[data-save-state]")).to_have_text(re.compile("Đã lưu"))
    desk.shut()
    desk.keys.press("Control+z")
    expect(page.locator(".outline-text").first).to_have_text("Một hai ba bốn")
    desk.keys.press("Control+y")
    expect(page.locator(".outline-text").first).to_have_text("Một hai ba bốn năm")

    # The session ends and the page is closed; after the log-in the words are offered and joined.
    desk.keys.press("Enter")
    page.wait_for_selector("form[data-editor]")
    session = [row for row in page.context.cookies() if row["name"] == "sid"]
    page.context.clear_cookies(name="sid")
    desk.write(" sáu")
    expect(page.locator("[data-save-state]")).to_have_text(re.compile("phiên làm việc đã hết"))
    clause.refresh_from_db()
    edit_clause(clause, by=clerk, version=clause.version, text="Không hai ba bốn năm")
    again = page.context.new_page()
    page.close(run_before_unload=False)
    again.context.add_cookies(session)
    again.goto(f"/van-ban/{document.pk}/soan/")
    again.get_by_role("button", name="Lấy lại").click()
    expect(again.get_by_text("nên gộp được cả hai")).to_be_visible()
    again.get_by_role("button", name="Lấy bản gộp").click()
    expect(again.locator("[data-save-state]")).to_have_text(re.compile("Đã lưu"))
    clause.refresh_from_db()
    assert clause.text == "Không hai ba bốn năm sáu"


def test_a_clause_is_dragged_by_the_mouse_and_brought_back(plan, page_as):
    document = plan.document
    for place, (kind, text) in enumerate(
        (("heading", "Một"), ("heading", "Hai"), ("text", "Ba")), 1
    ):
        Clause.objects.create(document=document, position=place, kind=kind, text=text)
    page = page_as(document.created_by)
    page.goto(f"/van-ban/{document.pk}/soan/")
    rows = page.locator(".outline > li")
    expect(page.locator(".check-panel-body")).to_be_visible()  # the last thing that comes
    held, target = (rows.nth(place).bounding_box() for place in (2, 0))

    page.mouse.move(held["x"] + 20, held["y"] + 10)
    page.mouse.down()
    page.mouse.move(held["x"] + 30, held["y"] - 10)
    page.mouse.move(held["x"] + 50, target["y"] + target["height"] - 4)
    expect(page.locator(".drop-line")).to_be_visible()
    page.mouse.up()

    expect(rows.nth(1)).to_contain_text("Ba")
    assert Clause.objects.get(text="Ba").parent == Clause.objects.get(text="Một")
    page.locator("#toasts").get_by_role("button", name="Hoàn tác").click()
    expect(rows.nth(2)).to_contain_text("Ba")
    assert Clause.objects.get(text="Ba").parent is None


def test_a_pause_belongs_to_the_clause_in_which_it_began(plan, page_as):
    """What is left of one clause's pause does not save the next one half written."""
    document = plan.document
    page = page_as(document.created_by)
    page.clock.install(time=0)
    page.goto(f"/van-ban/{document.pk}/soan/")
    page.clock.pause_at(60_000)
    desk = Desk(page)
    desk.add("Mục")
    desk.write("Mục đích")
    desk.shut()
    page.clock.run_for(1_000)
    desk.add("Mục")
    desk.write("Yêu")
    page.clock.run_for(1_000)
    expect(page.locator("[data-save-state]")).to_have_text("Chưa lưu")
    assert not Clause.objects.filter(text="Yêu").exists()
    desk.write(" cầu")
    page.clock.run_for(2_000)
    expect(page.locator("[data-save-state]")).to_have_text(re.compile("Đã lưu"))
    assert Clause.objects.filter(text="Yêu cầu").exists()


def test_lines_are_cut_once_whatever_else_saves_meanwhile(plan, page_as):
    """The network comes back while the lines are on their way, and the way is slow."""
    document = plan.document
    page = page_as(document.created_by, permissions=CLIPBOARD)
    desk = Desk(page)
    page.goto(f"/van-ban/{document.pk}/soan/")

    def slowly(route) -> None:
        if 'name="lines"' in (route.request.post_data or ""):
            page.wait_for_timeout(1_000)
        route.continue_()

    page.route("**/them/**", slowly)
    desk.add("Căn cứ")
    page.evaluate(
        """document.addEventListener("paste", () => setTimeout(() =>
             window.dispatchEvent(new Event("online")), 100))"""
    )
    desk.paste(BASES)
    assert page.locator(".outline > li").count() == len(BASES)
