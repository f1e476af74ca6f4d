"""An organisation's own ladder: rungs, tiers, hours and the words of its letters."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from assignments import queries, rules
from assignments.models import Ladder, OverdueTier, Rung
from core.access import require
from core.transitions import record
from core.versions import save_version
from organisations.models import Organisation, User


@transaction.atomic
def edit_ladder(
    organisation: Organisation | None,
    *,
    by: User,
    today: datetime.date,
    version: int,
    letter: Mapping[str, Any],
    rungs: Sequence[Mapping[str, Any]],
    tiers: Sequence[Mapping[str, Any]],
) -> Ladder:
    """Give an organisation (None: all without one of their own) its ladder.

    `letter` holds subject, body, opens_at and closes_at; `rungs` and `tiers` the fields of their
    models. `version` is 0 while the organisation has none. What a new rung would have reminded of
    before today is not made up for. Raises StaleError if somebody was faster.
    """
    require(
        rules.may_edit_ladder(by, organisation.pk if organisation else None),
        rules.NOT_EDITING_LADDER,
    )
    ladder, is_new = Ladder.objects.select_for_update().get_or_create(
        organisation=organisation, defaults={**letter, "version": 1}
    )
    was = queries.ladder_book().common if is_new else ladder
    known = {rung.offset: rung.since for rung in was.rungs.all()}
    save_version(ladder, version=1 if is_new and version == 0 else version, **letter)
    ladder.rungs.all().delete()
    ladder.tiers.all().delete()
    Rung.objects.bulk_create(
        Rung(ladder=ladder, since=known.get(rung["offset"], today), **rung) for rung in rungs
    )
    OverdueTier.objects.bulk_create(OverdueTier(ladder=ladder, **tier) for tier in tiers)
    record(ladder, by=by, note=_("Sửa thang nhắc việc"))
    return ladder


@transaction.atomic
def drop_ladder(ladder: Ladder, *, by: User) -> None:
    """Remind by the common ladder again; what was sent stays on record."""
    require(
        ladder.organisation_id is not None and rules.may_edit_ladder(by, ladder.organisation_id),
        rules.NOT_EDITING_LADDER,
    )
    assert ladder.organisation is not None
    record(ladder.organisation, by=by, note=_("Bỏ thang nhắc việc riêng, dùng thang chung"))
    ladder.delete()
