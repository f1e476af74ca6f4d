"""What is written down while the conference runs."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conferences.models import Exchange, HallQuestion, SpeakingTurn
from core.fields import LineField, TextField
from feedback.models import Field, IssueGroup, RestrictedMatter


class TurnForm(forms.Form):
    """Somebody who wants to speak."""

    name = LineField(max_length=120, label=gettext_lazy("Người phát biểu"))
    body = LineField(max_length=200, label=gettext_lazy("Đơn vị, thôn"), required=False)
    minutes = forms.IntegerField(
        label=gettext_lazy("Số phút"), min_value=1, max_value=60, required=False
    )


class SpeechMinutesForm(forms.Form):
    """How long each speaks who has no minutes of their own."""

    speech_minutes = forms.IntegerField(
        label=gettext_lazy("Số phút mỗi lượt"), min_value=1, max_value=60
    )


class MessageForm(forms.Form):
    """A sentence on the second screen."""

    message = LineField(
        max_length=200, label=gettext_lazy("Lời nhắn trên màn hình"), required=False
    )


class ReopenForm(forms.Form):
    """Why the conference goes on."""

    note = LineField(max_length=300, label=gettext_lazy("Lý do mở lại"))


class SeenForm(forms.Form):
    """What was current on the page the button was pressed on (0: nothing; empty: not said)."""

    seen = forms.IntegerField(min_value=0, required=False)


class WishForm(forms.Form):
    """Who of those registered is called, and for how long."""

    opinions = forms.TypedMultipleChoiceField(coerce=int, required=False)
    minutes = forms.IntegerField(
        label=gettext_lazy("Số phút mỗi lượt"), min_value=1, max_value=60, required=False
    )
    in_writing = forms.BooleanField(required=False)

    def __init__(self, *args: Any, opinions: Iterable[int], **kwargs: Any) -> None:
        """Only opinions that are on the page may be chosen."""
        super().__init__(*args, **kwargs)
        field = self.fields["opinions"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(str(pk), str(pk)) for pk in opinions]


class RestrictedForm(forms.Form):
    """What kind of matter was voiced that has its own place by law."""

    kind = forms.ChoiceField(
        choices=[
            (kind.value, kind.label)
            for kind in (RestrictedMatter.Kind.COMPLAINT, RestrictedMatter.Kind.DENUNCIATION)
        ]
    )


class ExchangeForm(forms.Form):
    """What was raised and answered; an opinion that was sent before is picked, not retyped."""

    group = forms.ModelChoiceField(
        IssueGroup.objects.none(),
        label=gettext_lazy("Ý kiến đã gửi trước"),
        required=False,
        empty_label=gettext_lazy("Ý kiến mới nêu tại hội nghị"),
        widget=forms.Select(attrs={"data-pick": True}),
    )
    raised_by = LineField(max_length=120, label=gettext_lazy("Người nêu"))
    raised_body = LineField(max_length=200, label=gettext_lazy("Đơn vị, thôn"), required=False)
    field = forms.ModelChoiceField(
        Field.objects.order_by("position"),
        label=gettext_lazy("Lĩnh vực"),
        required=False,
        empty_label=gettext_lazy("Chưa xếp"),
        widget=forms.Select(attrs={"data-pick": True}),
    )
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
        """Words come from the picked group if none are typed; an answered matter has an answer.

        What was sent in before has the field of its group already.
        """
        cleaned = super().clean() or {}
        group = cleaned.get("group")
        if group:
            cleaned["field"] = None
        if not cleaned.get("question") and "question" not in self.errors:
            if not group:
                raise ValidationError(
                    {"question": _("Hãy ghi nội dung ý kiến hoặc chọn một ý kiến đã gửi trước.")}
                )
            cleaned["question"] = group.title
        is_answered = cleaned.get("outcome") == Exchange.Outcome.ANSWERED
        if is_answered and not cleaned.get("answer") and "answer" not in self.errors:
            raise ValidationError(
                {"answer": _("Đã giải đáp tại chỗ thì cần ghi nội dung trả lời.")}
            )
        return cleaned


class EditExchangeForm(ExchangeForm):
    """The same with the version the form was opened at."""

    version = forms.IntegerField(widget=forms.HiddenInput)


def exchange_initial(
    turn: SpeakingTurn | None,
    group: IssueGroup | None,
    chosen: Mapping[str, str],
    asked: HallQuestion | None = None,
) -> dict[str, Any]:
    """What a new exchange begins with: who speaks, the picked matter, and what was chosen already.

    `asked` is a written question that is answered now; nobody signs those. A prepared answer stands ready in the field; the clerk changes what was said differently.
    """
    answer = getattr(group, "answer", None)
    known = {
        "group": group,
        "raised_by": turn.name if turn else "",
        "raised_body": turn.body if turn else "",
        "question": group.title if group else "",
        "answered_by": group.lead.name if group and group.lead else "",
        "answer": answer.text if answer else "",
        "outcome": Exchange.Outcome.ANSWERED,
    }
    if asked:
        known |= {"raised_by": _("Câu hỏi viết"), "raised_body": asked.body, "question": asked.text}
    kept = ("field", "outcome")
    return known | {name: chosen[name] for name in kept if chosen.get(name)}


def picked_group(form: ExchangeForm) -> IssueGroup | None:
    """The matter the form stands for, as it is shown."""
    field = form.fields["group"]
    assert isinstance(field, forms.ModelChoiceField)
    value = form["group"].value()
    if isinstance(value, IssueGroup):
        return value
    if not str(value or "").isdecimal() or field.queryset is None:
        return None
    picked: IssueGroup | None = field.queryset.filter(pk=value).first()
    return picked
