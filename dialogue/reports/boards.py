"""What leaders look at: what is late and with whom, how much each agency carries, the shares."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from core.calendar import WorkingCalendar
from dialogue.models import ReportPeriod
from dialogue.reports import work
from dialogue.reports.asked import Asked
from dialogue.reports.figures import Figure, Figures, Waiting, figures_of, time_to_answer
from dialogue.reports.matters import CONCLUDED, Status
from dialogue.reports.periods import Period, closes_on_of
from dialogue.reports.work import ANY, DONE, UNFINISHED, Standing

MOST_BARS = 15
YEARS = 4


@dataclass(frozen=True)
class Share:
    """A part of a whole; both open their list. `percent` is None where there is nothing to share."""

    label: str
    part: Figure
    whole: Figure

    @property
    def percent(self) -> int | None:
        """The share, rounded."""
        return round(100 * self.part.value / self.whole.value) if self.whole.value else None


@dataclass(frozen=True)
class Board:
    """Everything on the leaders' page; bars are figures."""

    figures: Figures
    load: Figure
    late: Figure
    late_by_lead: list[Figure]
    load_by_lead: list[Figure]
    waiting: Waiting
    on_spot: Share
    in_time: Share
    done: Share


def board_of(asked: Asked, calendar: WorkingCalendar) -> Board:
    """The shares of the period; the load and what is late as they are today. Seven queries."""
    figures = figures_of(asked)
    loads = _Loads(asked)
    return Board(
        figures=figures,
        load=loads.figure(_("Việc các cơ quan đang làm"), None, UNFINISHED),
        late=loads.figure(_("Việc quá hạn chưa báo cáo"), None, (Standing.OVERDUE,)),
        late_by_lead=loads.bars((Standing.OVERDUE,)),
        load_by_lead=loads.bars(UNFINISHED),
        waiting=time_to_answer(asked, calendar),
        on_spot=Share(
            _("Giải đáp ngay tại hội nghị"),
            figures.matter(_("giải đáp tại hội nghị"), status=Status.ON_SPOT),
            figures.matter(_("nội dung đã trả lời, kết luận"), status=CONCLUDED),
        ),
        in_time=Share(
            _("Kết luận xong đúng hạn"),
            figures.job(_("việc xong đúng hạn"), standing=Standing.IN_TIME),
            figures.job(_("việc đã xong hoặc quá hạn"), standing=(*DONE, Standing.OVERDUE)),
        ),
        done=Share(
            _("Kết luận đã thực hiện xong"),
            figures.job(_("việc đã xong"), standing=DONE),
            figures.job(_("việc phải thực hiện")),
        ),
    )


class _Loads:
    """All unfinished work of today, whatever it grew out of, by agency and standing."""

    def __init__(self, asked: Asked) -> None:
        self.asked = replace(asked, period=None, at=None, conference=0, work=ANY)
        unfinished = ".".join(UNFINISHED)
        rows = work.tasks(replace(self.asked, status=unfinished)).order_by()
        self.names: dict[int, str] = {}
        self.counted: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        values = rows.values_list("lead", "lead__short_name", "standing")
        for lead, name, standing, number in values.annotate(n=Count("pk")):
            self.names[lead] = name
            self.counted[lead][standing] += number

    def figure(self, label: str, lead: int | None, standings: tuple[str, ...]) -> Figure:
        leads = self.counted if lead is None else (lead,)
        value = sum(self.counted[one][standing] for one in leads for standing in standings)
        query = self.asked.narrowed(lead=lead, status=".".join(standings))
        return Figure(label, value, f"{reverse('reports:work')}?{query}")

    def bars(self, standings: tuple[str, ...]) -> list[Figure]:
        found = [self.figure(self.names[lead], lead, standings) for lead in self.counted]
        found = sorted(found, key=lambda one: (-one.value, one.label))
        return [one for one in found if one.value][:MOST_BARS]


@dataclass(frozen=True)
class Compared:
    """A key figure in this period and earlier ones."""

    label: str
    figures: list[Figure]

    @property
    def changes(self) -> list[int]:
        """How much more than in each earlier one (less: negative)."""
        now, *earlier = self.figures
        return [now.value - one.value for one in earlier]

    @property
    def pairs(self) -> list[tuple[Figure, int]]:
        """Each earlier figure with the change since."""
        return list(zip(self.figures[1:], self.changes, strict=True))


@dataclass(frozen=True)
class Comparison:
    """Key figures of several periods, by unit, and over years."""

    heads: list[str]
    lines: list[Compared]
    bodies: list[tuple[str, list[Figure]]]
    years: list[tuple[int, str]]
    series: list[dict[str, Any]]

    @property
    def heads_of_years(self) -> list[int]:
        """What stands on the axis."""
        return [year for year, _query in self.years]


def compare(asked: Asked, rules: "dict[str, ReportPeriod]") -> Comparison:
    """The period beside the one before and that of the year before; years up to the running one."""
    period = asked.period
    assert period is not None
    periods = [period, period.before]
    if period.year_before != period.before:
        periods.append(period.year_before)
    counting = cache(figures_of)  # the running year is one of the years
    counted = [counting(asked)] + [counting(asked.of_period(one)) for one in periods[1:]]
    columns = [one.key_figures() for one in counted]
    lines = [Compared(row[0].label, list(row)) for row in zip(*columns, strict=True)]
    bodies = counted[0].by_body()
    years, series = _years(asked, rules, counting)
    return Comparison(
        heads=[one.name for one in periods],
        lines=lines,
        bodies=bodies if len(bodies) > 1 else [],
        years=years,
        series=series,
    )


def _years(
    asked: Asked, rules: "dict[str, ReportPeriod]", counting: Callable[[Asked], Figures]
) -> tuple[list[tuple[int, str]], list[dict[str, Any]]]:
    """Some key figures year by year, each as it stood at its end; empty years before are left out."""
    kind, last = ReportPeriod.Kind.YEAR, asked.today.year
    counted: list[tuple[int, Figures]] = []
    for one in range(last - YEARS + 1, last + 1):
        year = Period(kind, one, 1, closes_on_of(kind, rules))
        found = counting(asked.of_period(year))
        if counted or any(figure.value for figure in found.key_figures()):
            counted.append((one, found))
    shown = [(one, found.asked.query) for one, found in counted]
    columns = [found.key_figures() for _year, found in counted]
    rows = zip(*columns, strict=True) if columns else ()
    wanted = {1, 6, 7}  # received, to be done, done in time
    series = [
        {"label": row[0].label, "values": [figure.value for figure in row]}
        for at, row in enumerate(rows)
        if at in wanted
    ]
    return shown, series
