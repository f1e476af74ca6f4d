"""What is typed on lists between levels."""

import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.fields import LineField, TextField
from core.versions import WatchedForm
from feedback.models import Consultation, IssueGroup, Opinion
from feedback.queries.forwarding import receivers_for
from organisations.models import Organisation


class ReceiverForm(forms.Form):
    """To whom a list or a petition goes: a body of another level, or one that only has a name."""

    receiver = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Cơ quan nhận"),
        empty_label=gettext_lazy("Cơ quan khác, ghi tên dưới đây"),
        required=False,
    )
    receiver_name = LineField(
        200,
        label=gettext_lazy("Tên cơ quan nhận (khi không có trong danh sách trên)"),
        required=False,
    )

    def __init__(
        self, *args: Any, organisation: Organisation, today: datetime.date, **kwargs: Any
    ) -> None:
        """Offer bodies of other levels."""
        super().__init__(*args, **kwargs)
        receiver: Any = self.fields["receiver"]
        receiver.queryset = receivers_for(organisation, today)

    def clean(self) -> dict[str, Any]:
        """Somebody must receive it."""
        typed = super().clean() or self.cleaned_data
        if not typed.get("receiver") and not typed.get("receiver_name"):
            self.add_error("receiver", _("Hãy chọn cơ quan nhận hoặc ghi tên cơ quan."))
        return typed


class ForwardingForm(ReceiverForm):
    """Which of the sorted opinions and groups go there."""

    opinion = forms.ModelMultipleChoiceField(
        Opinion.objects.none(), required=False, widget=forms.MultipleHiddenInput
    )
    group = forms.ModelMultipleChoiceField(
        IssueGroup.objects.none(), required=False, widget=forms.MultipleHiddenInput
    )

    def __init__(
        self, *args: Any, opinions: QuerySet[Opinion], groups: QuerySet[IssueGroup], **kwargs: Any
    ) -> None:
        """Offer what waits."""
        super().__init__(*args, **kwargs)
        opinion: Any = self.fields["opinion"]
        opinion.queryset = opinions
        group: Any = self.fields["group"]
        group.queryset = groups

    def clean(self) -> dict[str, Any]:
        """Something must be on it."""
        typed = super().clean()
        if not typed.get("opinion") and not typed.get("group"):
            self.add_error(None, _("Hãy chọn ít nhất một ý kiến hoặc vấn đề."))
        return typed


class LineForm(WatchedForm):
    """The words of one line, which name nobody."""

    text = TextField(
        3000,
        label=gettext_lazy("Nội dung trong danh sách"),
        help_text=gettext_lazy("Bỏ tên, số điện thoại, địa chỉ của người gửi và người khác."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class LineAnswerForm(forms.Form):
    """What the receiver answered to one line, of a list or of a petition."""

    text = TextField(
        10_000,
        label=gettext_lazy("Nội dung trả lời"),
        help_text=gettext_lazy("Người gửi đọc được nguyên văn khi tra cứu."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    legal_basis = TextField(
        2000,
        label=gettext_lazy("Căn cứ, số văn bản trả lời"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class TakeOverForm(forms.Form):
    """Into which consultation of the receiver the lines come."""

    consultation = forms.ModelChoiceField(
        Consultation.objects.none(),
        label=gettext_lazy("Đưa vào đợt lấy ý kiến"),
        empty_label=gettext_lazy("Chọn…"),
    )

    def __init__(self, *args: Any, receiver: Organisation | None, **kwargs: Any) -> None:
        """Offer the receiver's own, newest first."""
        super().__init__(*args, **kwargs)
        consultation: Any = self.fields["consultation"]
        consultation.queryset = Consultation.objects.filter(organisation=receiver).order_by("-pk")


class ReturnForm(forms.Form):
    """Why a list or a petition goes back."""

    reason = TextField(
        1000, label=gettext_lazy("Lý do trả lại"), widget=forms.Textarea(attrs={"rows": 3})
    )
