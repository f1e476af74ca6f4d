"""What stands behind a clause: a session, a quota, the bodies, a duty, an item of the programme."""

from typing import Any

from django.utils.translation import gettext as _

from core.access import require
from core.timephrase import TimePhrase
from documents.actions import write_fact
from documents.models import Clause, ClauseKind
from organisations.models import User
from plans import queries
from plans.models import (
    Assignee,
    DialogueSession,
    Duty,
    ParticipantGroup,
    Plan,
    ProgrammeItem,
    SessionChair,
)


def save_session(clause: Clause, cleaned: dict[str, Any], by: User) -> None:
    """Hang a session on its clause; its first and last possible day follow from the phrase."""
    time: TimePhrase | None = cleaned.get("time")
    dated = time if time and time.is_deadline else None
    write_fact(
        clause,
        DialogueSession,
        {
            "kind": cleaned.get("kind") or DialogueSession.Kind.PERIODIC,
            "theme": cleaned.get("theme", ""),
            "audience": cleaned.get("audience", ""),
            "time": time,
            "earliest_on": dated.start if dated else None,
            "latest_on": dated.end if dated else None,
            "place": cleaned.get("place", ""),
            "form": cleaned.get("form") or DialogueSession.Form.IN_PERSON,
        },
        beside={"plan": lambda: _plan_of(clause)},
        ties={"units": cleaned.get("units", ())},
        parts={
            "chairs": [
                SessionChair(position=place, post=post, name=name)
                for place, (post, name) in enumerate(cleaned.get("chairs", ()), start=1)
            ]
        },
    )


def save_group(clause: Clause, cleaned: dict[str, Any], by: User) -> None:
    """Hang a quota on a participant group."""
    names = ("exact", "minimum", "maximum", "per_unit", "unit_count", "selector")
    values = {name: cleaned.get(name) for name in names}
    values["is_approximate"] = bool(cleaned.get("is_approximate"))
    values["unit_level"] = cleaned.get("unit_level") or ""
    if values["per_unit"] and values["unit_level"] and not values["unit_count"]:
        home = clause.document.organisation
        values["unit_count"] = queries.units_below(home, values["unit_level"]) or None
    write_fact(clause, ParticipantGroup, values, beside={"plan": lambda: _plan_of(clause)})


def save_assignee(clause: Clause, cleaned: dict[str, Any], by: User) -> None:
    """Say which bodies stand behind the words."""
    write_fact(
        clause,
        Assignee,
        {},
        beside={"plan": lambda: _plan_of(clause)},
        ties={"organisations": cleaned.get("organisations", ())},
    )


def save_duty(clause: Clause, cleaned: dict[str, Any], by: User) -> None:
    """Hang part, deadline and product on a duty."""
    write_fact(
        clause,
        Duty,
        {
            "part": cleaned.get("part") or Duty.Part.LEAD,
            "stage": cleaned.get("stage", ""),
            "due": cleaned.get("due"),
            "deliverable": cleaned.get("deliverable", ""),
            "send_to": cleaned.get("send_to"),
            "via": cleaned.get("via"),
            "wants_plan": bool(cleaned.get("wants_plan")),
        },
        beside={"plan": lambda: _plan_of(clause)},
        ties={name: cleaned.get(name, ()) for name in ("organisations", "cooperating", "sessions")},
    )


def save_programme_item(clause: Clause, cleaned: dict[str, Any], by: User) -> None:
    """Say who conducts an item and how long it takes; also in papers that are no plans."""
    write_fact(
        clause,
        ProgrammeItem,
        {"conductor": cleaned.get("conductor", ""), "minutes": cleaned.get("minutes") or 10},
        beside={"plan": lambda: getattr(clause.document, "plan", None)},
    )


SAVERS = {
    ClauseKind.SESSION: save_session,
    ClauseKind.PARTICIPANT_GROUP: save_group,
    ClauseKind.ASSIGNEE: save_assignee,
    ClauseKind.DUTY: save_duty,
    ClauseKind.PROGRAMME_ITEM: save_programme_item,
}


def _plan_of(clause: Clause) -> Plan:
    plan: Plan | None = getattr(clause.document, "plan", None)
    require(plan is not None, _("Loại đoạn này chỉ dùng trong kế hoạch đối thoại."))
    assert plan is not None
    return plan
