"""What is typed about petitions, results and matters left out."""

import datetime
from typing import Any

from django import forms
from django.db.models import Case, Q, QuerySet, When
from django.utils.translation import gettext_lazy

from assignments.forms import due_ahead
from conclusions.models import ConclusionPoint
from core.fields import LineField, TextField
from core.timephrase import TimePhrase, TimePhraseFormField
from core.versions import WatchedForm
from feedback.forms.forwarding import ReceiverForm
from organisations.models import Organisation


class LeaveOutForm(forms.Form):
    """Why the notice does not conclude on some matters."""

    reason = LineField(300, label=gettext_lazy("Lý do không kết luận"))


class DrafterForm(forms.Form):
    """Which body of the place writes the draft."""

    body = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Giao soạn thảo"), empty_label=None
    )

    def __init__(
        self, *args: Any, office: Organisation, today: datetime.date, **kwargs: Any
    ) -> None:
        """Offer the other bodies of the office's place, those for mass mobilisation first."""
        super().__init__(*args, **kwargs)
        body: Any = self.fields["body"]
        rows = Organisation.objects.current(today).filter(unit=office.unit_id)
        first = Q(function=Organisation.Function.MASS_MOBILISATION)
        rows = rows.exclude(pk=office.pk).annotate(comes=Case(When(first, then=0), default=1))
        body.queryset = rows.order_by("comes", "name")


class PetitionForm(ReceiverForm):
    """As which paper, and which of the points."""

    type_code = forms.ChoiceField(
        label=gettext_lazy("Loại văn bản"),
        choices=[("CV", gettext_lazy("Công văn")), ("TTr", gettext_lazy("Tờ trình"))],
        initial="CV",
        widget=forms.RadioSelect,
    )
    points = forms.ModelMultipleChoiceField(
        ConclusionPoint.objects.none(),
        label=gettext_lazy("Các điểm kiến nghị"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "picks"}),
        error_messages={"required": gettext_lazy("Hãy chọn ít nhất một điểm.")},
    )

    def __init__(self, *args: Any, points: "QuerySet[ConclusionPoint]", **kwargs: Any) -> None:
        """Offer the points nobody has petitioned about, all chosen."""
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["points"]
        chosen.queryset = points
        chosen.initial = points


class LineForm(WatchedForm):
    """The words of one line, which name nobody."""

    text = TextField(
        3000,
        label=gettext_lazy("Nội dung kiến nghị"),
        help_text=gettext_lazy("Nói rõ việc, địa điểm, đề nghị; bỏ tên người nêu ý kiến."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class GiveForm(forms.Form):
    """Which body of the level above looks into a line, and until when."""

    lead = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Giao cơ quan"), empty_label=None
    )
    due = TimePhraseFormField(
        label=gettext_lazy("Thời hạn"),
        help_text=gettext_lazy("Ví dụ: trước ngày 30/9/2026; trong 15 ngày làm việc."),
    )

    def __init__(
        self, *args: Any, receiver: Organisation, today: datetime.date, **kwargs: Any
    ) -> None:
        """Offer the receiver itself and the bodies in force of its place."""
        super().__init__(*args, **kwargs)
        lead: Any = self.fields["lead"]
        rows = Organisation.objects.current(today).filter(unit=receiver.unit_id)
        lead.queryset = rows.order_by("name")
        lead.initial = receiver
        self.today, self.receiver = today, receiver

    def clean_due(self) -> TimePhrase:
        """A day that has gone by is a slip."""
        return due_ahead(self.cleaned_data["due"], self.today, owner=self.receiver)


class ResultForm(forms.Form):
    """The result of a point in words for those who raised it."""

    text = TextField(
        5000,
        label=gettext_lazy("Kết quả, viết cho người dân"),
        help_text=gettext_lazy("Người nêu ý kiến đọc được nguyên văn. Không ghi tên người khác."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
