"""What an administrator types."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from core.fields import LineField, VietDateField
from core.models import WorkingDay
from core.timephrase import PhraseError, parse
from organisations import queries
from organisations.models import AdministrativeUnit, Organisation, Post, Role

NONE = gettext_lazy("Không có")


class _UnitLabel:
    """Tells units of the same name apart."""

    def label_from_instance(self, obj: Any) -> str:
        """The unit, the one above it, and its last day if it is no longer in force."""
        above = f" ({obj.parent})" if obj.parent else ""
        return f"{obj}{above}{_last_day(obj.valid_to)}"


class _BodyLabel:
    """Tells bodies of the same name apart."""

    def label_from_instance(self, obj: Any) -> str:
        """The body, its unit, and its last day if it is no longer in force."""
        return f"{obj} ({obj.unit}){_last_day(obj.valid_to)}"


class UnitField(_UnitLabel, forms.ModelChoiceField):  # type: ignore[type-arg]
    """One unit."""


class UnitsField(_UnitLabel, forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Several units."""


class BodyField(_BodyLabel, forms.ModelChoiceField):  # type: ignore[type-arg]
    """One body."""


class BodiesField(_BodyLabel, forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Several bodies."""


def _picks() -> forms.Widget:
    """Rows to tick in a box that scrolls."""
    return forms.CheckboxSelectMultiple(attrs={"class": "picks"})


def _offer(form: forms.Form, name: str, rows: Any) -> None:
    """Let a field choose among `rows`."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows


def _last_day(valid_to: datetime.date | None) -> str:
    return f" – {valid_to:%d/%m/%Y}" if valid_to else ""


def _units() -> Any:
    return AdministrativeUnit.objects.select_related("parent").order_by("name", "pk")


def _bodies() -> Any:
    return Organisation.objects.select_related("unit").order_by("name", "pk")


class _CheckedForm(forms.Form):
    """A form whose values are held against what stands already."""

    def problem(self, values: dict[str, Any]) -> queries.Problem | None:
        """What keeps these values out, once each of them is right by itself."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        """Show the problem beside its field."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        problem = None if self.errors else self.problem(values)
        if problem:
            self.add_error(problem[0] if problem[0] in self.fields else None, problem[1])
        return values


class UnitForm(_CheckedForm):
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
        None, label=gettext_lazy("Đơn vị kế thừa"), required=False, widget=_picks()
    )

    def __init__(self, *args: Any, unit: AdministrativeUnit | None = None, **kwargs: Any) -> None:
        """Offer the other units."""
        super().__init__(*args, **kwargs)
        self.unit = unit
        others = _units().exclude(pk=unit.pk) if unit else _units()
        for name in ("parent", "successors"):
            _offer(self, name, others)

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


class EditOrganisationForm(_CheckedForm, OrganisationForm):
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
        None, label=gettext_lazy("Cơ quan kế thừa"), required=False, widget=_picks()
    )

    def __init__(self, *args: Any, organisation: Organisation | None = None, **kwargs: Any) -> None:
        """Offer the other bodies."""
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        others = _bodies().exclude(pk=organisation.pk) if organisation else _bodies()
        for name in ("parent", "successors"):
            _offer(self, name, others)

    def problem(self, values: dict[str, Any]) -> queries.Problem | None:
        """The body stands already in its unit, or its dates or the one above are wrong."""
        unit = self.organisation.unit if self.organisation else values["unit"]
        names = ("name", "parent", "valid_from", "valid_to")
        plain = {name: values[name] for name in names}
        return queries.organisation_problem(self.organisation, unit=unit, **plain)


class CreateOrganisationForm(EditOrganisationForm):
    """A new body: also where it stands and what it is there for."""

    unit = UnitField(None, label=gettext_lazy("Đơn vị"))
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
        _offer(self, "unit", _units())


class PostForm(_CheckedForm):
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


class TermForm(_CheckedForm):
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


class MemberForm(forms.Form):
    """Who joins, in what role."""

    email = forms.EmailField(label=gettext_lazy("Địa chỉ thư điện tử"))
    full_name = LineField(120, label=gettext_lazy("Họ và tên"))
    role = forms.ChoiceField(label=gettext_lazy("Vai trò"), choices=Role.choices)
    post = forms.ModelChoiceField(
        Post.objects.none(),
        label=gettext_lazy("Chức vụ"),
        required=False,
        empty_label=gettext_lazy("Không ghi"),
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        """Offer the body's posts."""
        super().__init__(*args, **kwargs)
        field = self.fields["post"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = organisation.posts.order_by("name")


class DayForm(forms.Form):
    """A date the office declares off or worked."""

    date = VietDateField(label=gettext_lazy("Ngày"))
    kind = forms.ChoiceField(label=gettext_lazy("Là"), choices=WorkingDay.Kind.choices)
    name = LineField(120, label=gettext_lazy("Tên ngày"))
    source = LineField(200, label=gettext_lazy("Căn cứ"))


class SignOffForm(forms.Form):
    """What the year was checked against."""

    source = LineField(
        200,
        label=gettext_lazy("Đã đối chiếu với"),
        help_text=gettext_lazy("Ví dụ: Thông báo của Bộ Nội vụ số …, ngày …"),
    )


class DeadlineRuleForm(forms.Form):
    """A clock as a phrase, with its source."""

    phrase = LineField(200, label=gettext_lazy("Thời hạn"))
    source = LineField(250, label=gettext_lazy("Căn cứ"))

    def clean_phrase(self) -> str:
        """The phrase as typed, if it can be understood."""
        typed: str = self.cleaned_data["phrase"]
        try:
            parse(typed)
        except PhraseError as error:
            raise ValidationError(str(error)) from error
        return typed
