"""Units and bodies as a spreadsheet: one row a unit, one row a body; whatever it changes goes
through the actions, and the same file again changes nothing."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Resource

from core.access import RefusedError
from core.fields import read_date
from core.sheets import plain_words
from core.text import fold
from organisations import actions, queries
from organisations.models import AdministrativeUnit, Organisation, User

COLUMNS = {
    "level": gettext_lazy("Cấp"),
    "kind": gettext_lazy("Loại đơn vị"),
    "unit": gettext_lazy("Tên đơn vị"),
    "unit_above": gettext_lazy("Đơn vị cấp trên"),
    "body": gettext_lazy("Tên cơ quan"),
    "short_name": gettext_lazy("Tên ngắn"),
    "symbol": gettext_lazy("Ký hiệu"),
    "system": gettext_lazy("Hệ thống"),
    "function": gettext_lazy("Chức năng"),
    "body_above": gettext_lazy("Cơ quan cấp trên"),
    "place_name": gettext_lazy("Địa danh"),
    "collective": gettext_lazy("Tập thể ban hành"),
    "valid_from": gettext_lazy("Từ ngày"),
    "valid_to": gettext_lazy("Đến ngày"),
}

Period = tuple[datetime.date | None, datetime.date | None]


@dataclass
class Line:
    """A row as the cells show it; a unit's own row has no words about a body."""

    level: str
    kind: str
    unit: str
    unit_above: str
    valid_from: str
    valid_to: str
    body: str = ""
    short_name: str = ""
    symbol: str = ""
    system: str = ""
    function: str = ""
    body_above: str = ""
    place_name: str = ""
    collective: str = ""


@dataclass
class Entry:
    """What a row asks for: values of a unit or of a body, and the row that stands already."""

    unit: AdministrativeUnit | None
    unit_values: dict[str, Any]
    body: Organisation | None = None
    body_values: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        words = self.unit_values
        return str(self.body_values.get("name") or f"{words['kind']} {words['name']}")

    @property
    def standing(self) -> AdministrativeUnit | Organisation | None:
        """The row of the database this row is about."""
        return self.body if self.body_values else self.unit

    @property
    def is_same(self) -> bool:
        """Whether nothing would change."""
        values = self.body_values or self.unit_values
        row = self.standing
        return row is not None and all(
            getattr(row, name) == value for name, value in values.items()
        )


class Standing:
    """Every unit and body by its words, so that a thousand rows ask nothing more."""

    def __init__(self) -> None:
        """Load them; three queries."""
        self.units: dict[tuple[str, str, str], list[AdministrativeUnit]] = defaultdict(list)
        self.bodies: dict[tuple[int, str], list[Organisation]] = defaultdict(list)
        self.labels: dict[tuple[type[models.Model], str], list[Any]] = defaultdict(list)
        self.all_units = queries.bodies_by_unit()
        for unit in self.all_units:
            self.add_unit(unit)
            for body in unit.organisations.all():
                self.add_body(body)

    def add_unit(self, unit: AdministrativeUnit) -> None:
        """Remember a unit."""
        self.units[unit.level, _key(unit.kind), _key(unit.name)].append(unit)
        for label in _labels(unit):
            self.labels[AdministrativeUnit, label].append(unit)

    def add_body(self, body: Organisation) -> None:
        """Remember a body."""
        self.bodies[body.unit_id, _key(body.name)].append(body)
        for label in _labels(body):
            self.labels[Organisation, label].append(body)

    def label(self, row: AdministrativeUnit | Organisation | None) -> str:
        """How other rows name this one: with what it belongs to, where the name alone is not enough."""
        if row is None:
            return ""
        is_alone = len(self.labels[type(row), _key(str(row))]) < 2
        return str(row) if is_alone else _long_label(row)


class UnitResource(Resource):  # type: ignore[misc]
    """The rows of the spreadsheet; `by` is who imports."""

    level = Field("level", COLUMNS["level"])
    kind = Field("kind", COLUMNS["kind"])
    unit = Field("unit", COLUMNS["unit"])
    unit_above = Field("unit_above", COLUMNS["unit_above"])
    body = Field("body", COLUMNS["body"])
    short_name = Field("short_name", COLUMNS["short_name"])
    symbol = Field("symbol", COLUMNS["symbol"])
    system = Field("system", COLUMNS["system"])
    function = Field("function", COLUMNS["function"])
    body_above = Field("body_above", COLUMNS["body_above"])
    place_name = Field("place_name", COLUMNS["place_name"])
    collective = Field("collective", COLUMNS["collective"])
    valid_from = Field("valid_from", COLUMNS["valid_from"])
    valid_to = Field("valid_to", COLUMNS["valid_to"])

    class Meta:
        using_db = "default"
        instance_loader_class = BaseInstanceLoader
        skip_diff = True
        store_row_values = True
        report_skipped = True

    def __init__(self, by: User | None = None) -> None:
        """Know what stands already."""
        super().__init__()
        self.by = by
        self.standing = Standing()

    def get_queryset(self) -> list[Line]:
        """Everything that stands, each unit followed by its bodies."""
        lines = []
        for unit in self.standing.all_units:
            lines.append(self._line(unit, unit))
            for body in unit.organisations.all():
                words = {name: getattr(body, name) for name in _WORDS}
                kinds = {
                    "body": body.name,
                    "system": body.get_system_display(),
                    "function": body.get_function_display(),
                    "body_above": self.standing.label(body.parent),
                }
                lines.append(self._line(unit, body, **words, **kinds))
        return lines

    def _line(
        self, unit: AdministrativeUnit, row: AdministrativeUnit | Organisation, **more: str
    ) -> Line:
        return Line(
            level=unit.get_level_display(),
            kind=unit.kind,
            unit=unit.name,
            unit_above=self.standing.label(unit.parent),
            valid_from=_print_day(row.valid_from),
            valid_to=_print_day(row.valid_to),
            **more,
        )

    def export_field(self, field: Any, instance: Line, **kwargs: Any) -> str:
        """The text of a cell; what a spreadsheet would take for a formula stands behind a '."""
        return plain_words(str(super().export_field(field, instance, **kwargs)))

    def get_or_init_instance(self, instance_loader: Any, row: dict[str, str]) -> tuple[Entry, bool]:
        """What a row asks for, or ValidationError with a sentence for each wrong cell."""
        entry = _Reader(self.standing, row).entry()
        return entry, entry.standing is None

    def import_instance(self, instance: Entry, row: dict[str, str], **kwargs: Any) -> None:
        """Nothing is left to do: the entry holds its values."""

    def skip_row(self, instance: Entry, *_args: Any) -> bool:
        """Leave alone what already stands like this."""
        return instance.is_same

    def do_instance_save(self, instance: Entry, is_create: bool) -> None:
        """Act through the actions; what they refuse is said beside the row."""
        assert self.by is not None
        try:
            if instance.unit is None:
                instance.unit = actions.create_unit(by=self.by, **instance.unit_values)
                self.standing.add_unit(instance.unit)
            elif not instance.body_values:
                actions.edit_unit(instance.unit, by=self.by, **instance.unit_values)
            if instance.body:
                actions.edit_organisation(instance.body, by=self.by, **instance.body_values)
            elif instance.body_values:
                values = {"unit": instance.unit, **instance.body_values}
                instance.body = actions.create_organisation(by=self.by, **values)
                self.standing.add_body(instance.body)
        except RefusedError as error:
            raise ValidationError(error.reason) from error


_WORDS = ("short_name", "symbol", "place_name", "collective")


class _Reader:
    """One row of cells read into an Entry; every wrong cell is named."""

    def __init__(self, standing: Standing, row: dict[str, str]) -> None:
        self.standing, self.row = standing, row
        self.problems: dict[str, list[str]] = defaultdict(list)

    def entry(self) -> Entry:
        level = self.choice("level", AdministrativeUnit.Level)
        kind = self.text("kind", AdministrativeUnit, "kind", is_required=True)
        name = self.text("unit", AdministrativeUnit, "name", is_required=True)
        period = self.day("valid_from"), self.day("valid_to")
        body = self.body_words() if self.row["body"] else {}
        self.stop_at_problems()
        same = self.standing.units[level, _key(kind), _key(name)]
        same = [unit for unit in same if self.is_below(unit)]
        unit = self.unit_of_body(same, body["name"], period) if body else self.pick(same, period)
        above = unit.parent if unit else self.above("unit_above", AdministrativeUnit, period)
        dates = {"valid_from": period[0], "valid_to": period[1]}
        own_dates = dict.fromkeys(dates) if body else dates
        words = {"name": name, "kind": kind, "level": level, "parent": above, **own_dates}
        if unit:
            words |= {"name": unit.name, "kind": unit.kind}
        entry = Entry(unit, words)
        if body:
            self.add_body(entry, body | dates, period)
        self.stop_at_problems()
        return entry

    def add_body(self, entry: Entry, values: dict[str, Any], period: Period) -> None:
        if entry.unit:
            same = self.standing.bodies[entry.unit.pk, _key(values["name"])]
            entry.body = self.pick(same, period)
        if entry.body:
            values["name"] = entry.body.name
        now = entry.body.parent if entry.body else None
        values["parent"] = self.above("body_above", Organisation, period, now)
        entry.body_values = values

    def body_words(self) -> dict[str, Any]:
        return {
            "name": self.text("body", Organisation, "name", is_required=True),
            "short_name": self.text("short_name", Organisation, "short_name", is_required=True),
            "symbol": self.text("symbol", Organisation, "symbol"),
            "place_name": self.text("place_name", Organisation, "place_name"),
            "collective": self.text("collective", Organisation, "collective"),
            "system": self.choice("system", Organisation.System),
            "function": self.choice("function", Organisation.Function),
        }

    def text(
        self, column: str, model: type[models.Model], name: str, *, is_required: bool = False
    ) -> str:
        typed, limit = self.row[column], getattr(model._meta.get_field(name), "max_length", 0)
        if is_required and not typed:
            self.problems[column].append(_("Hãy điền mục này."))
        if len(typed) > limit:
            self.problems[column].append(_("Tối đa %(limit)s ký tự.") % {"limit": limit})
        return typed

    def choice(self, column: str, choices: type[models.TextChoices]) -> str:
        typed = fold(self.row[column])
        for value, label in choices.choices:
            if typed in (value, fold(str(label))):
                return str(value)
        known = "; ".join(str(label) for label in choices.labels)
        self.problems[column].append(_("Hãy ghi một trong: %(known)s.") % {"known": known})
        return ""

    def day(self, column: str) -> datetime.date | None:
        try:
            return read_date(self.row[column]) if self.row[column] else None
        except ValidationError as error:
            self.problems[column] += error.messages
            return None

    def is_below(self, unit: AdministrativeUnit) -> bool:
        typed = _key(self.row["unit_above"])
        return typed in _labels(unit.parent) if unit.parent else not typed

    def unit_of_body(
        self, same: list[AdministrativeUnit], name: str, period: Period
    ) -> AdministrativeUnit | None:
        """The unit of that name and time; failing that, the one that already has the body."""
        if len(same) > 1:
            now = [unit for unit in same if _overlap(unit, period)]
            with_body = [unit for unit in same if self.standing.bodies.get((unit.pk, _key(name)))]
            same = next((found for found in (now, with_body) if len(found) == 1), same)
        unit: AdministrativeUnit | None = self.one(same, "unit")
        return unit

    def pick(self, same: list[Any], period: Period) -> Any:
        """The row that began the same day, else the one in force at the time; None is a new one."""
        exact = [row for row in same if row.valid_from == period[0]]
        return self.one(exact or [row for row in same if _overlap(row, period)], "valid_from")

    def above(
        self, column: str, model: type[models.Model], period: Period, standing: Any = None
    ) -> Any:
        typed = self.row[column]
        found = self.standing.labels[model, _key(typed)]
        if standing in found or not typed:
            return standing if typed else None
        if not found:
            self.problems[column].append(
                _("Chưa có “%(name)s”. Hãy thêm dòng của nơi này vào tệp.") % {"name": typed}
            )
        now = [row for row in found if _overlap(row, period)]
        return self.one(now if len(now) == 1 else found, column)

    def one(self, found: list[Any], column: str) -> Any:
        if len(found) > 1:
            self.problems[column].append(
                _("Có nhiều nơi cùng tên: %(names)s. Hãy ghi đủ như vậy, hoặc ghi rõ từ ngày.")
                % {"names": "; ".join(_long_label(row) for row in found)}
            )
        return found[0] if found else None

    def stop_at_problems(self) -> None:
        if self.problems:
            named = {str(COLUMNS[column]): said for column, said in self.problems.items()}
            raise ValidationError(named)


def _key(text: str) -> str:
    return " ".join(text.split()).casefold()


def _long_label(row: AdministrativeUnit | Organisation) -> str:
    above = row.unit if isinstance(row, Organisation) else row.parent
    return f"{row} — {above}" if above else str(row)


def _labels(row: AdministrativeUnit | Organisation) -> set[str]:
    """What other rows may call this one."""
    return {_key(str(row)), _key(_long_label(row))}


def _overlap(row: AdministrativeUnit | Organisation, period: Period) -> bool:
    begins, ends = period
    is_over = row.valid_to is not None and begins is not None and row.valid_to < begins
    is_later = row.valid_from is not None and ends is not None and ends < row.valid_from
    return not is_over and not is_later


def _print_day(day: datetime.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
