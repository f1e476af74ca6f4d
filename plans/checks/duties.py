"""Rules over each duty of a plan: somebody to do it, a day, one lead (domain.md §4.3)."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.dates import written_day
from core.text import fold
from core.timephrase import TimePhrase
from documents.checks.registry import ERROR, INFO, WARNING, Book, Found
from documents.reading import read_duty
from plans.checks.sheet import DutyRow, PlanSheet, plan_sheet
from plans.models import Duty

DUTIES = Book(plan_sheet)
rule = DUTIES.rule
ALIKE = 0.8
TO_TASKS = gettext_lazy("Nhiệm vụ cần cơ quan và thời hạn mới thành việc để theo dõi")


@rule(
    "duty-without-body",
    "R12",
    ERROR,
    gettext_lazy("Nhiệm vụ có cơ quan thực hiện"),
    TO_TASKS,
)
def somebody_does_it(plan: PlanSheet) -> Iterator[Found]:
    """Every addressee is a body of the list, every duty stands under one."""
    for row in plan.assignees:
        if not row.bodies:
            words = _("“%(name)s” chưa chọn cơ quan trong danh sách đơn vị.")
            yield Found(words % {"name": row.name}, row.clause_id)
    for duty in plan.duties:
        if duty.assignee is None and not duty.own:
            words = _("“%(name)s” chưa nằm dưới cơ quan được phân công nào.")
            yield Found(words % {"name": duty.name}, duty.clause_id)


@rule(
    "nobody-assigned",
    "R13",
    WARNING,
    gettext_lazy("Kế hoạch phân công cơ quan"),
    TO_TASKS,
)
def somebody_is_assigned(plan: PlanSheet) -> Iterator[Found]:
    """Somebody is told to do something."""
    if not plan.assignees and not any(duty.own for duty in plan.duties):
        yield Found(_("Kế hoạch chưa phân công cơ quan nào."))


@rule(
    "duty-without-day",
    "R14",
    WARNING,
    gettext_lazy("Thời hạn cho ra một ngày cụ thể"),
    TO_TASKS,
)
def deadlines_give_days(plan: PlanSheet) -> Iterator[Found]:
    """A deadline that is written gives a day; one that hangs on a session names one session."""
    for duty in plan.duties:
        shown = {"name": duty.name, "phrase": duty.due}
        if duty.due and (duty.assignee or duty.own) and duty.due_on is None:
            yield Found(_why_no_day(duty) % shown, duty.clause_id)
        elif duty.due and duty.due.is_relative and len(duty.sessions) > 1:
            words = _(
                "“%(name)s” phục vụ nhiều hội nghị nhưng thời hạn chỉ tính theo một; "
                "hãy tách riêng cho từng hội nghị."
            )
            yield Found(words % shown, duty.clause_id)


def _why_no_day(duty: DutyRow) -> str:
    if duty.due is not None and duty.due.is_relative:
        return _("“%(name)s”: “%(phrase)s” cần gắn với một hội nghị đã có thời gian.")
    return _("“%(name)s”: “%(phrase)s” không cho một ngày cụ thể nên không thành việc để theo dõi.")


@rule(
    "duty-open-ended",
    "R15",
    INFO,
    gettext_lazy("Nhiệm vụ có thời hạn"),
    TO_TASKS,
)
def deadlines_are_written(plan: PlanSheet) -> Iterator[Found]:
    """Duties without a deadline do not become tasks; how many there are."""
    count = sum(1 for duty in plan.duties if duty.due is None)
    if count:
        words = _("%(n)d nhiệm vụ không ghi thời hạn nên không thành việc để theo dõi.")
        yield Found(words % {"n": count})


@rule(
    "duty-day-untaken",
    "R18",
    WARNING,
    gettext_lazy("Thời hạn viết trong câu đã được nhận"),
    TO_TASKS,
)
def written_deadlines_are_taken(plan: PlanSheet) -> Iterator[Found]:
    """A deadline in the words of a duty but not in its field is tracked by nobody, or by another day."""
    for duty in plan.duties:
        read = read_duty(duty.text, year=plan.year).due
        if read is not None and read.resolve() is not None and not _is_taken(read, duty):
            words = _(
                "“%(name)s” có ghi “%(phrase)s” nhưng ô Thời hạn còn trống nên không ai theo dõi: "
                "hãy mở đoạn này và nhận thời hạn."
            )
            if duty.due is not None:
                words = _(
                    "“%(name)s” có ghi “%(phrase)s” nhưng ô Thời hạn ghi “%(due)s”, nhiệm vụ tính "
                    "theo ô này: hãy sửa cho khớp."
                )
            shown = {"name": duty.name, "phrase": read, "due": duty.due}
            yield Found(words % shown, duty.clause_id)


def _is_taken(read: TimePhrase, duty: DutyRow) -> bool:
    """Whether the field comes to the day that was read, or itself stands among the words."""
    if duty.due is None:
        return False
    written = re.escape(fold(duty.due.literal))
    is_among_words = re.search(rf"(?<!\d){written}(?!\d)", fold(duty.text)) is not None
    return is_among_words or duty.due.resolve() in {None, read.resolve()}


@rule(
    "duty-year",
    "E4",
    ERROR,
    gettext_lazy("Thời hạn nằm trong năm của kế hoạch"),
    gettext_lazy("Ngày ngoài năm thường do sửa kế hoạch năm trước còn sót"),
)
def duties_in_year(plan: PlanSheet) -> Iterator[Found]:
    """E4: all days lie in the plan's year, give or take a month."""
    for duty in plan.duties:
        if duty.due_on and not plan.is_in_year(duty.due_on):
            words = _("“%(name)s”: ngày %(day)s không thuộc năm %(year)d của kế hoạch.")
            shown = {"name": duty.name, "day": written_day(duty.due_on), "year": plan.year}
            yield Found(words % shown, duty.clause_id)


@rule(
    "duty-day-off",
    "E6",
    INFO,
    gettext_lazy("Thời hạn rơi vào ngày nghỉ"),
    gettext_lazy("Lịch làm việc của cơ quan"),
)
def due_on_working_day(plan: PlanSheet) -> Iterator[Found]:
    """E6: a deadline falls on a working day."""
    for duty in plan.duties:
        on = duty.due_on
        if on and plan.is_in_year(on) and not plan.paper.calendar.is_working(on):
            words = _("“%(name)s”: hạn %(day)s là ngày nghỉ.")
            yield Found(words % {"name": duty.name, "day": written_day(on)}, duty.clause_id)


@rule(
    "two-leads",
    "E21",
    WARNING,
    gettext_lazy("Mỗi sản phẩm một đầu mối chủ trì"),
    gettext_lazy("Hai nơi cùng chủ trì thì không nơi nào chịu trách nhiệm"),
)
def one_lead(plan: PlanSheet) -> Iterator[Found]:
    """E21: one product has one lead."""
    leads: dict[str, list[DutyRow]] = {}
    for duty in plan.duties:
        if duty.part == Duty.Part.LEAD and duty.deliverable:
            leads.setdefault(fold(duty.deliverable), []).append(duty)
    for same in leads.values():
        bodies = {pk for duty in same for pk in duty.body_ids}
        if len(bodies) > 1:
            words = _(
                "“%(product)s” có %(n)d cơ quan cùng chủ trì; mỗi sản phẩm nên có một đầu mối."
            )
            shown = {"product": same[0].deliverable, "n": len(bodies)}
            yield Found(words % shown, same[-1].clause_id)


@rule(
    "duplicate-duty",
    "E22",
    INFO,
    gettext_lazy("Không giao trùng một việc"),
    gettext_lazy("Một việc ghi hai lần thành hai nhiệm vụ phải theo dõi"),
)
def nothing_twice(plan: PlanSheet) -> Iterator[Found]:
    """E22: no body is told the same thing twice, nor addressed in two places."""
    seen: dict[int, list[set[str]]] = {}
    for duty in plan.duties:
        words = set(fold(duty.text).split())
        if any(_alike(words, other) for pk in duty.body_ids for other in seen.get(pk, ())):
            text = _("“%(name)s” đã được giao cho cơ quan này ở trên.")
            yield Found(text % {"name": duty.name}, duty.clause_id)
        for pk in duty.body_ids:
            seen.setdefault(pk, []).append(words)
    known: set[int] = set()
    for row in plan.assignees:
        again = next((body for body in row.bodies if body.pk in known), None)
        if again and len(row.bodies) == 1:
            text = _("%(body)s được phân công ở hai mục; nên gộp lại.")
            yield Found(text % {"body": again.name}, row.clause_id)
        known |= {body.pk for body in row.bodies}


def _alike(one: set[str], other: set[str]) -> bool:
    whole = len(one | other)
    return whole > 3 and len(one & other) / whole >= ALIKE


@rule(
    "duty-body-ended",
    "E32",
    WARNING,
    gettext_lazy("Cơ quan được giao việc còn hoạt động"),
    gettext_lazy("Cơ quan sáp nhập, giải thể có nơi kế thừa"),
)
def bodies_still_there(plan: PlanSheet) -> Iterator[Found]:
    """E32: nobody is assigned who has been dissolved."""
    named = [(row.clause_id, body) for row in plan.assignees for body in row.bodies]
    named += [
        (duty.clause_id, body)
        for duty in plan.duties
        for body in (*duty.own, duty.send_to, duty.via)
        if body
    ]
    for clause_id, body in named:
        if body.ended_on and body.ended_on < plan.paper.on:
            words = _("“%(name)s” đã kết thúc hoạt động ngày %(day)s; hãy chọn cơ quan kế thừa.")
            yield Found(words % {"name": body.name, "day": written_day(body.ended_on)}, clause_id)


@rule(
    "body-of-another-place",
    "R21",
    WARNING,
    gettext_lazy("Cơ quan được nêu thuộc địa phương mình, cấp trên hoặc cấp dưới"),
    gettext_lazy(
        "Hai cơ quan cùng tên ở hai nơi dễ chọn nhầm; không giao việc cho cơ quan nơi khác"
    ),
)
def bodies_of_this_place(plan: PlanSheet) -> Iterator[Found]:
    """Whoever is assigned, helps, or gets a product is no agency of another commune or province."""
    named = [(row.clause_id, body) for row in plan.assignees for body in row.bodies]
    named += [
        (duty.clause_id, body)
        for duty in plan.duties
        for body in (*duty.own, *duty.helpers, duty.send_to, duty.via)
        if body
    ]
    for clause_id, body in dict.fromkeys(named):
        if plan.is_beside(body):
            words = _(
                "“%(name)s” là cơ quan của địa phương khác; nếu chọn nhầm cơ quan cùng tên, "
                "hãy mở đoạn này chọn lại."
            )
            yield Found(words % {"name": body.name}, clause_id)
