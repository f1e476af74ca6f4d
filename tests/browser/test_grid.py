"""A collector types a pile of slips by the keyboard alone, while the network comes and goes."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from feedback.models import Opinion
from organisations.models import Role
from tests.factories.feedback import ConsultationFactory
from tests.factories.organisations import OrganisationFactory, member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_slips_typed_without_a_mouse_are_kept_without_a_network_and_sent_once(page_as):
    consultation = ConsultationFactory()
    body = OrganisationFactory(unit=consultation.organisation.unit)
    page = page_as(member(Role.COLLECTOR, body))
    address = reverse("feedback:grid", args=[consultation.pk])
    page.goto(address)
    keys = page.keyboard
    cell = page.locator("#id_row-0-area")

    cell.focus()
    keys.type("thôn")
    keys.press("Enter")
    keys.type("Đường lầy lội")
    keys.press("Enter")
    keys.press("ArrowDown")
    for _cell in range(6):
        keys.press("Enter")
    expect(page.locator("#id_row-1-area")).to_be_focused()
    # The second row: area and field as above, by one key each.
    keys.press("Control+d")
    keys.type("Cầu hỏng")
    keys.press("Enter")
    keys.press("Control+d")
    expect(page.locator("#id_row-1-area")).to_have_value(cell.input_value())
    field = page.locator("#id_row-0-field").input_value()
    assert field != ""
    expect(page.locator("#id_row-1-field")).to_have_value(field)
    # The last row makes a new one.
    page.locator("#id_row-9-text").fill("Thiếu nước")
    page.locator("#id_row-9-attested").focus()
    keys.press("Enter")
    expect(page.locator("#id_row-10-area")).to_be_focused()
    page.locator("#id_row-9-area").focus()
    keys.press("Control+d")
    page.context.set_offline(True)
    page.locator("#id_row-9-text").focus()
    page.get_by_role("button", name="Lưu các phiếu").focus()
    keys.press("Enter")
    expect(page.locator(".grid-says")).to_contain_text("Chưa có mạng")
    assert Opinion.objects.count() == 0

    # Back again: row 10 has no place yet; what was typed is still there.
    page.context.set_offline(False)
    expect(page.get_by_text("Dòng cần sửa: 10.")).to_be_visible()
    expect(page.locator("#id_row-0-text")).to_have_value("Đường lầy lội")
    assert Opinion.objects.count() == 0

    # The browser is closed and opened: the device has kept the rows.
    page.goto(address)
    expect(page.locator(".grid-says")).to_contain_text("Đã mở lại")
    page.locator("#id_row-9-area").focus()
    keys.type("thôn")
    page.locator("#id_row-9-field").focus()
    keys.press("ArrowDown")
    page.get_by_role("button", name="Lưu các phiếu").focus()
    keys.press("Enter")
    expect(page.get_by_text("Đã lưu 3 phiếu")).to_be_visible()
    assert Opinion.objects.count() == 3
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('grid:'))") == []


def test_a_slip_typed_while_others_are_sent_stays(page_as):
    consultation = ConsultationFactory()
    body = OrganisationFactory(unit=consultation.organisation.unit)
    page = page_as(member(Role.COLLECTOR, body))
    held = []
    page.route(
        "**/*",
        lambda route: held.append(route) if route.request.method == "POST" else route.continue_(),
    )
    page.goto(reverse("feedback:grid", args=[consultation.pk]))
    page.locator("#id_row-0-area").focus()
    page.keyboard.type("thôn")
    page.locator("#id_row-0-text").fill("Đường lầy lội")
    page.locator("#id_row-0-field").focus()
    page.keyboard.press("ArrowDown")
    page.get_by_role("button", name="Lưu các phiếu").click()
    expect(page.locator(".grid-says")).to_have_text("Đang gửi…")
    page.locator("#id_row-1-text").fill("Cầu hỏng")
    held[0].continue_()

    expect(page.get_by_text("Đã lưu 1 phiếu")).to_be_visible()
    expect(page.locator("#id_row-1-text")).to_have_value("Cầu hỏng")
    expect(page.locator("#id_row-0-text")).to_have_value("")

    # It lacks its place: sent so, and mended while that is on its way.
    page.get_by_role("button", name="Lưu các phiếu").click()
    expect(page.locator(".grid-says")).to_have_text("Đang gửi…")
    page.locator("#id_row-1-text").fill("Cầu hỏng nặng")
    page.locator("#id_row-2-text").fill("Thiếu nước")
    held[1].continue_()
    expect(page.get_by_text("Dòng cần sửa: 2.")).to_be_visible()
    expect(page.locator("#id_row-1-text")).to_have_value("Cầu hỏng nặng")
    expect(page.locator("#id_row-2-text")).to_have_value("Thiếu nước")
    assert Opinion.objects.count() == 1
