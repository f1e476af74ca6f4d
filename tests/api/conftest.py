"""Tokens of the world's agencies, and a client that is a program: no cookies, no forms."""

import datetime
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from dialogue.api.actions import make_token, revoke_token
from dialogue.api.models import AccessToken
from tests.world import World

pytestmark = pytest.mark.usefixtures("_fast_templates")


@dataclass
class Programs:
    """One token of each kind, made on first use."""

    world: World
    made: dict[str, tuple[AccessToken, str]] = field(default_factory=dict)

    def token(self, kind: str) -> tuple[AccessToken, str]:
        """write and read of the agency that was asked; foreign of one that was not; helper; dead ones."""
        if kind not in self.made:
            body = self.world.bodies["dang_uy" if kind == "foreign" else "kinh_te"]
            if kind == "helper":
                body = self.world.rows["cooperation"].organisation
            if kind == "foreign":
                body = self.world.users["dangvu"].memberships.get().organisation
            token, words = make_token(
                body,
                by=self.world.users["quantri"],
                name=f"Phần mềm {kind}",
                scope="read" if kind == "read" else "write",
                expires_on=timezone.localdate() + datetime.timedelta(days=30),
            )
            if kind == "revoked":
                revoke_token(token, by=self.world.users["quantri"])
            if kind == "expired":
                yesterday = timezone.localdate() - datetime.timedelta(days=1)
                AccessToken.objects.filter(pk=token.pk).update(expires_on=yesterday)
            self.made[kind] = token, words
        return self.made[kind]

    def client(self, kind: str) -> Client:
        """A program with a token of that kind; `none` has none, `wrong` one nobody made."""
        words = {"none": "", "wrong": "dt_ABCDEFGH_abc"}.get(kind) or (
            "" if kind == "none" else self.token(kind)[1]
        )
        headers: dict[str, Any] = {"Authorization": f"Bearer {words}"} if words else {}
        return Client(headers=headers, enforce_csrf_checks=True)


@pytest.fixture
def programs(world: World) -> Programs:
    """Programs of the world's agencies."""
    return Programs(world)
