"""Whose name no paper can bear: guests written with characters the typeface has no picture for."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from conferences.models import Participant
from documents.printing.metrics import UnprintableTextError, listed, unprintable

MOST_NAMED = 20


def unprintable_people(people: Iterable[Participant]) -> list[Participant]:
    """Everybody who would stop the print of all."""
    return [row for row in people if _named(row)]


def require_printable(people: Iterable[Participant]) -> None:
    """Name everybody who would stop the print of all, before it is set.

    Forms refuse such characters; who stands on the list from before them is found here.
    """
    named = [_named(row) for row in unprintable_people(people)]
    if not named:
        return
    shown = "; ".join(named[:MOST_NAMED]) + ("; …" if len(named) > MOST_NAMED else "")
    raise UnprintableTextError(
        _(
            "%(count)d đại biểu có ký tự không in được trong họ tên, chức vụ hoặc đơn vị: %(named)s. "
            "Hãy sửa trong danh sách đại biểu rồi in lại."
        )
        % {"count": len(named), "named": shown}
    )


def _named(row: Participant) -> str:
    """Who it is and what cannot be printed; empty for everybody else."""
    said = ", ".join(part for part in (row.name, row.post, row.body) if part)
    missing = unprintable(said)
    return f"{said} ({listed(missing)})" if missing else ""
