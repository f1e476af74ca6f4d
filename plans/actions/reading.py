"""The words of a clause understood: a duty, the bodies of an assignee; proposed, never saved here."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from documents.facts import Reading
from documents.models import Clause
from documents.reading import read_duty as read_words
from organisations.models import Organisation
from plans import queries
from plans.models import Duty
from plans.queries.bodies import bodies_named

DELIVERABLE_LENGTH = 200


def read_duty(clause: Clause, text: str) -> Reading | None:
    """What one paragraph of duties says; None if it says nothing beyond its words."""
    plan = queries.plan_of(clause.document)
    read = read_words(text, year=plan.year if plan else None)
    groups = {
        name: bodies_named(names, home=clause.document.organisation, today=timezone.localdate())
        for name, names in (
            ("cooperating", read.cooperating),
            ("send_to", read.send_to[:1]),
            ("via", (read.via,) if read.via else ()),
        )
    }
    values: dict[str, Any] = {
        "part": read.role if read.role in Duty.Part.values else None,
        "cooperating": list(groups["cooperating"].found),
        "deliverable": (read.deliverable or "")[:DELIVERABLE_LENGTH],
        "send_to": next(iter(groups["send_to"].found), None),
        "via": next(iter(groups["via"].found), None),
        "due": read.due,
        "stage": read.stage or "",
    }
    known = {name: value for name, value in values.items() if value}
    doubts = tuple(doubt for group in groups.values() for doubt in group.doubts)
    if not known and not doubts:
        return None
    return Reading(known, tuple(_said(known)), doubts)


def read_assignee(clause: Clause, text: str) -> Reading | None:
    """The bodies whose names stand in the words, cut at semicolons, commas and "và"."""
    names = [part for line in text.split("\n") for part in _cut(line)]
    home = clause.document.organisation
    whole = bodies_named([text], home=home, today=timezone.localdate())
    found = whole if whole.found else bodies_named(names, home=home, today=timezone.localdate())
    if not found.found:
        return None
    values = {"organisations": list(found.found)}
    return Reading(values, ((_("Cơ quan"), _names(found.found)),), found.doubts)


def _cut(line: str) -> list[str]:
    parts = line.rstrip(".:;, ").replace(";", ",").replace(" và ", ",").split(",")
    return [part.strip() for part in parts if part.strip()]


def _said(values: dict[str, Any]) -> list[tuple[str, str]]:
    """The values in the words of the duty's form."""
    stages = dict(Duty._meta.get_field("stage").choices or ())
    shown = {
        _("Vai trò"): dict(Duty.Part.choices).get(values.get("part", ""), ""),
        _("Phối hợp với"): _names(values.get("cooperating", ())),
        _("Sản phẩm"): values.get("deliverable", ""),
        _("Gửi đến"): getattr(values.get("send_to"), "name", ""),
        _("Gửi qua"): getattr(values.get("via"), "name", ""),
        _("Thời hạn"): str(values.get("due") or ""),
        _("Giai đoạn"): stages.get(values.get("stage", ""), ""),
    }
    return [(label, str(said)) for label, said in shown.items() if said]


def _names(rows: "tuple[Organisation, ...] | list[Organisation]") -> str:
    return "; ".join(row.name for row in rows)
