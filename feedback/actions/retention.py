"""Nothing is kept longer than its period: what is due goes, in batches, and is counted."""

import datetime
from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.access import require
from core.audit import forgetting
from core.transitions import record
from feedback import rules
from feedback.actions.imports import forget_import
from feedback.actions.intake import drop_files
from feedback.actions.privacy import forget_person
from feedback.models import RetentionRule
from feedback.queries.retention import overdue
from organisations.models import User

BATCH = 200
Kind = RetentionRule.Kind


def clear_overdue(now: datetime.datetime) -> dict[str, int]:
    """Delete what is due to go; how many rows of each kind. Safe to run twice, also at once."""
    return {rule.kind: _clear(rule, now) for rule in RetentionRule.objects.order_by("kind")}


def set_period(rule: RetentionRule, *, by: User, days: int, source: str) -> None:
    """Change how long a kind is kept, and on what ground."""
    require(rules.may_set_periods(by), _("Chỉ người quản trị được đổi thời hạn lưu."))
    note = _("%(before)d ngày → %(after)d ngày. %(source)s") % {
        "before": rule.days,
        "after": days,
        "source": source,
    }
    rule.days, rule.source = days, source
    with transaction.atomic():
        rule.save(update_fields=["days", "source"])
        record(rule, by=by, note=note)


def _clear(rule: RetentionRule, now: datetime.datetime) -> int:
    done = 0
    while True:
        with forgetting():
            found, _since = overdue(rule, now)
            rows = list(
                found.order_by("pk").select_for_update(of=("self",), skip_locked=True)[:BATCH]
            )
            REMOVE[rule.kind](rows)
        done += len(rows)
        if len(rows) < BATCH:
            return done


def _forget_senders(rows: Iterable[Any]) -> None:
    for submission in rows:
        forget_person(submission)
        record(submission, by=None, note=_("Hết thời hạn lưu: đã xóa thông tin liên hệ và tệp"))


def _delete(rows: Iterable[Any]) -> None:
    for row in rows:
        row.delete()


def _forget_imports(rows: Iterable[Any]) -> None:
    for sheet in rows:
        forget_import(sheet)


REMOVE: dict[str, Callable[[list[Any]], None]] = {
    Kind.CONTACTS: _forget_senders,
    Kind.LETTERS: _delete,
    Kind.IMPORTS: _forget_imports,
    Kind.ABANDONED: drop_files,
}
