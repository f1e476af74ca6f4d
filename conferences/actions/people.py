"""Who takes part."""

from collections.abc import Sequence

from django.db import transaction

from conferences import rules
from conferences.actions.holding import NOT_OFFICE, lock
from conferences.models import Conference, Participant
from core.access import require
from organisations.models import User


def add_participants(
    conference: Conference, people: Sequence[tuple[str, str, str]], *, by: User
) -> list[Participant]:
    """Add people as (name, post, body) triples; somebody already on the list is not added twice."""
    require(rules.may_prepare_conference(by, conference), NOT_OFFICE)
    with transaction.atomic():
        lock(conference)
        known = set(conference.participants.values_list("name", "post", "body"))
        fresh = [person for person in dict.fromkeys(people) if person not in known]
        return Participant.objects.bulk_create(
            Participant(conference=conference, name=name, post=post, body=body)
            for name, post, body in fresh
        )


def remove_participant(participant: Participant, *, by: User) -> None:
    """Take somebody off the list while the conference is being prepared."""
    require(rules.may_prepare_conference(by, participant.conference), NOT_OFFICE)
    participant.delete()
