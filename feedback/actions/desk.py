"""The sorting desk: the next opinion for one person at a time, an act, and taking it back."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from core.access import require
from core.transitions import IllegalMoveError, move, record
from core.versions import StaleError
from feedback import rules
from feedback.actions.groups import add_to_group, ungroup_opinion
from feedback.actions.passing import hold_groups
from feedback.actions.triage import classify_opinion, decline_opinion, reopen_opinion
from feedback.models import Claim, Field, IssueGroup, Opinion, SortingStep
from feedback.queries.leads import changed_since, last_line_of
from feedback.states import OpinionState
from organisations.models import Organisation, User

HELD_FOR = datetime.timedelta(minutes=15)
"""How long an opinion stays with whoever opened it on the desk."""
ATTEMPTS = 5


@transaction.atomic
def take_next(
    waiting: QuerySet[Opinion], *, by: User, now: datetime.datetime, after: int = 0
) -> Opinion | None:
    """The first waiting opinion after `after` that nobody else has open; it is held for `by`.

    Two people who ask at once get two different ones: the second passes over a locked row.
    """
    held = Claim.objects.filter(at__gt=now - HELD_FOR).exclude(by=by).values("opinion")
    free = waiting.filter(state=OpinionState.RECEIVED).exclude(pk__in=held)
    locked = free.select_for_update(of=("self",), skip_locked=True).order_by("pk")
    for _attempt in range(ATTEMPTS):
        row = locked.filter(pk__gt=after).first() or locked.filter(pk__lt=after).first()
        if row is None or hold_opinion(row, by=by, now=now) is None:
            return row
    return None


def hold_opinion(opinion: Opinion, *, by: User, now: datetime.datetime) -> User | None:
    """Hold an opinion for `by`, unless somebody else has it open; returns who does.

    What the person had open before is free again.
    """
    claim = Claim.objects.filter(opinion=opinion).select_related("by").first()
    if claim is not None and claim.by_id != by.pk and claim.at > now - HELD_FOR:
        return claim.by
    Claim.objects.filter(by=by).exclude(opinion=opinion).delete()
    Claim.objects.update_or_create(opinion=opinion, defaults={"by": by, "at": now})
    return None


def sort_opinion(
    opinion: Opinion, *, by: User, seen: int, lead: Organisation | None, **values: Any
) -> SortingStep:
    """Classify one opinion at the desk; StaleError if anything happened to it since `seen`."""
    with _step(SortingStep.Kind.CLASSIFY, opinion, by=by, seen=seen) as step:
        classify_opinion(opinion, by=by, **values)
        _propose(opinion, lead)
    return step


def join_at_desk(opinion: Opinion, *, by: User, seen: int, group: IssueGroup) -> SortingStep:
    """Put one opinion into a group at the desk; StaleError if anything happened since `seen`."""
    with _step(SortingStep.Kind.JOIN, opinion, by=by, seen=seen) as step:
        add_to_group(group, [opinion], by=by)
    return step


def decline_at_desk(opinion: Opinion, *, by: User, seen: int, **words: str) -> SortingStep:
    """Leave one opinion out at the desk; StaleError if anything happened since `seen`."""
    with _step(SortingStep.Kind.DECLINE, opinion, by=by, seen=seen) as step:
        decline_opinion(opinion, by=by, **words)
    return step


@transaction.atomic
def sort_many(
    opinions: Iterable[Opinion],
    *,
    by: User,
    seen: int,
    kind: str = "",
    field: Field | None = None,
    competence: str = "",
    lead: Organisation | None = None,
) -> tuple[SortingStep | None, int]:
    """Classify several at once; empty values leave what each has. Returns the step and how many were left.

    An opinion somebody has worked on since `seen`, or that is sorted already further, stays as it is.
    """
    rows = _lock(opinions)
    changed = changed_since([row.pk for row in rows], seen)
    fresh = [row for row in rows if _may_be_sorted(row) and row.pk not in changed]
    if not fresh:
        return None, len(rows)
    step = _begin(SortingStep.Kind.CLASSIFY, fresh, by=by)
    for row in fresh:
        classify_opinion(
            row,
            by=by,
            kind=kind or row.kind,
            field=field or row.field,
            competence=competence or row.competence or row.wished_competence or "commune",
            other_fields=row.other_fields.all(),
            supporters=row.supporters,
        )
        if lead is not None:
            _propose(row, lead)
    _finish(step)
    return step, len(rows) - len(fresh)


@transaction.atomic
def undo_step(step: SortingStep, *, by: User) -> None:
    """Take the person's own act back, unless somebody has gone on with one of its opinions."""
    require(step.by_id == by.pk, _("Chỉ người đã làm mới hoàn tác được việc này."))
    locked = SortingStep.objects.select_for_update().get(pk=step.pk)
    # Before the opinions, as whoever asks about their matter or releases its answer does.
    hold_groups(Opinion.objects.filter(pk__in=step.opinions).values_list("group", flat=True))
    rows = _lock(Opinion.objects.filter(pk__in=step.opinions))
    if locked.undone_at is not None or last_line_of(step.opinions) > step.last:
        raise IllegalMoveError(_("Không hoàn tác được nữa: ý kiến đã được xử lý tiếp."))
    before = {entry["id"]: entry for entry in step.before}
    for row in rows:
        _put_back(row, step.kind, before[row.pk], by=by)
    step.undone_at = timezone.now()
    step.save(update_fields=["undone_at"])


def _put_back(row: Opinion, kind: str, before: dict[str, Any], *, by: User) -> None:
    note = _("Hoàn tác")
    if kind == SortingStep.Kind.DECLINE:
        reopen_opinion(row, by=by)
        if before["state"] == OpinionState.CLASSIFIED:
            move(row, OpinionState.CLASSIFIED, by=by, note=note)
        _put_back_into(row, before, by=by)
    elif kind == SortingStep.Kind.JOIN:
        ungroup_opinion(row, by=by)
    elif before["state"] == OpinionState.RECEIVED:
        move(row, OpinionState.RECEIVED, by=by, note=note)
    else:
        record(row, by=by, note=note)
    kept = ("kind", "field_id", "competence", "supporters", "proposed_lead_id")
    Opinion.objects.filter(pk=row.pk).update(**{name: before[name] for name in kept})
    row.other_fields.set(before["other_fields"])


def _put_back_into(row: Opinion, before: dict[str, Any], *, by: User) -> None:
    """The matter it stood in has it again, and whichever that one was merged into meanwhile."""
    group = IssueGroup.objects.filter(pk=before.get("group_id") or 0).first()
    while group is not None and group.merged_into is not None:
        group = group.merged_into
    if group is not None:
        add_to_group(group, [row], by=by)
        Opinion.objects.filter(pk=row.pk).update(grouped_from=before["grouped_from"])


@contextmanager
def _step(kind: str, opinion: Opinion, *, by: User, seen: int) -> Iterator[SortingStep]:
    """An act on one opinion, held until commit, to which nothing has happened since `seen`."""
    with transaction.atomic():
        [row] = _lock([opinion])
        if last_line_of([row.pk]) > seen:
            raise StaleError(row)
        step = _begin(kind, [opinion], by=by)
        yield step
        _finish(step)


def _lock(opinions: Iterable[Opinion]) -> list[Opinion]:
    ids = [row.pk for row in opinions]
    locked = Opinion.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    return list(locked.select_related("submission__consultation__organisation", "field", "group"))


def _may_be_sorted(row: Opinion) -> bool:
    return row.state in (OpinionState.RECEIVED, OpinionState.CLASSIFIED)


def _propose(opinion: Opinion, lead: Organisation | None) -> None:
    opinion.proposed_lead = lead
    opinion.save(update_fields=["proposed_lead"])


def _begin(kind: str, opinions: Sequence[Opinion], *, by: User) -> SortingStep:
    """Remember what is set now; the act itself checks that the person may do it."""
    for opinion in opinions:
        require(
            rules.may_sort_opinion(by, opinion),
            _("Chỉ văn phòng tổng hợp ý kiến được xử lý ý kiến này."),
        )
    before = [
        {
            "id": row.pk,
            "state": row.state,
            "kind": row.kind,
            "field_id": row.field_id,
            "other_fields": list(row.other_fields.values_list("pk", flat=True)),
            "competence": row.competence,
            "supporters": row.supporters,
            "proposed_lead_id": row.proposed_lead_id,
            "group_id": row.group_id,
            "grouped_from": row.grouped_from,
        }
        for row in opinions
    ]
    ids = [row.pk for row in opinions]
    return SortingStep(kind=kind, by=by, opinions=ids, before=before)


def _finish(step: SortingStep) -> None:
    step.last = last_line_of(step.opinions)
    step.save()
    Claim.objects.filter(opinion__in=step.opinions).delete()
