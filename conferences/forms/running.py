"""What is written down while the conference runs."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conferences.models import Exchange
from core.fields import LineField, TextField
from feedback.models import IssueGroup


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
