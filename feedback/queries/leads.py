"""Which agency should answer, and why; where matters go that the law leads elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, F, Max, Q, QuerySet
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
    are named when they agree.
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


def _mandates(organisation: Organisation) -> list[Mandate]:
    return list(Mandate.objects.filter(unit=organisation.unit_id).order_by("pk"))


def _asked_so_far(organisation: Organisation) -> dict[str, tuple[int, int]]:
    """Who was given most opinions of a field at this place: (agency, how many) by field."""
    own = Q(consultation__organisation__unit=organisation.unit_id)
    grouped = (
        IssueGroup.objects.filter(own, lead__isnull=False)
        .values("field", "lead")
        .annotate(n=Count("opinions"))
    )
    alone = (
        Opinion.objects.filter(
            submission__consultation__organisation__unit=organisation.unit_id,
            proposed_lead__isnull=False,
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
    """Where matters of each kind go: the office's own row, else what is known of the place."""
    rows = ReceivingBody.objects.filter(Q(organisation=organisation) | Q(organisation=None))
    found = {row.kind: row for row in rows.order_by(F("organisation").asc(nulls_first=True))}
    crime = found.get(RestrictedMatter.Kind.CRIME)
    if crime is not None and crime.organisation_id is None:
        police = _police_of(organisation)
        crime.name = police.name if police else crime.name
    complaint = found.get(RestrictedMatter.Kind.COMPLAINT)
    if complaint is not None and complaint.organisation_id is None:
        complaint.name = organisation.citizen_reception[:200] or complaint.name
    return found


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


def _police_of(organisation: Organisation) -> Organisation | None:
    bodies = Organisation.objects.filter(
        unit=organisation.unit_id, function=Organisation.Function.POLICE, valid_to=None
    )
    return bodies.order_by("pk").first()
