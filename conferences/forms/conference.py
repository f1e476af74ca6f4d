"""When and where, and calling it off."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.fields import LineField, VietDateField


class ConferenceForm(forms.Form):
    """Confirmed time and place; gives `starts_at` and `ends_at` as moments."""

    title = LineField(max_length=300, label=gettext_lazy("Tên hội nghị"))
    day = VietDateField(label=gettext_lazy("Ngày"))
    starts = forms.TimeField(
        label=gettext_lazy("Bắt đầu lúc"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    ends = forms.TimeField(
        label=gettext_lazy("Kết thúc lúc"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    place = LineField(max_length=250, label=gettext_lazy("Địa điểm"))
    chair = LineField(max_length=250, label=gettext_lazy("Chủ trì"))
    secretary = LineField(max_length=250, label=gettext_lazy("Thư ký"), required=False)

    def clean(self) -> dict[str, Any]:
        """Put day and hours together; the end lies after the start."""
        cleaned = super().clean() or {}
        day, starts, ends = cleaned.get("day"), cleaned.get("starts"), cleaned.get("ends")
        if day and starts and ends:
            if ends <= starts:
                raise ValidationError({"ends": _("Giờ kết thúc phải sau giờ bắt đầu.")})
            cleaned["starts_at"] = timezone.make_aware(datetime.datetime.combine(day, starts))
            cleaned["ends_at"] = timezone.make_aware(datetime.datetime.combine(day, ends))
        return cleaned

    def values(self) -> dict[str, Any]:
        """The cleaned fields as the action takes them."""
        return {
            name: self.cleaned_data[name]
            for name in ("title", "starts_at", "ends_at", "place", "chair", "secretary")
        }


class EditConferenceForm(ConferenceForm):
    """The same with the version the form was opened at."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    # The day whose consequences for the preparation the person has already been shown.
    seen = VietDateField(required=False, widget=forms.HiddenInput)

    def values(self) -> dict[str, Any]:
        """The cleaned fields and the version."""
        return {**super().values(), "version": self.cleaned_data["version"]}


class CancelForm(forms.Form):
    """Why it is called off."""

    note = LineField(max_length=300, label=gettext_lazy("Lý do hủy"))


class CloseForm(forms.Form):
    """The numbers the minutes need."""

    invited = forms.IntegerField(
        label=gettext_lazy("Số người được mời"), min_value=0, max_value=100_000
    )
    present = forms.IntegerField(
        label=gettext_lazy("Số người có mặt"),
        help_text=gettext_lazy("Trong số được mời, kể cả người dự thay."),
        min_value=0,
        max_value=100_000,
    )
