"""An organisation's own chain: begun from the common one, then changed line by line."""

from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.access import require
from core.timephrase import TimePhrase
from core.transitions import IllegalMoveError, record
from organisations.models import Organisation, User
from plans import queries, rules
from plans.models import ChainStep

NOT_KEEPER = gettext_lazy("Chỉ chuyên viên, lãnh đạo của cơ quan được sửa chuỗi việc của mình.")
COPIED = (
    "position",
    "code",
    "kind",
    "name",
    "stage",
    "function",
    "phrase",
    "deliverable",
    "source",
)


@transaction.atomic
def copy_chain(organisation: Organisation, *, by: User) -> None:
    """Give an organisation a chain of its own to change; one that has it keeps it."""
    _hold(organisation, by=by)
    if organisation.chain_steps.exists():
        return
    ChainStep.objects.bulk_create(
        ChainStep(organisation=organisation, **{name: getattr(row, name) for name in COPIED})
        for row in ChainStep.objects.filter(organisation=None)
    )


@transaction.atomic
def drop_chain(organisation: Organisation, *, by: User) -> None:
    """Go back to the common chain; sessions keep the steps they have."""
    _hold(organisation, by=by)
    organisation.chain_steps.all().delete()


@transaction.atomic
def add_chain_step(
    organisation: Organisation, *, by: User, phrase: TimePhrase, **values: Any
) -> ChainStep:
    """Put a line at the end of an organisation's own chain."""
    copy_chain(organisation, by=by)
    last = organisation.chain_steps.aggregate(last=Max("position"))["last"] or 0
    return ChainStep.objects.create(
        organisation=organisation,
        position=last + 1,
        phrase=phrase,
        stage=queries.stage_of(phrase),
        **values,
    )


@transaction.atomic
def edit_chain_step(row: ChainStep, *, by: User, phrase: TimePhrase, **values: Any) -> None:
    """Change a line of one's own chain; sessions that have the step already keep it as it was."""
    row = _hold_line(row, by=by)
    record(row, by=by, note=f"{row.name} · {row.phrase} ({row.source})")
    row.phrase, row.stage = phrase, queries.stage_of(phrase)
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=["phrase", "stage", *values])


@transaction.atomic
def remove_chain_step(row: ChainStep, *, by: User) -> None:
    """Take a line out of one's own chain."""
    row = _hold_line(row, by=by)
    own = ChainStep.objects.filter(organisation=row.organisation, position__gt=row.position)
    row.delete()
    own.update(position=F("position") - 1)


def _hold(organisation: Organisation | None, *, by: User) -> None:
    """One person at a time changes the chain of an organisation; the common one nobody."""
    require(organisation is not None and rules.may_keep_chain(by, organisation), NOT_KEEPER)
    assert organisation is not None
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)


def _hold_line(row: ChainStep, *, by: User) -> ChainStep:
    """The line as it stands, its place included, in a chain nobody else changes now."""
    _hold(row.organisation, by=by)
    found = ChainStep.objects.filter(pk=row.pk).first()
    if found is None:
        raise IllegalMoveError(_("Dòng này đã được bỏ khỏi chuỗi việc. Hãy tải lại trang."))
    return found
