"""Days off, the year signed off, clocks of the law."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from core.fields import LineField, VietDateField
from core.models import WorkingDay
from core.timephrase import PhraseError, parse
from core.versions import WatchedForm


class DayForm(forms.Form):
    """A date the office declares off or worked."""

    date = VietDateField(label=gettext_lazy("Ngày"))
    kind = forms.ChoiceField(label=gettext_lazy("Là"), choices=WorkingDay.Kind.choices)
    name = LineField(120, label=gettext_lazy("Tên ngày"))
    source = LineField(200, label=gettext_lazy("Căn cứ"))


class SignOffForm(forms.Form):
    """What the year was checked against."""

    source = LineField(
        200,
        label=gettext_lazy("Đã đối chiếu với"),
        help_text=gettext_lazy("Ví dụ: Thông báo của Bộ Nội vụ số …, ngày …"),
    )


class DeadlineRuleForm(WatchedForm):
    """A clock as a phrase, with its source."""

    phrase = LineField(200, label=gettext_lazy("Thời hạn"))
    source = LineField(250, label=gettext_lazy("Căn cứ"))

    def clean_phrase(self) -> str:
        """The phrase as typed, if it can be understood."""
        typed: str = self.cleaned_data["phrase"]
        try:
            parse(typed)
        except PhraseError as error:
            raise ValidationError(str(error)) from error
        return typed
