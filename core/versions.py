"""Two people edit one row: the second is shown both texts instead of overwriting the first."""

from typing import Any

from django import forms
from django.db import models
from django.forms import BoundField
from django.utils.translation import gettext as _


class StaleError(Exception):
    """The row has changed since the form was opened; `current` is the row as it is now."""

    def __init__(self, current: models.Model) -> None:
        """Keep the row, whose fields are shown beside what the person typed."""
        super().__init__(f"{current._meta.label} {current.pk} has a newer version")
        self.current = current


def save_version(row: Any, *, version: int, **values: object) -> None:
    """Set `values` on `row` if it still has `version`, else raise StaleError.

    One `UPDATE … WHERE version = …`: the check and the write cannot be separated. The model has an
    integer field `version`.
    """
    model: type[models.Model] = type(row)
    changed = model._default_manager.filter(pk=row.pk, version=version).update(
        version=version + 1, **values
    )
    if not changed:
        raise StaleError(model._default_manager.get(pk=row.pk))
    row.version = version + 1
    for name, value in values.items():
        setattr(row, name, value)


class WatchedForm(forms.Form):
    """Edits a row without a version, whose values are all given as `initial`.

    The page carries what it began with (Django's hidden initial values). What somebody else has saved
    since stands beside the field, and only the next attempt saves.
    """

    def __getitem__(self, name: str) -> BoundField:
        """The field, which also writes into the page what it began with."""
        bound: BoundField = super().__getitem__(name)
        bound.field.show_hidden_initial = True
        return bound

    def clean(self) -> dict[str, Any] | None:
        """Refuse once where a stored value is neither what the page began with nor what was typed."""
        cleaned = super().clean()
        typed: Any = self.data
        seen = typed.copy()
        for bound in self:
            if bound.html_initial_name in self.data:
                seen.setlist(bound.html_initial_name, self._compare(bound) or [""])
        self.data = seen  # from here on the person has seen both
        return cleaned

    def _compare(self, bound: BoundField) -> list[str]:
        hidden = bound.field.hidden_widget()
        begun = hidden.value_from_datadict(self.data, self.files, bound.html_initial_name)
        stored = _written(hidden.format_value(bound.field.prepare_value(bound.initial)))
        if stored not in (_written(begun), _written(bound.data)):
            words = _("Trong lúc Ông/Bà viết, người khác đã sửa chỗ này thành: “%(stored)s”. Xem lại rồi lưu lần nữa.")  # fmt: skip
            self.add_error(bound.name, words % {"stored": _shown(bound) or "–"})
        return stored


def _written(value: Any) -> list[str]:
    """A value as a page sends it: empty is empty, lines end in one way."""
    values = value if isinstance(value, list | tuple) else [value]
    return [str(v).replace("\r\n", "\n") for v in values if v is not None and v != ""]


def _shown(bound: BoundField) -> str:
    """What is stored, in the words of the field's choices where it has some."""
    value = bound.field.prepare_value(bound.initial)
    names = {str(key): str(name) for key, name in getattr(bound.field, "choices", ())}
    values = value if isinstance(value, list | tuple) else [value]
    return ", ".join(names.get(str(v), str(v)) for v in values if v is not None and v != "")
