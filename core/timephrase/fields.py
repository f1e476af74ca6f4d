"""The model field that stores a time phrase and the form field where one types it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields.json import KeyTransform
from django.utils.translation import gettext_lazy as _

from core.timephrase.kinds import PhraseError
from core.timephrase.parsing import parse
from core.timephrase.phrase import TimePhrase


class TimePhraseFormField(forms.Field):
    """One line for a time phrase; gives a TimePhrase or None, keeps what was typed on error.

    `year` stands in for a missing year; a form may set it per instance:
    `self.fields["due"].year = plan.year`.
    """

    widget = forms.TextInput
    default_error_messages = {"required": _("Hãy ghi thời gian.")}

    def __init__(self, *, year: int | None = None, **kwargs: Any) -> None:
        """Take the year to assume."""
        self.year = year
        kwargs.setdefault("help_text", _("Ví dụ: trước ngày 05/8/2026; trong tháng 8/2026; 07 ngày làm việc kể từ khi kết thúc đối thoại"))  # fmt: skip
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Suggestions of earlier input would only mislead."""
        return {"autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        """Show the wording."""
        return value.literal if isinstance(value, TimePhrase) else value

    def to_python(self, value: Any) -> TimePhrase | None:
        """Understand what was typed."""
        if isinstance(value, TimePhrase):
            return value
        if value is None or not str(value).strip():
            return None
        try:
            return parse(str(value), year=self.year)
        except PhraseError as error:
            raise ValidationError(str(error), code="phrase") from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare wordings."""
        return (self.prepare_value(initial) or "") != (self.prepare_value(data) or "")


class TimePhraseField(models.JSONField):
    """Stores a TimePhrase as JSON: the wording together with how it was understood."""

    description = _("Thời gian theo cách ghi của văn bản")

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Build the phrase; a look-up inside it (`due__end`) stays plain."""
        stored = super().from_db_value(value, expression, connection)
        if stored is None or isinstance(expression, KeyTransform):
            return stored
        return TimePhrase.from_json(stored)

    def to_python(self, value: Any) -> Any:
        """Read what a fixture or a form holds."""
        if isinstance(value, dict):
            return TimePhrase.from_json(value)
        return value

    def get_prep_value(self, value: Any) -> Any:
        """Turn a phrase into JSON."""
        return value.to_json() if isinstance(value, TimePhrase) else super().get_prep_value(value)

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        """Accept phrases only."""
        if value is not None and not isinstance(value, TimePhrase):
            raise ValidationError(_("Giá trị này không phải là thời gian."), code="invalid")
        models.Field.validate(self, value, model_instance)

    def value_to_string(self, obj: models.Model) -> Any:
        """What a dump of the data writes."""
        return self.get_prep_value(self.value_from_object(obj))

    def formfield(self, **kwargs: Any) -> Any:
        """The line where the phrase is typed."""
        return models.Field.formfield(self, **{"form_class": TimePhraseFormField, **kwargs})
