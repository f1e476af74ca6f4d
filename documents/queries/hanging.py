"""What hangs on a clause, read together with the clause: saving it asks nothing again."""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, ForeignKey, Model, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from documents import facts
from documents.models import Clause


def with_facts(rows: "QuerySet[Clause]") -> "QuerySet[Clause]":
    """The clauses with the fact of each, what it is tied to and its parts, in one question."""
    for _kind, fact in facts.all_facts():
        if fact.model is None:
            continue
        accessor = _accessor(fact.model)
        rows = rows.select_related(accessor, *(f"{accessor}__{name}" for name in fact.beside))
        read = {name: _tied(fact.model, name) for name in _tie_names(fact.model)}
        read |= {name: _parts(fact.model, name) for name in fact.parts}
        rows = rows.annotate(
            **{_key(accessor, name): ArraySubquery(asked) for name, asked in read.items()}
        )
    return rows


def fact_of(clause: Clause) -> Any:
    """The stored fact of a clause; None if nothing hangs on it."""
    model = facts.get(clause.kind).model
    if model is None or clause.pk is None:
        return None
    return getattr(clause, _accessor(model), None)


def note_new(clauses: Iterable[Clause]) -> None:
    """Remember that nothing hangs yet on clauses just written, so that nobody asks."""
    for clause in clauses:
        model = facts.get(clause.kind).model
        if model is not None:
            _reverse(model).set_cached_value(clause, None)


def ties_of(clause: Clause) -> dict[str, list[int]]:
    """The keys of the rows its fact is tied to, by the name of the tie."""
    model = facts.get(clause.kind).model
    if model is None:
        return {}
    return {name: _read(clause, model, name, _tied(model, name)) for name in _tie_names(model)}


def parts_of(clause: Clause) -> dict[str, list[dict[str, Any]]]:
    """The rows its fact is made of, as plain values, by their name."""
    fact = facts.get(clause.kind)
    if fact.model is None:
        return {}
    model = fact.model
    return {name: _read(clause, model, name, _parts(model, name)) for name in fact.parts}


def note_ties(clause: Clause, model: type[Model], ties: dict[str, list[Any] | None]) -> None:
    """Remember what was just written; None: it has to be read again."""
    for name, keys in ties.items():
        clause.__dict__.pop(_key(_accessor(model), name), None)
        if keys is not None:
            clause.__dict__[_key(_accessor(model), name)] = keys


def _reverse(model: type[Model]) -> Any:
    field = model._meta.get_field("clause")
    assert isinstance(field, ForeignKey)
    return field.remote_field


def _accessor(model: type[Model]) -> str:
    return str(_reverse(model).get_accessor_name())


def _key(accessor: str, name: str) -> str:
    return f"read_{accessor}_{name}"


def _tie_names(model: type[Model]) -> list[str]:
    return [field.name for field in model._meta.many_to_many]


def _tied(model: type[Model], name: str) -> "QuerySet[Any, Any]":
    """The keys at the other end of a tie of the outer clause's fact."""
    field: Any = model._meta.get_field(name)
    own, other = field.m2m_field_name(), field.m2m_reverse_field_name()
    rows: QuerySet[Any, Any] = field.remote_field.through._base_manager.filter(
        **{f"{own}__clause": OuterRef("pk")}
    )
    return rows.order_by("pk").values(f"{other}_id")


def _parts(model: type[Model], name: str) -> "QuerySet[Any, Any]":
    """The rows that belong to the outer clause's fact, as plain values."""
    relation: Any = model._meta.get_field(name)
    columns = relation.related_model._meta.concrete_fields
    rows: QuerySet[Any, Any] = relation.related_model._base_manager.filter(
        **{f"{relation.field.name}__clause": OuterRef("pk")}
    )
    plain = JSONObject(**{field.name: F(field.attname) for field in columns})
    asked: QuerySet[Any, Any] = rows.order_by("pk").annotate(plain=plain).values("plain")
    return asked


def _read(clause: Clause, model: type[Model], name: str, asked: "QuerySet[Any, Any]") -> Any:
    key = _key(_accessor(model), name)
    if key not in clause.__dict__:
        row = Clause.objects.filter(pk=clause.pk).annotate(**{key: ArraySubquery(asked)})
        clause.__dict__[key] = row.values_list(key, flat=True).first() or []
    return clause.__dict__[key]
