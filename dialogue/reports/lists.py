"""The lists behind the figures: the same rows, with no more words than the reader may see."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from assignments.models import Task
from conferences.models import Conference
from core.paging import Page
from dialogue.reports import matters
from dialogue.reports.asked import Asked
from dialogue.reports.forms import ANSWERED
from dialogue.reports.matters import SOURCES, Status
from dialogue.reports.work import Standing
from feedback.models import Competence, Opinion
from organisations.models import User

SIZE = 50
TONES = {
    Status.ON_SPOT: "done",
    Status.WRITTEN: "done",
    Status.IN_TIME: "done",
    Status.DONE_LATE: "soon",
    Status.OPEN: "info",
    Status.OVERDUE: "late",
    Status.WAITING: "soon",
    Standing.REPORTED: "info",
}


@dataclass(frozen=True)
class Row:
    """A line of the list; without `url` and words for whom it is none of their business."""

    words: str
    url: str
    source: object
    day: datetime.date
    field: str
    competence: str
    body: int
    status: object
    tone: str
    answered_on: datetime.date | None = None


@dataclass(frozen=True)
class Rows:
    """One page of matters, and how many there are."""

    rows: list[Row]
    total: int
    start: int

    @property
    def next(self) -> int:
        """Where the next page begins; 0 if this is the last."""
        return self.start + SIZE if self.start + SIZE < self.total else 0

    @property
    def previous(self) -> int:
        """Where the page before begins."""
        return max(0, self.start - SIZE)


def matter_rows(asked: Asked, *, user: User, start: int) -> Rows:
    """The matters a figure counts: opinions first, then what was raised in the hall."""
    opinions = matters.opinions(asked)
    exchanges = matters.exchanges(asked)
    if asked.work == ANSWERED:
        opinions = matters.with_answer_day(opinions).exclude(answered_on=None)
        exchanges = exchanges.none()
    sent, raised = opinions.count(), exchanges.count()
    start = start if start < sent + raised else 0
    rows: list[Row] = []
    if start < sent:
        shown = opinions.select_related("submission", "field", "group__field")
        rows = _opinion_rows(list(shown.order_by("-day", "-pk")[start : start + SIZE]), user)
    if raised and len(rows) < SIZE:
        begin = max(0, start - sent)
        rest = exchanges.select_related("conference", "field").order_by("-day", "-pk")
        rows += _exchange_rows(list(rest[begin : begin + SIZE - len(rows)]), user)
    return Rows(rows, sent + raised, start)


def _opinion_rows(rows: Sequence[Any], user: User) -> list[Row]:
    known = _visible(Opinion.objects.visible_to(user), rows)
    levels = dict(Competence.choices)
    return [
        Row(
            words=_opinion_words(row) if row.pk in known else "",
            url=row.get_absolute_url() if row.pk in known else "",
            source=SOURCES[matters.SENT],
            day=row.day,
            field=(row.group.field if row.group else row.field).name,
            competence=str(levels.get(row.level, "")),
            body=row.body,
            status=Status(row.status).label,
            tone=TONES.get(Status(row.status), "plain"),
            answered_on=getattr(row, "answered_on", None),
        )
        for row in rows
    ]


def _opinion_words(row: Any) -> str:
    return row.text or _("Nội dung không thuộc đối thoại, không hiện ở đây.")


def _exchange_rows(rows: Sequence[Any], user: User) -> list[Row]:
    held = Conference.objects.visible_to(user).filter(pk__in={row.conference_id for row in rows})
    known = set(held.values_list("pk", flat=True)) if rows else set()
    return [
        Row(
            words=row.question if row.conference_id in known else "",
            url=row.conference.get_absolute_url() if row.conference_id in known else "",
            source=SOURCES[matters.RAISED],
            day=row.day,
            field=row.field.name if row.field else "",
            competence="",
            body=row.body,
            status=Status(row.status).label,
            tone=TONES.get(Status(row.status), "plain"),
        )
        for row in rows
    ]


def _visible(rows: Any, shown: Sequence[Any]) -> set[int]:
    wanted = [row.pk for row in shown]
    return set(rows.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()


def dress_tasks(page: Page[Any], user: User) -> None:
    """Give each task of a page its words for `standing`, and its link if the person may follow it."""
    known = _visible(Task.objects.visible_to(user), page.rows)
    for row in page.rows:
        row.label = Standing(row.standing).label
        row.tone = (
            TONES.get(Status(row.standing), "plain") if row.standing in Status.values else "info"
        )
        row.url = row.get_absolute_url() if row.pk in known else ""


def dress_conferences(page: Page[Any], user: User) -> None:
    """Give each conference of a page its link if the person may follow it."""
    known = _visible(Conference.objects.visible_to(user), page.rows)
    for row in page.rows:
        row.url = row.get_absolute_url() if row.pk in known else ""
