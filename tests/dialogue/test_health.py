import datetime

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from core.models import Heartbeat
from dialogue.health import MISSED, SWEEPS

pytestmark = pytest.mark.django_db


def beat(name: str, seconds: int) -> None:
    Heartbeat.objects.update_or_create(
        name=name,
        defaults={"last_ok_at": timezone.now() - datetime.timedelta(seconds=seconds)},
    )


def test_health_is_ok_while_sweeps_run(client):
    for name in SWEEPS:
        beat(name, 0)

    answer = client.get(reverse("healthz"))

    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert "no-store" in answer["Cache-Control"]


def test_health_names_the_sweep_that_stands_still(client):
    for name in SWEEPS:
        beat(name, 0)
    beat(SWEEPS[0], MISSED * settings.SWEEP_SECONDS + 1)

    answer = client.get(reverse("healthz"))

    assert (answer.status_code, answer.content.decode()) == (503, f"late: {SWEEPS[0]}\n")


def test_health_ignores_sweeps_that_are_no_more(client):
    for name in SWEEPS:
        beat(name, 0)
    beat("core.tasks.forgotten", 10_000)

    assert client.get(reverse("healthz")).status_code == 200
