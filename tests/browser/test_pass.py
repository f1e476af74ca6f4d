"""People play the pass from the consultation to its result in real browsers, by what they read."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from dialogue.demo.people import PASSWORD
from tests.browser.keyboard import tab_to
from tests.factories.plans import add_duty, add_session, body, draft_plan

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("_fast_templates"),
]
MATTER = "Cống thoát nước đầu thôn Gò Mây bị sập, nước tràn vào nhà dân."
TITLE = "Cống thoát nước thôn Gò Mây bị sập"
ANSWER = "Phòng Kinh tế sẽ thay ống cống mới trong tháng này."
THEME = "giao thông, thủy lợi, môi trường nông thôn"


@pytest.fixture
def person(live_server, played_world, page_as, settings):
    """`person("vanphong", width=360)`: a page with that account logged in, at its home page."""

    settings.SITE_URL = live_server.url

    def open_home(key: str, **options) -> Page:
        page = page_as(played_world.users[key], **options)
        page.goto("/viec-cua-toi/")
        return page

    return open_home


def press(page: Page, name: str) -> None:
    page.locator("main").get_by_role("button", name=name).first.click()


def follow(page: Page, name: str) -> None:
    page.locator("main").get_by_role("link", name=name).first.click()


def fits(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def look_up(citizen: Page, code: str, secret: str) -> None:
    citizen.goto("/")
    citizen.get_by_role("link", name="Tra cứu").first.click()
    citizen.get_by_label("Mã tra cứu").fill(code)
    citizen.get_by_label("Mã bí mật").fill(secret)
    press(citizen, "Xem kết quả")


def test_a_matter_goes_from_the_citizen_to_its_result(person, page_as):
    # A citizen on a small phone without scripts sends one matter.
    citizen = page_as(None, width=360, java_script_enabled=False)
    citizen.goto("/")
    citizen.get_by_role("link", name="Gửi ý kiến").last.click()
    citizen.get_by_label("Nội dung", exact=False).first.fill(MATTER)
    citizen.get_by_label("Lĩnh vực").select_option(label="Thủy lợi, nước sinh hoạt")
    citizen.get_by_label("Phản ánh").check()
    citizen.get_by_label("Ông/Bà ở").select_option(label="thôn Gò Mây")
    citizen.get_by_label("Ông/Bà gửi ý kiến với tư cách").select_option(label="Nhân dân")
    citizen.get_by_role("button", name="Gửi ý kiến").click()
    expect(citizen.get_by_role("heading", level=1)).to_have_text("Đã nhận ý kiến của Ông/Bà")
    code, secret = citizen.locator(".code-block").all_inner_texts()

    # A collector types in a paper slip.
    collector = person("nongdan")
    follow(collector, THEME)
    follow(collector, "Nhập phiếu giấy")
    collector.get_by_label("Thôn, xóm, tổ dân phố").select_option(label="thôn Cầu Gỗ")
    collector.get_by_label("Đối tượng").select_option(label="Đoàn viên, hội viên")
    collector.get_by_label("Nội dung", exact=False).first.fill(
        "Hội viên cần vốn vay trồng dược liệu."
    )
    collector.get_by_label("Lĩnh vực").select_option(label="Nông, lâm nghiệp, thủy sản")
    press(collector, "Lưu phiếu và nhập phiếu tiếp")
    expect(collector.get_by_text("Đã nhập phiếu. Ghi lên phiếu")).to_be_visible()

    # The clerk classifies it, makes it a matter and asks an agency.
    clerk = person("vanphong")
    clerk.goto("/y-kien/van-phong/?q=c%E1%BB%91ng+tho%C3%A1t+n%C6%B0%E1%BB%9Bc")
    clerk.locator("main table").get_by_role("link").first.click()
    expect(clerk.get_by_text(MATTER)).to_be_visible()
    follow(clerk, "Phân loại")
    press(clerk, "Lưu, sang ý kiến sau")
    follow(clerk, "Xem lại")
    follow(clerk, "Lập vấn đề")
    clerk.get_by_label("Tên vấn đề").fill(TITLE)
    press(clerk, "Lập vấn đề từ 1 ý kiến")
    follow(clerk, "Đề nghị cơ quan trả lời")
    clerk.get_by_label("Cơ quan chuẩn bị trả lời").select_option(label="Phòng Kinh tế xã")
    clerk.get_by_label("Thời hạn").fill("05 ngày làm việc")
    press(clerk, "Giao chuẩn bị trả lời")
    expect(clerk.get_by_text("Đã giao; cơ quan được báo ngay")).to_be_visible()
    matter = clerk.url

    # The agency's officer answers from a phone.
    officer = person("kinhte", width=360)
    expect(officer.get_by_text(f"Chuẩn bị trả lời: {TITLE}")).to_be_visible()
    officer.goto(matter)
    follow(officer, "Soạn câu trả lời")
    officer.get_by_label("Nội dung trả lời").fill(ANSWER)
    assert fits(officer)
    press(officer, "Lưu bản thảo")
    press(officer, "Gửi văn phòng duyệt")
    expect(officer.get_by_text("Đã gửi văn phòng", exact=False).first).to_be_visible()

    # The office accepts; the citizen does not read it yet.
    clerk.goto(matter)
    press(clerk, "Duyệt câu trả lời")
    look_up(citizen, code, secret)
    expect(citizen.get_by_text(MATTER)).to_be_visible()
    assert ANSWER not in citizen.content()

    # The conference is fixed for today and run.
    clerk.goto("/ke-hoach/lich/")
    follow(clerk, THEME)
    session = clerk.url.rstrip("/").rpartition("/")[2]
    clerk.goto(f"/hoi-nghi/ky-hop/{session}/tao/")
    clerk.get_by_label("Ngày").first.fill(f"{timezone.localdate():%d/%m/%Y}")
    clerk.get_by_label("Bắt đầu lúc").fill("14:00")
    clerk.get_by_label("Kết thúc lúc").fill("17:00")
    press(clerk, "Ấn định hội nghị")
    conference = clerk.url
    press(clerk, "Bắt đầu hội nghị")
    press(clerk, "Tiếp:")
    expect(clerk.get_by_text("0 / 10 phút")).to_be_visible()
    prepared = clerk.locator("input[role=combobox]").and_(clerk.get_by_label("Ý kiến đã gửi trước"))
    prepared.fill(TITLE)
    prepared.press("Enter")
    expect(clerk.get_by_label("Nội dung ý kiến")).to_have_value(TITLE)
    clerk.get_by_label("Người nêu").fill("Đại diện thôn Gò Mây")
    clerk.get_by_label("Giao cơ quan giải quyết").check()
    press(clerk, "Ghi vào biên bản")
    expect(clerk.get_by_role("heading", name="Đã ghi 1 nội dung")).to_be_visible()
    follow(clerk, "Kết thúc hội nghị")
    clerk.get_by_label("Số người được mời").fill("60")
    clerk.get_by_label("Số người có mặt").fill("58")
    press(clerk, "Kết thúc và bắt đầu tính hạn")
    expect(clerk.get_by_text("Đã kết thúc hội nghị")).to_be_visible()

    # The conclusion notice: who, until when; submitted.
    clerk.goto("/ket-luan/")
    press(clerk, "Soạn từ nội dung hội nghị")
    clerk.get_by_role("link", name=re.compile("Điểm kết luận Giải quyết")).click()
    clerk.get_by_label("Cơ quan chủ trì giải quyết").select_option(
        label="Phòng Kinh tế xã · xã Đồng Xuân Thượng"
    )
    clerk.get_by_label("Thời hạn").fill("trong thời hạn 10 ngày làm việc kể từ ngày ban hành")
    press(clerk, "Lưu đoạn này")
    expect(clerk.get_by_text("10 ngày làm việc kể từ ngày ban hành").first).to_be_visible()
    # A matter nobody raised in the hall is answered in writing, by a day.
    clerk.get_by_role("link", name=re.compile("Điểm kết luận Trả lời")).click()
    clerk.get_by_label("Thời hạn").fill("trong thời hạn 05 ngày làm việc kể từ ngày ban hành")
    press(clerk, "Lưu đoạn này")
    expect(clerk.get_by_text("05 ngày làm việc kể từ ngày ban hành").first).to_be_visible()
    follow(clerk, "Kiểm tra và trình ký")
    press(clerk, "Trình Lê Quang Minh ký")
    expect(clerk.get_by_text("Đã trình ký")).to_be_visible()

    # The head signs; one task follows.
    head = person("bithu")
    follow(head, "kết luận tại")
    follow(head, "Xem và ký ban hành")
    press(head, "Ban hành")
    expect(head.get_by_text("Đã ban hành: số")).to_be_visible()

    # The Front watches, the agency reports, the office accepts and releases the answer.
    officer.goto("/nhiem-vu/")
    follow(officer, TITLE)
    task = officer.url
    overseer = person("mattran")
    overseer.goto("/nhiem-vu/?tab=watched")
    follow(overseer, TITLE)
    follow(overseer, "Ghi ý kiến giám sát")
    overseer.get_by_label("Ý kiến giám sát").fill("Đề nghị làm xong trước mùa mưa.")
    press(overseer, "Gửi ý kiến tới đơn vị giao việc")
    follow(officer, "Báo cáo kết quả")
    officer.get_by_label("Đã giải quyết xong").check()
    officer.get_by_label("Nội dung kết quả thực hiện").fill("Đã thay ống cống.")
    officer.get_by_label("Lý do không có tài liệu minh chứng").fill("Biên bản lưu tại phòng.")
    press(officer, "Gửi báo cáo")
    clerk.goto(task)
    expect(clerk.get_by_text("Đề nghị làm xong trước mùa mưa.")).to_be_visible()
    follow(clerk, "Nghiệm thu")
    press(clerk, "Nghiệm thu và báo cho đơn vị chủ trì")
    clerk.goto(matter)
    follow(clerk, "Công bố")
    press(clerk, "Công bố các câu trả lời đã chọn")
    expect(clerk.get_by_text("Đã công bố 1 câu trả lời")).to_be_visible()

    # The citizen reads the answer and what was done; everybody sees the conclusion.
    look_up(citizen, code, secret)
    expect(citizen.get_by_text(ANSWER)).to_be_visible()
    expect(citizen.get_by_text("Phòng Kinh tế xã đã thực hiện.")).to_be_visible()
    assert fits(citizen)
    citizen.goto("/")
    expect(citizen.get_by_text("1/2", exact=False).first).to_be_visible()
    assert "Đại diện thôn Gò Mây" not in citizen.content()
    assert conference.startswith("http")

    # The Front doubts the result; the office, which gave the task, answers that it stands.
    overseer.goto(task)
    overseer.locator(".page-menu summary").click()
    follow(overseer, "Đề nghị xem xét lại kết quả")
    overseer.get_by_label("Vì sao cần xem xét lại").fill("Ống mới chưa được đậy nắp.")
    press(overseer, "Gửi đề nghị")
    clerk.goto(task)
    follow(clerk, "Trả lời")
    clerk.get_by_role("textbox", name="Trả lời").fill("Nắp cống đã đậy, có ảnh kèm theo.")
    press(clerk, "Giữ nguyên kết quả")
    overseer.goto(task)
    expect(overseer.get_by_text("Nắp cống đã đậy, có ảnh kèm theo.").first).to_be_visible()

    # The citizen says it is not settled; the task is open again, and she reads what follows.
    look_up(citizen, code, secret)
    citizen.get_by_label("Chưa", exact=True).check()
    citizen.get_by_label("Nếu chưa: còn vướng điều gì?").fill("Nước vẫn tràn vào sân.")
    citizen.get_by_role("button", name="Gửi", exact=True).click()
    clerk.goto("/y-kien/van-phong/xem-lai/")
    clerk.locator("main table").get_by_role("link").first.click()
    expect(clerk.get_by_text("Nước vẫn tràn vào sân.")).to_be_visible()
    clerk.get_by_label("Xem lại: giao giải quyết tiếp").check()
    clerk.get_by_label("Trả lời người gửi").fill("Phòng Kinh tế sẽ nâng miệng cống.")
    clerk.get_by_label("Thời hạn mới (khi xem lại)").fill("trong 10 ngày làm việc")
    press(clerk, "Quyết định và trả lời người gửi")
    look_up(citizen, code, secret)
    expect(citizen.get_by_text("Phòng Kinh tế sẽ nâng miệng cống.").first).to_be_visible()
    officer.goto("/nhiem-vu/")
    expect(officer.get_by_role("link", name=TITLE).first).to_be_visible()


def test_the_keyboard_alone_logs_in_and_submits_a_plan(live_server, page_as):
    plan = draft_plan()
    clerk = plan.document.created_by
    add_session(plan, clerk)
    add_duty(plan, clerk, body("Văn phòng", plan.document.organisation))
    clerk.set_password(PASSWORD)
    clerk.save()
    page = page_as(None)
    page.goto("/tai-khoan/login/")

    tab_to(page, page.locator("[name=login]"))
    page.keyboard.type(clerk.email)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    draft = page.locator(f"main a[href^='/van-ban/{plan.document.pk}/']")
    tab_to(page, draft)
    page.keyboard.press("Enter")
    for name in ("Kiểm tra và trình ký", "Trình Lê Minh Hải ký"):
        target = (
            page.locator("main")
            .get_by_role("link", name=name)
            .or_(page.locator("main").get_by_role("button", name=name))
        )
        target.first.wait_for()
        tab_to(page, target)
        page.keyboard.press("Enter")

    expect(page.get_by_text("Đã trình ký")).to_be_visible()
