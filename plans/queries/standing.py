"""Where a session stands: what the plan knows, and what later packages have told about it."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from documents.states import DocumentState
from plans.models import ANNOUNCE, DialogueSession, PreparationStep


@dataclass(frozen=True)
class Standing:
    """The furthest a session has come: `rank` grows along the life of a dialogue.

    `starts_at`, `ends_at` and `place` are those of a fixed conference; `announced_on` is the day
    time and place were made known.
    """

    rank: int
    label: str
    tone: str = "plain"
    url: str = ""
    starts_at: datetime.datetime | None = None
    ends_at: datetime.datetime | None = None
    place: str = ""
    announced_on: datetime.date | None = None
    is_cancelled: bool = False
    is_held: bool = False


Tell = Callable[[list[int]], dict[int, Standing]]
_tellers: list[Tell] = []


def register_standing(tell: Tell) -> None:
    """Let a later package tell, for ids of sessions, how far they have come; in AppConfig.ready()."""
    _tellers.append(tell)


def standings(sessions: Iterable[DialogueSession]) -> dict[int, Standing]:
    """Where each session stands, by id; the plan's paper is loaded with the sessions."""
    rows = list(sessions)
    found = {row.pk: _of_plan(row) for row in rows}
    announced = dict(
        PreparationStep.objects.filter(
            session__in=list(found), code=ANNOUNCE, state="done"
        ).values_list("session", "done_on")
    )
    for tell in _tellers:
        for pk, told in tell(list(found)).items():
            found[pk] = _further(found[pk], told)
    return {pk: _announced(row, announced.get(pk)) for pk, row in found.items()}


def _of_plan(session: DialogueSession) -> Standing:
    document = session.plan.document
    if document.state == DocumentState.REVOKED:
        return Standing(100, _("Đã hủy theo kế hoạch"), "quiet", is_cancelled=True)
    if document.state == DocumentState.ISSUED:
        return Standing(10, _("Theo kế hoạch"), "plain")
    return Standing(0, document.state_word, "quiet")


def _further(known: Standing, told: Standing) -> Standing:
    """What is known with what is told: the further one speaks, what only one knows is kept."""
    ahead, behind = (told, known) if told.rank >= known.rank else (known, told)
    return replace(
        ahead,
        url=ahead.url or behind.url,
        starts_at=ahead.starts_at or behind.starts_at,
        ends_at=ahead.ends_at or behind.ends_at,
        place=ahead.place or behind.place,
        announced_on=ahead.announced_on or behind.announced_on,
        is_held=ahead.is_held or behind.is_held,
    )


def _announced(row: Standing, ticked: datetime.date | None) -> Standing:
    days = [day for day in (row.announced_on, ticked) if day]
    return replace(row, announced_on=min(days)) if days else row
