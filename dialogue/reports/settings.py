"""Setting the periods: an office its own, the administrator those of everybody."""

from django.db import transaction

from core.access import require
from core.transitions import record
from dialogue.models import ReportPeriod
from dialogue.reports import rules
from organisations.models import Organisation, Role, User


def office_of(user: User) -> Organisation | None:
    """The office whose periods the person sets; none: those of everybody (administrator)."""
    offices = [
        one.organisation for one in user.current_memberships if one.role in {Role.CLERK, Role.HEAD}
    ]
    return offices[0] if offices else None


@transaction.atomic
def edit_period(
    rule: ReportPeriod,
    *,
    by: User,
    organisation: Organisation | None,
    closes_on: int,
    due: str,
    send_to: str,
    source: str,
    is_asked: bool = False,
) -> ReportPeriod:
    """Set a kind's period for the office (for everybody without one); what it said before is kept."""
    require(rules.may_set_periods_of(by, organisation), rules.NOT_SETTING)
    values = {
        "closes_on": closes_on,
        "due": due,
        "send_to": send_to,
        "source": source,
        "is_asked": is_asked and organisation is not None,
    }
    own, is_new = ReportPeriod.objects.get_or_create(
        kind=rule.kind, organisation=organisation, defaults=values
    )
    if not is_new:
        record(own, by=by, note=f"{own.closes_on}; {own.due}; {own.send_to}; {own.source}")
        for name, value in values.items():
            setattr(own, name, value)
        own.save(update_fields=list(values))
    return own
