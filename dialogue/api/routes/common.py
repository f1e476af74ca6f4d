"""What the operations share: pages, documented problems, addresses for people."""

from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from ninja import P, QueryEx

from core.paging import AFTER, keyset_page
from dialogue.api.problems import ProblemError
from dialogue.api.schemas import Problem

M = TypeVar("M", bound=Model)
Cursor = QueryEx[str, P(description="`next_cursor` of the page before; empty for the first page.")]
Limit = QueryEx[int, P(ge=1, le=100, description="Rows of a page.")]
Number = QueryEx[int | None, P(ge=1, le=9999)]
USUAL = 50


def answers(model: Any, *codes: int, status: int = 200) -> dict[int, Any]:
    """The documented answers of an operation: its own, and the problems every one can have."""
    return {status: model} | dict.fromkeys(sorted({401, 403, 422, 429, *codes}), Problem)


def page_of(
    rows: "QuerySet[M]", cursor: str, limit: int, order: tuple[str, ...]
) -> tuple[list[M], str | None]:
    """A page by key and the cursor of the next; 422 for a cursor that leads nowhere any more."""
    asked = QueryDict(mutable=True)
    if cursor:
        asked[AFTER] = cursor
    page = keyset_page(rows, asked, order=order, size=limit)
    if cursor and not page.previous:
        raise ProblemError(
            422, "cursor", _("Trang này không còn đọc tiếp được. Hãy đọc lại từ trang đầu.")
        )
    return page.rows, QueryDict(page.next).get(AFTER)


def address(path: str) -> str:
    """The whole address of a page."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"
