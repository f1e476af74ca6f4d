"""Asking units for delegates, naming them, answering late changes; setting the hall."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conferences.actions.nominating import Unit
from conferences.forms.people import GroupField, RowsField
from conferences.forms.printed import PrintedField, not_printed
from conferences.models import Conference, SeatPlan
from conferences.queries.nominations import UnitChoice
from core.fields import LineField, PhoneField, VietDateField


class AskForm(forms.Form):
    """Which units, how many each, for which group of the plan."""

    quota = forms.IntegerField(
        label=gettext_lazy("Mỗi đơn vị cử"), min_value=1, max_value=500, initial=2
    )
    units = forms.MultipleChoiceField(
        label=gettext_lazy("Đơn vị"), required=False, widget=forms.CheckboxSelectMultiple
    )
    others = RowsField(
        max_length=20_000,
        label=gettext_lazy("Đơn vị khác"),
        required=False,
        help_text=gettext_lazy("Mỗi dòng một đơn vị: Tên; thư điện tử (nếu có)."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, conference: Conference, units: list[UnitChoice], **more: Any):
        """Take the groups of the plan and the units around the office."""
        super().__init__(*args, **more)
        self.known = {unit.key: unit for unit in units}
        units_field: Any = self.fields["units"]
        units_field.choices = [(unit.key, unit.label) for unit in units]
        self.fields["group"] = GroupField(conference)
        self.order_fields(["group", "quota", "units", "others"])

    def clean_others(self) -> list[Unit]:
        """The typed units; ValidationError names a line that cannot be read."""
        units = []
        for line in self.cleaned_data["others"].splitlines():
            name, _semicolon, email = (part.strip() for part in line.partition(";"))
            if not name and not email:
                continue
            try:
                email = forms.EmailField(required=False).clean(email)
            except ValidationError as error:
                raise ValidationError(f"“{line[:60]}”: {' '.join(error.messages)}") from error
            if not 1 <= len(name) <= 200:
                raise ValidationError(_("“%(line)s”: thiếu tên đơn vị.") % {"line": line[:60]})
            if problem := not_printed(name):
                raise ValidationError(f"“{line[:60]}”: {problem}")
            units.append(Unit(name, None, email))
        return units

    def clean(self) -> dict[str, Any]:
        """Somebody must be asked."""
        values = super().clean() or {}
        picked = [self.known[key] for key in values.get("units", [])]
        chosen = [Unit(unit.body, unit.organisation) for unit in picked] + values.get("others", [])
        if not chosen and not self.errors:
            self.add_error("units", _("Hãy chọn ít nhất một đơn vị."))
        values["chosen"] = chosen
        return values

    def asked(self) -> dict[str, Any]:
        """What the action takes: the units, their group and how many each may name."""
        values = self.cleaned_data
        return {"units": values["chosen"], "group": values["group"], "quota": values["quota"]}


class LastDayForm(forms.Form):
    """Until when names go straight on the list."""

    day = VietDateField(
        label=gettext_lazy("Hạn cử đại biểu"),
        required=False,
        help_text=gettext_lazy("Đến hết ngày này. Sau hạn, mỗi thay đổi chờ văn phòng đồng ý."),
    )


class DelegateForm(forms.Form):
    """One delegate, as the unit knows them."""

    name = PrintedField(max_length=120, label=gettext_lazy("Họ và tên"))
    post = PrintedField(max_length=300, label=gettext_lazy("Chức vụ"), required=False)
    phone = PhoneField(
        label=gettext_lazy("Điện thoại"),
        required=False,
        help_text=gettext_lazy("Chỉ văn phòng đọc được, để báo khi hội nghị thay đổi."),
    )


class RefusalForm(forms.Form):
    """Why a change is not agreed to."""

    reason = LineField(max_length=300, label=gettext_lazy("Lý do không đồng ý"))


class QuotaForm(forms.Form):
    """How many a unit is asked for."""

    quota = forms.IntegerField(label=gettext_lazy("Số đại biểu"), min_value=1, max_value=500)


class SeatPlanForm(forms.Form):
    """The hall in rows or tables."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Xếp"), choices=SeatPlan.Kind.choices, widget=forms.RadioSelect
    )
    blocks = forms.IntegerField(
        label=gettext_lazy("Số dãy hoặc số bàn"), min_value=1, max_value=300
    )
    seats_each = forms.IntegerField(
        label=gettext_lazy("Số chỗ mỗi dãy, mỗi bàn"), min_value=1, max_value=300
    )
    anew = forms.BooleanField(
        label=gettext_lazy("Xếp lại tất cả từ đầu"),
        required=False,
        help_text=gettext_lazy("Không chọn thì ai đã có chỗ giữ nguyên chỗ."),
    )

    def clean(self) -> dict[str, Any]:
        """A hall holds at most some thousand people."""
        values = super().clean() or {}
        if values.get("blocks", 0) * values.get("seats_each", 0) > 5000:
            self.add_error("blocks", _("Nhiều nhất 5000 chỗ."))
        return values


class SeatForm(forms.Form):
    """Where one person sits."""

    seat = LineField(max_length=30, required=False, label=gettext_lazy("Chỗ"))
    swaps = forms.BooleanField(required=False, label=gettext_lazy("đổi chỗ nếu có người"))
