"""What the office, asked agencies and reception may type."""

import datetime
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.fields import LineField, TextField, VietDateField
from core.versions import WatchedForm
from feedback.models import (
    Competence,
    Consultation,
    Field,
    IssueGroup,
    Opinion,
)
from feedback.states import OpinionState
from organisations.models import AdministrativeUnit

ANY = gettext_lazy("Tất cả")
LAST_MINUTE = datetime.time(23, 59)


class ConsultationForm(forms.Form):
    """The words and the window of a consultation; both days count whole."""

    title = LineField(300, label=gettext_lazy("Tên đợt lấy ý kiến"))
    introduction = TextField(
        2000,
        label=gettext_lazy("Lời mở đầu"),
        required=False,
        help_text=gettext_lazy("Một vài câu để người dân biết đợt này hỏi về việc gì."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    exclusions = TextField(
        1000,
        label=gettext_lazy("Nội dung không tổng hợp"),
        required=False,
        help_text=gettext_lazy("Ví dụ: việc đã có kết luận cuối cùng của cơ quan có thẩm quyền."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    opens_on = VietDateField(label=gettext_lazy("Nhận từ ngày"))
    closes_on = VietDateField(label=gettext_lazy("Đến hết ngày"))

    def clean(self) -> dict[str, Any]:
        """Turn whole days into moments; the window has a beginning before its end."""
        typed = super().clean() or self.cleaned_data
        first, last = typed.get("opens_on"), typed.get("closes_on")
        if first and last and last < first:
            self.add_error("closes_on", _("Ngày kết thúc phải từ ngày bắt đầu trở đi."))
        return typed

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        typed = dict(self.cleaned_data)
        typed["opens_at"] = start_of(typed.pop("opens_on"))
        typed["closes_at"] = end_of(typed.pop("closes_on"))
        return typed


class ExtendForm(forms.Form):
    """Until when people have more time, and why."""

    closes_on = VietDateField(label=gettext_lazy("Gia hạn đến hết ngày"))
    why = LineField(300, label=gettext_lazy("Lý do gia hạn"))


class CloseForm(forms.Form):
    """Why nothing more is taken."""

    note = LineField(300, label=gettext_lazy("Lý do đóng sớm"))


class OpinionFilterForm(forms.Form):
    """The filters of the list, all in the address."""

    q = LineField(
        200, label=gettext_lazy("Tìm"), required=False, widget=forms.TextInput({"type": "search"})
    )
    state = forms.ChoiceField(
        label=gettext_lazy("Trạng thái"), choices=[("", ANY), *OpinionState.choices], required=False
    )
    field = forms.ModelChoiceField(
        Field.objects.order_by("position"),
        label=gettext_lazy("Lĩnh vực"),
        empty_label=ANY,
        required=False,
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Loại"), choices=[("", ANY), *Opinion.Kind.choices], required=False
    )
    area = forms.ModelChoiceField(
        AdministrativeUnit.objects.none(),
        label=gettext_lazy("Địa bàn"),
        empty_label=ANY,
        required=False,
    )
    consultation = forms.ModelChoiceField(
        Consultation.objects.none(),
        label=gettext_lazy("Đợt lấy ý kiến"),
        empty_label=ANY,
        required=False,
    )

    def __init__(self, *args: Any, consultations: QuerySet[Consultation], **kwargs: Any) -> None:
        """Take the consultations the person may see; their areas are the areas to choose."""
        super().__init__(*args, **kwargs)
        units = consultations.values("organisation__unit")
        area: Any = self.fields["area"]
        # Whoever lives in no hamlet is from the whole unit.
        areas = AdministrativeUnit.objects.filter(Q(parent__in=units) | Q(pk__in=units))
        area.queryset = areas.order_by("name")
        consultation: Any = self.fields["consultation"]
        consultation.queryset = consultations.order_by("-id")

    def apply(self, opinions: QuerySet[Opinion]) -> QuerySet[Opinion]:
        """The opinions that pass every filter that could be read."""
        if not self.is_valid():
            return opinions
        chosen = self.cleaned_data
        by_name = {
            "state": chosen["state"],
            "field": chosen["field"],
            "kind": chosen["kind"],
            "submission__area": chosen["area"],
            "submission__consultation": chosen["consultation"],
        }
        if chosen["area"] or chosen["field"] or chosen["kind"]:
            # A matter that left by law is a stub; not even its place is told.
            opinions = opinions.exclude(state=OpinionState.ROUTED)
        return opinions.filter(**{name: value for name, value in by_name.items() if value})

    @property
    def is_filtered(self) -> bool:
        """Whether anything was asked for."""
        return any(self.data.get(name) for name in self.fields)


class GroupForm(forms.Form):
    """The name of a matter, its field and who is competent."""

    title = LineField(
        300,
        label=gettext_lazy("Tên vấn đề"),
        help_text=gettext_lazy("Tóm tắt trong một câu; không ghi tên người gửi."),
    )
    field = forms.ModelChoiceField(
        Field.objects.order_by("position"),
        label=gettext_lazy("Lĩnh vực"),
        empty_label=gettext_lazy("Chọn…"),
    )
    competence = forms.ChoiceField(
        label=gettext_lazy("Thẩm quyền giải quyết"), choices=Competence.choices
    )


class EditGroupForm(WatchedForm, GroupForm):
    """The same of a matter there is already."""


class GroupAddForm(forms.Form):
    """The matter an opinion joins."""

    group = forms.ModelChoiceField(
        IssueGroup.objects.none(),
        label=gettext_lazy("Gộp vào vấn đề đã có"),
        empty_label=gettext_lazy("Chọn…"),
    )

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        """Offer the matters of the same consultation, newest first."""
        super().__init__(*args, **kwargs)
        group: Any = self.fields["group"]
        group.queryset = consultation.groups.filter(merged_into=None).order_by("-id")


class ReasonForm(forms.Form):
    """What is missing."""

    reason = TextField(
        1000, label=gettext_lazy("Cần bổ sung"), widget=forms.Textarea(attrs={"rows": 3})
    )


def start_of(day: datetime.date) -> datetime.datetime:
    """The first moment of a day on the office's clock."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


def end_of(day: datetime.date) -> datetime.datetime:
    """The last minute of a day on the office's clock."""
    return timezone.make_aware(datetime.datetime.combine(day, LAST_MINUTE))
