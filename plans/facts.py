"""What a plan's facts say in one line, and what is read back into their forms."""

from typing import Any

from django.utils.translation import gettext as _

from core.dates import written_day
from documents.models import Clause
from plans.models import Assignee, DialogueSession, Duty, ParticipantGroup, ProgrammeItem

ROMAN = ("", "I", "II", "III", "IV")


def session_initial(clause: Clause) -> dict[str, Any]:
    """The stored session as its form shows it."""
    session = DialogueSession.objects.filter(clause=clause).first()
    if session is None:
        return {}
    names = ("kind", "theme", "audience", "time", "place", "form")
    lines = [
        f"{chair.post}: {chair.name}" if chair.name else chair.post
        for chair in session.chairs.order_by("position")
    ]
    return {
        **{name: getattr(session, name) for name in names},
        "units": list(session.units.all()),
        "chairs": "\n".join(lines),
    }


def group_initial(clause: Clause) -> dict[str, Any]:
    """The stored participant group as its form shows it."""
    names = ("exact", "minimum", "maximum", "is_approximate", "per_unit", "unit_count", "selector")
    return _read(ParticipantGroup.objects.filter(clause=clause).first(), names)


def assignee_initial(clause: Clause) -> dict[str, Any]:
    """The stored assignee as its form shows it."""
    return _read(Assignee.objects.filter(clause=clause).first(), (), ("organisations",))


def duty_initial(clause: Clause) -> dict[str, Any]:
    """The stored duty as its form shows it."""
    names = ("part", "stage", "due", "deliverable", "send_to", "via", "wants_plan")
    return _read(Duty.objects.filter(clause=clause).first(), names, ("cooperating", "sessions"))


def programme_initial(clause: Clause) -> dict[str, Any]:
    """The stored programme item as its form shows it."""
    return _read(ProgrammeItem.objects.filter(clause=clause).first(), ("conductor", "minutes"))


def session_summary(clauses: list[Clause]) -> dict[int, str]:
    """When, for whom, where."""
    rows = DialogueSession.objects.filter(clause__in=clauses)
    return {
        row.clause_id: _joined(row.time and str(row.time), _days(row), row.audience, row.place)
        for row in rows
    }


def group_summary(clauses: list[Clause]) -> dict[int, str]:
    """How many, chosen by whom."""
    rows = ParticipantGroup.objects.filter(clause__in=clauses).select_related("selector")
    return {
        row.clause_id: _joined(
            quota_text(row),
            row.selector and _("%(body)s chọn cử") % {"body": row.selector.short_name},
        )
        for row in rows
    }


def assignee_summary(clauses: list[Clause]) -> dict[int, str]:
    """The organisations behind the words."""
    rows = Assignee.objects.filter(clause__in=clauses).prefetch_related("organisations")
    return {
        row.clause_id: ", ".join(body.short_name for body in row.organisations.all())
        for row in rows
    }


def duty_summary(clauses: list[Clause]) -> dict[int, str]:
    """The part, the deadline, the product."""
    rows = (
        Duty.objects.filter(clause__in=clauses)
        .select_related("plan__document__organisation")
        .prefetch_related("cooperating")
    )
    return {
        row.clause_id: _joined(
            row.get_part_display(),
            row.stage and row.get_stage_display(),
            row.due and str(row.due),
            _last_day(row),
            row.deliverable,
            row.wants_plan and _("phải lập kế hoạch riêng"),
            ", ".join(body.short_name for body in row.cooperating.all()),
        )
        for row in rows
    }


def programme_summary(clauses: list[Clause]) -> dict[int, str]:
    """Who conducts it and how long it takes."""
    rows = ProgrammeItem.objects.filter(clause__in=clauses)
    return {
        row.clause_id: _joined(row.conductor, _("%(n)d phút") % {"n": row.minutes}) for row in rows
    }


def propose_session(clause: Clause, cleaned: dict[str, Any]) -> str:
    """The words of a session out of its fact: a title and one line for each thing known."""
    time, theme = cleaned.get("time"), cleaned.get("theme", "")
    last = time.end if time else None
    title = f"{_('Quý')} {ROMAN[quarter_of(last.month)]}/{last.year}" if last else theme[:200]
    when = str(time or "")
    lines = (
        (_("Nội dung"), theme),
        (_("Đối tượng"), cleaned.get("audience", "")),
        (_("Thời gian"), "" if when == title else when),
        (_("Địa điểm"), cleaned.get("place", "")),
    )
    return "\n".join([title, *(f"{label}: {said}" for label, said in lines if said)])


def propose_assignee(clause: Clause, cleaned: dict[str, Any]) -> str:
    """The names of the organisations."""
    return "; ".join(body.name for body in cleaned.get("organisations", ()))


def quarter_of(month: int) -> int:
    """The quarter (1–4) of a month."""
    return (month - 1) // 3 + 1


def quota_text(group: ParticipantGroup) -> str:
    """The quota in words: "120 - 150 đại biểu", "mỗi đơn vị 02 đại biểu × 18"; empty if none."""
    about = _("khoảng ") if group.is_approximate else ""
    if group.exact is not None:
        return _("%(about)s%(n)02d đại biểu") % {"about": about, "n": group.exact}
    if group.per_unit is not None:
        text = _("mỗi đơn vị %(about)s%(n)02d đại biểu") % {"about": about, "n": group.per_unit}
        return f"{text} × {group.unit_count}" if group.unit_count else text
    low, high = group.minimum, group.maximum
    if low is not None and high is not None:
        return _("%(about)s%(low)02d - %(high)02d đại biểu") % {
            "about": about,
            "low": low,
            "high": high,
        }
    if low is not None:
        return _("từ %(n)02d đại biểu") % {"n": low}
    return _("không quá %(n)02d đại biểu") % {"n": high} if high is not None else ""


def quota_range(group: ParticipantGroup) -> tuple[int, int] | None:
    """The least and the greatest number of people a quota means; None if it cannot be counted."""
    if group.exact is not None:
        return group.exact, group.exact
    if group.per_unit is not None:
        total = group.per_unit * group.unit_count if group.unit_count else None
        return (total, total) if total is not None else None
    if group.minimum is None and group.maximum is None:
        return None
    low = group.minimum or 0
    return low, group.maximum if group.maximum is not None else low


def _days(session: DialogueSession) -> str:
    first, last = session.earliest_on, session.latest_on
    if last is None:
        return _("chưa thành ngày") if session.time else ""
    if first is None or first == last:
        return written_day(last)
    return f"{written_day(first)} – {written_day(last)}"


def _last_day(duty: Duty) -> str:
    """The last good day of a deadline that hangs on nothing else."""
    if duty.due is None or duty.due.is_relative:
        return ""
    inclusive = duty.plan.document.organisation.is_before_inclusive
    last = duty.due.resolve(before_is_inclusive=inclusive)
    return _("ngày cuối %(day)s") % {"day": written_day(last)} if last else ""


def _joined(*parts: object) -> str:
    return " · ".join(str(part) for part in parts if part)


def _read(row: Any, names: tuple[str, ...], many: tuple[str, ...] = ()) -> dict[str, Any]:
    if row is None:
        return {}
    return {
        **{name: getattr(row, name) for name in names},
        **{name: list(getattr(row, name).all()) for name in many},
    }
