"""The columns of a spreadsheet of opinions: what each cell may hold, and one row read or written."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.fields import Field as Column
from import_export.resources import Resource
from import_export.widgets import Widget
from openpyxl.utils import get_column_letter

from core.fields import LineField, TextField, VietDateField
from core.sheets import typed_words
from core.text import fold, sort_key
from feedback.actions.imports import Problem, SheetRow
from feedback.models import Consultation, Field, Opinion, Submission

NEEDED = ("area", "text", "field")
CONTACT = ("full_name", "phone", "address")
YES = {"x", "co", "dong y", "yes", "1", "true"}
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
        self.remembered: dict[str, Any] = {"": empty}

    def clean(self, value: str, row: Any = None, **kwargs: Any) -> Any:
        """The value behind the words, or ValidationError that names some of them."""
        if value not in self.remembered and fold(value) in self.known:
            self.remembered[value] = self.known[fold(value)]
        found = self.remembered.get(value)
        if found is None and value:
            raise ValidationError(
                _("Không có trong danh mục. Hãy ghi một trong: %(known)s.")
                % {"known": "; ".join(self.words[:12]) + ("…" if len(self.words) > 12 else "")}
            )
        if found is None:
            raise ValidationError(_("Hãy điền mục này."))
        return found


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
        widget=FormWidget(forms.IntegerField(min_value=1, max_value=1_000_000, required=False)),
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
        self.headings = {name: str(column.column_name) for name, column in self.fields.items()}

    def example(self) -> dict[str, str]:
        """A row that shows how to fill one in; it is left out when the file comes back."""
        first = {name: words[0] for name, words in self.lists.items() if words}
        return first | {
            "slip": _("VÍ DỤ"),
            "text": _("Đường từ quốc lộ vào thôn lầy lội khi mưa, xe không vào được."),
            "supporters": "1",
            "received_on": "08/5/2026",
        }


class RowReader:
    """Reads the rows of one sheet, whose columns stand in whatever order."""

    def __init__(self, resource: OpinionResource, places: Mapping[str, int]) -> None:
        """Take where each column stands."""
        self.resource = resource
        self.columns = [
            (name, resource.headings[name], get_column_letter(place + 1), place,
             resource.fields[name].widget.clean)
            for name, place in places.items()
        ]  # fmt: skip
        absent = [name for name in resource.fields if name not in places]
        self.absent = {name: resource.fields[name].widget.clean("") for name in absent}
        self.remembered: dict[str, dict[str, Any]] = {name: {} for name in places}
        self.example = fold(resource.example()["slip"])

    def read(self, number: int, cells: Sequence[str], merged: str = "") -> SheetRow | None:
        """The row judged; None for the example of the template."""
        values, problems = dict(self.absent), list[Problem]()
        for name, heading, letter, place, clean in self.columns:
            typed = cells[place] if place < len(cells) else ""
            typed = typed_words(typed) if typed.startswith("'") else typed
            remembered = self.remembered[name]
            if typed in remembered:
                values[name] = remembered[typed]
                continue
            try:
                values[name] = clean(typed)
            except ValidationError as error:
                problems.append((f"{letter}{number}", heading, *_told(typed, error)))
            else:
                if len(typed) <= SHORT and len(remembered) < REMEMBERED:
                    remembered[typed] = values[name]
        if not problems and values["slip"] and fold(values["slip"]) == self.example:
            return None
        problems += [] if problems else self._across(number, values, merged)
        return SheetRow(number, problems) if problems else _row(number, values)

    def _across(self, number: int, values: Mapping[str, Any], merged: str) -> Iterable[Problem]:
        """What is wrong with the row as a whole."""
        if merged:
            said = _("Ô %(range)s bị gộp nên không rõ thuộc dòng nào. Hãy bỏ gộp ô.")
            yield merged, "", "", said % {"range": merged}
        if any(values[name] for name in CONTACT) and fold(values["attested"]) not in YES:
            said = _(
                "Có họ tên hoặc cách liên hệ thì ghi “x” ở cột này khi người gửi đã đánh dấu "
                "đồng ý và ký trên phiếu giấy; chưa đồng ý thì xóa họ tên, điện thoại, địa chỉ."
            )
            yield str(number), self.resource.headings["attested"], "", said


def _told(typed: str, error: ValidationError) -> tuple[str, str]:
    """What was typed, as far as it can be shown, and what is wrong with it."""
    shown = typed[:SHOWN].encode("utf-8", "replace").decode().replace("\0", "")
    if any("\udc80" <= letter <= "\udcff" for letter in typed):
        return shown, _("Có chữ không phải mã UTF-8. Hãy gõ lại ô này.")
    return shown, " ".join(error.messages)


def _row(number: int, values: dict[str, Any]) -> SheetRow:
    contact = {name: values.pop(name) for name in CONTACT}
    values.pop("attested")
    values["supporters"] = values["supporters"] or 1
    return SheetRow(number, contact=contact if any(contact.values()) else None, **values)
