"""What the year's dialogues are measured against is changed by the administrator."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.access import require
from core.transitions import record
from organisations.models import User
from plans import rules
from plans.models import Obligation

ONLY_ADMIN = gettext_lazy("Chỉ người quản trị được sửa quy định này.")


@transaction.atomic
def edit_obligation(
    obligation: Obligation,
    *,
    by: User,
    amount: int,
    source: str,
    valid_from: datetime.date | None,
    valid_to: datetime.date | None,
) -> None:
    """Change a demand; what it said before stays in its history."""
    require(rules.may_edit_obligation(by), ONLY_ADMIN)
    values = {"amount": obligation.amount, "source": obligation.source}
    record(obligation, by=by, note=_("Trước đó: %(amount)d (%(source)s)") % values)
    obligation.amount, obligation.source = amount, source
    obligation.valid_from, obligation.valid_to = valid_from, valid_to
    obligation.save(update_fields=["amount", "source", "valid_from", "valid_to"])
