"""Words that can identify a person, sealed before they reach the database (decision 0022).

AES-256-GCM under one of the keys in settings.SEALING_KEYS; the first seals, all of them open. What
is sealed names its key and is tied to its table, column and row: moved elsewhere it does not open.
"""

import base64
import binascii
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models, transaction
from django.db.models.functions import Cast
from django.db.models.lookups import StartsWith
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext as _

MARK, KEY_BYTES, NONCE_BYTES = "S1", 32, 12
_KEY = re.compile(r"([a-z0-9]{1,12}):([A-Za-z0-9+/]+={0,2})")


class SealedError(Exception):
    """What is sealed does not open; the message says which key and which column, never what."""


class Sealed(str):
    """A sealed text as it stands in the database: S1.key.nonce and cipher in base64."""

    __slots__ = ()


def read_keys(lines: Iterable[str]) -> dict[str, bytes]:
    """The keys by their names, in order; ValueError if one is malformed or named twice."""
    found: dict[str, bytes] = {}
    for line in lines:
        match = _KEY.fullmatch(line.strip())
        if match is None or match[1] in found:
            raise ValueError("a sealing key is name:base64, each name once")
        key = base64.b64decode(match[2], validate=True)
        if len(key) != KEY_BYTES:
            raise ValueError(f"a sealing key is {KEY_BYTES} bytes long")
        found[match[1]] = key
    return found


def current_prefix() -> str:
    """What everything sealed with the present key begins with."""
    return f"{MARK}.{next(iter(_locks(tuple(settings.SEALING_KEYS))))}."


def seal(text: str, context: str) -> Sealed:
    """The text sealed for one place; nothing stays nothing."""
    if not text:
        return Sealed("")
    name, lock = next(iter(_locks(tuple(settings.SEALING_KEYS)).items()))
    nonce = os.urandom(NONCE_BYTES)
    closed = nonce + lock.encrypt(nonce, text.encode(), context.encode())
    return Sealed(f"{MARK}.{name}.{base64.b64encode(closed).decode()}")


def unseal(sealed: str, context: str) -> str:
    """The text again; SealedError, never an empty text, when key, place or content is wrong."""
    if not sealed:
        return ""
    mark, _dot, rest = sealed.partition(".")
    name, _dot, body = rest.partition(".")
    lock = _locks(tuple(settings.SEALING_KEYS)).get(name)
    if mark != MARK:
        raise SealedError(_("%(place)s: chưa niêm phong.") % {"place": context})
    if lock is None:
        raise SealedError(
            _("%(place)s: thiếu khóa “%(key)s” trong SEALING_KEYS.")
            % {"place": context, "key": name}
        )
    try:
        closed = base64.b64decode(body, validate=True)
        return lock.decrypt(closed[:NONCE_BYTES], closed[NONCE_BYTES:], context.encode()).decode()
    except (InvalidTag, binascii.Error, ValueError) as error:
        raise SealedError(
            _("%(place)s: khóa “%(key)s” không mở được; sai khóa hoặc dữ liệu đã bị sửa.")
            % {"place": context, "key": name}
        ) from error


@lru_cache(maxsize=8)
def _locks(lines: Sequence[str]) -> dict[str, AESGCM]:
    locks = {name: AESGCM(key) for name, key in read_keys(lines).items()}
    if not locks:
        raise SealedError(_("SEALING_KEYS còn trống."))
    return locks


def seal_bytes(content: bytes, key: bytes) -> bytes:
    """A file under a key of its own, which is kept sealed in its row."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, None)


def unseal_bytes(content: bytes, key: bytes, place: str) -> bytes:
    """A file's content again; SealedError when it is not what was sealed."""
    try:
        return AESGCM(key).decrypt(content[:NONCE_BYTES], content[NONCE_BYTES:], None)
    except (InvalidTag, ValueError) as error:
        raise SealedError(
            _("%(place)s: khóa “%(key)s” không mở được; sai khóa hoặc dữ liệu đã bị sửa.")
            % {"place": place, "key": "tệp"}
        ) from error


if TYPE_CHECKING:
    _TextField = models.TextField[str, str]
else:
    _TextField = models.TextField


class _Opener(DeferredAttribute):
    """Opens the seal when the attribute is read, and not before: a list that shows none opens none."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        held = super().__get__(instance, cls)
        if isinstance(held, Sealed):
            field: Any = self.field
            return unseal(held, field.context(instance))
        return held

    def __set__(self, instance: Any, value: object) -> None:
        instance.__dict__[self.field.attname] = value


class SealedField(_TextField):
    """A text kept sealed; in Python it reads and writes as the text itself.

    `bound_to` names what ties it to its row and is known before the row is written (a foreign key,
    a unique key). It can be asked whether it is empty, and nothing else.
    """

    descriptor_class = _Opener

    def __init__(self, *args: Any, bound_to: Sequence[str] = (), **kwargs: Any) -> None:
        """Take the attributes it is bound to."""
        self.bound_to = tuple(bound_to)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """For migrations."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"bound_to": self.bound_to}

    def context(self, row: models.Model) -> str:
        """The place of this column in this row."""
        return self.context_of(*(getattr(row, name) for name in self.bound_to))

    def context_of(self, *bound: object) -> str:
        """The place of this column in the row that these values stand for."""
        return f"{self.model._meta.db_table}.{self.column}:{':'.join(map(str, bound))}"

    def from_db_value(self, value: str | None, *_more: object) -> Sealed | None:
        """As it stands; it is opened when it is read."""
        return None if value is None else Sealed(value)

    def pre_save(self, row: models.Model, add: bool) -> Any:
        """Sealed on its way out; what was not opened goes back as it came."""
        held = row.__dict__[self.attname]
        return held if isinstance(held, Sealed) else seal(held, self.context(row))

    def get_prep_value(self, value: Any) -> Any:
        """Only what is sealed or empty may be written or asked for."""
        if value and not isinstance(value, Sealed):
            raise TypeError(f"{self.name} is sealed: it can be neither searched nor set in bulk")
        return value if value is None else str(value)

    def value_to_string(self, obj: models.Model) -> str:
        """A dump of rows holds what is sealed, not what it says."""
        return str(self.pre_save(obj, add=False))

    def to_python(self, value: Any) -> Any:
        """What a dump holds is sealed already."""
        return Sealed(value) if isinstance(value, str) and value.startswith(f"{MARK}.") else value


def sealed_fields(model: type[models.Model]) -> list[SealedField]:
    """The sealed columns of a model."""
    return [field for field in model._meta.concrete_fields if isinstance(field, SealedField)]


def reseal(model: type[models.Model], *, batch: int = 500) -> Iterator[int]:
    """Seal with the present key what stands in clear or under an older one; how many, batch by batch.

    Each batch is a transaction and is not found again, so an interrupted run is simply begun again.
    """
    names = [str(field.attname) for field in sealed_fields(model)]
    stale = models.Q(pk__in=[])
    for name in names:
        as_text = Cast(name, models.TextField())
        stale |= ~models.Q(**{name: ""}) & ~models.Q(StartsWith(as_text, current_prefix()))
    while True:
        with transaction.atomic():
            rows = list(
                model._base_manager.filter(stale).order_by("pk").select_for_update()[:batch]
            )
            for row in rows:
                for name in names:
                    held = row.__dict__[name]
                    is_sealed = held.startswith(f"{MARK}.")
                    setattr(row, name, getattr(row, name) if is_sealed else str(held))
                row.save(update_fields=names)
        if not rows:
            return
        yield len(rows)
