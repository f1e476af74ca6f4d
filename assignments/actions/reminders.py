"""Reminders: planned as rows by one statement, told in one digest per person, channel and day."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments import queries
from assignments.models import Reminder, ReminderRung
from core import outbox
from core.calendar import WorkingCalendar
from core.dates import written_day
from core.models import Message
from core.templatetags.ui import due_words
from organisations.models import Role

DAY = datetime.timedelta(days=1)
LATEST, EARLIEST = 730, 60
"""How many days after and before its due day a task is still looked at."""

DEFAULT_RUNGS = (
    ("t-7", -7, None, "Còn 7 ngày làm việc"),
    ("t-3", -3, None, "Còn 3 ngày làm việc"),
    ("t-1", -1, None, "Còn 1 ngày làm việc"),
    ("t", 0, None, "Hôm nay là ngày cuối cùng"),
    ("t+1", 1, None, "Đã quá hạn"),
    ("t+3", 3, None, "Đã quá hạn 3 ngày làm việc"),
    ("weekly", 8, 5, "Vẫn chưa có báo cáo"),
)

PLAN = """
INSERT INTO assignments_reminder
    (task_id, recipient_id, rung, due_on, revision, channel, planned_for, created_at)
SELECT DISTINCT
    task.id, person.id, step.rung, task.due_on, task.revision, channel.name,
    %(today)s::date, %(now)s::timestamptz
FROM unnest(%(due_days)s::date[], %(since)s::timestamptz[]) AS due(due_on, since)
CROSS JOIN (SELECT %(rung)s AS rung) AS step
JOIN assignments_task AS task
    ON task.due_on = due.due_on AND task.state = 'open' AND task.paused_on IS NULL
CROSS JOIN LATERAL (
    SELECT task.person_id AS id
    UNION
    SELECT member.user_id FROM organisations_membership AS member
    WHERE member.organisation_id = task.lead_id
      AND member.role = ANY(%(roles)s)
      AND (member.valid_from IS NULL OR member.valid_from <= %(today)s)
      AND (member.valid_to IS NULL OR member.valid_to >= %(today)s)
) AS who
JOIN organisations_user AS person ON person.id = who.id AND person.is_active
CROSS JOIN unnest(%(channels)s::text[]) AS channel(name)
WHERE NOT EXISTS (
    SELECT 1 FROM assignments_dueday AS told
    WHERE told.task_id = task.id AND told.revision = task.revision AND told.set_at >= due.since
)
ON CONFLICT DO NOTHING
"""
"""One rung for all tasks. Who was told of the due day since the rung's day began is not reminded."""


@dataclass(frozen=True)
class Step:
    """The newest rung a due day has reached: its code, and the day on which it was reached."""

    rung: str
    reached_on: datetime.date


def load_default_rungs() -> None:
    """Give an installation the usual ladder; rungs that exist are left alone."""
    ReminderRung.objects.bulk_create(
        [
            ReminderRung(code=code, offset=offset, repeats_every=every, text=text)
            for code, offset, every, text in DEFAULT_RUNGS
        ],
        ignore_conflicts=True,
    )


def remind(now: datetime.datetime) -> int:
    """Plan what has come due by `now` and write the digests; how many digests. Safe to repeat."""
    calendar = WorkingCalendar.load()
    plan_reminders(now, calendar)
    return write_digests(now, calendar)


def is_office_time(now: datetime.datetime, calendar: WorkingCalendar) -> bool:
    """Whether offices are at work: people are not reminded at night, on Sundays or at Tết."""
    here = timezone.localtime(now)
    opens, closes = settings.OFFICE_HOURS
    return calendar.is_working(here.date()) and opens <= here.strftime("%H:%M") < closes


def plan_reminders(now: datetime.datetime, calendar: WorkingCalendar) -> int:
    """Write a row for every reminder that has come due, one statement per rung; how many are new.

    Of rungs missed while the server was off only the newest is made up for. Nothing is planned
    outside office hours.
    """
    if not is_office_time(now, calendar):
        return 0
    today = timezone.localdate(now)
    due_days = queries.open_due_days(today - DAY * LATEST, today + DAY * EARLIEST)
    positions = queries.working_day_positions(due_days, today, calendar)
    reached: dict[str, list[tuple[datetime.date, datetime.datetime]]] = defaultdict(list)
    rungs = _active_rungs()
    for due_on, position in positions.items():
        step = _newest_step(rungs, position, today, calendar)
        if step is not None:
            reached[step.rung].append((due_on, _start_of(step.reached_on)))
    return sum(_plan_rung(rung, dates, now, today) for rung, dates in sorted(reached.items()))


@transaction.atomic
def write_digests(now: datetime.datetime, calendar: WorkingCalendar) -> int:
    """Put the reminders nobody has been told of into one letter per person, channel and day.

    Tasks that were reported or moved meanwhile are left out; there is never an empty letter. Who
    has had today's letter gets the rest tomorrow.
    """
    if not is_office_time(now, calendar):
        return 0
    today = timezone.localdate(now)
    rows = list(queries.unsent_reminders(today).select_for_update(of=("self",), skip_locked=True))
    groups = {
        f"digest:{user_id}:{channel}:{today}": list(group)
        for (user_id, channel), group in groupby(rows, lambda row: (row.recipient_id, row.channel))
    }
    had = Message.objects.filter(key__in=groups).values_list("key", flat=True)
    for key in list(had):
        del groups[key]
    letters = {key: _digest(key, reminders, today, calendar) for key, reminders in groups.items()}
    outbox.write_all(letters.values())
    return _link(letters, groups)


def _active_rungs() -> list[ReminderRung]:
    rungs = list(ReminderRung.objects.all())
    if not rungs:
        load_default_rungs()
        rungs = list(ReminderRung.objects.all())
    return [rung for rung in rungs if rung.is_active]


def _newest_step(
    rungs: Iterable[ReminderRung],
    position: int,
    today: datetime.date,
    calendar: WorkingCalendar,
) -> Step | None:
    """The rung last reached when `today` lies `position` working days after the due day."""
    best: tuple[int, str] | None = None
    for rung in rungs:
        if rung.offset > position:
            continue
        offset, code = rung.offset, rung.code
        if rung.repeats_every:
            times = (position - offset) // rung.repeats_every
            offset, code = offset + times * rung.repeats_every, f"{code}-{times + 1}"
        best = max(best, (offset, code)) if best else (offset, code)
    if best is None:
        return None
    ago = position - best[0]
    return Step(best[1], calendar.add_working_days(today, -ago) if ago else today)


def _plan_rung(
    rung: str,
    dates: list[tuple[datetime.date, datetime.datetime]],
    now: datetime.datetime,
    today: datetime.date,
) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            PLAN,
            {
                "rung": rung,
                "due_days": [due_on for due_on, _since in dates],
                "since": [since for _due_on, since in dates],
                "today": today,
                "now": now,
                "roles": [Role.OFFICER.value, Role.HEAD.value],
                "channels": list(outbox.TO_PEOPLE),
            },
        )
        return int(cursor.rowcount)


def _start_of(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


def _digest(
    key: str, reminders: list[Reminder], today: datetime.date, calendar: WorkingCalendar
) -> Message:
    tasks = {reminder.task_id: reminder.task for reminder in reminders}
    entries = [
        (task.due_on, {"task": task, "due": due_words(task.due_on, today, calendar).text})
        for task in tasks.values()
        if task.due_on is not None
    ]
    parts = (
        ([entry for day, entry in entries if day < today], _("quá hạn")),
        ([entry for day, entry in entries if day == today], _("đến hạn hôm nay")),
        ([entry for day, entry in entries if day > today], _("sắp đến hạn")),
    )
    counts = ", ".join(
        _("%(count)d việc %(how)s") % {"count": len(basket), "how": how}
        for basket, how in parts
        if basket
    )
    recipient = reminders[0].recipient
    return outbox.letter(
        key=key,
        subject=_("Việc cần làm ngày %(day)s: %(counts)s")
        % {"day": written_day(today), "counts": counts},
        body=render_to_string(
            "mail/digest.txt",
            {"person": recipient, "parts": parts, "site": settings.SITE_URL.rstrip("/")},
        ).strip(),
        reason=_("ông/bà phụ trách các nhiệm vụ này."),
        channel=reminders[0].channel,
        recipient=recipient,
        link=reverse("assignments:list"),
    )


def _link(letters: dict[str, Message], groups: dict[str, list[Reminder]]) -> int:
    """Tie the reminders to the letters that really hold them: another worker may have been first."""
    written = Message.objects.filter(key__in=letters).values_list("pk", "key", "body")
    ours = {key: pk for pk, key, body in written if body == letters[key].body}
    told = []
    for key, message_id in ours.items():
        for reminder in groups[key]:
            reminder.message_id = message_id
            told.append(reminder)
    Reminder.objects.bulk_update(told, ["message"], batch_size=500)
    return len(ours)
