"""Nominations: their links, their people, how many places are left, who has not answered."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from assignments.queries import people_of
from conferences.models import Conference, Nomination
from conferences.models.nominations import NAMERS
from conferences.states import ChangeState, ConferenceState
from core.codes import derived_code, grouped_code, is_well_copied, keyed_hash, plain_code
from organisations.models import AdministrativeUnit, Organisation, User

LATE = "nomination-link"
LENGTH = 30


def token_of(nomination: Nomination) -> str:
    """The token of a unit's link: worked out, never stored."""
    return derived_code(settings.TRACKING_PEPPER, f"{LATE}:{nomination.nonce}", LENGTH)


def hash_of(token: str) -> str:
    """What may be kept of a token."""
    return keyed_hash(settings.TRACKING_PEPPER, token)


def path_of(nomination: Nomination) -> str:
    """The path a link stands for."""
    return reverse("conferences:name_by_link", args=[grouped_code(token_of(nomination))])


def late_address(nomination: Nomination) -> str:
    """What a letter holds in place of the address until it leaves."""
    return f"{LATE}:{nomination.pk}"


def path_of_number(number: str) -> str:
    """The path of the link with a number, for the letter that leaves just now."""
    return path_of(Nomination.objects.get(pk=int(number)))


def find_nomination(token: str) -> Nomination | None:
    """The nomination of a token, however it was typed; None if there is none."""
    plain = plain_code(token)
    if not is_well_copied(plain):
        return None
    rows = Nomination.objects.select_related("conference__organisation", "organisation", "group")
    return rows.filter(token_hash=hash_of(plain)).first()


def left_in(nomination: Nomination) -> int:
    """How many delegates the unit may still name: who waits for the office's word counts.

    A substitute stands in the place of the one who sends them.
    """
    named = nomination.participants.filter(substitute_for=None).count()
    waiting = nomination.changes.filter(kind="add", state=ChangeState.PROPOSED).count()
    return nomination.quota - named - waiting


def with_counts(rows: QuerySet[Nomination]) -> QuerySet[Any]:
    """Nominations with `named` people and `waiting` changes."""
    return rows.annotate(
        named=Count("participants", filter=Q(participants__substitute_for=None), distinct=True),
        waiting=Count("changes", filter=Q(changes__state=ChangeState.PROPOSED), distinct=True),
    )


def nominations_of(conference: Conference) -> QuerySet[Any]:
    """Who was asked, with counts; who has named nobody first."""
    rows = conference.nominations.select_related("organisation", "group__clause")
    return with_counts(rows).order_by("group__clause__position", "group_id", "pk")


def waiting_for(user: User) -> QuerySet[Any]:
    """The nominations of one's own bodies that are not full yet, the next conference first."""
    mine = Nomination.objects.filter(
        organisation__in=user.organisation_ids(*NAMERS),
        conference__state=ConferenceState.PLANNED,
    )
    rows = with_counts(mine).filter(named__lt=F("quota"))
    return rows.select_related("conference").order_by("conference__starts_at", "pk")


def members_of(organisation_id: int | None, today: datetime.date) -> list[User]:
    """The people with an account who name delegates for a body."""
    if organisation_id is None:
        return []
    return people_of([organisation_id], today, *NAMERS).get(organisation_id, [])


@dataclass(frozen=True)
class UnitChoice:
    """A unit the office may ask: a place below it, or a body beside it."""

    key: str
    body: str
    organisation: Organisation | None
    has_account: bool

    @property
    def label(self) -> str:
        """The unit, and how it will be reached."""
        return _("%(body)s (có tài khoản)") % {"body": self.body} if self.has_account else self.body


def units_to_ask(conference: Conference, today: datetime.date) -> list[UnitChoice]:
    """The places below the office's own and the bodies of its place; four queries."""
    office = conference.organisation
    places = list(
        AdministrativeUnit.objects.current(today).filter(parent=office.unit_id).order_by("pk")
    )
    bodies = list(
        Organisation.objects.current(today)
        .filter(unit__in=[office.unit_id, *(place.pk for place in places)])
        .exclude(pk=office.pk)
        .order_by("pk")
    )
    reached = set(people_of([body.pk for body in bodies], today, *NAMERS))
    of_place: dict[int, list[Organisation]] = defaultdict(list)
    for body in bodies:
        of_place[body.unit_id].append(body)
    found = []
    for place in places:
        beside = of_place[place.pk]
        body = next((row for row in beside if row.pk in reached), beside[0] if beside else None)
        has_account = body is not None and body.pk in reached
        found.append(UnitChoice(f"u{place.pk}", str(place), body, has_account))
    return found + [
        UnitChoice(f"o{body.pk}", body.name, body, body.pk in reached)
        for body in of_place[office.unit_id]
    ]
