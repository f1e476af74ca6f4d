"""Two people edit one row: the second is shown both texts instead of overwriting the first."""

from typing import Any

from django.db import models


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
