"""A changed working calendar moves every open relative deadline in one job, told once."""

import datetime
import json
from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments import queries
from assignments.models import Recount, Task
from core import outbox
from core.calendar import WorkingCalendar
from core.models import HistoryEntry, Message, WorkingDay
from core.timephrase import TimePhrase
from core.transitions import tell
from organisations.models import Role, User

SHOWN = 30
"""How many tasks a letter names; the page it links to has all."""

LOCK = 20_231
"""One job at a time: a second one finds nothing left to move."""

WAYS = """
SELECT DISTINCT task.due_phrase::text, task.anchor_on, task.paused_days, owner.is_before_inclusive
FROM assignments_task AS task
JOIN organisations_organisation AS owner ON owner.id = task.owner_id
WHERE task.state = 'open' AND task.due_on IS NOT NULL
  AND task.due_phrase IS NOT NULL AND task.anchor_on IS NOT NULL
"""
"""How open deadlines are written: few ways, however many tasks."""

MOVE = """
WITH reckoned AS (
    SELECT * FROM unnest(
        %(phrases)s::jsonb[], %(anchors)s::date[], %(pauses)s::int[], %(inclusive)s::bool[],
        %(days)s::date[]
    ) AS way(phrase, anchor_on, paused_days, is_before_inclusive, due_on)
), old AS (
    SELECT task.id, task.due_on AS was, task.revision, reckoned.due_on AS will_be
    FROM assignments_task AS task
    JOIN organisations_organisation AS owner ON owner.id = task.owner_id
    JOIN reckoned ON reckoned.phrase = task.due_phrase
        AND reckoned.anchor_on = task.anchor_on AND reckoned.paused_days = task.paused_days
        AND reckoned.is_before_inclusive = owner.is_before_inclusive
        AND reckoned.due_on <> task.due_on
    WHERE task.state = 'open'
    FOR UPDATE OF task
), moved AS (
    UPDATE assignments_task AS task
    SET due_on = old.will_be, revision = old.revision + 1
    FROM old WHERE task.id = old.id
), kept AS (
    INSERT INTO assignments_dueday (task_id, revision, due_on, reason, set_by_id, set_at, recount_id)
    SELECT id, revision + 1, will_be, %(reason)s, %(by)s, %(now)s, %(recount)s FROM old
), told AS (
    INSERT INTO core_historyentry
        (subject_type_id, subject_id, from_state, to_state, by_id, note, at)
    SELECT %(task_type)s, id, '', '', %(by)s, format(
        %(note)s, to_char(was, 'DD/MM/YYYY'), to_char(will_be, 'DD/MM/YYYY')
    ), %(now)s FROM old
)
SELECT id, was FROM old ORDER BY id
"""
"""Everything that moves, with the day it had: the task, its days and its history in one statement."""


Way = tuple[str, datetime.date, int, bool, datetime.date]
"""How a deadline is written (phrase, day counted from, pause, whose reading) and its day now."""


@dataclass(frozen=True)
class Moved:
    """A task and the day it was due before."""

    task: Task
    was: datetime.date


@transaction.atomic
def recompute_due_days(calendar: WorkingCalendar, *, by: User | None = None) -> int:
    """Reckon the relative deadlines of open tasks anew after the calendar changed; how many moved.

    Finished work keeps its days; a fixed number of queries, however many tasks. Each person
    concerned gets one letter. Who may change the calendar is the caller's rule.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute(WAYS)
        ways = [way for row in cursor.fetchall() if (way := _reckoned(row, calendar))]
    if not ways:
        return 0
    with transaction.atomic():
        recount = Recount.objects.create(reason=_what_changed(), by=by)
        was = _move(recount, ways, by)
        if not was:
            transaction.set_rollback(True)  # most hours nothing moves: no trace of that
    if was:
        _tell(recount, was)
    return len(was)


def _reckoned(row: tuple[str, datetime.date, int, bool], calendar: WorkingCalendar) -> Way | None:
    """A way a deadline is written, with the last good day it comes to now; None if it comes to none."""
    stored, anchor_on, paused_days, is_inclusive = row
    phrase = TimePhrase.from_json(json.loads(stored))
    if not phrase.is_relative:
        return None
    day = phrase.resolve(anchor_on, calendar, before_is_inclusive=is_inclusive)
    return (*row, calendar.add_working_days(day, paused_days)) if day else None


def _what_changed() -> str:
    """The days somebody has entered or taken back since the last time, in the calendar's own words."""
    entries = HistoryEntry.objects.filter(
        subject_type=ContentType.objects.get_for_model(WorkingDay)
    ).order_by("-pk")
    last = Recount.objects.order_by("-pk").first()
    if last is not None:
        entries = entries.filter(at__gt=last.at)
    notes = list(dict.fromkeys(entries.values_list("note", flat=True)[:5]))
    return "; ".join(notes) or _("lịch làm việc đã thay đổi")


def _move(recount: Recount, ways: list[Way], by: User | None) -> dict[int, datetime.date]:
    """Move what has moved; the day each task was due before."""
    phrases, anchors, pauses, inclusive, days = (list(column) for column in zip(*ways, strict=True))
    reason = _("Lịch làm việc thay đổi: %(what)s") % {"what": recount.reason}
    note = _("Đổi hạn từ %%s sang %%s: %(reason)s") % {"reason": reason.replace("%", "%%")}
    with connection.cursor() as cursor:
        cursor.execute(
            MOVE,
            {
                "phrases": phrases,
                "anchors": anchors,
                "pauses": pauses,
                "inclusive": inclusive,
                "days": days,
                "reason": reason[:250],
                "note": note,
                "by": by.pk if by is not None else None,
                "now": timezone.now(),
                "recount": recount.pk,
                "task_type": ContentType.objects.get_for_model(Task).pk,
            },
        )
        return dict(cursor.fetchall())


def _tell(recount: Recount, was: dict[int, datetime.date]) -> None:
    """One letter per person and channel: what moved, from which day to which, and why."""
    today = timezone.localdate()
    tasks = Task.objects.filter(pk__in=was).select_related("owner", "lead", "person")
    rows = [Moved(task, was[task.pk]) for task in tasks.order_by("due_on", "pk")]
    leads = queries.people_of({row.task.lead_id for row in rows}, today, Role.OFFICER, Role.HEAD)
    owners = queries.people_of({row.task.owner_id for row in rows}, today, Role.CLERK)
    baskets: dict[User, dict[int, Moved]] = defaultdict(dict)
    for row in rows:
        task = row.task
        named = [task.person] if task.person is not None and task.person.is_active else []
        for person in (*leads.get(task.lead_id, []), *owners.get(task.owner_id, []), *named):
            baskets[person][task.pk] = row
    outbox.write_all(
        _letter(recount, person, list(basket.values()), channel)
        for person, basket in baskets.items()
        for channel in outbox.TO_PEOPLE
    )
    tell([row.task for row in rows], "due")


def _letter(recount: Recount, person: User, rows: list[Moved], channel: str) -> Message:
    return outbox.letter(
        key=f"recount:{recount.pk}:{person.pk}:{channel}",
        subject=_("%(n)d thời hạn đổi theo lịch làm việc") % {"n": len(rows)},
        body=render_to_string(
            "mail/recount.txt",
            {
                "person": person,
                "recount": recount,
                "rows": rows[:SHOWN],
                "rest": len(rows) - SHOWN,
                "site": settings.SITE_URL.rstrip("/"),
            },
        ).strip(),
        reason=_("ông/bà giao hoặc phụ trách các nhiệm vụ này."),
        channel=channel,
        recipient=person,
        link=recount.get_absolute_url(),
    )
