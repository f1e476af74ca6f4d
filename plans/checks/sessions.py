"""Rules over the sessions of a plan (domain.md §4.3, §2.2)."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.dates import written_day
from documents.checks.header import surname_slip
from documents.checks.registry import ERROR, INFO, WARNING, Book, Found
from plans.checks.sheet import PlanSheet, SessionRow, plan_sheet
from plans.queries import untrue_times

SESSIONS = Book(plan_sheet)
rule = SESSIONS.rule
QUARTER = re.compile(r"\b[Qq]uý\s+(IV|III|II|I|[1-4])\b")
NUMBERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}
LAW = gettext_lazy("Luật Tổ chức chính quyền địa phương số 72/2025/QH15, Điều 43")


@rule(
    "session-incomplete",
    "E18",
    ERROR,
    gettext_lazy("Có hội nghị; mỗi hội nghị có chủ đề, thời gian"),
    gettext_lazy("Không có thời gian thì không lên lịch, không giao việc được"),
)
def sessions_have_time(plan: PlanSheet) -> Iterator[Found]:
    """E18: there is a session, and each has a theme and a time."""
    if not plan.sessions:
        yield Found(_("Kế hoạch chưa có hội nghị đối thoại nào."))
    for row in plan.sessions:
        if not row.theme:
            yield _about(row, _("“%(name)s” chưa có chủ đề."))
        if not row.time:
            yield _about(row, _("“%(name)s” chưa có thời gian."))


@rule(
    "session-details",
    "R5",
    WARNING,
    gettext_lazy("Hội nghị có đối tượng, địa điểm, người chủ trì, ngày"),
    gettext_lazy("Phải đủ trước khi gửi giấy mời"),
)
def sessions_are_described(plan: PlanSheet) -> Iterator[Found]:
    """E18 and "each session has at least one chair": what must stand before invitations go."""
    for row in plan.sessions:
        if not row.audience:
            yield _about(row, _("“%(name)s” chưa ghi đối tượng."))
        if not row.place:
            yield _about(row, _("“%(name)s” chưa có địa điểm."))
        if not row.chairs:
            yield _about(row, _("“%(name)s” chưa ghi người chủ trì."))
        if row.time and row.last_on is None:
            words = _("“%(name)s”: “%(phrase)s” chưa cho biết ngày, nên chưa lên lịch được.")
            yield Found(words % {"name": row.name, "phrase": row.time}, row.clause_id)


@rule(
    "session-year",
    "E4",
    ERROR,
    gettext_lazy("Hội nghị nằm trong năm của kế hoạch"),
    gettext_lazy("Ngày ngoài năm thường do sửa kế hoạch năm trước còn sót"),
)
def sessions_in_year(plan: PlanSheet) -> Iterator[Found]:
    """E4: all days lie in the plan's year, give or take a month."""
    for row in plan.sessions:
        if row.last_on and not plan.is_in_year(row.last_on):
            words = _("“%(name)s”: ngày %(day)s không thuộc năm %(year)d của kế hoạch.")
            shown = {"name": row.name, "day": written_day(row.last_on), "year": plan.year}
            yield Found(words % shown, row.clause_id)


@rule(
    "session-quarter",
    "R6",
    WARNING,
    gettext_lazy("Tháng của hội nghị nằm trong quý đã ghi"),
    gettext_lazy("Tên mục ghi quý nào thì hội nghị họp trong quý ấy"),
)
def month_in_quarter(plan: PlanSheet) -> Iterator[Found]:
    """A session headed "Quý II" is held in April, May or June."""
    for row in plan.sessions:
        said = QUARTER.search(row.title)
        if said and row.last_on and NUMBERS[said[1]] != (row.last_on.month - 1) // 3 + 1:
            words = _("Đề mục ghi “%(quarter)s” nhưng thời gian là %(day)s.")
            shown = {"quarter": said[0], "day": written_day(row.last_on)}
            yield Found(words % shown, row.clause_id)


@rule(
    "session-words",
    "R19",
    WARNING,
    gettext_lazy("Câu chữ ghi đúng thời gian của hội nghị"),
    gettext_lazy("Người đọc theo câu chữ; lịch và giấy mời theo thời gian đã chọn"),
)
def words_say_the_time(plan: PlanSheet) -> Iterator[Found]:
    """The time written in the session's words is the one that counts."""
    for row in plan.sessions:
        for said in untrue_times(row.words, row.time, plan.year):
            words = _("Câu chữ ghi “%(said)s” nhưng thời gian của hội nghị là “%(time)s”.")
            yield Found(words % {"said": said.phrase, "time": row.time}, row.clause_id)


@rule(
    "session-moved-since",
    "R20",
    WARNING,
    gettext_lazy("Bản sửa đổi theo thời gian mới nhất của hội nghị"),
    gettext_lazy("Hội nghị được đổi ngày trong khi bản sửa đổi đang soạn hoặc đang trình"),
)
def follows_the_living_session(plan: PlanSheet) -> Iterator[Found]:
    """A session moved while its amendment was written stands there with the new time."""
    for row in plan.sessions:
        if row.moved_to and row.moved_to != row.time:
            words = _(
                "“%(name)s” vừa được đổi sang “%(moved)s”; ban hành bản này thì "
                "thời gian lại là “%(time)s”."
            )
            shown = {"name": row.name, "moved": row.moved_to, "time": row.time or _("chưa có")}
            yield Found(words % shown, row.clause_id)


@rule(
    "session-day-off",
    "R7",
    INFO,
    gettext_lazy("Ngày hội nghị là ngày nghỉ"),
    gettext_lazy("Họp ngày nghỉ được, nhưng nên là chủ ý"),
)
def held_on_working_day(plan: PlanSheet) -> Iterator[Found]:
    """A conference with an exact day falls on a working day."""
    for row in plan.sessions:
        why = plan.paper.calendar.why_off(row.last_on) if row.last_on else ""
        if row.last_on and row.first_on == row.last_on and why:
            words = _("“%(name)s” họp ngày %(day)s là ngày nghỉ (%(why)s).")
            shown = {"name": row.name, "day": written_day(row.last_on), "why": why}
            yield Found(words % shown, row.clause_id)


@rule(
    "announce-late",
    "R8",
    WARNING,
    gettext_lazy("Kế hoạch ban hành kịp để thông báo trước hội nghị"),
    LAW,
)
def announced_in_time(plan: PlanSheet) -> Iterator[Found]:
    """People hear of a conference at least seven days before it."""
    days = plan.paper.settings.number("announce_days")
    for row in plan.sessions:
        if row.last_on and (row.last_on - plan.paper.on).days < days:
            words = _("“%(name)s” họp ngày %(day)s, không còn đủ %(n)d ngày để thông báo trước.")
            shown = {"name": row.name, "day": written_day(row.last_on), "n": days}
            yield Found(words % shown, row.clause_id)


@rule(
    "chair-surname",
    "E11",
    INFO,
    gettext_lazy("Họ của người chủ trì viết đúng"),
    gettext_lazy("Danh mục họ do cơ quan bổ sung được"),
)
def chairs_have_known_surnames(plan: PlanSheet) -> Iterator[Found]:
    """E11 over the names of chairs."""
    for row in plan.sessions:
        for _post, name in row.chairs:
            yield from surname_slip(name, plan.paper, row.clause_id)


def _about(row: SessionRow, words: str) -> Found:
    return Found(words % {"name": row.name}, row.clause_id)
