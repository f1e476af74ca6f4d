"""What people do with a plan: begin it, say what its clauses mean, let its tasks grow."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from assignments.actions import TaskOrder, give_tasks
from core.access import require
from core.text import clean_line
from core.timephrase import TimePhrase, parse
from core.transitions import record
from documents.actions import add_clause, add_drafts, create_document
from documents.models import Clause, ClauseKind, Document, LegalBasis
from organisations.models import Organisation, User
from plans import documents, queries, rules
from plans.models import (
    Assignee,
    DialogueSession,
    Duty,
    ParticipantGroup,
    Plan,
    ProgrammeItem,
    SessionChair,
)

PLAN_TYPE = "KH"
TITLE_LENGTH = 300


@transaction.atomic
def create_plan(
    *,
    by: User,
    organisation: Organisation,
    year: int,
    host: str,
    counterpart: str,
    today: datetime.date,
    abstract: str = "",
    bases: Iterable[LegalBasis] = (),
    rhythm: int = 0,
    is_blank: bool = False,
    **header: Any,
) -> Plan:
    """Begin a plan with the parts every plan has, so that the clerk only fills in.

    `rhythm` is the number of regular sessions (0, 1, 2 or 4); `is_blank` writes no clause at all;
    `header` as in `documents.actions.create_document`. Raises RefusedError unless `by` is a clerk.
    """
    require(
        rules.may_create_plan(by, organisation),
        _("Chỉ chuyên viên của %(body)s được soạn kế hoạch của cơ quan này.")
        % {"body": organisation.short_name},
    )
    title = abstract or documents.plan_abstract(host, counterpart, year)
    document = create_document(
        organisation=organisation,
        type_code=PLAN_TYPE,
        abstract=title,
        by=by,
        today=today,
        recipients=documents.first_recipients(organisation, _neighbours(organisation, today)),
        **header,
    )
    plan = Plan.objects.create(document=document, year=year, host=host, counterpart=counterpart)
    if not is_blank:
        sessions = documents.session_drafts(rhythm, year)
        drafts = documents.plan_skeleton(
            organisation, abstract=title, bases=list(bases), sessions=sessions
        )
        add_drafts(document, by=by, drafts=drafts)
    return plan


@transaction.atomic
def edit_plan(plan: Plan, *, by: User, year: int, host: str, counterpart: str) -> None:
    """Correct what the plan says about itself; phrases already written keep their year."""
    require(
        rules.may_edit_plan(by, plan),
        _("Chỉ chuyên viên của cơ quan ban hành được sửa, và chỉ khi kế hoạch còn là dự thảo."),
    )
    before = f"{plan.year} · {plan.host} · {plan.counterpart}"
    plan.year, plan.host, plan.counterpart = year, host, counterpart
    plan.save(update_fields=["year", "host", "counterpart"])
    record(plan.document, by=by, note=_("Sửa thông tin kế hoạch; trước đó: %(b)s") % {"b": before})


def write_clause(
    document: Document,
    kind: str,
    text: str,
    /,
    *,
    by: User,
    parent: Clause | None = None,
    **fact: Any,
) -> Clause:
    """Write a clause with its fact in one breath: phrases and chairs may be given as plain words.

    `write_clause(doc, "duty", "Tổng hợp ý kiến", by=clerk, parent=office, due="trước ngày 08/8/2026")`
    """
    plan = Plan.objects.filter(document=document).first()
    for name in ("time", "due"):
        if isinstance(fact.get(name), str):
            fact[name] = parse(fact[name], year=plan.year if plan else None)
    kept = fact if fact or kind in SAVERS else None
    return add_clause(document, by=by, kind=kind, text=text, parent=parent, fact=kept)


def save_session(clause: Clause, cleaned: dict[str, Any], by: User) -> None:
    """Hang a session on its clause; its first and last possible day follow from the phrase."""
    time: TimePhrase | None = cleaned.get("time")
    dated = time if time and time.is_deadline else None
    session, _created = DialogueSession.objects.update_or_create(
        clause=clause,
        defaults={
            "plan": _plan_of(clause),
            "kind": cleaned.get("kind") or DialogueSession.Kind.PERIODIC,
            "theme": cleaned.get("theme", ""),
            "audience": cleaned.get("audience", ""),
            "time": time,
            "earliest_on": dated.start if dated else None,
            "latest_on": dated.end if dated else None,
            "place": cleaned.get("place", ""),
            "form": cleaned.get("form") or DialogueSession.Form.IN_PERSON,
        },
    )
    session.units.set(cleaned.get("units", ()))
    session.chairs.all().delete()
    SessionChair.objects.bulk_create(
        SessionChair(session=session, position=place, post=post, name=name)
        for place, (post, name) in enumerate(cleaned.get("chairs", ()), start=1)
    )


def save_group(clause: Clause, cleaned: dict[str, Any], by: User) -> None:
    """Hang a quota on a participant group."""
    names = ("exact", "minimum", "maximum", "per_unit", "unit_count", "selector")
    values = {name: cleaned.get(name) for name in names}
    values["is_approximate"] = bool(cleaned.get("is_approximate"))
    ParticipantGroup.objects.update_or_create(
        clause=clause, defaults={"plan": _plan_of(clause), **values}
    )


def save_assignee(clause: Clause, cleaned: dict[str, Any], by: User) -> None:
    """Say which bodies stand behind the words."""
    row, _created = Assignee.objects.update_or_create(
        clause=clause, defaults={"plan": _plan_of(clause)}
    )
    row.organisations.set(cleaned.get("organisations", ()))


def save_duty(clause: Clause, cleaned: dict[str, Any], by: User) -> None:
    """Hang part, deadline and product on a duty."""
    duty, _created = Duty.objects.update_or_create(
        clause=clause,
        defaults={
            "plan": _plan_of(clause),
            "part": cleaned.get("part") or Duty.Part.LEAD,
            "stage": cleaned.get("stage", ""),
            "due": cleaned.get("due"),
            "deliverable": cleaned.get("deliverable", ""),
            "send_to": cleaned.get("send_to"),
            "via": cleaned.get("via"),
        },
    )
    duty.cooperating.set(cleaned.get("cooperating", ()))
    duty.sessions.set(cleaned.get("sessions", ()))


def save_programme_item(clause: Clause, cleaned: dict[str, Any], by: User) -> None:
    """Say who conducts an item and how long it takes; also in papers that are no plans."""
    ProgrammeItem.objects.update_or_create(
        clause=clause,
        defaults={
            "plan": queries.plan_of(clause.document),
            "conductor": cleaned.get("conductor", ""),
            "minutes": cleaned.get("minutes") or 10,
        },
    )


@transaction.atomic
def grow_tasks(document: Document, by: User) -> None:
    """Turn every duty of an issued plan that has a deadline into one task for each of its bodies.

    A deadline that hangs on a conference counts from the session's planned day until it is held;
    doing it twice makes nothing twice (one task per duty and body).
    """
    plan = queries.plan_of(document)
    if plan is None:
        return
    lines = queries.duty_lines(plan)
    monitor = queries.monitor_of(lines)
    label = _("Kế hoạch số %(code)s") % {"code": document.register_code}
    orders = [
        _order(line, body, plan=plan, monitor=monitor, label=label)
        for line in lines
        if line.grows_task
        for body in line.bodies
    ]
    give_tasks(orders, by=by, today=document.dated_on)


def _order(
    line: queries.DutyLine,
    body: Organisation,
    *,
    plan: Plan,
    monitor: Organisation | None,
    label: str,
) -> TaskOrder:
    duty = line.duty
    where = _("%(plan)s, mục %(place)s") % {"plan": label, "place": line.place}
    return TaskOrder(
        title=_title(duty.clause.text),
        details=duty.clause.text,
        owner=plan.document.organisation,
        lead=body,
        monitor=monitor if monitor != body else None,
        cooperating=[other for other in duty.cooperating.all() if other != body],
        deliverable=duty.deliverable,
        send_to=duty.send_to.name if duty.send_to else "",
        via=duty.via.name if duty.via else "",
        stage=duty.stage,
        due_phrase=duty.due,
        anchor_on=line.anchor_on,
        due_on=line.due_on,
        clause=duty.clause,
        origin=duty,
        origin_label=where if line.place else label,
        origin_link=plan.get_absolute_url(),
    )


def _title(text: str) -> str:
    line = clean_line(text.split("\n")[0].replace("*", ""))
    return line if len(line) <= TITLE_LENGTH else line[: TITLE_LENGTH - 1] + "…"


SAVERS = {
    ClauseKind.SESSION: save_session,
    ClauseKind.PARTICIPANT_GROUP: save_group,
    ClauseKind.ASSIGNEE: save_assignee,
    ClauseKind.DUTY: save_duty,
    ClauseKind.PROGRAMME_ITEM: save_programme_item,
}


def _plan_of(clause: Clause) -> Plan:
    plan = queries.plan_of(clause.document)
    require(plan is not None, _("Loại đoạn này chỉ dùng trong kế hoạch đối thoại."))
    assert plan is not None
    return plan


def _neighbours(organisation: Organisation, today: datetime.date) -> Sequence[Organisation]:
    return list(
        Organisation.objects.current(today)
        .filter(unit=organisation.unit_id)
        .exclude(pk=organisation.pk)
        .order_by("system", "name")[:12]
    )
