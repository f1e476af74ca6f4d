import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_browser_shows_the_log_in_page_without_a_complaint(page_as):
    page = page_as(None, width=360)

    page.goto("/tai-khoan/login/")

    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.locator("input[name=login]").is_visible()
