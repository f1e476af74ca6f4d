"""Fields of rows to choose from that a form looks up together."""

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from core.fields import OneRowField, SomeRowsField
from documents import queries
from documents.models import Clause
from organisations.models import Organisation


class ChosenField(OneRowField):
    """One row; `known` holds, by key, what the form has looked up for all its fields."""

    known: dict[str, Any] | None = None

    def to_python(self, value: Any) -> Any:
        """The row, without asking again."""
        known = self.known or {}
        return known[str(value)] if str(value) in known else super().to_python(value)


class TickedField(SomeRowsField):
    """Rows to tick; `known` holds, by key, what the form has looked up for all its fields."""

    known: dict[str, Any] | None = None

    def clean(self, value: Any) -> Any:
        """The rows, without asking again."""
        known = self.known or {}
        if not value or not known.keys() >= set(map(str, value)):
            return super().clean(value)
        return [known[str(key)] for key in dict.fromkeys(value)]


class OrganisationsField(TickedField):
    """Bodies to tick, those in force only; the list scrolls in a box of its own."""

    def __init__(self, **kwargs: Any) -> None:
        """Start empty: the form fills the list."""
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple(attrs={"class": "picks"}))
        kwargs.setdefault("required", False)
        super().__init__(queryset=Organisation.objects.none(), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        """The full name; the unit too where the name does not say it."""
        return body_label(obj)


class OrganisationField(ChosenField):
    """One body, those in force only."""

    def __init__(self, **kwargs: Any) -> None:
        """Start empty: the form fills the list."""
        kwargs.setdefault("required", False)
        empty = _("Chọn cơ quan") if kwargs["required"] else _("Không ghi")
        super().__init__(queryset=Organisation.objects.none(), empty_label=empty, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        """The full name; the unit too where the name does not say it."""
        return body_label(obj)


def look_up(form: forms.Form, names: Iterable[str], rows: "QuerySet[Any]") -> None:
    """Offer the same rows in several fields; what was posted in all of them is read at once."""
    fields: dict[str, Any] = {name: form.fields[name] for name in names if name in form.fields}
    posted: set[str] = set()
    for name, field in fields.items():
        field.queryset = rows
        if form.is_bound:
            value = field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name))
            posted |= set(map(str, value if isinstance(value, list | tuple) else [value]))
    keys = [key for key in posted if key.isascii() and key.isdigit() and len(key) < 19]
    known = {str(row.pk): row for row in rows.filter(pk__in=keys)} if keys else {}
    for field in fields.values():
        field.known = known


def body_label(body: Organisation) -> str:
    """How a body stands in a list of choices."""
    return body.name if body.unit.name in body.name else f"{body.name} · {body.unit}"


def bodies_for(clause: Clause, today: datetime.date) -> QuerySet[Organisation]:
    """The bodies one may name today, the own unit's first, and those the stored fact names."""
    rows: QuerySet[Organisation] = Organisation.objects.current(today)
    named = _bodies_named_by(clause)
    if named:
        rows = rows | Organisation.objects.filter(Q(pk__in=named))
    home = clause.document.organisation.unit_id
    nearness = Case(When(unit=home, then=Value(0)), default=Value(1))
    offered = rows.select_related("unit").annotate(nearness=nearness)
    return offered.order_by("nearness", "unit__name", "name")


def _bodies_named_by(clause: Clause) -> set[int]:
    row = queries.fact_of(clause)
    if row is None:
        return set()
    ties = queries.ties_of(clause)
    named = {key for name in ("organisations", "cooperating") for key in ties.get(name, ())}
    single = (getattr(row, f"{name}_id", None) for name in ("send_to", "via", "selector"))
    return named | {key for key in single if key}
