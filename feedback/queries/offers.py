"""Where a newly read opinion belongs: groups and lone opinions like it, and titles citizens may join."""

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

from cachetools import TTLCache, cached

from feedback.models import Consultation, IssueGroup, Opinion
from feedback.queries.memory import text_of
from feedback.queries.opinions import FORM_SECONDS
from feedback.queries.similar import Alike, similar_opinions
from feedback.states import OpinionState

LIKELY = 0.18
LIKE_ENOUGH_TO_JOIN = 0.25
LOOKED_AT = 12
SHOWN = 5
OFFERED_TO_CITIZENS = 3


@dataclass(frozen=True)
class GroupOffer:
    """A group that holds an opinion like the one being read; the likest stands for it."""

    group: IssueGroup
    best: Alike
    count: int


@dataclass(frozen=True)
class Offers:
    """What could be about the same matter, likest first."""

    groups: list[GroupOffer]
    alone: list[Alike]

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.groups or self.alone)


def offers_for(opinion: Opinion) -> Offers:
    """Groups and lone opinions of the same consultation like this one."""
    among = (
        Opinion.objects.in_dialogue()
        .filter(submission__consultation=opinion.submission.consultation_id)
        .exclude(pk=opinion.pk)
        .select_related("group", "submission__area")
    )
    text = f"{opinion.text} {opinion.proposal}"
    found = similar_opinions(text, among, limit=LOOKED_AT, at_least=LIKELY)
    in_groups: dict[int, list[Alike]] = {}
    for row in found:
        if row.opinion.group_id:
            in_groups.setdefault(row.opinion.group_id, []).append(row)
    groups = [
        GroupOffer(rows[0].opinion.group, rows[0], len(rows))
        for rows in in_groups.values()
        if rows[0].opinion.group is not None
    ]
    alone = [row for row in found if row.opinion.group_id is None]
    return Offers(groups[:SHOWN], alone[:SHOWN])


def lone_like(group: IssueGroup, members: Sequence[Opinion]) -> list[Alike]:
    """Opinions of the consultation that stand alone and are like the group's."""
    among = Opinion.objects.filter(
        submission__consultation=group.consultation_id,
        group=None,
        state__in=[OpinionState.RECEIVED, OpinionState.CLASSIFIED],
    ).select_related("submission__area")
    return similar_opinions(text_of(group, members), among, limit=SHOWN, at_least=LIKELY)


def groups_to_join(text: str, consultation: Consultation) -> list[IssueGroup]:
    """The public groups a citizen's words seem to belong to; nobody's words are shown, only titles."""
    if not has_public_groups(consultation.pk):
        return []
    among = Opinion.objects.filter(
        submission__consultation=consultation, group__in=IssueGroup.objects.joinable()
    ).select_related("group")
    found = similar_opinions(text, among, limit=LOOKED_AT, at_least=LIKE_ENOUGH_TO_JOIN)
    groups = {row.opinion.group_id: row.opinion.group for row in found if row.opinion.group}
    return list(groups.values())[:OFFERED_TO_CITIZENS]


@cached(TTLCache(256, FORM_SECONDS), lock=Lock())
def has_public_groups(consultation_id: int) -> bool:
    """Whether a consultation has matters citizens can join; at most five seconds old."""
    return IssueGroup.objects.joinable().filter(consultation=consultation_id).exists()
