"""Holding messages back: a channel or a kind of message rests until somebody ends it."""

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import CharField, F, Func, Q, QuerySet, Value
from django.utils import timezone

from core.models import Message, SendingPause

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

Scope = SendingPause.Scope


def kind_of_key() -> Func:
    """The kind of a message in a query: the first word of its key."""
    return Func(F("key"), Value(":"), Value(1), function="split_part", output_field=CharField())


def without_held(messages: "QuerySet[Message]") -> "QuerySet[Message]":
    """Those that no pause holds back; one question more, and nothing else while there is none."""
    running = SendingPause.objects.filter(ended_at=None).values_list("scope", "value")
    for scope, value in running:
        held = Q(channel=value) if scope == Scope.CHANNEL else Q(key__startswith=f"{value}:")
        messages = messages.exclude(held)
    return messages


def begin(scope: str, value: str, *, by: "AbstractBaseUser", reason: str) -> bool:
    """Hold a channel or a kind back; False when it rests already. Who may is the caller's rule."""
    try:
        with transaction.atomic():
            SendingPause.objects.create(scope=scope, value=value, reason=reason, by_id=by.pk)
    except IntegrityError:
        return False
    return True


def end(pause: SendingPause, *, by: "AbstractBaseUser") -> bool:
    """Let it go on; False when somebody else has ended the pause already."""
    running = SendingPause.objects.filter(pk=pause.pk, ended_at=None)
    return bool(running.update(ended_at=timezone.now(), ended_by_id=by.pk))
