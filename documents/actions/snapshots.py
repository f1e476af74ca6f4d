"""Rows that hang on clauses, held as plain values so that they can be put back exactly.

Everything is found through the models themselves: what would be deleted with a clause (CASCADE) is
held row by row, key and all; what would only lose its clause (SET_NULL) is held as a link.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.core import serializers
from django.db import IntegrityError, connection, models, transaction
from django.db.models import CASCADE, SET_NULL, ProtectedError
from django.utils.translation import gettext as _

from core.access import RefusedError
from documents import queries
from documents.models import Clause

Held = list[dict[str, Any]]
IN_USE = "Không làm được: đoạn này đang được dùng ở nơi khác (hội nghị, nhiệm vụ, ý kiến…)."


def hold_rows(clause_ids: Iterable[int]) -> Held:
    """The rows hanging on these clauses, at any depth."""
    ids = list(clause_ids)
    if not ids:
        return []
    held: Held = []
    for relation in _relations(Clause):
        if relation.related_model is Clause:
            continue
        if relation.on_delete is CASCADE:
            held += _below(relation, ids)
        elif relation.on_delete is SET_NULL:
            held += _links(relation, ids)
    return held


def hold_fact(clause: Clause) -> Held:
    """What saving its fact writes: the row, what it is tied to, the rows it is made of."""
    row = queries.fact_of(clause)
    if row is None:
        return []
    values = _plain(row) | queries.ties_of(clause)
    held: Held = [{"model": row._meta.label_lower, "pk": row.pk, "fields": values}]
    for name, parts in queries.parts_of(clause).items():
        model = row._meta.get_field(name).related_model
        for part in parts:
            fields = {key: value for key, value in part.items() if key != model._meta.pk.name}
            key = part[model._meta.pk.name]
            held.append({"model": model._meta.label_lower, "pk": key, "fields": fields})
    return held


def put_back(now: Held, then: Held) -> None:
    """Make the rows held in `now`, as they stand, those held in `then`."""
    kept = {(row["model"], row["pk"]) for row in then if "fields" in row}
    for row in now:
        if "fields" in row and (row["model"], row["pk"]) not in kept:
            apps.get_model(row["model"])._base_manager.filter(pk=row["pk"]).delete()
    for restored in serializers.deserialize("python", [row for row in then if "fields" in row]):
        restored.save()
    for row in then:
        if "link" in row:
            manager = apps.get_model(row["model"])._base_manager
            manager.filter(pk=row["pk"]).update(**{row["link"]: row["to"]})


@contextmanager
def refusing_what_is_in_use() -> Iterator[None]:
    """Check every constraint at the end; RefusedError if a row that has to go is used elsewhere."""
    try:
        with transaction.atomic():
            yield
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except (IntegrityError, ProtectedError) as error:
        raise RefusedError(_(IN_USE)) from error


def _relations(model: type[models.Model]) -> Iterator[Any]:
    for relation in model._meta.get_fields(include_hidden=True):
        is_backward = relation.auto_created and not relation.concrete
        if is_backward and (relation.one_to_one or relation.one_to_many):
            yield relation


def _below(relation: Any, ids: list[Any]) -> Held:
    model = relation.related_model
    rows = list(model._base_manager.filter(**{f"{relation.field.name}__in": ids}))
    if not rows:
        return []
    label = model._meta.label_lower
    held: Held = [{"model": label, "pk": row.pk, "fields": _plain(row)} for row in rows]
    keys = [row.pk for row in rows]
    for further in _relations(model):
        if further.on_delete is CASCADE:
            held += _below(further, keys)
    return held


def _plain(row: models.Model) -> dict[str, Any]:
    """The columns as JSON can hold them and the deserialiser reads them."""
    return {
        field.name: _value(field, row) for field in row._meta.local_fields if not field.primary_key
    }


def _value(field: Any, row: models.Model) -> Any:
    value = field.value_from_object(row)
    if value is None or isinstance(value, bool | int | str):
        return value
    return field.value_to_string(row)


def _links(relation: Any, ids: list[int]) -> Held:
    model, field = relation.related_model, relation.field
    rows = model._base_manager.filter(**{f"{field.name}__in": ids}).values_list("pk", field.attname)
    return [
        {"model": model._meta.label_lower, "pk": pk, "link": field.attname, "to": to}
        for pk, to in rows
    ]
