"""Rules over the chain: what comes first, who hands over to whom, how much time is left (§4.3)."""

import datetime
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assignments.models import Stage
from core.dates import written_day
from core.text import fold
from documents.checks.registry import ERROR, WARNING, Book, Found
from plans.checks.sheet import DutyRow, PlanSheet, plan_sheet

ORDER = Book(plan_sheet)
rule = ORDER.rule
MATTER = re.compile(r"\b(y kien|kien nghi|cau hoi|phan anh)\b")
CONCLUSION = re.compile(r"\bthong bao ket luan\b")
PUBLICATION = re.compile(r"\b(cong khai|niem yet)\b.*\bket qua\b|\bcong khai ket luan\b")
CLOCKS = gettext_lazy("Thời hạn theo luật và quy chế; số ngày do cơ quan đặt")


@rule(
    "order-around-session",
    "E5",
    ERROR,
    gettext_lazy("Việc trước hội nghị xong trước, việc sau hội nghị đến sau"),
    gettext_lazy("Thứ tự các bước quyết định việc nào chờ việc nào"),
)
def steps_in_order(plan: PlanSheet) -> Iterator[Found]:
    """E5: what is done before a conference is due before it, what follows it after it."""
    for duty in plan.dated:
        on = duty.due_on or datetime.date.max
        last = [row.last_on for row in duty.sessions if row.last_on]
        first = [row.first_on for row in duty.sessions if row.first_on]
        if duty.stage == Stage.BEFORE and last and on > max(last):
            words = _("“%(name)s” là việc trước hội nghị nhưng hạn %(day)s lại sau hội nghị.")
            yield Found(words % {"name": duty.name, "day": written_day(on)}, duty.clause_id)
        if duty.stage == Stage.AFTER and first and on < min(first):
            words = _("“%(name)s” là việc sau hội nghị nhưng hạn %(day)s lại trước hội nghị.")
            yield Found(words % {"name": duty.name, "day": written_day(on)}, duty.clause_id)


@rule(
    "hand-over",
    "E19",
    WARNING,
    gettext_lazy("Nơi nhận của bước trước làm bước sau"),
    gettext_lazy("Tài liệu gửi tới nơi không có việc tiếp theo thì dừng ở đó"),
)
def handed_over(plan: PlanSheet) -> Iterator[Found]:
    """E19: who gets the opinions of one step acts in the next one."""
    for duty, following in _pairs(plan):
        actors = {pk for row in following for pk in (*row.body_ids, *row.cooperating)}
        if duty.receivers and not duty.receivers & actors:
            words = _("“%(name)s” gửi về %(to)s, nhưng bước tiếp theo (%(day)s) do %(next)s làm.")
            shown = {
                "name": duty.name,
                "to": " ".join(body.name for body in (duty.via or duty.send_to,) if body),
                "day": written_day(following[0].due_on or plan.paper.on),
                "next": ", ".join(body.name for body in following[0].bodies) or "–",
            }
            yield Found(words % shown, duty.clause_id)


@rule(
    "slack",
    "E20",
    WARNING,
    gettext_lazy("Giữa hai bước nối nhau đủ ngày làm việc"),
    gettext_lazy("Bước sau cần thời gian đọc, tổng hợp; số ngày do cơ quan đặt"),
)
def enough_time(plan: PlanSheet) -> Iterator[Found]:
    """E20: at least two working days lie between linked steps, and before the conference."""
    least = plan.paper.settings.number("slack_days")
    for duty, day, name in _steps(plan):
        left = plan.paper.calendar.working_days_between(duty.due_on or day, day)
        if left < least:
            words = _("“%(name)s” xong %(day)s, chỉ còn %(n)d ngày làm việc trước “%(next)s”.")
            shown = {"name": duty.name, "day": written_day(duty.due_on or day), "n": left}
            yield Found(words % {**shown, "next": name}, duty.clause_id)


def _steps(plan: PlanSheet) -> Iterator[tuple[DutyRow, datetime.date, str]]:
    """Each dated step with the day and the name of what waits for it."""
    for duty, following in _pairs(plan):
        if following[0].due_on:
            yield duty, following[0].due_on, following[0].name
    for duty in plan.dated:
        days = [row for row in duty.sessions if row.first_on and row.first_on == row.last_on]
        for row in days:
            is_before = row.first_on and duty.due_on and duty.due_on <= row.first_on
            if duty.stage == Stage.BEFORE and is_before and row.first_on:
                yield duty, row.first_on, row.name


def _pairs(plan: PlanSheet) -> Iterator[tuple[DutyRow, list[DutyRow]]]:
    """Steps before the conference about opinions that are sent on, with the next such steps."""
    chain = [
        duty
        for duty in plan.dated
        if duty.stage != Stage.AFTER
        and MATTER.search(fold(f"{duty.text} {duty.deliverable}"))
        and not (duty.due and duty.due.is_relative)
    ]
    for place, duty in enumerate(chain):
        later = [
            row
            for row in chain[place + 1 :]
            if row.due_on != duty.due_on and _share_a_session(duty, row)
        ]
        following = [row for row in later if row.due_on == later[0].due_on]
        if duty.receivers and following:
            yield duty, following


def _share_a_session(one: DutyRow, other: DutyRow) -> bool:
    return not one.sessions or not other.sessions or bool(set(one.sessions) & set(other.sessions))


@rule("conclusion-late", "R16", WARNING, gettext_lazy("Thông báo kết luận ra đúng hạn"), CLOCKS)
def concluded_in_time(plan: PlanSheet) -> Iterator[Found]:
    """The conclusion notice is due within seven working days of the conference."""
    most = plan.paper.settings.number("conclusion_days")
    calendar = plan.paper.calendar
    for duty, held_on, due_on in _after(plan, CONCLUSION):
        if calendar.working_days_between(held_on, due_on) > most:
            words = _("“%(name)s”: hạn %(day)s quá %(n)d ngày làm việc sau hội nghị.")
            shown = {"name": duty.name, "day": written_day(due_on), "n": most}
            yield Found(words % shown, duty.clause_id)


@rule("publication-late", "R17", WARNING, gettext_lazy("Công khai kết quả đúng hạn"), CLOCKS)
def published_in_time(plan: PlanSheet) -> Iterator[Found]:
    """The result is made public within ten days of the conference."""
    most = plan.paper.settings.number("publish_days")
    for duty, held_on, due_on in _after(plan, PUBLICATION):
        if (due_on - held_on).days > most:
            words = _("“%(name)s”: hạn %(day)s quá %(n)d ngày sau hội nghị.")
            shown = {"name": duty.name, "day": written_day(due_on), "n": most}
            yield Found(words % shown, duty.clause_id)


def _after(
    plan: PlanSheet, matter: "re.Pattern[str]"
) -> Iterator[tuple[DutyRow, datetime.date, datetime.date]]:
    """Dated duties on a matter with the last day of the conference they follow."""
    for duty in plan.dated:
        held = [row.last_on for row in duty.sessions if row.last_on]
        if held and duty.due_on and matter.search(fold(f"{duty.text} {duty.deliverable}")):
            yield duty, max(held), duty.due_on
