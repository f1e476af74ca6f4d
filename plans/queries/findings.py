"""What is missing or doubtful in a plan before it is issued (domain.md §4.3)."""

import datetime

from django.utils.translation import gettext as _

from core.calendar import WorkingCalendar
from core.dates import written_day
from documents.facts import Finding
from documents.models import Document
from plans.models import DialogueSession, Duty, Plan
from plans.queries.dossier import DutyLine, duty_lines, group_lines, plan_of, sessions_in_order

ERROR, WARNING, INFO = "error", "warning", "info"
_MONTH = datetime.timedelta(days=31)


def session_findings(document: Document) -> list[Finding]:
    """Every session has a theme, a time in the plan's year, a place and a chair."""
    plan = plan_of(document)
    if plan is None:
        return []
    sessions = list(sessions_in_order(plan.sessions.all()))
    if not sessions:
        return [Finding(ERROR, _("Kế hoạch chưa có hội nghị đối thoại nào."))]
    return [finding for session in sessions for finding in _of_session(session, plan)]


def _of_session(session: DialogueSession, plan: Plan) -> list[Finding]:
    found = []
    name = str(session)[:80]
    wanted = (
        (session.theme, ERROR, _("“%(name)s” chưa có chủ đề.")),
        (session.time, ERROR, _("“%(name)s” chưa có thời gian.")),
        (session.audience, WARNING, _("“%(name)s” chưa ghi đối tượng.")),
        (session.place, WARNING, _("“%(name)s” chưa có địa điểm.")),
        (list(session.chairs.all()), WARNING, _("“%(name)s” chưa ghi người chủ trì.")),
    )
    for value, severity, words in wanted:
        if not value:
            found.append(Finding(severity, words % {"name": name}, session.clause_id))
    if session.time and session.latest_on is None:
        words = _("“%(name)s”: “%(phrase)s” chưa cho biết ngày, nên chưa lên lịch được.")
        shown = {"name": name, "phrase": session.time}
        found.append(Finding(WARNING, words % shown, session.clause_id))
    if session.latest_on and not _is_in_year(session.latest_on, plan.year):
        found.append(_outside(name, session.latest_on, plan.year, session.clause_id))
    return found


def group_findings(document: Document) -> list[Finding]:
    """The quotas of the groups below come to the quota above."""
    plan = plan_of(document)
    if plan is None:
        return []
    words = _("“%(name)s” ghi %(quota)s nhưng các nhóm bên dưới cộng lại là %(sum)s.")
    return [
        Finding(
            WARNING,
            words
            % {
                "name": line.group.clause.text[:80],
                "quota": line.quota,
                "sum": " - ".join(f"{n:02d}" for n in dict.fromkeys(line.mismatch)),
            },
            line.group.clause_id,
        )
        for line in group_lines(plan)
        if line.mismatch
    ]


def assignee_findings(document: Document) -> list[Finding]:
    """Somebody is told to do something."""
    plan = plan_of(document)
    if plan is None:
        return []
    rows = list(plan.assignees.select_related("clause").prefetch_related("organisations"))
    if not rows:
        return [Finding(WARNING, _("Kế hoạch chưa phân công cơ quan nào."))]
    return [
        Finding(
            ERROR,
            _("“%(name)s” chưa chọn cơ quan trong danh sách đơn vị.")
            % {"name": row.clause.text[:80]},
            row.clause_id,
        )
        for row in rows
        if not row.organisations.all()
    ]


def duty_findings(document: Document) -> list[Finding]:
    """Every duty has somebody to do it, and a deadline that gives a day in the plan's year."""
    plan = plan_of(document)
    if plan is None:
        return []
    lines = duty_lines(plan)
    calendar = WorkingCalendar.load(plan.year)
    found = [finding for line in lines for finding in _of_duty(line, plan, calendar)]
    found += _double_leads(lines)
    open_ended = sum(1 for line in lines if line.duty.due is None)
    if open_ended:
        words = _("%(n)d nhiệm vụ không ghi thời hạn nên không thành việc để theo dõi.")
        found.append(Finding(INFO, words % {"n": open_ended}))
    return found


def _of_duty(line: DutyLine, plan: Plan, calendar: WorkingCalendar) -> list[Finding]:
    name, clause_id = line.duty.clause.text[:80], line.duty.clause_id
    if line.assignee is None:
        words = _("“%(name)s” chưa nằm dưới cơ quan được phân công nào.")
        return [Finding(ERROR, words % {"name": name}, clause_id)]
    if line.duty.due is None:
        return []
    if line.due_on is None:
        return [
            Finding(WARNING, _why_no_day(line) % {"name": name, "phrase": line.duty.due}, clause_id)
        ]
    found = []
    if not _is_in_year(line.due_on, plan.year):
        found.append(_outside(name, line.due_on, plan.year, clause_id))
    elif not calendar.is_working(line.due_on):
        words = _("“%(name)s”: hạn %(day)s là ngày nghỉ.")
        found.append(
            Finding(INFO, words % {"name": name, "day": written_day(line.due_on)}, clause_id)
        )
    if line.duty.due.is_relative and len(line.sessions) > 1:
        words = _(
            "“%(name)s” phục vụ nhiều hội nghị nhưng thời hạn chỉ tính theo một; "
            "hãy tách riêng cho từng hội nghị."
        )
        found.append(Finding(WARNING, words % {"name": name}, clause_id))
    return found


def _why_no_day(line: DutyLine) -> str:
    if line.duty.due is not None and line.duty.due.is_relative:
        return _("“%(name)s”: “%(phrase)s” cần gắn với một hội nghị đã có thời gian.")
    return _("“%(name)s”: “%(phrase)s” không cho một ngày cụ thể nên không thành việc để theo dõi.")


def _double_leads(lines: list[DutyLine]) -> list[Finding]:
    """One product has one lead (E21)."""
    leads: dict[str, list[DutyLine]] = {}
    for line in lines:
        if line.duty.part == Duty.Part.LEAD and line.duty.deliverable:
            leads.setdefault(line.duty.deliverable.casefold(), []).append(line)
    words = _("“%(product)s” có %(n)d cơ quan cùng chủ trì; mỗi sản phẩm nên có một đầu mối.")
    found = []
    for same in leads.values():
        bodies = {body.pk for line in same for body in line.bodies}
        if len(bodies) > 1:
            shown = {"product": same[0].duty.deliverable, "n": len(bodies)}
            found.append(Finding(WARNING, words % shown, same[-1].duty.clause_id))
    return found


def _is_in_year(day: datetime.date, year: int) -> bool:
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    return first - _MONTH <= day <= last + _MONTH


def _outside(name: str, day: datetime.date, year: int, clause_id: int) -> Finding:
    words = _("“%(name)s”: ngày %(day)s không thuộc năm %(year)d của kế hoạch.")
    return Finding(ERROR, words % {"name": name, "day": written_day(day), "year": year}, clause_id)
