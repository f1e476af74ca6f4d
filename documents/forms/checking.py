"""What people type about the linter: why a finding stands, and what the rules work with."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from core.fields import LineField, TextField
from documents.actions.checking import problem_with
from documents.models import CheckSetting


class WaiverForm(forms.Form):
    """Why a finding is let stand."""

    finding = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    reason = LineField(
        500,
        label=gettext_lazy("Lý do bỏ qua"),
        widget=forms.TextInput(attrs={"autofocus": True}),
        help_text=gettext_lazy("Lãnh đạo sẽ đọc lý do này trước khi ký."),
    )


class CheckSettingForm(forms.Form):
    """The value of one list or limit."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    value = TextField(20_000, label=gettext_lazy("Nội dung"), required=False)

    def __init__(self, *args: Any, setting: CheckSetting, **kwargs: Any) -> None:
        """A number has a line, a list a box."""
        super().__init__(*args, **kwargs)
        self.setting = setting
        field = self.fields["value"]
        field.help_text = setting.get_kind_display()
        is_number = setting.kind == CheckSetting.Kind.NUMBER
        field.widget = (
            forms.NumberInput(attrs={"min": 0, "inputmode": "numeric"})
            if is_number
            else forms.Textarea(attrs={"rows": 18})
        )
        field.required = is_number

    def clean_value(self) -> str:
        """The value as the rules can read it."""
        value: str = self.cleaned_data["value"]
        problem = problem_with(self.setting.kind, value)
        if problem:
            raise ValidationError(problem)
        return value
