"""Two phones at one door while the hall's network falls away: nobody lost, nobody double."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from conferences.models import Arrival
from conferences.queries.arriving import attendance
from organisations.models import Role
from tests.factories.conferences import ConferenceFactory, ParticipantFactory
from tests.factories.organisations import member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_two_phones_lose_nobody_and_count_nobody_twice(page_as):
    conference = ConferenceFactory()
    names = ("Nguyễn Văn An", "Trần Thị Bích", "Lê Văn Cường", "Phạm Đức Đạt")
    people = [ParticipantFactory(conference=conference, name=name) for name in names]
    clerks = [member(Role.CLERK, conference.organisation) for _phone in range(2)]
    first, second = (page_as(clerk, width=360) for clerk in clerks)
    address = reverse("conferences:door", args=[conference.pk])
    for number, phone in enumerate((first, second), start=1):
        phone.goto(address)
        expect(phone.locator("#door-net")).to_have_text("Đã gửi hết")
        phone.locator("#door-desk").fill(f"Bàn {number}")
        phone.locator("#door-desk").blur()
    # The page is kept for a moment without network.
    first.wait_for_function(
        "caches.open('door').then(box => box.keys()).then(all => all.length > 4)"
    )

    def enter(phone, typed):
        phone.locator("#door-q").fill(typed)
        phone.locator("#door-q").press("Enter")

    # With a network: by name without accents, by code; the other phone sees it.
    enter(first, "nguyen van an")
    expect(first.locator("#door-says")).to_contain_text("Nguyễn Văn An")
    expect(second.locator("#door-present")).to_have_text("1")
    enter(second, people[0].code.lower())
    expect(second.locator("#door-says")).to_contain_text("đã vào lúc")
    expect(second.locator("#door-says")).to_contain_text("Bàn 1")

    # Without: both phones write down the same person, one of them a guest, one makes a mistake.
    for phone in (first, second):
        phone.context.set_offline(True)
        enter(phone, "tran thi bich")
        expect(phone.locator("#door-net")).to_contain_text("1 lượt giữ trên máy này")
    enter(first, "pham duc")
    first.locator("#door-last").get_by_label("Bỏ ghi: Phạm Đức Đạt").click()
    second.locator("#door-name").fill("Khách Không Mời")
    second.get_by_role("button", name="Ghi vào danh sách").click()
    # The first phone is reloaded meanwhile: the page opens and what it kept is still there.
    first.reload()
    expect(first.locator("#door-net")).to_contain_text("3 lượt giữ trên máy này")
    enter(first, "le van cuong")
    assert Arrival.objects.count() == 1

    for phone in (first, second):
        phone.context.set_offline(False)
        expect(phone.locator("#door-net")).to_have_text("Đã gửi hết", timeout=20_000)

    numbers = attendance(conference)
    assert (numbers.present, numbers.walk_ins, numbers.absent) == (3, 1, 1)
    standing = Arrival.objects.filter(is_repeat=False, undone_at=None).order_by("name")
    assert [row.name for row in standing] == [
        "Khách Không Mời",
        "Lê Văn Cường",
        "Nguyễn Văn An",
        "Trần Thị Bích",
    ]
    expect(second.locator("#door-says")).to_contain_text("Trần Thị Bích đã vào lúc")
