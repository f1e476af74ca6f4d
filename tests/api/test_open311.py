"""Public requests as GeoReport v2 reads them: only what public pages say."""

import pytest
from defusedxml import ElementTree
from django.urls import reverse
from django.utils import timezone

from feedback.actions import release_answers
from feedback.models import Answer, Consultation, IssueGroup
from tests.world import EMBARGOED

FIELDS = {
    "service_request_id", "status", "status_notes", "service_name", "service_code", "description",
    "agency_responsible", "service_notice", "requested_datetime", "updated_datetime",
    "expected_datetime", "address", "address_id", "zipcode", "lat", "long", "media_url",
}  # fmt: skip


def ask(client, **query):
    return client.get(reverse("open311:requests", args=["json"]), query)


def show(world, name: str) -> IssueGroup:
    """A group of the world whose title everybody may read."""
    IssueGroup.objects.filter(pk=world.rows[name].pk).update(is_public=True)
    return world.rows[name]


@pytest.fixture
def client(world):
    return world.client("anonymous")


def numbers(answer) -> list[str]:
    return [row["service_request_id"] for row in answer.json()]


def test_a_matter_closes_when_its_answer_is_released_and_not_before(world, client):
    group = show(world, "answered")
    before = next(row for row in ask(client).json() if row["service_request_id"] == str(group.pk))

    answer = Answer.objects.get(group=group)
    release_answers([answer], by=world.users["vanphong"])

    [after] = ask(client, service_request_id=group.pk).json()
    assert set(after) == FIELDS
    assert (before["status"], before["status_notes"]) == ("open", None)
    assert before["agency_responsible"] == group.consultation.organisation.name
    assert EMBARGOED in after["status_notes"]
    assert after["agency_responsible"] == "Phòng Kinh tế xã"
    assert numbers(ask(client, status="open", service_code=group.field_id)) == [
        row["service_request_id"]
        for row in ask(client, service_code=group.field_id).json()
        if row["status"] == "open"
    ]


def test_what_was_promised_and_not_kept_keeps_a_matter_open(world, client):
    point = world.rows["notice"].points.filter(kind="assigned").first()
    group = show(world, "group")
    point.groups.add(group)

    [row] = ask(client, service_request_id=group.pk).json()

    assert row["status"] == "open"
    assert point.clause.text in row["status_notes"]


@pytest.mark.parametrize("hidden", ("title", "invited", "draft"))
def test_what_is_not_public_is_not_there(world, client, hidden):
    group = show(world, "group")
    if hidden == "title":
        IssueGroup.objects.filter(pk=group.pk).update(is_public=False)
    else:
        change = {"open_to": "invited"} if hidden == "invited" else {"state": "draft"}
        Consultation.objects.filter(pk=group.consultation_id).update(**change)

    assert str(group.pk) not in numbers(ask(client))
    one = client.get(reverse("open311:request", args=[group.pk, "json"]))
    assert (one.status_code, one.json()) == (
        404, [{"code": 404, "description": "Không có nội dung này, hoặc chưa được công khai."}],
    )  # fmt: skip


def test_filters_and_pages(world, client):
    first, second = show(world, "group"), show(world, "answered")
    tomorrow = timezone.localtime() + timezone.timedelta(days=1)

    newest = numbers(ask(client))
    pages = [numbers(ask(client, page=n, page_size=1)) for n in range(1, len(newest) + 2)]

    assert {str(first.pk), str(second.pk)} <= set(newest)
    assert sum(pages, []) == newest
    assert numbers(ask(client, start_date=tomorrow.isoformat())) == []
    assert numbers(ask(client, end_date="2020-01-01")) == []
    assert numbers(ask(client, service_code="KHONGCO\0")) == []
    wrong = (
        {"status": "xong"},
        {"page": "0"},
        {"page": "000001" + "9" * 20},
        {"start_date": "mai"},
        {"service_request_id": "a"},
    )
    assert [ask(client, **query).status_code for query in wrong] == [400] * 5


def test_the_same_as_xml(world, client):
    group = show(world, "group")

    found = client.get(reverse("open311:requests", args=["xml"]))
    services = client.get(reverse("open311:services", args=["xml"]))
    missing = client.get(reverse("open311:request", args=[10**18, "xml"]))
    discovery = client.get(reverse("open311:discovery", args=["xml"]))

    rows = ElementTree.fromstring(found.content)
    texts = {row.findtext("service_request_id"): row.findtext("description") for row in rows}
    assert (rows.tag, texts[str(group.pk)]) == ("service_requests", group.title)
    assert ElementTree.fromstring(services.content)[0].findtext("metadata") == "false"
    assert ElementTree.fromstring(missing.content)[0].findtext("code") == "404"
    [endpoint] = ElementTree.fromstring(discovery.content).find("endpoints")
    assert endpoint.findtext("url").endswith("/open311/v2")
    assert [one.text for one in endpoint.find("formats")] == ["application/json", "text/xml"]
