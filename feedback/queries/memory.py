"""What was raised before: the groups of earlier consultations about a matter, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _

from feedback.models import Answer, IssueGroup, Opinion
from feedback.queries.lines import FollowUpLine, follow_up
from feedback.queries.similar import similar_opinions

LIKELY = 0.18
LOOKED_AT = 20
OFFERED = 3

CHAIN = """
WITH RECURSIVE chain(root, id) AS (
    SELECT from_issuegroup_id, to_issuegroup_id FROM feedback_issuegroup_earlier
    WHERE from_issuegroup_id = ANY(%s)
    UNION
    SELECT chain.root, link.to_issuegroup_id FROM feedback_issuegroup_earlier link
    JOIN chain ON chain.id = link.from_issuegroup_id
)
SELECT root, id FROM chain WHERE root <> id
"""


@dataclass(frozen=True)
class Raised:
    """One time a matter was raised: the group of then, the answer the public got, what was promised."""

    group: IssueGroup
    answer: Answer | None
    promises: list[FollowUpLine]

    @property
    def year(self) -> int:
        """The year of the consultation."""
        return timezone.localtime(self.group.consultation.opens_at).year

    @property
    def is_settled(self) -> bool:
        """Whether what was promised was done, as far as the software knows."""
        worked_on = [line for line in self.promises if line.due_on or line.done_on]
        return bool(worked_on) and all(line.done_on for line in worked_on)


@dataclass(frozen=True)
class Memory:
    """Every earlier time, newest first."""

    times: list[Raised]

    @property
    def is_settled(self) -> bool:
        """Whether the last time was seen through."""
        return self.times[0].is_settled

    @property
    def sentence(self) -> str:
        """How often, since when, and whether it was seen through."""
        words = _("Đã nêu %(n)s lần từ năm %(year)s, %(end)s")
        end = _("lần gần nhất đã làm xong") if self.is_settled else _("chưa giải quyết xong")
        since = min(time.year for time in self.times)
        return words % {"n": len(self.times), "year": since, "end": end}


def memory_of(group: IssueGroup) -> Memory | None:
    """What was raised before about the group's matter; None if nothing is known."""
    return memories_of([group.pk]).get(group.pk)


def memories_of(group_ids: Sequence[int]) -> dict[int, Memory]:
    """What was raised before about each group's matter, where something is known.

    Only what citizens may read too: titles of the office, released answers, issued conclusions.
    The same number of questions however many groups, and however often they were raised.
    """
    with connection.cursor() as cursor:
        cursor.execute(CHAIN, [list(group_ids)])
        chains = cursor.fetchall()
    raised = _raised({number for _root, number in chains})
    found: dict[int, list[Raised]] = {}
    for root, number in chains:
        found.setdefault(root, []).append(raised[number])
    return {
        root: Memory(sorted(times, key=lambda time: time.group.consultation.opens_at, reverse=True))
        for root, times in found.items()
    }


def _raised(numbers: set[int]) -> dict[int, Raised]:
    """Each group of former times with its answer and what was promised."""
    if not numbers:
        return {}
    groups = IssueGroup.objects.filter(pk__in=numbers).select_related("consultation", "lead")
    answers = {row.group_id: row for row in Answer.objects.released().filter(group__in=numbers)}
    first = Opinion.objects.filter(group__in=numbers).values_list("group").annotate(Min("pk"))
    opinion_of = dict(first)
    lines = follow_up(list(opinion_of.values()))
    return {
        row.pk: Raised(row, answers.get(row.pk), lines.get(opinion_of.get(row.pk, 0), []))
        for row in groups
    }


def likely_earlier(group: IssueGroup) -> list[IssueGroup]:
    """Groups of the office's earlier consultations that seem to be about the same matter."""
    consultation = group.consultation
    among = Opinion.objects.filter(
        submission__consultation__organisation__unit=consultation.organisation.unit_id,
        submission__consultation__opens_at__lt=consultation.opens_at,
        group__isnull=False,
    ).exclude(group__in=group.earlier.all())
    found = similar_opinions(
        text_of(group),
        among.select_related("group__consultation"),
        limit=LOOKED_AT,
        at_least=LIKELY,
    )
    groups = {row.opinion.group_id: row.opinion.group for row in found if row.opinion.group}
    return list(groups.values())[:OFFERED]


def text_of(group: IssueGroup, opinions: Sequence[Opinion] = ()) -> str:
    """The title and the first words of a group, to look for others like it."""
    members = opinions or group.opinions.order_by("pk")[:5]
    return " ".join([group.title, *[row.text[:300] for row in members[:5]]])
