"""Letting a finding stand with a reason, taking that back, and changing what the rules work with."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.access import RefusedError, require
from core.transitions import record
from core.versions import save_version
from documents import checks, rules
from documents.actions.drafting import hold_draft
from documents.models import CheckSetting, Document, Waiver
from documents.reading.slips import read_spelling
from organisations.models import User

NOTE_LENGTH = 300


@transaction.atomic
def waive_finding(
    document: Document, *, by: User, fingerprint: str, reason: str, today: datetime.date
) -> Waiver:
    """Let one finding stand as its clause is worded now; the head is shown the reason.

    Raises RefusedError for an error, which must be mended, and for a finding that is gone.
    """
    hold_draft(document, by)
    require(bool(reason.strip()), _("Hãy ghi lý do bỏ qua để lãnh đạo biết."))
    finding = checks.report(document, today=today).with_fingerprint(fingerprint)
    if finding is None:
        raise RefusedError(
            _("Không bỏ qua được: chỗ này phải sửa, hoặc nội dung vừa thay đổi nên cần xem lại.")
        )
    waiver, _is_new = Waiver.objects.update_or_create(
        document=document,
        rule=finding.rule,
        fingerprint=fingerprint,
        defaults={"clause_id": finding.clause_id, "reason": reason, "by": by},
    )
    words = _("Bỏ qua lưu ý: %(finding)s. Lý do: %(reason)s")
    record(
        document,
        by=by,
        note=words % {"finding": finding.message[:NOTE_LENGTH].rstrip("."), "reason": reason},
    )
    return waiver


@transaction.atomic
def withdraw_waiver(waiver: Waiver, *, by: User) -> None:
    """Show the finding again."""
    document = hold_draft(waiver.document, by)
    waiver.delete()
    record(document, by=by, note=_("Xem lại lưu ý đã bỏ qua: %(r)s") % {"r": waiver.reason})


@transaction.atomic
def edit_check_setting(setting: CheckSetting, *, by: User, version: int, value: str) -> None:
    """Change a list or a limit of the linter for the whole installation.

    Raises StaleError if somebody has changed it since `version`.
    """
    require(rules.may_edit_checks(by), _("Chỉ quản trị viên được sửa danh sách của bộ kiểm tra."))
    problem = problem_with(setting.kind, value)
    require(not problem, problem)
    save_version(setting, version=version, value=value, edited_by=by, edited_at=timezone.now())


def problem_with(kind: str, value: str) -> str:
    """Why a value cannot be read, as a sentence; empty if it can."""
    if kind == CheckSetting.Kind.NUMBER and not (value.isascii() and value.isdecimal()):
        return _("Hãy ghi một số nguyên không âm.")
    if kind == CheckSetting.Kind.NUMBER and int(value) > 10_000:
        return _("Số này quá lớn.")
    if kind == CheckSetting.Kind.PAIRS:
        wrong = [line for line in value.splitlines() if line.strip() and not read_spelling(line)]
        if wrong:
            return _("Dòng “%(line)s” thiếu dấu mũi tên →.") % {"line": wrong[0][:60]}
    return ""
