"""Which agency should answer, and why; where matters go that the law leads elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from core.models import HistoryEntry
from feedback.models import (
    IssueGroup,
    Mandate,
    Opinion,
    ReceivingBody,
    ReplyTemplate,
    RestrictedMatter,
)
from organisations.models import Organisation

Kind = RestrictedMatter.Kind


def lead_in_mind(group: IssueGroup) -> int | None:
    """The number of the agency that sorting had in mind for most opinions of a group."""
    named = group.opinions.exclude(proposed_lead=None).values_list("proposed_lead")
    most = named.annotate(n=Count("pk")).order_by("-n", "proposed_lead").first()
    return most[0] if most else None


@dataclass(frozen=True)
class LeadHint:
    """An agency to ask in a field, and the reason in words."""

    lead: Organisation
    reason: str


def leads_for(organisation: Organisation) -> dict[str, LeadHint]:
    """The agency to ask, by the code of the field; as many questions for one field as for all.

    What the office wrote down comes first; else who was asked most in the field at this place. Both
    are named when they agree; a body that has ended is not.
    """
    asked = _asked_so_far(organisation)
    mandates = {row.field_id: row for row in _mandates(organisation)}
    bodies = Organisation.objects.in_bulk(
        {lead for lead, _n in asked.values()} | {row.lead_id for row in mandates.values()}
    )
    hints = {}
    for field in {*asked, *mandates}:
        lead_id, count = asked.get(field, (0, 0))
        mandate = mandates.get(field)
        lead = bodies[mandate.lead_id if mandate else lead_id]
        counted = count if lead_id == lead.pk else 0
        hints[field] = LeadHint(lead, _reason(organisation, lead, counted, bool(mandate)))
    return hints


def mandated_leads(organisation: Organisation) -> dict[str, Organisation]:
    """The agency the office put in charge, by the code of the field; one query."""
    rows = Mandate.objects.filter(unit=organisation.unit_id, lead__in=_in_force())
    rows = rows.select_related("lead").order_by("pk")
    return {row.field_id: row.lead for row in rows}


def _in_force() -> QuerySet[Organisation]:
    """The bodies there are today, also those whose last day is known already."""
    return Organisation.objects.current(timezone.localdate())


def _mandates(organisation: Organisation) -> list[Mandate]:
    rows = Mandate.objects.filter(unit=organisation.unit_id, lead__in=_in_force())
    return list(rows.order_by("pk"))


def _asked_so_far(organisation: Organisation) -> dict[str, tuple[int, int]]:
    """Who was given most opinions of a field at this place: (agency, how many) by field."""
    own = Q(consultation__organisation__unit=organisation.unit_id)
    grouped = (
        IssueGroup.objects.filter(own, lead__in=_in_force())
        .values("field", "lead")
        .annotate(n=Count("opinions"))
    )
    alone = (
        Opinion.objects.filter(
            submission__consultation__organisation__unit=organisation.unit_id,
            proposed_lead__in=_in_force(),
            group__lead=None,
        )
        .values("field", lead=F("proposed_lead"))
        .annotate(n=Count("pk"))
    )
    counts: dict[tuple[str, int], int] = {}
    for row in (*grouped, *alone):
        key = (row["field"], row["lead"])
        counts[key] = counts.get(key, 0) + row["n"]
    best: dict[str, tuple[int, int]] = {}
    for (field, lead), count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])):
        if count:
            best.setdefault(field, (lead, count))
    return best


def _reason(organisation: Organisation, lead: Organisation, count: int, is_mandate: bool) -> str:
    shown = {"n": count, "lead": lead.short_name or lead.name, "unit": organisation.unit}
    parts = []
    if is_mandate:
        parts.append(_("%(lead)s được phân công phụ trách lĩnh vực này") % shown)
    if count:
        parts.append(_("%(n)s ý kiến cùng lĩnh vực của %(unit)s đã giao %(lead)s") % shown)
    return "; ".join(parts)


def receiving_bodies(organisation: Organisation) -> dict[str, ReceivingBody]:
    """Where matters of each kind go: the office's own row, else what is known of the place.

    Where neither is known the shared row stands, which says in general what the law says.
    """
    rows = ReceivingBody.objects.filter(Q(organisation=organisation) | Q(organisation=None))
    found = {row.kind: row for row in rows.order_by(F("organisation").asc(nulls_first=True))}
    places = _places_of(organisation)
    for kind, row in found.items():
        if row.organisation_id is None:
            row.name = places.get(kind) or row.name
    return found


def kinds_without_place(offices: QuerySet[Organisation]) -> list[tuple[Organisation, list[Kind]]]:
    """The offices with the kinds of matter whose receiver is neither written down nor known.

    One query. Civil disputes go to the mediators of whatever hamlet, so nothing is missing there.
    """
    near = _in_force().filter(unit=OuterRef("unit"))
    asked = offices.annotate(
        written=ArrayAgg("receiving_bodies__kind", default=Value([]), distinct=True),
        has_police=Exists(near.filter(function=Organisation.Function.POLICE)),
        has_inspection=Exists(near.filter(function=Organisation.Function.INSPECTION)),
    )
    return [(office, _missing(office)) for office in asked.order_by("pk")]


def _missing(office: Any) -> list[Kind]:
    known = {
        Kind.COMPLAINT: office.citizen_reception,
        Kind.DENUNCIATION: office.citizen_reception or office.has_inspection,
        Kind.CRIME: office.has_police,
    }
    return [kind for kind, place in known.items() if not place and kind not in office.written]


def _places_of(office: Organisation) -> dict[str, str]:
    """What the office's own data and the bodies of its unit say, by kind.

    A party office hands what is said about members to the inspection commission of its unit.
    """
    functions = Organisation.Function
    bodies = _in_force().filter(
        unit=office.unit_id, function__in=[functions.POLICE, functions.INSPECTION]
    )
    named = {row.function: row.name for row in bodies.order_by("-pk")}
    inspection = named.get(functions.INSPECTION, "")
    reception = office.citizen_reception[:200]
    is_party = office.system == Organisation.System.PARTY
    return {
        Kind.CRIME: named.get(functions.POLICE, ""),
        Kind.COMPLAINT: reception,
        Kind.DENUNCIATION: inspection or reception if is_party else reception or inspection,
    }


def receiving_body_of(organisation: Organisation, kind: str) -> ReceivingBody:
    """Where matters of one kind go."""
    return receiving_bodies(organisation).get(kind) or ReceivingBody(kind=kind)


def reply_templates(organisation: Organisation) -> dict[str, str]:
    """The words for what stays out, by resolution: the office's own, else everybody's."""
    rows = ReplyTemplate.objects.filter(Q(organisation=organisation) | Q(organisation=None))
    ordered = rows.order_by(F("organisation").asc(nulls_first=True))
    return dict(ordered.values_list("resolution", "text"))


def reply_words(text: str, opinion: Opinion, target: str) -> str:
    """A template with its places filled; what else stands between braces stays."""
    organisation = opinion.submission.consultation.organisation
    place = target or organisation.citizen_reception or organisation.name
    filled = text.replace("{ma}", opinion.code).replace("{noi}", place)
    return filled.replace("{co_quan}", organisation.name)


def last_line_of(opinion_ids: Sequence[int]) -> int:
    """The newest line of history of some opinions: whoever knows an older one is behind."""
    return _lines_of(opinion_ids).aggregate(last=Max("pk"))["last"] or 0


def changed_since(opinion_ids: Sequence[int], seen: int) -> set[int]:
    """Those of some opinions to which something happened after the line of history `seen`."""
    return set(_lines_of(opinion_ids).filter(pk__gt=seen).values_list("subject_id", flat=True))


def _lines_of(opinion_ids: Sequence[int]) -> QuerySet[HistoryEntry]:
    kind = ContentType.objects.get_for_model(Opinion)
    return HistoryEntry.objects.filter(subject_type=kind, subject_id__in=opinion_ids)
