"""The only way a state changes."""

from typing import TYPE_CHECKING, Any, Protocol

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.dispatch import Signal
from django.utils.translation import gettext as _

from core.models import HistoryEntry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.contrib.auth.base_user import AbstractBaseUser

# A later step may refuse an earlier step's move by raising IllegalMoveError (see each `guards.py`).
before_move = Signal()
# Something happened to rows that other systems may hear of (see `dialogue/channels/events.py`).
happened = Signal()


class IllegalMoveError(Exception):
    """The row is not in a state that allows this move; the reason is a Vietnamese sentence."""

    def __init__(self, reason: str) -> None:
        """Keep the sentence that is shown to the person."""
        super().__init__(reason)
        self.reason = reason


class Movable(Protocol):
    """A model with a `state` and the table of moves that are legal (from `states.py`)."""

    TRANSITIONS: "Mapping[str, set[str]]"
    state: Any
    pk: Any


@transaction.atomic
def move(
    row: Any,
    to: str,
    *,
    by: "AbstractBaseUser | None",
    note: str = "",
    **also: object,
) -> None:
    """Move `row` to state `to`, saving the fields in `also` with it.

    The row is locked, so of two people who act at once the second is refused. `by=None` means the
    clock moved it. Raises IllegalMoveError when the move is not in the model's TRANSITIONS or a
    guard vetoes it.
    """
    model: type[models.Model] = type(row)
    locked: Any = model._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    if to not in row.TRANSITIONS[locked.state]:
        state_names = dict(model._meta.get_field("state").flatchoices)  # type: ignore[union-attr]
        was = state_names.get(locked.state, locked.state)
        raise IllegalMoveError(
            _(
                "Việc này không làm được nữa: hồ sơ đang ở trạng thái “%(state)s”. "
                "Có thể đã có người khác vừa xử lý; hãy tải lại trang."
            )
            % {"state": was}
        )
    before_move.send(model, row=row, to=to, by=by)
    row.state = to
    for name, value in also.items():
        setattr(row, name, value)
    row.save(update_fields=["state", *also])
    record(row, from_state=locked.state, to_state=to, by=by, note=note)
    tell([row], to)


def tell(rows: "list[Any]", what: str) -> None:
    """Say that something happened to rows of one model: the state they came to, or a word for it."""
    if rows:
        happened.send(type(rows[0]), rows=rows, what=what)


def record(
    row: models.Model,
    *,
    by: "AbstractBaseUser | None",
    note: str,
    from_state: str = "",
    to_state: str = "",
) -> HistoryEntry:
    """Write one line of `row`'s history that is not (or not only) a change of state."""
    entry = line(row, by=by, note=note, from_state=from_state, to_state=to_state)
    entry.save()
    return entry


def line(
    row: models.Model,
    *,
    by: "AbstractBaseUser | None",
    note: str,
    from_state: str = "",
    to_state: str = "",
) -> HistoryEntry:
    """A line of `row`'s history that is not written yet."""
    return HistoryEntry(
        subject=row,
        from_state=from_state,
        to_state=to_state,
        by_id=by.pk if by is not None else None,
        note=note,
    )


def history_of(row: models.Model) -> "models.QuerySet[HistoryEntry]":
    """What happened to a row, with who did it, latest first."""
    kind = ContentType.objects.get_for_model(row)
    lines = HistoryEntry.objects.filter(subject_type=kind, subject_id=row.pk)
    return lines.select_related("by").order_by("-id")
