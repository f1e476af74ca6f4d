"""Pages of long lists that cost the same wherever one stands: by key, never by offset."""

import operator
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.signing import BadSignature, Signer
from django.db.models import Field, Model, Q, QuerySet
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

M = TypeVar("M", bound=Model)

AFTER = "sau"
BEFORE = "truoc"
COUNT_CAP = 10_000


@dataclass(frozen=True)
class Page(Generic[M]):
    """One page of rows; `next` and `previous` are query strings, empty where the list ends."""

    rows: list[M]
    next: str
    previous: str
    whole: QuerySet[M]

    @cached_property
    def counted(self) -> int:
        """Rows counted up to one more than the cap; asked only if the page shows it."""
        return self.whole.order_by()[: COUNT_CAP + 1].count()

    @property
    def count(self) -> int:
        """How many rows the list has, at most COUNT_CAP."""
        return min(self.counted, COUNT_CAP)

    @property
    def count_is_capped(self) -> bool:
        """Whether there are more rows than were counted."""
        return self.counted > COUNT_CAP

    @property
    def count_text(self) -> str:
        """1.204, or "hơn 10.000"."""
        number = f"{self.count:,}".replace(",", ".")
        return _("hơn %(number)s") % {"number": number} if self.count_is_capped else number


@dataclass(frozen=True)
class _Key(Generic[M]):
    """The order of a list, and how a row's place in it travels in an address."""

    model: type[M]
    order: tuple[str, ...]

    @property
    def signer(self) -> Signer:
        return Signer(salt=f"paging:{self.model._meta.label}:{','.join(self.order)}")

    def pack(self, row: M) -> str:
        """The row's place as signed text."""
        values = [self._value(row, name.lstrip("-")) for name in self.order]
        texts = [None if value is None else self._text(value) for value in values]
        return self.signer.sign_object(texts)

    def unpack(self, text: str) -> list[Any] | None:
        """The place behind the text; None if it was not written by `pack` for this list."""
        try:
            texts = self.signer.unsign_object(text)
            return [
                None if value is None else self._field(name.lstrip("-")).to_python(value)
                for name, value in zip(self.order, texts, strict=True)
            ]
        except (BadSignature, ValidationError, ValueError, TypeError):
            return None

    def beyond(self, place: list[Any], *, forward: bool) -> Q:
        """Rows after the place (before it, unless forward), in PostgreSQL's order of NULLs."""
        names = [name.lstrip("-") for name in self.order]
        alternatives = []
        for at, name in enumerate(names):
            same = [
                Q(**{f"{earlier}__isnull": True}) if value is None else Q(**{earlier: value})
                for earlier, value in zip(names[:at], place[:at], strict=True)
            ]
            upwards = (not self.order[at].startswith("-")) == forward
            step = _step(name, place[at], upwards=upwards, nullable=self._is_nullable(name))
            if step is not None:
                alternatives.append(reduce(operator.and_, same, step))
        return reduce(operator.or_, alternatives, Q()) if alternatives else Q(pk__in=[])

    def bound(self, place: list[Any], *, forward: bool) -> Q:
        """A condition on the first field alone, implied by `beyond`: it lets an index be used."""
        name, value = self.order[0].lstrip("-"), place[0]
        upwards = (not self.order[0].startswith("-")) == forward
        if value is None or (upwards and self._is_nullable(name)):
            return Q()
        return Q(**{f"{name}__{'gte' if upwards else 'lte'}": value})

    def reversed_order(self) -> tuple[str, ...]:
        """The same list from its end."""
        return tuple(name[1:] if name.startswith("-") else f"-{name}" for name in self.order)

    def _path(self, path: str) -> "list[Field[Any, Any]]":
        model: type[Model] = self.model
        fields: list[Field[Any, Any]] = []
        for name in path.split("__"):
            field = model._meta.pk if name == "pk" else model._meta.get_field(name)
            if not isinstance(field, Field):
                raise FieldDoesNotExist(path)
            fields.append(field)
            model = field.related_model if isinstance(field.related_model, type) else model
        return fields

    def _field(self, path: str) -> "Field[Any, Any]":
        return self._path(path)[-1]

    def _is_nullable(self, path: str) -> bool:
        return any(field.null for field in self._path(path))

    def _value(self, row: M, path: str) -> Any:
        found: Any = row
        for name in path.split("__"):
            found = getattr(found, name, None)
        return found

    def _text(self, value: Any) -> str:
        return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _step(name: str, value: Any, *, upwards: bool, nullable: bool) -> Q | None:
    """Beyond one field's value: NULL is the greatest value there is; None if nothing is beyond."""
    if value is None:
        return None if upwards else Q(**{f"{name}__isnull": False})
    if not upwards:
        return Q(**{f"{name}__lt": value})
    greater = Q(**{f"{name}__gt": value})
    return greater | Q(**{f"{name}__isnull": True}) if nullable else greater


def keyset_page(
    queryset: QuerySet[M],
    params: "MultiValueDict[str, str]",
    *,
    order: str | Sequence[str] = ("-id",),
    size: int = 50,
) -> Page[M]:
    """The page of `queryset` that `params` (request.GET: `sau`, `truoc`) ask for.

    `order` names model fields and ends with a unique one. A cursor that cannot be read, or behind
    which nothing stands any more, gives the first page.
    """
    names = (order,) if isinstance(order, str) else tuple(order)
    key = _Key(queryset.model, names)
    ordered = queryset.order_by(*names)
    after = key.unpack(params.get(AFTER) or "")
    before = None if after else key.unpack(params.get(BEFORE) or "")
    rows: list[M] = []
    if after:
        rows = list(_from(ordered, key, after, forward=True)[: size + 1])
    elif before:
        backwards = _from(queryset.order_by(*key.reversed_order()), key, before, forward=False)
        rows = list(backwards[: size + 1])[::-1]
        if len(rows) < size:
            before, rows = None, []
    if not rows:
        after = before = None
        rows = list(ordered[: size + 1])
    has_more = len(rows) > size
    rows = (rows[-size:] if before else rows[:size]) if has_more else rows
    has_next = bool(before) or has_more
    has_previous = bool(after) or (bool(before) and has_more)
    return Page(
        rows,
        next=_address(params, AFTER, key.pack(rows[-1])) if has_next else "",
        previous=_address(params, BEFORE, key.pack(rows[0])) if has_previous else "",
        whole=queryset,
    )


def _from(queryset: QuerySet[M], key: _Key[M], place: list[Any], *, forward: bool) -> QuerySet[M]:
    bound, beyond = key.bound(place, forward=forward), key.beyond(place, forward=forward)
    return queryset.filter(bound & beyond)


def _address(params: "MultiValueDict[str, str]", name: str, cursor: str) -> str:
    kept = [(key, params.getlist(key)) for key in params if key not in {AFTER, BEFORE}]
    return urlencode([*kept, (name, [cursor])], doseq=True)
