"""The records that have a page of changes: how they are found, what belongs to them, whose they are."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.urls import reverse

from assignments.models import Task
from conclusions.models import ConclusionNotice
from conferences.models import Conference, Exchange, SpeakingTurn
from core.models import AuditEvent
from dialogue.proof.rules import KEEPERS
from documents.models import Document
from feedback.models import Answer, AnswerRequest, Consultation, IssueGroup, Opinion
from organisations.models import Membership, Organisation, User
from plans.models import Plan


@dataclass(frozen=True)
class Record:
    """One record: its page, the rows whose changes are its own, the bodies it belongs to."""

    row: Model
    url: str
    bodies: Sequence[Organisation]
    parts: Sequence[Model] = ()  # records that are shown with it
    rows: Sequence[Model] = ()  # single rows shown with it
    shows: Q = field(default_factory=Q)  # which of its lines the person may read

    @property
    def lines(self) -> "QuerySet[AuditEvent]":
        """Everything the audit holds about it."""
        wanted = Q()
        keys: dict[str, list[str]] = defaultdict(list)
        for record in (self.row, *self.parts):
            keys[record._meta.db_table].append(str(record.pk))
        for table, some in keys.items():
            wanted |= Q(of_table=table, of_id__in=some)
        for row in self.rows:
            wanted |= Q(table_name=row._meta.db_table, row_id=str(row.pk))
        return AuditEvent.objects.filter(wanted & self.shows).select_related("by")


def record_of(kind: str, pk: int, user: User) -> Record | None:
    """The record behind an address, if there is one and the person may see it."""
    find = KINDS.get(kind)
    return find(pk, user) if find else None


def _found(
    rows: Callable[[User], "QuerySet[Any]"],
    bodies: Callable[[Any], Iterable[Organisation]],
    parts: Callable[[Any], Iterable[Model]] = lambda _row: (),
    shows: Callable[[Any, User], Q] = lambda _row, _user: Q(),
) -> Callable[[int, User], Record | None]:
    def find(pk: int, user: User) -> Record | None:
        row = rows(user).filter(pk=pk).first()
        if row is None:
            return None
        return Record(
            row,
            row.get_absolute_url(),
            list(bodies(row)),
            list(parts(row)),
            shows=shows(row, user),
        )

    return find


def _since_issue(paper: Document, user: User) -> Q:
    """Drafts are their own office's: others read what happened since the paper was issued."""
    if user.has_role(paper.organisation_id, *KEEPERS):
        return Q()
    return Q(at__gte=paper.issued_at) if paper.issued_at else Q(pk=None)


def _without_embargo(group: IssueGroup, user: User) -> Q:
    """An answer that is not released yet is told only to those who work on it."""
    if Answer.objects.visible_to(user).filter(group=group).exists():
        return Q()
    return ~Q(table_name__in=[Answer._meta.db_table, AnswerRequest._meta.db_table])


def _without_speakers(conference: Conference, user: User) -> Q:
    """Who raised what is the office's to know: others read it in the minutes, once issued."""
    if user.has_role(conference.organisation_id, *KEEPERS):
        return Q()
    return ~Q(table_name__in=[Exchange._meta.db_table, SpeakingTurn._meta.db_table])


def _organisation(pk: int, _user: User) -> Record | None:
    body = Organisation.objects.filter(pk=pk).first()
    return Record(body, reverse("organisations:detail", args=[pk]), [body]) if body else None


def _member(pk: int, _user: User) -> Record | None:
    person = User.objects.filter(pk=pk).first()
    if person is None:
        return None
    held = list(Membership.objects.filter(user=person).select_related("organisation"))
    bodies = [membership.organisation for membership in held]
    return Record(person, reverse("organisations:list"), bodies, rows=held)


KINDS: dict[str, Callable[[int, User], Record | None]] = {
    "document": _found(
        lambda user: Document.objects.visible_to(user).select_related("organisation"),
        lambda row: [row.organisation],
        shows=_since_issue,
    ),
    "plan": _found(
        lambda user: Plan.objects.visible_to(user).select_related("document__organisation"),
        lambda row: [row.document.organisation],
        lambda row: [
            row.document,
            *row.sessions.all(),
            *row.duties.all(),
            *row.assignees.all(),
        ],
        lambda row, user: _since_issue(row.document, user),
    ),
    "task": _found(
        lambda user: Task.objects.visible_to(user).select_related("owner", "lead"),
        lambda row: [row.owner, row.lead],
    ),
    "conference": _found(
        lambda user: Conference.objects.visible_to(user).select_related("organisation"),
        lambda row: [row.organisation],
        shows=_without_speakers,
    ),
    "notice": _found(
        lambda user: ConclusionNotice.objects.visible_to(user).select_related(
            "document__organisation"
        ),
        lambda row: [row.document.organisation],
        lambda row: [row.document, *row.points.all()],
        lambda row, user: _since_issue(row.document, user),
    ),
    "opinion": _found(
        lambda user: Opinion.objects.visible_to(user).select_related(
            "submission__consultation__organisation"
        ),
        lambda row: [row.submission.consultation.organisation],
    ),
    "group": _found(
        lambda user: IssueGroup.objects.visible_to(user).select_related(
            "consultation__organisation"
        ),
        lambda row: [row.consultation.organisation],
        shows=_without_embargo,
    ),
    "consultation": _found(
        lambda user: Consultation.objects.visible_to(user).select_related("organisation"),
        lambda row: [row.organisation],
    ),
    "organisation": _organisation,
    "member": _member,
}
