"""Events told to agencies' systems, and the pages of channels."""

import json

import pytest
from django.urls import reverse

from assignments import actions as work
from core import outbox
from core.models import Endpoint, Message, SendingPause, TextWish
from dialogue.channels import actions
from dialogue.channels.models import CHOICES, EventHook
from organisations.models import Role
from tests.factories.assignments import TaskFactory
from tests.factories.organisations import OrganisationFactory, member

pytestmark = pytest.mark.django_db
URL = "https://8.8.8.8/tin"


def hook_of(organisation, *events: str) -> EventHook:
    return actions.add_hook(
        organisation,
        by=member(Role.HEAD, organisation),
        name="Một cửa",
        url=URL,
        chosen=list(events or dict(CHOICES)),
    )


def told() -> list[tuple[str, int]]:
    """The events written so far: their names and whom they went to."""
    rows = Message.objects.filter(channel="webhook").order_by("pk")
    return [(json.loads(row.body)["type"], row.endpoint.hook.organisation_id) for row in rows]


def test_the_life_of_a_task_is_told_to_those_it_concerns(settings):
    settings.SITE_URL = "https://doi-thoai.vi-du.vn"
    owner, lead, stranger = (OrganisationFactory() for _n in range(3))
    for body in (owner, lead, stranger):
        hook_of(body)
    off = hook_of(lead)
    actions.change_hook(
        off, by=off.made_by, name="Tắt", url=URL, chosen=off.events, is_active=False
    )
    clerk, officer = member(Role.CLERK, owner), member(Role.OFFICER, lead)

    task = work.give_task(by=clerk, owner=owner, lead=lead, title="Sửa cống", origin_label="KH")
    work.report_task(
        task, by=officer, resolution="done", result="Đã sửa xong", no_evidence_reason="Xem tại chỗ"
    )
    work.return_task(task, by=clerk, reason="Thiếu ảnh")

    names = ("task.given", "task.reported", "task.returned")
    assert told() == [(name, body.pk) for name in names for body in (owner, lead)]
    payload = json.loads(Message.objects.filter(channel="webhook").earliest("pk").body)
    assert payload["data"] == {
        "id": task.pk,
        "state": "open",
        "due_on": None,
        "revision": task.revision,
        "page": f"https://doi-thoai.vi-du.vn{task.get_absolute_url()}",
        "api": f"https://doi-thoai.vi-du.vn/api/v1/tasks/{task.pk}",
    }


def test_only_chosen_events_are_told():
    task = TaskFactory()
    hook_of(task.lead, "task.cancelled")

    work.cancel_task(task, by=member(Role.CLERK, task.owner), reason="Nhầm")

    assert told() == [("task.cancelled", task.lead_id)]


def test_head_registers_a_system_sees_its_secret_once_tries_it_and_changes_it(client):
    body = OrganisationFactory()
    client.force_login(member(Role.HEAD, body))
    page = reverse("channels:add_hook", args=[body.pk])
    typed = {"name": "Một cửa", "chosen": ["task.given"], "_once": "0" * 32}

    inward = client.post(page, {**typed, "url": "https://127.0.0.1/"})
    client.post(page, {**typed, "url": URL})
    hook = EventHook.objects.get()
    shown = reverse("channels:hook", args=[hook.pk])
    secret = hook.endpoint.secret

    assert inward.status_code == 422
    assert "mạng nội bộ" in inward.content.decode()
    assert [secret in client.get(shown).content.decode() for _time in range(2)] == [True, False]
    client.post(reverse("channels:test_hook", args=[hook.pk]), {"_once": "1" * 32})
    assert told() == [("test", body.pk)]
    client.post(reverse("channels:change_secret", args=[hook.pk]), {"_once": "2" * 32})
    hook.endpoint.refresh_from_db()
    assert hook.endpoint.old_secret == secret
    Message.objects.update(state="failed")
    client.post(reverse("channels:replay", args=[hook.pk, Message.objects.get().pk]))
    assert Message.objects.get().state == "waiting"


def test_administrator_holds_a_channel_back_and_repairs_a_gateway(client):
    admin = member(Role.ADMIN)
    client.force_login(admin)
    outbox.write(key="task-due:1", subject="Thư", body="…", reason="thử.", address="an@vi-du.vn")
    gateway = Endpoint.objects.create(kind="sms", name="SMS", url=URL, secret="x", failures=3)
    held = {"scope": "kind", "value": "task-due", "reason": "Sai mẫu", "_once": "3" * 32}

    client.post(reverse("channels:begin_pause"), held)
    assert outbox.send_waiting() == 0
    assert "Sai mẫu" in client.get(reverse("channels:list")).content.decode()
    client.post(reverse("channels:end_pause", args=[SendingPause.objects.get().pk]))
    client.post(reverse("channels:wake_gateway", args=[gateway.pk]))

    assert outbox.send_waiting() == 1
    gateway.refresh_from_db()
    assert gateway.failures == 0


def test_one_chooses_texts_and_letters_again(client):
    person = member(Role.OFFICER)
    client.force_login(person)
    fields = {"kind": "sms", "url": URL, "secret": "x", "template_id": "M"}
    gateway = Endpoint.objects.create(name="SMS", is_approved=True, **fields)
    unapproved = Endpoint.objects.create(name="Zalo", **fields)
    page = reverse("channels:my_texts")

    def choose(endpoint, phone: str, once: str) -> int:
        typed = {"endpoint": endpoint, "phone": phone, "_once": once * 32}
        return client.post(page, typed).status_code

    assert choose(unapproved.pk, "0912345678", "4") == 422
    assert choose(gateway.pk, "12", "5") == 422
    assert choose(gateway.pk, "+84 912.345.678", "6") == 302
    assert TextWish.objects.get().phone == "0912345678"
    assert choose("", "", "7") == 302
    assert TextWish.objects.count() == 0
