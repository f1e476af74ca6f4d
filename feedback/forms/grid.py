"""Many paper slips typed in one after another: a table, one row a slip."""

import re
import uuid
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.fields import LineField
from core.text import fold
from feedback.actions.intake import Contact, Intake, Matter
from feedback.forms.collect import CollectedForm, RowForm
from feedback.forms.questions import field_for
from feedback.models import ConsentText, Consultation, Question, Submission
from feedback.queries.asking import answers_of, frame_of, name_of

ROWS = 10
MORE = 10
MOST = 100
MATTER_COLUMNS = ("area", "text", "field", "kind", "supporters")
PERSON_COLUMNS = ("full_name", "phone", "attested")


class NumberedField(LineField):
    """A cell for several choices, typed by their numbers ("1 3") or words ("Điện; Nước")."""

    def __init__(self, choices: list[str], **kwargs: Any) -> None:
        """Take the choices in the order in which the heading numbers them."""
        super().__init__(2000, required=False, **kwargs)
        self.known = {str(number): choice for number, choice in enumerate(choices, start=1)}
        self.known = {fold(choice): choice for choice in choices} | self.known

    def clean(self, value: Any) -> Any:
        """The choices, each once; ValidationError names what is none of them."""
        line = super().clean(value)
        parts = re.split(r"[;,\s]+" if re.fullmatch(r"[\d;,\s]*", line) else r"\s*;\s*", line)
        wanted = [part for part in parts if part]
        unknown = [part for part in wanted if fold(part) not in self.known]
        if unknown:
            said = _("“%(part)s” không có trong các lựa chọn. Gõ số thứ tự, ví dụ 1 3.")
            raise forms.ValidationError(said % {"part": unknown[0]})
        return list(dict.fromkeys(self.known[fold(part)] for part in wanted))


def cell_for(question: Question) -> forms.Field:
    """What answers a question in one cell; a paper may leave any question out."""
    kinds = Question.Kind
    if question.kind == kinds.SEVERAL:
        return NumberedField(question.choices, label=heading_of(question))
    if question.kind in (kinds.CHOICE, kinds.SCALE):
        choices = [("", "—"), *((choice, choice) for choice in question.choices)]
        return forms.ChoiceField(choices=choices, label=question.label, required=False)
    field = field_for(question)
    field.required, field.help_text = False, ""
    field.widget.attrs.pop("rows", None)
    return field


def heading_of(question: Question) -> str:
    """The name of a question's column, with the numbers its choices are typed by."""
    if question.kind != Question.Kind.SEVERAL:
        return question.label
    numbered = [f"{place} {choice}" for place, choice in enumerate(question.choices, start=1)]
    return f"{question.label} ({' · '.join(numbered)})"


class SlipForm(RowForm):
    """One slip; a row counts as soon as it has words or names somebody."""

    area = forms.ChoiceField(label=gettext_lazy("Thôn, tổ dân phố"), required=False)
    full_name = LineField(120, label=gettext_lazy("Họ và tên"), required=False)
    phone = LineField(20, label=gettext_lazy("Điện thoại"), required=False)
    attested = forms.BooleanField(label=gettext_lazy("Đã ký đồng ý"), required=False)

    def __init__(
        self,
        *args: Any,
        areas: list[tuple[str, Any]],
        questions: Sequence[Question] = (),
        **kwargs: Any,
    ) -> None:
        """Take areas and the office's questions; each cell says its column to who does not see it."""
        super().__init__(*args, **kwargs)
        self.asked = [name_of(question) for question in questions]
        self.fields |= {name_of(question): cell_for(question) for question in questions}
        area: Any = self.fields["area"]
        area.choices = areas
        for name, field in self.fields.items():
            field.widget.attrs |= {"aria-label": str(field.label), "data-column": name}
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs |= {"rows": 1, "placeholder": " "}

    def has_changed(self) -> bool:
        """Whether anything was typed that would be missed."""
        typed = ("text", "full_name", "phone", *self.asked)
        return any(str(self[name].value() or "").strip() for name in typed)

    def clean(self) -> dict[str, Any]:
        """A slip has words and a place; personal data need the sender's consent on paper."""
        typed = super().clean()
        if self.has_changed():
            for name in ("text", "area"):
                if not typed.get(name) and name not in self.errors:
                    self.add_error(name, _("Hãy điền mục này."))
            if (typed.get("full_name") or typed.get("phone")) and not typed.get("attested"):
                said = _("Phiếu không có đánh dấu đồng ý thì không nhập họ tên và cách liên hệ.")
                self.add_error("attested", said)
        return typed

    def cells(self) -> list[forms.BoundField]:
        """The cells in the order of the columns."""
        return [self[name] for name in (*MATTER_COLUMNS, *self.asked, *PERSON_COLUMNS)]


class GridForm(CollectedForm):
    """What all slips of the pile share; `rows` are the slips."""

    audience = forms.ChoiceField(
        label=gettext_lazy("Đối tượng"),
        choices=Submission.Audience.choices,
    )

    field_order = ("source", "audience", "received_on")

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        """Ask what the consultation asks."""
        super().__init__(*args, consultation=consultation, **kwargs)
        self.questions = frame_of(consultation.pk).questions

    @property
    def headings(self) -> list[Any]:
        """The names of the columns."""
        return [cell.label for cell in self.rows[0].cells()]

    @cached_property
    def rows(self) -> list[SlipForm]:
        """The rows, typed or empty; the lists of choices are asked for once."""
        areas = self.area_choices
        source = self.data if self.is_bound else None
        rows = [
            SlipForm(source, prefix=f"row-{place}", areas=areas, questions=self.questions)
            for place in range(self.row_count)
        ]
        first: Any = rows[0].fields["field"]
        choices = list(first.choices)
        for row in rows:
            widget: Any = row.fields["field"].widget
            widget.choices = choices
        return rows

    @property
    def row_count(self) -> int:
        """How many rows the page shows; the button asks for more."""
        shown = str(self.data.get("rows", "")) if self.is_bound else ""
        count = int(shown) if shown.isdecimal() and 0 < len(shown) < 4 else ROWS
        return max(1, min(MOST, count + (MORE if "more" in self.data else 0)))

    def clean(self) -> dict[str, Any]:
        """The rows are judged with the frame."""
        typed = super().clean() or self.cleaned_data
        good = [row.is_valid() for row in self.rows]
        if not any(row.has_changed() for row in self.rows):
            self.add_error(None, _("Hãy ghi ít nhất một phiếu."))
        elif not all(good):
            wrong = [str(place) for place, is_good in enumerate(good, start=1) if not is_good]
            said = _("Dòng cần sửa: %(rows)s. Chưa phiếu nào được lưu; mọi điều đã gõ vẫn còn.")
            self.add_error(None, said % {"rows": ", ".join(wrong)})
        return typed

    def intakes(self, token: uuid.UUID, consent: ConsentText | None) -> list[tuple[int, Intake]]:
        """The number of each filled row and what the action takes in."""
        return [
            (place, self._intake(row.cleaned_data, uuid.uuid5(token, str(place)), consent))
            for place, row in enumerate(self.rows, start=1)
            if row.has_changed()
        ]

    def _intake(
        self, slip: dict[str, Any], token: uuid.UUID, consent: ConsentText | None
    ) -> Intake:
        contact = Contact(full_name=slip["full_name"], phone=slip["phone"])
        names = ("text", "kind", "field", "supporters")
        return Intake(
            matters=[Matter(**{name: slip[name] for name in names})],
            area=self.areas[slip["area"]],
            audience=self.cleaned_data["audience"],
            token=token,
            channel=Submission.Channel.PAPER,
            contact=contact,
            consent=consent if contact else None,
            answers=answers_of(self.questions, slip),
            sender_organisation=self.cleaned_data["source"],
        )
