"""Reminders and steps of escalation: planned as rows by one statement for all tasks and ladders."""

import datetime
from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.utils import timezone

from assignments import queries
from assignments.actions.digests import write_digests
from assignments.actions.escalating import draft_explanations
from assignments.actions.steps import Step, steps_of
from core.calendar import WorkingCalendar
from organisations.models import Absence

DAY = datetime.timedelta(days=1)
LATEST, EARLIEST = 730, 60
"""How many days after and before its due day a task is still looked at."""

PLAN = """
WITH RECURSIVE reached AS (
    SELECT * FROM unnest(
        %(ladders)s::bigint[], %(marks)s::text[], %(levels)s::int[], %(ways)s::text[],
        %(due_days)s::date[], %(since)s::timestamptz[], %(tiers)s::bigint[], %(days)s::date[]
    ) AS step(ladder_id, rung, level, ways, due_on, since, tier_id, reached_on)
), due AS MATERIALIZED (
    SELECT task.id, task.lead_id, task.owner_id, task.person_id, task.revision, reached.*
    FROM reached
    JOIN assignments_task AS task
        ON task.due_on = reached.due_on AND task.state = 'open' AND task.paused_on IS NULL
    LEFT JOIN assignments_ladder AS own ON own.organisation_id = task.owner_id
    WHERE reached.ladder_id = COALESCE(own.id, %(common)s)
      AND NOT EXISTS (
          SELECT 1 FROM assignments_dueday AS told
          WHERE told.task_id = task.id AND told.revision = task.revision
            AND told.set_at >= reached.since
      )
      AND NOT EXISTS (
          SELECT 1 FROM assignments_reminder AS had
          WHERE had.task_id = task.id AND had.revision = task.revision
            AND had.due_on = task.due_on AND had.rung = reached.rung
      )
      AND NOT EXISTS (
          SELECT 1 FROM assignments_escalation AS had
          WHERE had.task_id = task.id AND had.revision = task.revision
            AND had.due_on = task.due_on AND 'late+' || had.from_days = reached.rung
      )
), escalated AS (
    INSERT INTO assignments_escalation
        (task_id, from_days, name, rank, asks_explanation, due_on, revision, reached_on, created_at)
    SELECT due.id, tier.from_days, tier.name, tier.rank, tier.asks_explanation, due.due_on,
        due.revision, due.reached_on, %(now)s::timestamptz
    FROM due JOIN assignments_overduetier AS tier ON tier.id = due.tier_id
    ON CONFLICT DO NOTHING
), member AS (
    SELECT member.organisation_id, member.user_id, member.role, post.is_head, post.name AS post
    FROM organisations_membership AS member
    JOIN organisations_user AS person ON person.id = member.user_id AND person.is_active
    LEFT JOIN organisations_post AS post ON post.id = member.post_id
    WHERE member.role IN ('officer', 'head', 'clerk')
      AND (member.valid_from IS NULL OR member.valid_from <= %(today)s)
      AND (member.valid_to IS NULL OR member.valid_to >= %(today)s)
), pair AS (
    SELECT DISTINCT lead_id, owner_id, level FROM due
), doing(lead_id, body_id) AS (
    SELECT DISTINCT lead_id, lead_id FROM due
    UNION
    SELECT doing.lead_id, next.to_organisation_id
    FROM doing
    JOIN organisations_organisation AS body
        ON body.id = doing.body_id AND body.valid_to < %(today)s
    JOIN organisations_organisation_successors AS next ON next.from_organisation_id = body.id
), held AS (
    SELECT pair.lead_id, pair.owner_id, pair.level, member.user_id,
        CASE WHEN member.role = 'officer' THEN 10 ELSE 20 END AS held
    FROM pair
    JOIN doing ON doing.lead_id = pair.lead_id
    JOIN organisations_organisation AS body
        ON body.id = doing.body_id AND (body.valid_to IS NULL OR body.valid_to >= %(today)s)
    JOIN member ON member.organisation_id = doing.body_id AND member.role <> 'clerk'
    UNION ALL
    SELECT pair.lead_id, pair.owner_id, pair.level, member.user_id,
        CASE WHEN member.role = 'clerk' THEN 25
             WHEN member.is_head IS NOT FALSE THEN 40
             WHEN member.post ILIKE '%%thường trực%%' THEN 30
             ELSE 35 END
    FROM pair
    JOIN member ON member.organisation_id = pair.owner_id
        AND (member.role = 'head' OR member.role = 'clerk' AND pair.level = 10)
), nearest AS (
    SELECT *, RANK() OVER (PARTITION BY lead_id, owner_id, level ORDER BY held) AS place
    FROM held WHERE held >= level
), who AS (
    SELECT due.id AS task_id, due.rung, due.due_on, due.revision, due.ways, nearest.user_id
    FROM due
    JOIN nearest ON nearest.lead_id = due.lead_id AND nearest.owner_id = due.owner_id
        AND nearest.level = due.level AND nearest.place = 1
    LEFT JOIN organisations_user AS named ON named.id = due.person_id AND named.is_active
    WHERE due.level > 10 OR nearest.held = 10 OR named.id IS NULL
    UNION
    SELECT due.id, due.rung, due.due_on, due.revision, due.ways, named.id
    FROM due
    JOIN organisations_user AS named ON named.id = due.person_id AND named.is_active
    WHERE due.level = 10
), person AS (
    SELECT * FROM who
    UNION
    SELECT who.task_id, who.rung, who.due_on, who.revision, who.ways, away.stand_in
    FROM who
    JOIN unnest(%(absent)s::bigint[], %(stand_ins)s::bigint[]) AS away(id, stand_in)
        ON away.id = who.user_id
)
INSERT INTO assignments_reminder
    (task_id, recipient_id, rung, due_on, revision, channel, planned_for, created_at)
SELECT person.task_id, person.user_id, person.rung, person.due_on, person.revision, channel.name,
    %(today)s::date, %(now)s::timestamptz
FROM person
CROSS JOIN LATERAL unnest(string_to_array(person.ways, ' ')) AS channel(name)
WHERE TRUE
ON CONFLICT DO NOTHING
"""
"""Steps and reminders of all running tasks. Who was told of the due day since is not told again.

Steps that were taken are passed over before anybody is looked up: most sweeps find nothing new. Of
two sweeps at once the unique keys let one through.

For each task and rank the people of the nearest rank held: officers, heads of the lead (once it
has ended: of the bodies that follow it), for reminders the owner's clerks, then deputies and chair;
with each who is away, the stand-in."""


def remind(now: datetime.datetime) -> int:
    """Plan what has come due by `now`, write the digests, draft the letters; how many digests.

    Safe to repeat and to run twice at once.
    """
    calendar = WorkingCalendar.load()
    if not calendar.is_working(timezone.localdate(now)):
        return 0
    plan_reminders(now, calendar)
    draft_explanations(now, calendar)
    return write_digests(now, calendar)


def plan_reminders(now: datetime.datetime, calendar: WorkingCalendar) -> int:
    """Write a row for every reminder that has come due, in one statement; how many are new.

    Of rungs missed while the server was off only the newest is made up for. Nothing is planned on
    days off or before the first office opens.
    """
    here = timezone.localtime(now)
    today = here.date()
    if not calendar.is_working(today):
        return 0
    book = queries.ladder_book()
    if not any(ladder.is_open_at(here) for ladder in book.ladders):
        return 0
    due_days = queries.open_due_days(today - DAY * LATEST, today + DAY * EARLIEST)
    positions = queries.working_day_positions(due_days, today, calendar)

    @cache
    def steps_at(ladder_id: int, position: int) -> tuple[Step, ...]:
        return tuple(steps_of(book.by_id[ladder_id], position, today, calendar))

    reached = [
        (due_on, step)
        for due_on, position in positions.items()
        for ladder in book.ladders
        for step in steps_at(ladder.pk, position)
    ]
    if not reached:
        return 0
    away = Absence.objects.stand_ins(today)
    values: dict[str, Any] = {"today": today, "now": now, "common": book.common.pk}
    values |= {"absent": list(away), "stand_ins": list(away.values()), **_columns(reached)}
    with connection.cursor() as cursor:
        cursor.execute(PLAN, values)
        return int(cursor.rowcount)


def _columns(reached: Sequence[tuple[datetime.date, Step]]) -> dict[str, Any]:
    """The steps as the arrays of the statement."""
    return {
        "ladders": [step.ladder.pk for _day, step in reached],
        "marks": [step.mark for _day, step in reached],
        "levels": [step.level for _day, step in reached],
        "ways": [" ".join(step.channels) for _day, step in reached],
        "due_days": [day for day, _step in reached],
        "since": [step.since for _day, step in reached],
        "tiers": [step.tier.pk if step.tier else None for _day, step in reached],
        "days": [step.reached_on for _day, step in reached],
    }
