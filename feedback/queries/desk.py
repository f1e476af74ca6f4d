"""What the sorting desk shows beside one opinion."""

import datetime
from dataclasses import dataclass, field

from django.db.models import QuerySet

from feedback.models import IssueGroup, Opinion, SortingStep
from feedback.queries.leads import LeadHint, last_line_of, leads_for
from feedback.queries.marks import Mark, marks_of, words_of
from feedback.queries.offers import Offers, offers_for
from feedback.queries.similar import Alike
from feedback.states import OpinionState
from organisations.models import Role, User

JOIN_KEYS = "QWERT"
REMEMBERED = datetime.timedelta(hours=12)


def waiting_for(user: User, consultation_id: int | None = None) -> QuerySet[Opinion]:
    """Opinions nobody has sorted yet, of the offices in which the person sorts."""
    rows = Opinion.objects.filter(
        submission__consultation__organisation__in=user.organisation_ids(Role.CLERK, Role.HEAD),
        state=OpinionState.RECEIVED,
    )
    return rows.filter(submission__consultation=consultation_id) if consultation_id else rows


def last_step_of(user: User, now: datetime.datetime) -> SortingStep | None:
    """The person's newest act of today that was not taken back."""
    steps = SortingStep.objects.filter(by=user, undone_at=None, at__gt=now - REMEMBERED)
    return steps.order_by("-pk").first()


@dataclass(frozen=True)
class KeyedOffer:
    """A group to join with one key."""

    key: str
    group: IssueGroup
    best: Alike
    count: int


@dataclass(frozen=True)
class Desk:
    """What lies on the desk beside an opinion."""

    offers: list[KeyedOffer] = field(default_factory=list)
    alone: list[Alike] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    hints: dict[str, LeadHint] = field(default_factory=dict)
    seen: int = 0


def desk_of(opinion: Opinion) -> Desk:
    """Similar opinions, marks, agencies; as many questions whatever the number of opinions."""
    organisation = opinion.submission.consultation.organisation
    offers = offers_for(opinion) if opinion.may_be_grouped else Offers([], [])
    added = [row.text for row in opinion.additions.all()]
    whole = "\n".join([opinion.text, opinion.proposal, *added]).strip()
    return Desk(
        offers=[
            KeyedOffer(key, offer.group, offer.best, offer.count)
            for key, offer in zip(JOIN_KEYS, offers.groups, strict=False)
        ],
        alone=offers.alone,
        marks=marks_of(whole, words_of(organisation.pk)),
        hints=leads_for(organisation),
        seen=last_line_of([opinion.pk]),
    )
