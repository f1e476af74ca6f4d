"""The columns of a spreadsheet of opinions: what each cell may hold, and one row read or written."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.fields import Field as Column
from import_export.resources import Resource
from import_export.widgets import Widget
from openpyxl.utils import get_column_letter

from core.fields import LineField, NumberField, TextField, VietDateField
from core.sheets import Row, typed_words
from core.text import fold, sort_key
from feedback.actions.imports import Problem, SheetRow
from feedback.models import Consultation, Field, Opinion, Question, Submission
from feedback.queries.asking import answers_of, frame_of, name_of

NEEDED = ("area", "text", "field")
CONTACT = ("full_name", "phone", "address")
YES = {"x", "co", "dong y", "yes", "1", "true"}
COUNTED = gettext_lazy("Hãy ghi số người, từ 1 đến 1000000.")
TEXT_LENGTH = 3000
SHOWN = 60
SHORT, REMEMBERED = 40, 5_000
"""Cells that come again and again are judged once: their length, and how many a column."""


class FormWidget(Widget):  # type: ignore[misc]
    """A cell that may hold what a form's field may hold, and says the same when it may not."""

    def __init__(self, field: forms.Field) -> None:
        """Take the field."""
        super().__init__()
        self.field = field

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> Any:
        """The value, or ValidationError."""
        return self.field.clean(value)


class ChoiceWidget(Widget):  # type: ignore[misc]
    """A cell with one of some words; accents and capitals do not matter."""

    def __init__(self, choices: Iterable[tuple[Any, Any]], empty: Any = None) -> None:
        """Take (words, value); `empty` is the value of an empty cell, if it may be empty."""
        super().__init__()
        pairs = [(str(words), value) for words, value in choices]
        self.words = list(dict.fromkeys(words for words, _value in pairs))
        self.known = {fold(words): value for words, value in reversed(pairs)}
        self.empty = empty

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> Any:
        """The value behind the words, or ValidationError that names some of them."""
        found = self.known.get(fold(value)) if value else self.empty
        if found is None and value:
            raise ValidationError(
                _("Không có trong danh mục. Hãy ghi một trong: %(known)s.")
                % {"known": "; ".join(self.words[:12]) + ("…" if len(self.words) > 12 else "")}
            )
        if found is None:
            raise ValidationError(_("Hãy điền mục này."))
        return found


class SeveralWidget(ChoiceWidget):
    """A cell with some of the choices, parted by semicolons; it may be empty."""

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> Any:
        """The values behind the words, each once."""
        parts = [part.strip() for part in value.split(";")]
        return list(dict.fromkeys(super(SeveralWidget, self).clean(part) for part in parts if part))


class PhoneField(LineField):
    """A telephone; a spreadsheet that took it for a number has eaten its zero."""

    def to_python(self, value: Any) -> str:
        """The number with its zero."""
        line = super().to_python(value)
        return f"0{line}" if line.isdecimal() and len(line) == 9 else line


def _line(length: int) -> FormWidget:
    return FormWidget(LineField(length, required=False))


class OpinionResource(Resource):  # type: ignore[misc]
    """One row of the sheet is one slip with one matter."""

    slip = Column("slip", gettext_lazy("Số phiếu"), widget=_line(30))
    area = Column("area", gettext_lazy("Thôn, xóm, tổ dân phố"))
    audience = Column("audience", gettext_lazy("Đối tượng"))
    text = Column(
        "text", gettext_lazy("Nội dung"), widget=FormWidget(TextField(TEXT_LENGTH, min_length=2))
    )
    field = Column("field", gettext_lazy("Lĩnh vực"))
    kind = Column("kind", gettext_lazy("Loại ý kiến"))
    proposal = Column(
        "proposal",
        gettext_lazy("Đề xuất, hướng giải quyết"),
        widget=FormWidget(TextField(2000, required=False)),
    )
    supporters = Column(
        "supporters",
        gettext_lazy("Số người cùng ý kiến"),
        widget=FormWidget(
            forms.IntegerField(
                min_value=1,
                max_value=1_000_000,
                required=False,
                error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), COUNTED),
            )
        ),
    )
    received_on = Column("received_on", gettext_lazy("Ngày nhận"))
    full_name = Column("full_name", gettext_lazy("Họ và tên"), widget=_line(120))
    phone = Column(
        "phone", gettext_lazy("Điện thoại"), widget=FormWidget(PhoneField(20, required=False))
    )
    address = Column("address", gettext_lazy("Địa chỉ nhận trả lời"), widget=_line(250))
    attested = Column(
        "attested", gettext_lazy("Đồng ý cho xử lý dữ liệu cá nhân"), widget=_line(20)
    )

    class Meta:
        using_db = "default"

    def __init__(self, consultation: Consultation, today: datetime.date) -> None:
        """Know the consultation's areas, the fields and the groups of people."""
        super().__init__()
        areas = sorted(consultation.areas(today), key=lambda area: sort_key(area.name))
        by_name: list[tuple[str, Any]] = [(str(area), area.pk) for area in areas]
        names = [area.name for area in areas]
        by_name += [(area.name, area.pk) for area in areas if names.count(area.name) == 1]
        fields = Field.objects.order_by("position").values_list("name", "pk")
        received: Any = VietDateField(required=False)
        received.latest = today
        kinds = [(label, value) for value, label in Opinion.Kind.choices]
        groups = [(label, value) for value, label in Submission.Audience.choices]
        self.lists = {
            "area": [str(area) for area in areas],
            "audience": [str(words) for words, _value in groups],
            "field": [name for name, _code in fields],
            "kind": [str(words) for words, _value in kinds],
        }
        self.fields["area"].widget = ChoiceWidget(by_name)
        self.fields["audience"].widget = ChoiceWidget(groups, Submission.Audience.CITIZEN)
        self.fields["field"].widget = ChoiceWidget(fields)
        self.fields["kind"].widget = ChoiceWidget(kinds, Opinion.Kind.PROPOSAL)
        self.fields["received_on"].widget = FormWidget(received)
        self.questions = frame_of(consultation.pk).questions
        for number, question in enumerate(self.questions, start=1):
            heading = _("Câu hỏi %(number)s. %(label)s") % {
                "number": number,
                "label": question.label,
            }
            name = name_of(question)
            self.fields[name] = Column(name, heading, widget=_widget_of(question))
            if question.kind in (Question.Kind.CHOICE, Question.Kind.SCALE):
                self.lists[name] = question.choices
        self.headings = {name: str(column.column_name) for name, column in self.fields.items()}

    def example(self) -> dict[str, str]:
        """A row that shows how to fill one in; it is left out when the file comes back."""
        first = {name: str(words[0]) for name, words in self.lists.items() if words}
        return first | {
            "slip": _("VÍ DỤ"),
            "text": _("Đường từ quốc lộ vào thôn lầy lội khi mưa, xe không vào được."),
            "supporters": "1",
            "received_on": "08/5/2026",
        }


@dataclass(frozen=True)
class Wrong:
    """A cell that cannot be used: what was typed, as far as it can be shown, and what is wrong."""

    typed: str
    said: str


class CellReader:
    """Reads the cells of one column; what comes again and again is judged once."""

    def __init__(self, name: str, heading: str, place: int, widget: Widget) -> None:
        """Take where the column stands and what its cells may hold."""
        self.name, self.heading, self.place = name, heading, place
        self.letter = get_column_letter(place + 1)
        self.clean = widget.clean
        self.remembered: dict[str, Any] = {}

    def read(self, rows: Sequence[Row]) -> list[Any]:
        """The value of each row, or `Wrong`."""
        place, known, judge = self.place, self.remembered, self._judge
        typed = [cells[place] if place < len(cells) else "" for _number, cells in rows]
        return [known[cell] if cell in known else judge(cell) for cell in typed]

    def _judge(self, cell: str) -> Any:
        typed = typed_words(cell) if cell.startswith("'") else cell
        try:
            value = self.clean(typed)
        except ValidationError as error:
            value = Wrong(*_told(typed, error))
        if len(cell) <= SHORT and len(self.remembered) < REMEMBERED:
            self.remembered[cell] = value
        return value


class RowReader:
    """Reads the rows of one sheet, whose columns stand in whatever order: column by column."""

    def __init__(
        self, resource: OpinionResource, places: Mapping[str, int], merged: Mapping[int, str]
    ) -> None:
        """Take where each column stands, and the rows that merged cells touch."""
        self.resource, self.merged = resource, merged
        self.columns = [
            CellReader(name, resource.headings[name], place, resource.fields[name].widget)
            for name, place in places.items()
        ]
        absent = [name for name in resource.fields if name not in places]
        self.absent = {name: resource.fields[name].widget.clean("") for name in absent}
        self.names_people = any(name in places for name in CONTACT)
        self.example = fold(resource.example()["slip"])

    def read(self, rows: Sequence[Row]) -> Iterator[SheetRow]:
        """The rows judged, without the example of the template."""
        columns: dict[str, Iterable[Any]] = {
            name: repeat(value, len(rows)) for name, value in self.absent.items()
        }
        wrong = set[int]()
        for column in self.columns:
            found = column.read(rows)
            columns[column.name] = found
            wrong.update(at for at, value in enumerate(found) if type(value) is Wrong)
        names = list(columns)
        for at, cells in enumerate(zip(*columns.values(), strict=True)):
            number, values = rows[at][0], dict(zip(names, cells, strict=True))
            problems = self._in_cells(number, values) if at in wrong else []
            if not problems and self._is_example(values["slip"]):
                continue
            problems = problems or list(self._across(number, values))
            yield SheetRow(number, problems) if problems else self._row(number, values)

    def _is_example(self, slip: str) -> bool:
        return slip[:1].casefold() == self.example[0] and fold(slip) == self.example

    def _in_cells(self, number: int, values: Mapping[str, Any]) -> list[Problem]:
        """What is wrong with single cells."""
        return [
            (f"{column.letter}{number}", column.heading, value.typed, value.said)
            for column in self.columns
            if isinstance(value := values[column.name], Wrong)
        ]

    def _across(self, number: int, values: Mapping[str, Any]) -> Iterator[Problem]:
        """What is wrong with the row as a whole."""
        merged = self.merged.get(number)
        if merged:
            said = _("Ô %(range)s bị gộp nên không rõ thuộc dòng nào. Hãy bỏ gộp ô.")
            yield merged, "", "", said % {"range": merged}
        if (
            self.names_people
            and any(values[name] for name in CONTACT)
            and fold(values["attested"]) not in YES
        ):
            said = _(
                "Có họ tên hoặc cách liên hệ thì ghi “x” ở cột này khi người gửi đã đánh dấu "
                "đồng ý và ký trên phiếu giấy; chưa đồng ý thì xóa họ tên, điện thoại, địa chỉ."
            )
            yield str(number), self.resource.headings["attested"], "", said

    def _row(self, number: int, values: dict[str, Any]) -> SheetRow:
        contact = {name: values[name] for name in CONTACT} if self.names_people else {}
        questions = self.resource.questions
        return SheetRow(
            number,
            (),
            values["slip"],
            values["area"],
            values["audience"],
            values["text"],
            values["proposal"],
            values["kind"],
            values["field"],
            values["supporters"] or 1,
            values["received_on"],
            contact if any(contact.values()) else None,
            answers_of(questions, values) if questions else (),
        )


def _told(typed: str, error: ValidationError) -> tuple[str, str]:
    """What was typed, as far as it can be shown, and what is wrong with it."""
    shown = typed[:SHOWN].encode("utf-8", "replace").decode().replace("\0", "")
    if any("\udc80" <= letter <= "\udcff" for letter in typed):
        return shown, _("Có chữ không phải mã UTF-8. Hãy gõ lại ô này.")
    return shown, " ".join(error.messages)


def _widget_of(question: Question) -> Widget:
    """What a cell may hold that answers a question; a paper may leave any question out."""
    kinds = Question.Kind
    choices = [(choice, choice) for choice in question.choices]
    if question.kind in (kinds.CHOICE, kinds.SCALE):
        return ChoiceWidget(choices, empty="")
    if question.kind == kinds.SEVERAL:
        return SeveralWidget(choices)
    if question.kind == kinds.NUMBER:
        return FormWidget(NumberField(max_digits=18, decimal_places=4, required=False))
    if question.kind == kinds.DATE:
        return FormWidget(VietDateField(required=False))
    return FormWidget(TextField(2000, required=False))
