"""The records that have a page of changes: how they are found, what belongs to them, whose they are."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.urls import reverse

from assignments.models import Task
from conclusions.models import ConclusionNotice
from conferences.models import Conference
from core.models import AuditEvent
from documents.models import Document
from feedback.models import Consultation, IssueGroup, Opinion
from organisations.models import Membership, Organisation, User
from plans.models import Plan


@dataclass(frozen=True)
class Record:
    """One record: its page, the rows whose changes are its own, the bodies it belongs to."""

    row: Model
    url: str
    bodies: Sequence[Organisation]
    parts: Sequence[Model] = ()  # records that are shown with it
    rows: Sequence[Model] = field(default=())  # single rows shown with it

    @property
    def lines(self) -> "QuerySet[AuditEvent]":
        """Everything the audit holds about it."""
        wanted = Q()
        for record in (self.row, *self.parts):
            wanted |= Q(of_table=record._meta.db_table, of_id=str(record.pk))
        for row in self.rows:
            wanted |= Q(table_name=row._meta.db_table, row_id=str(row.pk))
        return AuditEvent.objects.filter(wanted).select_related("by")


def record_of(kind: str, pk: int, user: User) -> Record | None:
    """The record behind an address, if there is one and the person may see it."""
    find = KINDS.get(kind)
    return find(pk, user) if find else None


def _found(
    rows: Callable[[User], "QuerySet[Any]"],
    bodies: Callable[[Any], Iterable[Organisation]],
    parts: Callable[[Any], Iterable[Model]] = lambda _row: (),
) -> Callable[[int, User], Record | None]:
    def find(pk: int, user: User) -> Record | None:
        row = rows(user).filter(pk=pk).first()
        if row is None:
            return None
        return Record(row, row.get_absolute_url(), list(bodies(row)), list(parts(row)))

    return find


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
    ),
    "plan": _found(
        lambda user: Plan.objects.visible_to(user).select_related("document__organisation"),
        lambda row: [row.document.organisation],
        lambda row: [row.document],
    ),
    "task": _found(
        lambda user: Task.objects.visible_to(user).select_related("owner", "lead"),
        lambda row: [row.owner, row.lead],
    ),
    "conference": _found(
        lambda user: Conference.objects.visible_to(user).select_related("organisation"),
        lambda row: [row.organisation],
    ),
    "notice": _found(
        lambda user: ConclusionNotice.objects.visible_to(user).select_related(
            "document__organisation"
        ),
        lambda row: [row.document.organisation],
        lambda row: [row.document],
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
    ),
    "consultation": _found(
        lambda user: Consultation.objects.visible_to(user).select_related("organisation"),
        lambda row: [row.organisation],
    ),
    "organisation": _organisation,
    "member": _member,
}
