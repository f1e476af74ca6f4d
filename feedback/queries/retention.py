"""What is kept longer than its period allows, and what hangs on one sender."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from core.models import Message
from feedback.models import (
    DataRequest,
    Opinion,
    OpinionImport,
    PendingFile,
    RestrictedMatter,
    RetentionRule,
    Sender,
    Submission,
    SubmissionFile,
    Support,
)
from feedback.states import ImportState, MatterState, OpinionState

Kind = RetentionRule.Kind
OVER = (OpinionState.ANSWERED, OpinionState.DECLINED, OpinionState.WITHDRAWN, OpinionState.ROUTED)
STOPPED = (
    Message.State.SENT,
    Message.State.FAILED,
    Message.State.CLOSED,
    Message.State.CANCELLED,
)


@dataclass(frozen=True)
class Overdue:
    """What goes of one kind: how many rows, and since when the oldest stands."""

    rule: RetentionRule
    count: int
    oldest: datetime.datetime | None


def what_goes(now: datetime.datetime) -> list[Overdue]:
    """Everything that is due to go, by kind; nothing is changed."""
    found = []
    for rule in RetentionRule.objects.order_by("kind"):
        rows, since = overdue(rule, now)
        found.append(Overdue(rule, **rows.aggregate(count=Count("pk"), oldest=Min(since))))
    return found


def overdue(rule: RetentionRule, now: datetime.datetime) -> tuple[QuerySet[Any], str]:
    """The rows of a kind that are due to go, and the column that says since when they stand."""
    limit = rule.limit(now)
    if rule.kind == Kind.CONTACTS:
        return _settled_forms(limit), "received_at"
    if rule.kind == Kind.LETTERS:
        letters = Message.objects.filter(recipient=None, state__in=STOPPED, created_at__lt=limit)
        return letters.filter(Q(sent_at=None) | Q(sent_at__lt=limit)), "created_at"
    if rule.kind == Kind.IMPORTS:
        old = OpinionImport.objects.filter(created_at__lt=limit).exclude(file="")
        return old.exclude(state=ImportState.ACCEPTED), "created_at"
    return PendingFile.objects.filter(created_at__lt=limit), "created_at"


def _settled_forms(limit: datetime.datetime) -> QuerySet[Submission]:
    """Forms with contact data or files, on which everything was over before `limit`.

    A matter reception still holds, a request about the data, and an answer released since keep them.
    """
    of_form = {"submission": OuterRef("pk")}
    opinions = Opinion.objects.filter(**of_form)
    supports = Support.objects.filter(**of_form)
    held = RestrictedMatter.objects.filter(
        opinion__submission=OuterRef("pk"), state=MatterState.HELD
    )
    return Submission.objects.filter(
        Exists(Sender.objects.filter(**of_form)) | Exists(SubmissionFile.objects.filter(**of_form)),
        ~Exists(opinions.exclude(state__in=OVER)),
        ~Exists(opinions.filter(group__answer__released_at__gte=limit)),
        ~Exists(supports.exclude(group__answer__released_at__lt=limit)),
        ~Exists(held),
        ~Exists(DataRequest.objects.waiting().filter(**of_form)),
        consultation__closes_at__lt=limit,
    )


def letters_to(submission: Submission) -> QuerySet[Message]:
    """What was written to the sender of a form, found by its key: addresses are sealed."""
    found = Q(key=f"email-confirm:{submission.pk}")
    found |= Q(key__startswith=f"answer-released:{submission.pk}:")
    found |= Q(key__startswith="forwarded-answer:", key__endswith=f":{submission.pk}")
    found |= Q(key__startswith=f"to-sender:{submission.pk}:")
    for pk in _opinions_of(submission):
        found |= Q(key__startswith=f"left-out:{pk}:")
    return Message.objects.filter(found, recipient=None)


def _opinions_of(submission: Submission) -> Sequence[int]:
    return list(submission.opinions.order_by("pk").values_list("pk", flat=True))
