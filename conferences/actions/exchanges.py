"""What was raised and what was answered."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from conferences import rules
from conferences.actions.holding import NOT_OFFICE
from conferences.models import Conference, Exchange
from core.access import require
from core.transitions import record
from core.versions import save_version
from feedback.actions import answer_in_hall
from feedback.models import IssueGroup
from organisations.models import User


@transaction.atomic
def record_exchange(
    conference: Conference,
    *,
    by: User,
    now: datetime.datetime,
    group: IssueGroup | None = None,
    **said: str,
) -> Exchange:
    """Write down what was raised and answered, under the agenda item that is on.

    `said` holds raised_by, raised_body, question, answered_by, answer and outcome.
    """
    require(rules.may_record_exchange(by, conference), NOT_OFFICE)
    running = conference.agenda.filter(started_at__isnull=False, ended_at=None).first()
    if group and said.get("outcome") == Exchange.Outcome.ANSWERED and not hasattr(group, "answer"):
        # A prepared answer reaches its senders when the office releases it; here there is none.
        answer_in_hall(group.opinions.all(), by=by, note=_("Đã trả lời tại hội nghị"))
    return Exchange.objects.create(
        conference=conference,
        agenda_item=running,
        turn=conference.turns.filter(started_at__isnull=False, ended_at=None).first(),
        group=group,
        at=now,
        **said,
    )


def edit_exchange(exchange: Exchange, *, by: User, version: int, **said: object) -> None:
    """Correct what was written down; raises StaleError if somebody else was faster."""
    require(rules.may_record_exchange(by, exchange.conference), NOT_OFFICE)
    with transaction.atomic():
        save_version(exchange, version=version, **said)
        record(exchange, by=by, note=_("Sửa nội dung trao đổi"))
