"""What a plan's facts say in one line, and what is read back into their forms."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Value
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
    names = (
        "exact",
        "minimum",
        "maximum",
        "is_approximate",
        "per_unit",
        "unit_level",
        "unit_count",
        "selector",
    )
    return _read(ParticipantGroup.objects.filter(clause=clause).first(), names)


def assignee_initial(clause: Clause) -> dict[str, Any]:
    """The stored assignee as its form shows it."""
    return _read(Assignee.objects.filter(clause=clause).first(), (), ("organisations",))


def duty_initial(clause: Clause) -> dict[str, Any]:
    """The stored duty as its form shows it."""
    names = ("part", "stage", "due", "deliverable", "send_to", "via", "wants_plan")
    many = ("organisations", "cooperating", "sessions")
    return _read(Duty.objects.filter(clause=clause).first(), names, many)


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
    rows = ParticipantGroup.objects.filter(clause__in=clauses).select_related("selector", "clause")
    totals = tally(list(rows))
    return {
        row.clause_id: _joined(
            quota_text(row),
            totals[row.clause_id].words,
            row.selector and _("%(body)s chọn cử") % {"body": row.selector.short_name},
        )
        for row in rows
    }


def assignee_summary(clauses: list[Clause]) -> dict[int, str]:
    """The organisations behind the words."""
    names = ArrayAgg("organisations__short_name", order_by="organisations__pk", default=Value([]))
    rows = Assignee.objects.filter(clause__in=clauses)
    named = rows.annotate(names=names).values_list("clause_id", "names")
    return {clause_id: ", ".join(filter(None, names)) for clause_id, names in named}


def duty_summary(clauses: list[Clause]) -> dict[int, str]:
    """The part, the deadline, the product."""
    rows = (
        Duty.objects.filter(clause__in=clauses)
        .select_related("plan__document__organisation")
        .annotate(
            own=ArrayAgg("organisations__short_name", distinct=True, default=Value([])),
            helpers=ArrayAgg("cooperating__short_name", distinct=True, default=Value([])),
        )
    )
    return {
        row.clause_id: _joined(
            ", ".join(filter(None, row.own)),
            row.get_part_display(),
            row.stage and row.get_stage_display(),
            row.due and str(row.due),
            _last_day(row),
            row.deliverable,
            row.wants_plan and _("phải lập kế hoạch riêng"),
            ", ".join(filter(None, row.helpers)),
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
    """The quota in words: "120 - 150 đại biểu", "mỗi thôn 02 đại biểu × 18"; empty if none."""
    about = _("khoảng ") if group.is_approximate else ""
    if group.exact is not None:
        return _("%(about)s%(n)02d đại biểu") % {"about": about, "n": group.exact}
    if group.per_unit is not None:
        unit = group.get_unit_level_display().lower() if group.unit_level else _("đơn vị")
        shown = {"about": about, "n": group.per_unit, "unit": unit}
        text = _("mỗi %(unit)s %(about)s%(n)02d đại biểu") % shown
        return f"{text} × {group.unit_count}" if group.unit_count else text
    low, high = group.minimum, group.maximum
    if low is not None and high is not None:
        shown = {"about": about, "low": low, "high": high}
        return _("%(about)s%(low)02d - %(high)02d đại biểu") % shown
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


def span_text(span: tuple[int, int] | None) -> str:
    """A count of people: "120", "120 - 150"; empty if it is not known."""
    if span is None:
        return ""
    low, high = span
    return f"{low:02d}" if low == high else f"{low:02d} - {high:02d}"


@dataclass(frozen=True)
class Tally:
    """What a group comes to: its own quota or the sum below; `parts` is that sum as far as known."""

    counted: tuple[int, int] | None
    parts: tuple[int, int] | None
    agrees: bool

    @property
    def words(self) -> str:
        """The sum below in the outline's line, and whether it reconciles."""
        if self.parts is None:
            return ""
        text = _("các nhóm bên dưới cộng %(sum)s") % {"sum": span_text(self.parts)}
        return text if self.agrees else _("%(text)s – chưa khớp") % {"text": text}


def tally(groups: list[ParticipantGroup]) -> dict[int, Tally]:
    """The totals of a tree of groups by clause; "khoảng" leaves a tenth of room (150 = 30 + 120)."""
    known = {group.clause_id: group for group in groups}
    below: dict[int, list[int]] = {}
    for group in groups:
        parent = group.clause.parent_id
        if parent in known:
            below.setdefault(parent, []).append(group.clause_id)
    found: dict[int, Tally] = {}

    def count(clause_id: int) -> Tally:
        if clause_id not in found:
            parts = [count(child).counted for child in below.get(clause_id, [])]
            found[clause_id] = _tallied(known[clause_id], parts)
        return found[clause_id]

    return {clause_id: count(clause_id) for clause_id in known}


def _tallied(group: ParticipantGroup, parts: list[tuple[int, int] | None]) -> Tally:
    own, counts = quota_range(group), [part for part in parts if part]
    if not counts:
        return Tally(own, None, agrees=True)
    low, high = sum(part[0] for part in counts), sum(part[1] for part in counts)
    is_whole = len(counts) == len(parts)
    if own is None:
        return Tally((low, high) if is_whole else None, (low, high), agrees=True)
    room = own[1] // 10 if group.is_approximate else 0
    is_enough = high >= own[0] - room or not is_whole
    return Tally(own, (low, high), agrees=low <= own[1] + room and is_enough)


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
