"""What is typed and not sent stays on the machine for whoever typed it, and for nobody else."""

import datetime

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from organisations.models import Role
from tests.factories.assignments import TaskFactory
from tests.factories.organisations import member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = "Xin lùi hạn vì chờ kết quả đo đạc."


@pytest.fixture
def task():
    return TaskFactory(due_on=timezone.localdate() + datetime.timedelta(days=40))


def come_in(page, user):
    page.context.clear_cookies()
    page.goto(reverse("account_login"))
    page.get_by_label("Địa chỉ thư điện tử").fill(user.email)
    page.get_by_label("Mật khẩu").fill("doi-thoai-thu")
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(lambda address: "login" not in address)


def test_a_draft_outlives_the_session_and_is_offered_to_nobody_else(page_as, task):
    officer, colleague = member(Role.OFFICER, task.lead), member(Role.OFFICER, task.lead)
    for user in (officer, colleague):
        user.set_password("doi-thoai-thu")
        user.save()
    page = page_as(officer)
    address = reverse("assignments:ask_due", args=[task.pk])
    page.goto(address)
    page.get_by_label("Tạm dừng tính hạn").check()
    page.get_by_label("Lý do").fill(WORDS)
    page.goto(reverse("home"))  # at once: nothing typed is lost on the way

    page.goto(address)
    page.get_by_role("button", name="Lấy lại phần đang viết").click()
    expect(page.get_by_label("Lý do")).to_have_value(WORDS)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.locator("main form [type=submit]").click()
    expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible()

    come_in(page, colleague)
    page.goto(address)
    expect(page.get_by_label("Lý do")).to_have_value("")
    expect(page.get_by_role("button", name="Lấy lại phần đang viết")).to_have_count(0)

    come_in(page, officer)
    page.goto(address)
    page.get_by_role("button", name="Lấy lại phần đang viết").click()
    expect(page.get_by_label("Lý do")).to_have_value(WORDS)


def test_a_draft_on_its_way_is_not_forgotten_by_another_tab(page_as, task):
    page = page_as(member(Role.OFFICER, task.lead))
    address = reverse("assignments:ask_due", args=[task.pk])
    held = []
    page.route(
        f"**{address}",
        lambda route: held.append(route) if route.request.method == "POST" else route.continue_(),
    )
    page.goto(address)
    page.get_by_label("Tạm dừng tính hạn").check()
    page.get_by_label("Lý do").fill(WORDS)
    page.locator("main form [type=submit]").click(no_wait_after=True)
    for _turn in range(100):
        if not held:
            page.wait_for_timeout(50)
    other = page.context.new_page()
    other.goto(reverse("home"))
    held[0].fulfill(status=429, content_type="text/plain; charset=utf-8", body="Bận")
    expect(page.get_by_text("Bận")).to_be_visible()
    page.goto(address)
    page.get_by_role("button", name="Lấy lại phần đang viết").click()
    expect(page.get_by_label("Lý do")).to_have_value(WORDS)
