"""What the office types when it prepares and runs a conference."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conferences.models import Exchange
from core.fields import LineField, TextField, VietDateField
from feedback.models import IssueGroup


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


class AgendaItemForm(forms.Form):
    """One item of the agenda."""

    text = LineField(max_length=500, label=gettext_lazy("Nội dung"))
    conductor = LineField(max_length=150, label=gettext_lazy("Điều hành"), required=False)
    minutes = forms.IntegerField(
        label=gettext_lazy("Số phút"), min_value=1, max_value=600, initial=10
    )
    note = TextField(
        max_length=2000, label=gettext_lazy("Ghi chú riêng cho chủ trì"), required=False
    )


class RowsField(TextField):
    """Lines of cells: what a spreadsheet puts between cells counts as a semicolon."""

    def to_python(self, value: Any) -> str:
        """The lines, tabs turned into semicolons before cleaning makes spaces of them."""
        return super().to_python(str(value or "").replace("\t", ";"))


class ParticipantsForm(forms.Form):
    """People pasted one a line: name; post; body."""

    people = RowsField(
        max_length=50_000,
        label=gettext_lazy("Danh sách"),
        help_text=gettext_lazy(
            "Mỗi dòng một người: Họ và tên; chức vụ; đơn vị. Dán được từ Excel."
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def clean_people(self) -> list[tuple[str, str, str]]:
        """The lines as triples; ValidationError names the line that cannot be read."""
        people = []
        for number, line in enumerate(self.cleaned_data["people"].splitlines(), start=1):
            if not line.strip():
                continue
            parts = [part.strip() for part in line.split(";")]
            name, post, body = (*parts, "", "")[:3]
            if not name or len(parts) > 3 or len(name) > 120 or len(post) > 150 or len(body) > 200:
                raise ValidationError(
                    _(
                        "Dòng %(number)s chưa đúng: “%(line)s”. Hãy viết: Họ và tên; chức vụ; đơn vị."
                    )
                    % {"number": number, "line": line[:60]}
                )
            people.append((name, post, body))
        return people


class InvitationForm(forms.Form):
    """What the guests are asked to heed."""

    note = LineField(
        max_length=300,
        label=gettext_lazy("Lưu ý với khách mời"),
        required=False,
        help_text=gettext_lazy("Ví dụ: có mặt trước 15 phút, mang theo giấy mời."),
    )


class TurnForm(forms.Form):
    """Somebody who wants to speak."""

    name = LineField(max_length=120, label=gettext_lazy("Người phát biểu"))
    body = LineField(max_length=200, label=gettext_lazy("Đơn vị, thôn"), required=False)


class ExchangeForm(forms.Form):
    """What was raised and answered; an opinion that was sent before is picked, not retyped."""

    group = forms.ModelChoiceField(
        IssueGroup.objects.none(),
        label=gettext_lazy("Ý kiến đã gửi trước"),
        required=False,
        empty_label=gettext_lazy("Ý kiến mới nêu tại hội nghị"),
    )
    raised_by = LineField(max_length=120, label=gettext_lazy("Người nêu"))
    raised_body = LineField(max_length=200, label=gettext_lazy("Đơn vị, thôn"), required=False)
    question = TextField(
        max_length=5000,
        label=gettext_lazy("Nội dung ý kiến"),
        required=False,
        help_text=gettext_lazy("Để trống nếu chọn ý kiến đã gửi trước."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    answered_by = LineField(max_length=150, label=gettext_lazy("Người trả lời"), required=False)
    answer = TextField(
        max_length=5000,
        label=gettext_lazy("Nội dung trả lời"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    outcome = forms.ChoiceField(
        label=gettext_lazy("Kết quả"),
        choices=Exchange.Outcome.choices,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, groups: QuerySet[IssueGroup], **kwargs: Any) -> None:
        """Offer the issue groups of the conference's session."""
        super().__init__(*args, **kwargs)
        field = self.fields["group"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = groups

    def clean(self) -> dict[str, Any]:
        """Words come from the picked group if none are typed; an answered matter has an answer."""
        cleaned = super().clean() or {}
        group = cleaned.get("group")
        if not cleaned.get("question"):
            if not group:
                raise ValidationError(
                    {"question": _("Hãy ghi nội dung ý kiến hoặc chọn một ý kiến đã gửi trước.")}
                )
            cleaned["question"] = group.title
        if cleaned.get("outcome") == Exchange.Outcome.ANSWERED and not cleaned.get("answer"):
            raise ValidationError(
                {"answer": _("Đã giải đáp tại chỗ thì cần ghi nội dung trả lời.")}
            )
        return cleaned


class EditExchangeForm(ExchangeForm):
    """The same with the version the form was opened at."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class CloseForm(forms.Form):
    """The numbers the minutes need."""

    invited = forms.IntegerField(
        label=gettext_lazy("Số người được mời"), min_value=0, max_value=100_000
    )
    present = forms.IntegerField(
        label=gettext_lazy("Số người có mặt"), min_value=0, max_value=100_000
    )


class CancelForm(forms.Form):
    """Why it is called off."""

    note = LineField(max_length=300, label=gettext_lazy("Lý do hủy"))
