"""What the letters about late tasks say (domain.md §3.9: văn bản đôn đốc)."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from assignments.models import Escalation, Task
from core.calendar import WorkingCalendar
from core.dates import written_day
from documents.actions import ClauseDraft, RecipientDraft
from documents.models import ClauseKind, Recipient
from organisations.models import Organisation

K = ClauseKind
ANSWER_DAYS = 3
"""Within so many working days the lead is asked to answer."""


def explanation_request(
    owner: Organisation,
    lead: Organisation,
    steps: Sequence[Escalation],
    *,
    today: datetime.date,
    calendar: WorkingCalendar,
) -> dict[str, Any]:
    """The letter in which the owner asks the lead to explain why these tasks are late."""
    answer_by = calendar.add_working_days(today, ANSWER_DAYS)
    shown = {
        "owner": owner.name,
        "lead": lead.name,
        "n": f"{len(steps):02d}",
        "today": written_day(today),
        "by": written_day(answer_by),
        "days": f"{ANSWER_DAYS:02d}",
    }
    first = _(
        "Qua theo dõi việc thực hiện các nhiệm vụ được giao, đến ngày %(today)s %(lead)s còn %(n)s "
        "nhiệm vụ quá hạn chưa có báo cáo kết quả. %(owner)s yêu cầu %(lead)s giải trình như sau:"
    )
    wanted = (
        _("Nguyên nhân chậm thực hiện từng nhiệm vụ; trách nhiệm của tập thể, cá nhân liên quan."),
        _("Việc đã làm, việc còn lại, thời điểm hoàn thành và người chịu trách nhiệm."),
        _("Khó khăn, vướng mắc vượt thẩm quyền và kiến nghị (nếu có)."),
    )
    closing = _(
        "Đề nghị %(lead)s giải trình bằng văn bản, gửi %(owner)s chậm nhất ngày %(by)s (%(days)s "
        "ngày làm việc)."
    )
    late = [ClauseDraft(K.FACT_LINE, _late(step, today, calendar)) for step in steps]
    return {
        "abstract": _("về việc giải trình các nhiệm vụ quá hạn"),
        "addressees": [lead.name],
        "clauses": [
            ClauseDraft(K.INTRODUCTION, first % shown),
            ClauseDraft(K.HEADING, _("Nhiệm vụ quá hạn"), late),
            ClauseDraft(
                K.HEADING,
                _("Nội dung giải trình"),
                [ClauseDraft(K.FACT_LINE, text) for text in wanted],
            ),
            ClauseDraft(K.CLOSING, closing % shown),
        ],
        "recipients": [
            RecipientDraft(_("Như trên"), Recipient.Purpose.PLAIN, lead),
            RecipientDraft(
                owner.archive_line or _("Lưu: %(office)s") % {"office": "VT"},
                Recipient.Purpose.ARCHIVE,
            ),
        ],
    }


def _late(step: Escalation, today: datetime.date, calendar: WorkingCalendar) -> str:
    """One late task: what, on what ground, until when, why that day, how late."""
    task: Task = step.task
    shown = {
        "title": task.title.rstrip(".;"),
        "origin": task.origin_label,
        "due": written_day(step.due_on),
        "days": f"{calendar.working_days_between(step.due_on, today):02d}",
        "why": _why(task),
    }
    return (
        _(
            "%(title)s (%(origin)s): thời hạn %(due)s%(why)s; đến nay quá hạn %(days)s ngày làm việc."
        )
        % shown
    )


def _why(task: Task) -> str:
    """In whose words the deadline was given, and how often it moved since."""
    phrase = str(task.due_phrase) if task.due_phrase is not None else ""
    moved = task.revision - 1
    parts = [_("văn bản ghi “%(words)s”") % {"words": phrase}] if phrase else []
    if task.anchor_on and phrase and task.due_phrase.is_relative:
        parts.append(_("tính từ ngày %(day)s") % {"day": written_day(task.anchor_on)})
    if moved:
        parts.append(_("đã điều chỉnh %(times)02d lần") % {"times": moved})
    return f" ({', '.join(parts)})" if parts else ""
