"""What people type about a session's preparation, its chain, its day, and the year's demands."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.fields import LineField, VietDateField
from core.timephrase import TimePhrase, TimePhraseFormField
from core.versions import WatchedForm
from organisations.models import AdministrativeUnit, Organisation
from plans.forms.fields import OrganisationField
from plans.models import DialogueSession
from plans.queries import Anchors

OFFSETS = gettext_lazy(
    "Ví dụ: 10 ngày làm việc trước hội nghị; 07 ngày trước hội nghị; "
    "03 ngày làm việc kể từ khi kết thúc hội nghị."
)


def hanging(phrase: TimePhrase | None) -> TimePhrase | None:
    """The phrase, which must count from the conference."""
    if phrase is not None and not phrase.is_relative:
        raise ValidationError(
            _("Hãy ghi thời hạn tính theo hội nghị, ví dụ “10 ngày làm việc trước hội nghị”.")
        )
    return phrase


class StepForm(WatchedForm):
    """One step of a session."""

    name = LineField(300, label=gettext_lazy("Việc"))
    phrase = TimePhraseFormField(label=gettext_lazy("Thời hạn"), help_text=OFFSETS)
    organisation = OrganisationField(label=gettext_lazy("Cơ quan làm"))
    deliverable = LineField(200, label=gettext_lazy("Sản phẩm"), required=False)

    def __init__(self, *args: Any, today: datetime.date, unit_id: int, **kwargs: Any) -> None:
        """Offer the bodies of the same unit that exist today."""
        super().__init__(*args, **kwargs)
        offer_bodies(self, today, unit_id)

    def clean_phrase(self) -> TimePhrase | None:
        """Count from the conference."""
        return hanging(self.cleaned_data["phrase"])


class HandForm(forms.Form):
    """Which body gets a step as its task."""

    organisation = OrganisationField(label=gettext_lazy("Giao cho"), required=True)

    def __init__(self, *args: Any, today: datetime.date, unit_id: int, **kwargs: Any) -> None:
        """Offer the bodies of the same unit that exist today."""
        super().__init__(*args, **kwargs)
        offer_bodies(self, today, unit_id)


def offer_bodies(form: forms.Form, today: datetime.date, unit_id: int) -> None:
    """Fill the field `organisation` with the bodies of a unit."""
    field: Any = form.fields["organisation"]
    rows = Organisation.objects.current(today).filter(unit=unit_id)
    field.queryset = rows.select_related("unit").order_by("name")


class MoveForm(forms.Form):
    """Another time for a session; shown first, applied second."""

    time = TimePhraseFormField(
        label=gettext_lazy("Thời gian mới"),
        help_text=gettext_lazy("Ví dụ: ngày 12/8/2026; cuối tháng 9/2026; Quý IV."),
    )

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        """Phrases without year mean the plan's."""
        super().__init__(*args, **kwargs)
        field = self.fields["time"]
        assert isinstance(field, TimePhraseFormField)
        field.year = year

    def clean_time(self) -> TimePhrase:
        """A time that gives days of its own."""
        phrase: TimePhrase = self.cleaned_data["time"]
        if phrase.is_relative or phrase.end is None:
            raise ValidationError(_("Hãy ghi ngày, tháng hoặc quý tổ chức hội nghị."))
        return phrase

    def anchors(self) -> Anchors:
        """The first and the last day the new time allows."""
        time: TimePhrase = self.cleaned_data["time"]
        return Anchors(time.start or time.end, time.end)


class ApplyMoveForm(MoveForm):
    """The same, with the reason and what the preview was reckoned from."""

    time = TimePhraseFormField(widget=forms.HiddenInput)
    sequence = forms.IntegerField(widget=forms.HiddenInput)
    reason = LineField(
        150,
        label=gettext_lazy("Lý do đổi"),
        help_text=gettext_lazy("Lý do ghi vào lịch sử và thư báo cho các cơ quan có việc."),
    )


class ChainStepForm(WatchedForm):
    """One line of an organisation's chain."""

    name = LineField(200, label=gettext_lazy("Việc"))
    phrase = TimePhraseFormField(label=gettext_lazy("Thời hạn"), help_text=OFFSETS)
    function = forms.ChoiceField(
        label=gettext_lazy("Cơ quan làm"),
        required=False,
        choices=[("", gettext_lazy("Không ghi")), *Organisation.Function.choices],
        help_text=gettext_lazy("Phần mềm tìm cơ quan có chức năng này trên cùng địa bàn."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Dùng cho"),
        required=False,
        choices=[("", gettext_lazy("Mọi loại hội nghị")), *DialogueSession.Kind.choices],
    )
    deliverable = LineField(200, label=gettext_lazy("Sản phẩm"), required=False)
    source = LineField(
        250,
        label=gettext_lazy("Căn cứ"),
        help_text=gettext_lazy("Văn bản hoặc quy chế quy định bước này."),
    )

    def clean_phrase(self) -> TimePhrase | None:
        """Count from the conference."""
        return hanging(self.cleaned_data["phrase"])


class ObligationForm(WatchedForm):
    """How much is demanded, by which paper, since when."""

    amount = forms.IntegerField(label=gettext_lazy("Số"), min_value=1, max_value=366)
    source = LineField(250, label=gettext_lazy("Căn cứ"))
    valid_from = VietDateField(label=gettext_lazy("Áp dụng từ ngày"), required=False)
    valid_to = VietDateField(label=gettext_lazy("Đến hết ngày"), required=False)

    def clean(self) -> dict[str, Any]:
        """The end does not come before the beginning."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("valid_from"), cleaned.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("Ngày hết hạn phải sau ngày bắt đầu áp dụng."))
        return cleaned


class BoardFilter(forms.Form):
    """Which year and which place the board shows."""

    year = forms.IntegerField(
        label=gettext_lazy("Năm"), required=False, min_value=2000, max_value=2099
    )
    unit = forms.ModelChoiceField(
        AdministrativeUnit.objects.none(),
        label=gettext_lazy("Địa bàn"),
        required=False,
        empty_label=gettext_lazy("Mọi địa bàn"),
    )

    def __init__(self, *args: Any, units: list[AdministrativeUnit], **kwargs: Any) -> None:
        """Offer the units in sight."""
        super().__init__(*args, **kwargs)
        field: Any = self.fields["unit"]
        field.queryset = AdministrativeUnit.objects.filter(
            pk__in=[unit.pk for unit in units]
        ).order_by("name")
