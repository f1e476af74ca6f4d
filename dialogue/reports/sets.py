"""Sets of keys that a question names many times: their SQL is written once.

Django copies a nested question whenever the one around it is copied, filtered or counted; with
four levels of nesting that takes ten times as long as the database needs for the answer.
"""

from typing import Any

from django.db.models import Expression, QuerySet


class Written(Expression):
    """A question already in SQL, to stand behind `__in`; it knows nothing of the rows around it."""

    def __init__(self, statement: str, values: tuple[Any, ...]) -> None:
        """`statement` with the values of its marks."""
        super().__init__()
        self.statement, self.values = statement, values

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """The same wherever it stands."""
        return f"({self.statement})", self.values


def written(keys: "QuerySet[Any, Any]") -> Written:
    """The keys this question gives, whatever they are asked about."""
    statement, values = keys.query.sql_with_params()
    return Written(statement, tuple(values))
