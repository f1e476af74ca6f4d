"""Choices of units and bodies, told apart; a form with checks of its own."""

import datetime
from typing import Any

from django import forms

from core.fields import OneRowField, SomeRowsField
from organisations import queries
from organisations.models import AdministrativeUnit, Organisation


class UnitLabel:
    """Tells units of the same name apart."""

    def label_from_instance(self, obj: Any) -> str:
        """The unit, the one above it, and its last day if it is no longer in force."""
        above = f" ({obj.parent})" if obj.parent else ""
        return f"{obj}{above}{_last_day(obj.valid_to)}"


class BodyLabel:
    """Tells bodies of the same name apart."""

    def label_from_instance(self, obj: Any) -> str:
        """The body, its unit, and its last day if it is no longer in force."""
        return f"{obj} ({obj.unit}){_last_day(obj.valid_to)}"


class UnitField(UnitLabel, OneRowField):
    """One unit."""


class UnitsField(UnitLabel, SomeRowsField):
    """Several units."""


class BodyField(BodyLabel, OneRowField):
    """One body."""


class BodiesField(BodyLabel, SomeRowsField):
    """Several bodies."""


def picks() -> forms.Widget:
    """Rows to tick in a box that scrolls."""
    return forms.CheckboxSelectMultiple(attrs={"class": "picks"})


def offer(form: forms.Form, name: str, rows: Any) -> None:
    """Let a field choose among `rows`."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows


def _last_day(valid_to: datetime.date | None) -> str:
    return f" – {valid_to:%d/%m/%Y}" if valid_to else ""


def all_units() -> Any:
    """Every unit by name, with the one above it."""
    return AdministrativeUnit.objects.select_related("parent").order_by("name", "pk")


def all_bodies() -> Any:
    """Every body by name, with its unit."""
    return Organisation.objects.select_related("unit").order_by("name", "pk")


class CheckedForm(forms.Form):
    """A form whose values are held against what stands already."""

    def problem(self, values: dict[str, Any]) -> queries.Problem | None:
        """What keeps these values out, once each of them is right by itself."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        """Show the problem beside its field."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        problem = None if self.errors else self.problem(values)
        if problem:
            self.add_error(problem[0] if problem[0] in self.fields else None, problem[1])
        return values
