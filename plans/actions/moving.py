"""Another day for a session: unfinished steps and their tasks follow, each person is told once."""

import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assignments.actions import reanchor_tasks
from assignments.models import Task
from assignments.queries import people_of
from core import outbox
from core.access import require
from core.dates import written_day
from core.timephrase import TimePhrase
from core.transitions import IllegalMoveError, record
from organisations.models import Role, User
from plans import queries, rules
from plans.actions.wording import tell_amendment
from plans.models import DialogueSession
from plans.queries import Anchors, Move, MoveLine

NOT_MOVING = gettext_lazy(
    "Chỉ cơ quan lập kế hoạch được đổi thời gian, khi hội nghị chưa ấn định ngày."
)


@transaction.atomic
def move_session(
    session: DialogueSession,
    *,
    by: User,
    time: TimePhrase,
    reason: str,
    sequence: int,
    today: datetime.date,
) -> Move:
    """Give a session that nobody has fixed yet another time; `sequence` is what the preview saw."""
    now = DialogueSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    session.fixed_on = now.fixed_on
    require(rules.may_move_session(by, session), NOT_MOVING)
    if now.sequence != sequence:
        raise IllegalMoveError(
            _("Thời gian của hội nghị vừa được người khác đổi. Hãy xem lại trước khi áp dụng.")
        )
    was = str(session.time or _("chưa có"))
    session.time = time
    session.earliest_on, session.latest_on = time.start if time.is_deadline else None, time.end
    session.save(update_fields=["time", "earliest_on", "latest_on"])
    words = _("Đổi thời gian từ “%(was)s” sang “%(now)s”: %(reason)s")
    note = words % {"was": was, "now": time, "reason": reason}
    tell_amendment(session, now, by)
    return _follow(session, by=by, note=note, today=today)


@transaction.atomic
def fix_session(
    session: DialogueSession,
    *,
    by: User,
    day: datetime.date,
    today: datetime.date,
    reason: str = "",
) -> Move:
    """The conference of a session is fixed for a day, or for another day: the preparation follows.

    Who may fix it is the rule of the conference's own action.
    """
    before = DialogueSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    was = session.fixed_on
    session.fixed_on = day
    session.save(update_fields=["fixed_on"])
    values = {"was": written_day(was) if was else "", "now": written_day(day), "reason": reason}
    note = _("Ấn định ngày %(now)s") % values
    if was:
        note = _("Đổi ngày từ %(was)s sang %(now)s") % values
    tell_amendment(session, before, by)
    return _follow(session, by=by, note=f"{note}: {reason}" if reason else note, today=today)


def touch_session(session: DialogueSession) -> None:
    """Hours or place changed, not the day: calendar programs read the entry again."""
    DialogueSession.objects.filter(pk=session.pk).update(
        sequence=F("sequence") + 1, changed_at=timezone.now()
    )
    session.refresh_from_db(fields=["sequence", "changed_at"])


def _follow(session: DialogueSession, *, by: User, note: str, today: datetime.date) -> Move:
    """Save the new days of the unfinished steps and their tasks, and tell the people once."""
    touch_session(session)
    record(session, by=by, note=note)
    change = queries.preview_move(session, Anchors.of(session), today)
    days: dict[Task, tuple[datetime.date | None, datetime.date]] = {}
    for line in change.lines:
        step, new = line.step, line.new
        if line.is_done or new.due_on is None:
            continue
        for task in step.tasks.all():
            days[task] = (change.anchors.for_phrase(step.phrase), new.due_on)
        step.named_on, step.due_on, step.why = new.named_on, new.due_on, new.why[:250]
        step.save(update_fields=["named_on", "due_on", "why"])
        if line.moves:
            record(step, by=by, note=f"{_days(line)}: {note}")
    reanchor_tasks(days, by=by, reason=note)
    if change.moving:
        _tell(session, change, by=by, note=note, today=today)
    return change


def _days(line: MoveLine) -> str:
    was = written_day(line.old) if line.old else _("chưa có ngày")
    now = written_day(line.new.due_on) if line.new.due_on else _("chưa có ngày")
    return f"{was} → {now}"


def _tell(
    session: DialogueSession, change: Move, *, by: User, note: str, today: datetime.date
) -> None:
    """One letter to each person of the bodies whose steps moved and to the office's clerks."""
    office = session.plan.document.organisation_id
    bodies = queries.told_bodies([line.step for line in change.moving])
    found = people_of(bodies, today, Role.OFFICER, Role.HEAD)
    clerks = people_of([office], today, Role.CLERK).get(office, [])
    people = {person.pk: person for group in [*found.values(), clerks] for person in group}
    people.pop(by.pk, None)
    lines = "\n".join(f"- {line.step.name}: {_days(line)}" for line in change.moving)
    outbox.notify(
        people.values(),
        key=f"session-moved:{session.pk}:{session.sequence}",
        subject=_("Đổi thời gian: %(session)s") % {"session": str(session)[:200]},
        body=_("%(note)s.\n\nCác việc sau có hạn mới:\n%(lines)s") % {"note": note, "lines": lines},
        reason=_("cơ quan của ông/bà có việc chuẩn bị cho hội nghị này."),
        link=session.get_absolute_url(),
        about=session,
    )
