"""A clerk sorts three opinions at the desk without touching the mouse."""

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, expect

from feedback.models import IssueGroup, Mandate, Opinion
from organisations.models import Role
from tests.factories.feedback import ConsultationFactory, opinion
from tests.factories.organisations import OrganisationFactory, member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def come(words: Locator) -> None:
    """The next page stands there, and its keys act."""
    expect(words).to_be_visible()
    words.page.wait_for_load_state("domcontentloaded")


def test_three_opinions_are_sorted_by_the_keyboard_alone(page_as):
    consultation = ConsultationFactory()
    unit = consultation.organisation.unit
    agency = OrganisationFactory(name="Phòng Kinh tế", system="state", unit=unit)
    Mandate.objects.create(unit=unit, field_id="TRANS", lead=agency)
    texts = ("Đường trục thôn Phúc Hậu lầy lội", "Sông ô nhiễm", "Đường thôn Phúc Hậu lầy lội quá")
    first, second, third = (opinion(consultation, text) for text in texts)
    page = page_as(member(Role.CLERK, consultation.organisation))
    keys = page.keyboard
    page.goto(reverse("feedback:desk"))

    # Kind, competence, field by typing its name; the agency as suggested.
    keys.press("2")
    keys.press("7")
    keys.press("f")
    keys.type("Giao")
    keys.press("Enter")
    expect(page.get_by_text("được phân công phụ trách lĩnh vực này")).to_be_visible()
    keys.press("g")
    come(page.get_by_text("Sông ô nhiễm"))
    first.refresh_from_db()
    done = (first.kind, first.competence, first.field_id, first.proposed_lead)
    assert done == ("feedback", "province", "TRANS", agency)

    # Taken back by one key, and done anew.
    keys.press("z")
    come(page.locator(".desk-words", has_text="trục thôn"))
    keys.press("s")
    come(page.locator(".desk-words", has_text="Sông ô nhiễm"))
    # While typing no key acts; Escape leaves the field; the keys are told by "?".
    page.get_by_label("Số người cùng ý kiến").focus()
    keys.type("s12")
    keys.press("Escape")
    keys.press("Shift+Slash")
    expect(page.get_by_role("heading", name="Phím tắt của bàn phân loại")).to_be_visible()
    keys.press("Escape")
    group = IssueGroup.objects.create(
        consultation=consultation, title="Đường Phúc Hậu", field_id="TRANS", competence="commune"
    )
    Opinion.objects.filter(pk=first.pk).update(group=group)
    keys.press("s")
    come(page.get_by_text("Gộp vào vấn đề này"))
    keys.press("q")
    expect(page.get_by_text("Đã phân loại hết")).to_be_visible()

    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.state, third.group) == ("classified", group)
