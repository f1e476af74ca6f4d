"""The pages where heads give their systems keys, and what a key is."""

import datetime
import re
from uuid import uuid4

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from assignments.queries import people_of
from core.models import AuditEvent, Message
from dialogue.api.ending import warn_of_endings
from dialogue.api.models import AccessToken
from organisations.models import Role, User
from tests.test_privacy import tables_holding

pytestmark = pytest.mark.usefixtures("_fast_templates")


def day() -> str:
    return f"{timezone.localdate():%d/%m/%Y}"


def make(client, body, **typed):
    values = {"name": "Một cửa", "scope": "write", "expires_on": day(), "_once": str(uuid4())}
    return client.post(reverse("tokens:create", args=[body.pk]), values | typed, follow=True)


def test_a_head_makes_a_token_that_is_shown_once_and_kept_nowhere(world):
    client, body = world.client("head"), world.rows["office"]

    shown = make(client, body)
    words = re.search(r"dt_\w{8}_[\w-]+", shown.text)[0]
    later = client.get(reverse("tokens:list"))

    token = AccessToken.objects.filter(organisation=body).latest("pk")
    assert words in shown.text
    assert "no-store" in shown.headers["Cache-Control"]
    assert words not in later.text
    assert str(token) in later.text
    assert tables_holding(words.split("_", 2)[2]) == set()
    assert (token.scope, token.made_by) == ("write", world.users["bithu"])


def test_pressing_twice_makes_one_token_and_shows_it(world):
    client, body, once = world.client("head"), world.rows["office"], str(uuid4())
    before = AccessToken.objects.count()
    values = {"name": "Một cửa", "scope": "write", "expires_on": day(), "_once": once}

    presses = [client.post(reverse("tokens:create", args=[body.pk]), values) for _ in range(2)]
    kept = str(dict(client.session))
    shown = client.get(presses[1].url)

    words = re.search(r"dt_\w{8}_[\w-]+", shown.text)[0]
    assert [answer.url for answer in presses] == [reverse("tokens:list")] * 2
    assert AccessToken.objects.count() == before + 1
    assert ("token_words" in kept, words.split("_", 2)[2] in kept) == (True, False)
    assert words not in client.get(presses[1].url).text


def test_the_account_of_a_token_is_nobody_who_logs_in_or_gets_letters(world, programs):
    account = programs.token("write")[0].user
    body, today = world.bodies["kinh_te"], timezone.localdate()

    told = people_of([body.pk], today, Role.OFFICER)[body.pk]
    answer = programs.world.client("anonymous").post(
        reverse("account_login"), {"login": account.email, "password": ""}
    )

    assert account not in told
    assert (account.is_active, account.has_usable_password(), answer.status_code) == (
        False, False, 200,
    )  # fmt: skip
    assert account.organisation_ids() == {body.pk}


def test_the_heads_hear_of_a_token_somebody_else_made(world):
    make(world.client("admin"), world.rows["office"])

    told = Message.objects.filter(subject__startswith="Mã truy cập mới").values_list("recipient")
    assert {pk for (pk,) in told} == {world.users["bithu"].pk}


def test_heads_are_warned_once_at_each_rung_before_a_key_ends(world):
    make(world.client("head"), world.rows["office"], name="Sắp hết")
    token = AccessToken.objects.get(name="Sắp hết")
    AccessToken.objects.exclude(pk=token.pk).update(
        revoked_at=timezone.now(), revoked_by=token.made_by
    )

    told = []
    for left in (15, 14, 13, 3, 2, -1):
        warn_of_endings(token.expires_on - datetime.timedelta(days=left))
        letters = Message.objects.filter(subject__endswith="mã truy cập sắp hết hạn")
        told.append(letters.filter(channel="email").count())

    assert told == [0, 1, 1, 2, 2, 2]
    assert set(letters.values_list("recipient", flat=True)) == {world.users["bithu"].pk}


def test_a_token_taken_back_opens_nothing_from_that_moment(world, programs):
    client, token = programs.client("write"), programs.token("write")[0]
    before = client.get(reverse("api:me")).status_code

    world.client("admin").post(
        reverse("tokens:revoke", args=[token.pk]), {"_once": "00000000-0000-4000-8000-000000000000"}
    )

    after = client.get(reverse("api:me"))
    assert (before, after.status_code) == (200, 401)
    assert after.json()["detail"].startswith("Mã truy cập này đã bị thu hồi ngày")
    assert AuditEvent.objects.filter(kind="refused").latest("id").by == token.user
    assert User.objects.get(pk=token.user_id).organisation_ids() == set()


@pytest.mark.parametrize("typed", ({"expires_on": "01/01/2020"}, {"scope": "all"}, {"name": ""}))
def test_a_form_that_makes_no_sense_makes_no_token(world, typed):
    with transaction.atomic():
        answer = make(world.client("head"), world.rows["office"], **typed)

    assert (answer.status_code, AccessToken.objects.filter(name="Một cửa").exists()) == (200, False)
