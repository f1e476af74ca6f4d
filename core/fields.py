"""Form fields for what people type: text without hidden characters, Vietnamese dates, telephones."""

import datetime
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import proxy

from django import forms
from django.core.exceptions import ValidationError
from django.utils.choices import CallableChoiceIterator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.text import TextError, clean_line, clean_text, fold
from core.timephrase.kinds import PhraseError
from core.timephrase.periods import make_date

if TYPE_CHECKING:
    _Row = forms.ModelChoiceField[Any]
    _Rows = forms.ModelMultipleChoiceField[Any]
else:
    _Row, _Rows = forms.ModelChoiceField, forms.ModelMultipleChoiceField

F = TypeVar("F", bound=forms.Form)
T = TypeVar("T")


class _CleanField(forms.Field):
    """What LineField and TextField share: cleaning and a length limit that says how long it is."""

    multiline = False

    def __init__(self, max_length: int, *, min_length: int = 0, **kwargs: Any) -> None:
        """Take the limits, counted in characters after cleaning."""
        self.max_length, self.min_length = max_length, min_length
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """The text in its normal form, or ValidationError with a sentence."""
        if value is None:
            return ""
        try:
            text = clean_text(str(value)) if self.multiline else clean_line(str(value))
        except TextError as error:
            raise ValidationError(str(error), code="characters") from error
        if len(text) > self.max_length:
            raise ValidationError(
                _("Nội dung dài %(length)s ký tự, tối đa %(limit)s ký tự. Hãy rút ngắn lại."),
                code="max_length",
                params={"length": len(text), "limit": self.max_length},
            )
        if text and len(text) < self.min_length:
            raise ValidationError(
                _("Nội dung mới có %(length)s ký tự, cần ít nhất %(limit)s ký tự."),
                code="min_length",
                params={"length": len(text), "limit": self.min_length},
            )
        return text

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare the cleaned texts."""
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class LineField(_CleanField):
    """One line of text; line breaks become spaces.

    The browser is not told the limit: it would cut a long paste off without a word.
    """

    widget = forms.TextInput


class TextField(_CleanField):
    """Several lines of text."""

    widget = forms.Textarea
    multiline = True


class VietDateField(forms.Field):
    """A date as people write it: 05/8/2023, 5/8/2023, 05.08.2023, ngày 5 tháng 8 năm 2023, 2023-08-05.

    `earliest` and `latest` are optional limits, in days that are themselves allowed.
    """

    widget = forms.TextInput

    def __init__(
        self,
        *,
        earliest: datetime.date | None = None,
        latest: datetime.date | None = None,
        **kwargs: Any,
    ) -> None:
        """Take the limits."""
        self.earliest, self.latest = earliest, latest
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Show the order of day and month; digits come first on a phone."""
        return {"placeholder": _("ngày/tháng/năm"), "inputmode": "text", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        """Show a stored date the way it is typed."""
        return f"{value:%d/%m/%Y}" if isinstance(value, datetime.date) else value

    def to_python(self, value: Any) -> datetime.date | None:
        """The date, or ValidationError with a sentence."""
        if isinstance(value, datetime.datetime):
            return value.date()
        if isinstance(value, datetime.date):
            return value
        typed = str(value or "").strip()
        return self._within_limits(read_date(typed)) if typed else None

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare the dates, not the spellings."""
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True

    def _within_limits(self, day: datetime.date) -> datetime.date:
        if self.earliest and day < self.earliest:
            raise ValidationError(
                _("Hãy chọn từ ngày %(day)s trở đi."), params={"day": f"{self.earliest:%d/%m/%Y}"}
            )
        if self.latest and day > self.latest:
            raise ValidationError(
                _("Hãy chọn ngày không sau %(day)s."), params={"day": f"{self.latest:%d/%m/%Y}"}
            )
        return day


class NumberField(forms.DecimalField):
    """A number as people here write it: 1.250,5."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})
    default_error_messages = {"invalid": gettext_lazy("Hãy ghi một số, ví dụ 12 hoặc 1,5.")}

    def to_python(self, value: Any) -> Any:
        """Points part thousands, the comma begins the decimals."""
        typed = str(value or "").strip().replace(" ", "")
        if "," in typed or re.fullmatch(r"\d{1,3}(\.\d{3})+", typed, re.ASCII):
            typed = typed.replace(".", "").replace(",", ".")
        return super().to_python(typed or None)


class RowField(forms.ChoiceField):
    """One of many rows chosen by key; what is only judged never makes the list of their names."""

    rows: Mapping[str, object] = {}

    def offer(self, rows: Mapping[str, object], empty: tuple[str, object]) -> None:
        """Take the rows by key, and the choice that stands for none of them."""

        def named() -> list[Any]:
            return [empty, *((key, str(row)) for key, row in rows.items())]

        # Wrapped here once: Django would look twice at what kind of choices these are.
        self.rows, self.choices = rows, CallableChoiceIterator(named)

    def valid_value(self, value: Any) -> bool:
        """Whether it is the key of a row."""
        return str(value) in self.rows


class PhoneField(forms.Field):
    """A Vietnamese telephone number, mobile or fixed, kept as "0912345678"; spaces do not matter."""

    widget = forms.TextInput

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Open the number pad on a phone."""
        return {"inputmode": "tel", "autocomplete": "tel", "maxlength": "20"}

    def to_python(self, value: Any) -> str:
        """The number without spaces and country code, or ValidationError with a sentence."""
        typed = str(value or "").strip()
        if not typed:
            return ""
        digits = re.sub(r"[\s().\-]", "", typed)
        digits = re.sub(r"^(?:\+|00)84(?:0(?=\d))?|^84(?=\d{9}$)", "0", digits)
        if not re.fullmatch(r"0[235-9]\d{8,9}", digits, re.ASCII):
            raise ValidationError(
                _(
                    "Số điện thoại phải có 10 hoặc 11 chữ số và bắt đầu bằng số 0, "
                    "ví dụ 0912 345 678."
                ),
                code="phone",
            )
        return digits


def read_date(typed: str) -> datetime.date:
    """A typed date, or ValidationError with a sentence that shows how to write it."""
    plain = fold(typed)
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", plain, re.ASCII)
    numbers = re.fullmatch(
        r"(?:ngay )?(\d{1,2}) ?[/.-] ?(\d{1,2}) ?[/.-] ?(\d{4})", plain, re.ASCII
    )
    words = re.fullmatch(
        r"(?:ngay )?(\d{1,2}) thang (\d{1,2}) ?(?:nam|/) ?(\d{4})", plain, re.ASCII
    )
    found = iso or numbers or words
    if not found:
        raise ValidationError(
            _("Chưa hiểu “%(typed)s”. Hãy ghi ngày/tháng/năm, ví dụ 05/8/2026."),
            code="invalid",
            params={"typed": typed[:40]},
        )
    first, month, last = (int(part) for part in found.groups())
    year, day = (first, last) if iso else (last, first)
    try:
        return make_date(year, month, day)
    except PhraseError as error:
        raise ValidationError(str(error), code="impossible") from error


class _SharedFields(dict[str, forms.Field]):
    """Declared fields of which a form gets its own copy of those alone that it adapts."""

    def __init__(self, fields: Mapping[str, forms.Field], adapted: tuple[str, ...]) -> None:
        super().__init__(fields)
        self.adapted = adapted

    def __deepcopy__(self, memo: dict[int, Any]) -> dict[str, forms.Field]:
        return self | {name: _own(self[name]) for name in self.adapted}


def _own(field: forms.Field) -> forms.Field:
    """A copy to which a form may give words, choices and rows; what these hold besides is shared."""
    twin = _twin(field)
    twin.widget = _twin(field.widget)
    return twin


def _twin(thing: T) -> T:
    twin = object.__new__(type(thing))
    vars(twin).update(vars(thing))
    return twin


class _LateBoundField(forms.BoundField):
    """A field of a form that is mostly judged: what only drawing it needs is made when it is asked.

    It does not keep its form alive, which keeps it: both go at once when the form is not needed any
    more, and no garbage piles up.
    """

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        self.form, self.field, self.name = proxy(form), field, name
        self.html_name = form.add_prefix(name)

    def __getattr__(self, name: str) -> Any:
        """Make everything else, the way Django does it for every field of every form."""
        if "renderer" in vars(self):
            raise AttributeError(name)
        super().__init__(self.form, self.field, self.name)
        return getattr(self, name)


def adapts_only(*names: str) -> Callable[[type[F]], type[F]]:
    """Decorate a form that many people send: its forms share their fields, these excepted.

    Django copies every field for every form, in case the form changes one, and makes all its words;
    for a form that is only judged that is half of the work.
    """

    def decorate(form: type[F]) -> type[F]:
        form.base_fields = _SharedFields(form.base_fields, names)
        form.bound_field_class = _LateBoundField
        return form

    return decorate


class OneRowField(_Row):
    """A choice of one row, of any model."""


class SomeRowsField(_Rows):
    """Rows to tick, of any model."""
