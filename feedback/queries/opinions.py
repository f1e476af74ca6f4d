"""Questions over several tables: counts, rows of the summary table, who stands behind a group."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from urllib.parse import urlencode

from cachetools import TTLCache, cached
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from core.text import sort_key
from feedback.models import (
    Consultation,
    Field,
    IssueGroup,
    Opinion,
    RestrictedMatter,
    Submission,
    Support,
)
from feedback.states import ConsultationState, OpinionState
from organisations.models import AdministrativeUnit
from plans.models import DialogueSession
from plans.queries import Standing

# What every public form asks is read from the database once in so many seconds, not per citizen.
FORM_SECONDS = 5


@cached(TTLCache(1, FORM_SECONDS), lock=Lock())
def fields_by_code() -> dict[str, Field]:
    """The fields of government in their order, for choosing from; at most five seconds old."""
    return {field.pk: field for field in Field.objects.order_by("position")}


@cached(TTLCache(256, FORM_SECONDS), lock=Lock())
def areas_by_key(unit_id: int, today: datetime.date) -> dict[str, AdministrativeUnit]:
    """Where a sender can be from, by name, the whole unit last; at most five seconds old."""
    areas = AdministrativeUnit.objects.current(today).filter(Q(parent=unit_id) | Q(pk=unit_id))
    ordered = sorted(areas, key=lambda area: (area.pk == unit_id, sort_key(area.name)))
    return {str(area.pk): area for area in ordered}


@dataclass(frozen=True)
class CountRow:
    """One line of a count: a word, a number, the list behind it."""

    label: str
    value: int
    url: str = ""


def state_counts(consultation: Consultation, opinions: "QuerySet[Opinion]") -> list[CountRow]:
    """Opinions by state, every state once; the sum is the total."""
    found = dict(opinions.order_by().values_list("state").annotate(n=Count("pk")))
    return [
        CountRow(
            str(state.label), found.get(state.value, 0), _list_url(consultation, state=state.value)
        )
        for state in OpinionState
    ]


def field_counts(consultation: Consultation, opinions: "QuerySet[Opinion]") -> list[CountRow]:
    """Opinions by main field, each once: secondary fields do not count, nor what left by law."""
    found = (
        opinions.exclude(state=OpinionState.ROUTED)
        .order_by("field__position")
        .values_list("field_id", "field__name")
        .annotate(n=Count("pk"))
    )
    return [CountRow(name, n, _list_url(consultation, field=code)) for code, name, n in found]


def area_counts(consultation: Consultation, opinions: "QuerySet[Opinion]") -> list[CountRow]:
    """Opinions by the place they came from; of what left by law not even the place is told."""
    found = (
        opinions.exclude(state=OpinionState.ROUTED)
        .order_by("submission__area__name")
        .values_list("submission__area_id", "submission__area__kind", "submission__area__name")
        .annotate(n=Count("pk"))
    )
    return [
        CountRow(f"{kind} {name}", n, _list_url(consultation, area=pk))
        for pk, kind, name, n in found
    ]


def groups_of(groups: "QuerySet[IssueGroup]") -> "QuerySet[IssueGroup]":
    """Groups with field, lead, task, and their opinions with the places they came from."""
    members = Opinion.objects.select_related("submission__area", "field").order_by("id")
    return groups.select_related("field", "lead", "task").prefetch_related(
        Prefetch("opinions", queryset=members), "supports__submission__area"
    )


def groups_for_session(session: DialogueSession) -> "QuerySet[IssueGroup]":
    """The matters a conference of this session can take up, with numbers of opinions and people."""
    return (
        IssueGroup.objects.standing()
        .filter(consultation__in=Consultation.objects.for_session(session.pk))
        .select_related("field", "lead", "task")
        .with_numbers()
        .order_by("field__position", "id")
    )


def areas_of(group: IssueGroup) -> list[str]:
    """The places a group's senders and joiners are from, by the alphabet."""
    concerned = Q(submissions__opinions__group=group) | Q(submissions__supports__group=group)
    areas = AdministrativeUnit.objects.filter(concerned).distinct()
    return sorted((str(area) for area in areas), key=sort_key)


def joined_by(group: IssueGroup) -> list[Support]:
    """Who stands behind a group; `is_closed` where a matter of the same form left the dialogue."""
    matters = RestrictedMatter.objects.filter(opinion__submission=OuterRef("submission"))
    supports = group.supports.select_related("submission__area", "submission__sender", "verdict")
    return list(supports.annotate(is_closed=Exists(matters)).order_by("pk"))


def is_restricted(submission: Submission) -> bool:
    """Whether a matter of the submission left the dialogue: then sender and files are closed."""
    return RestrictedMatter.objects.filter(opinion__submission=submission).exists()


def with_restriction(opinions: "QuerySet[Opinion]") -> "QuerySet[Opinion]":
    """Opinions that say `is_closed` when a matter of their submission left the dialogue."""
    matters = RestrictedMatter.objects.filter(opinion__submission=OuterRef("submission"))
    return opinions.annotate(is_closed=Exists(matters))


def _list_url(consultation: Consultation, **filters: object) -> str:
    asked = {"consultation": consultation.pk, **filters}
    return f"{reverse('feedback:list')}?{urlencode(asked)}"


def standing_of_sessions(session_ids: Sequence[int]) -> dict[int, Standing]:
    """How far the consultations of sessions are, for the year's board; one query."""
    wanted = set(session_ids)
    found: dict[int, Standing] = {}
    own, shared = Q(session__in=wanted), Q(also_for__in=wanted)
    rows = Consultation.objects.filter(own | shared).order_by("pk")
    for *asked_for, state in rows.values_list("session_id", "also_for", "state"):
        for session_id in wanted.intersection(asked_for):
            if state == ConsultationState.OPEN:
                found[session_id] = Standing(20, _("Đang lấy ý kiến"), "info")
            elif state == ConsultationState.CLOSED:
                found.setdefault(session_id, Standing(25, _("Đã lấy xong ý kiến"), "info"))
    return found
