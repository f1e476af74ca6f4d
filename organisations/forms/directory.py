"""Units, bodies, posts and terms as an administrator types them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from core.fields import LineField, VietDateField
from core.versions import WatchedForm
from organisations import queries
from organisations.forms.fields import (
    BodiesField,
    BodyField,
    CheckedForm,
    UnitField,
    UnitsField,
    all_bodies,
    all_units,
    offer,
    picks,
)
from organisations.models import AdministrativeUnit, Organisation

NONE = gettext_lazy("Không có")


class UnitForm(CheckedForm, WatchedForm):
    """A place: what it is called, where it stands, when it is in force."""

    kind = LineField(
        40, label=gettext_lazy("Loại đơn vị"), help_text=gettext_lazy("Ví dụ: xã, phường, thôn.")
    )
    name = LineField(120, label=gettext_lazy("Tên đơn vị"))
    level = forms.ChoiceField(label=gettext_lazy("Cấp"), choices=AdministrativeUnit.Level.choices)
    parent = UnitField(
        None, label=gettext_lazy("Đơn vị cấp trên"), required=False, empty_label=NONE
    )
    valid_from = VietDateField(label=gettext_lazy("Từ ngày"), required=False)
    valid_to = VietDateField(
        label=gettext_lazy("Đến ngày"),
        required=False,
        help_text=gettext_lazy("Ngày cuối cùng còn hiệu lực; bỏ trống khi đang hoạt động."),
    )
    successors = UnitsField(
        None, label=gettext_lazy("Đơn vị kế thừa"), required=False, widget=picks()
    )

    def __init__(self, *args: Any, unit: AdministrativeUnit | None = None, **kwargs: Any) -> None:
        """Offer the other units."""
        super().__init__(*args, **kwargs)
        self.unit = unit
        others = all_units().exclude(pk=unit.pk) if unit else all_units()
        for name in ("parent", "successors"):
            offer(self, name, others)

    def problem(self, values: dict[str, Any]) -> queries.Problem | None:
        """The unit stands already, or its level or its dates are wrong."""
        plain = {name: value for name, value in values.items() if name != "successors"}
        return queries.unit_problem(self.unit, **plain)


class OrganisationForm(forms.Form):
    """What stands on the body's papers and public pages."""

    name = LineField(200, label=gettext_lazy("Tên đầy đủ"))
    short_name = LineField(80, label=gettext_lazy("Tên ngắn"))
    symbol = LineField(20, label=gettext_lazy("Ký hiệu trên văn bản"), required=False)
    parent_heading = LineField(200, label=gettext_lazy("Dòng cơ quan cấp trên"), required=False)
    place_name = LineField(80, label=gettext_lazy("Địa danh ghi trên văn bản"), required=False)
    collective = LineField(120, label=gettext_lazy("Tập thể ban hành"), required=False)
    archive_line = LineField(120, label=gettext_lazy("Dòng lưu"), required=False)
    contact = LineField(250, label=gettext_lazy("Liên hệ công khai"), required=False)
    citizen_reception = LineField(250, label=gettext_lazy("Nơi tiếp công dân"), required=False)
    is_before_inclusive = forms.BooleanField(
        label=gettext_lazy("“Trước ngày” tính cả ngày đó"),
        required=False,
        help_text=gettext_lazy("Bỏ trống: “trước ngày 10/8” có hạn cuối là ngày 09/8."),
    )


class EditOrganisationForm(CheckedForm, WatchedForm, OrganisationForm):
    """A body's words, the one above it, when it is in force and who follows it."""

    parent = BodyField(
        None, label=gettext_lazy("Cơ quan cấp trên"), required=False, empty_label=NONE
    )
    valid_from = VietDateField(label=gettext_lazy("Từ ngày"), required=False)
    valid_to = VietDateField(
        label=gettext_lazy("Đến ngày"),
        required=False,
        help_text=gettext_lazy("Ngày cuối cùng còn hoạt động; bỏ trống khi đang hoạt động."),
    )
    successors = BodiesField(
        None, label=gettext_lazy("Cơ quan kế thừa"), required=False, widget=picks()
    )

    def __init__(self, *args: Any, organisation: Organisation | None = None, **kwargs: Any) -> None:
        """Offer the other bodies."""
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        others = all_bodies().exclude(pk=organisation.pk) if organisation else all_bodies()
        for name in ("parent", "successors"):
            offer(self, name, others)

    def problem(self, values: dict[str, Any]) -> queries.Problem | None:
        """The body stands already in its unit, or its dates or the one above are wrong."""
        unit = self.organisation.unit if self.organisation else values["unit"]
        names = ("name", "parent", "valid_from", "valid_to")
        plain = {name: values[name] for name in names}
        return queries.organisation_problem(self.organisation, unit=unit, **plain)


class CreateOrganisationForm(EditOrganisationForm):
    """A new body: also where it stands and what it is there for."""

    unit = UnitField(None, label=gettext_lazy("Đơn vị"), empty_label=gettext_lazy("Chọn…"))
    system = forms.ChoiceField(
        label=gettext_lazy("Hệ thống"),
        choices=Organisation.System.choices,
        help_text=gettext_lazy("Quyết định thể thức văn bản cơ quan ban hành."),
    )
    function = forms.ChoiceField(
        label=gettext_lazy("Chức năng"), choices=Organisation.Function.choices
    )
    field_order = ("unit", "name", "short_name", "system", "function", "parent")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the units."""
        super().__init__(*args, **kwargs)
        offer(self, "unit", all_units())


class PostForm(CheckedForm):
    """A post and whether its holder leads the body."""

    name = LineField(120, label=gettext_lazy("Chức vụ"))
    is_head = forms.BooleanField(label=gettext_lazy("Là người đứng đầu"), required=False)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        """Remember whose post it will be."""
        super().__init__(*args, **kwargs)
        self.organisation = organisation

    def problem(self, values: dict[str, Any]) -> queries.Problem | None:
        """The body has it already."""
        return queries.post_problem(self.organisation, name=values["name"])


class TermForm(CheckedForm):
    """A party committee's term."""

    name = LineField(
        40, label=gettext_lazy("Nhiệm kỳ"), help_text=gettext_lazy("Ví dụ: 2025–2030.")
    )
    starts_on = VietDateField(label=gettext_lazy("Từ ngày"))
    ends_on = VietDateField(label=gettext_lazy("Đến ngày"), required=False)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        """Remember whose term it will be."""
        super().__init__(*args, **kwargs)
        self.organisation = organisation

    def problem(self, values: dict[str, Any]) -> queries.Problem | None:
        """The body has it already, or it overlaps another."""
        return queries.term_problem(self.organisation, **values)
