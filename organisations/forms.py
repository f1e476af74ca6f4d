"""What an administrator types."""

import datetime
from collections.abc import Callable
from typing import Any

from allauth.account.forms import ChangePasswordForm as AllauthChangeForm
from allauth.account.forms import ResetPasswordKeyForm as AllauthResetForm
from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.fields import LineField, VietDateField
from core.files import CheckedFile, FileError, UploadField, print_size
from core.models import WorkingDay
from core.timephrase import PhraseError, parse
from organisations import queries
from organisations.models import AdministrativeUnit, Organisation, Post, Role, User

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


class SheetField(UploadField):
    """An Excel or CSV file; `cleaned_data` holds a CheckedFile."""

    def __init__(self, **kwargs: Any) -> None:
        """Say what is accepted."""
        limit = print_size(settings.UPLOAD_MAX_BYTES)
        text = _("Nhận tệp Excel (.xlsx) hoặc CSV mã UTF-8, tối đa %(limit)s.") % {"limit": limit}
        super().__init__(kinds=("xlsx",), help_text=text, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Let the browser offer both."""
        return {"accept": ".xlsx,.csv"}

    def to_python(self, data: Any) -> Any:
        """A CSV file has no mark of its own: it is text without zero bytes."""
        name = str(getattr(data, "name", ""))[-150:]
        if not name.lower().endswith(".csv"):
            return super().to_python(data)
        if not 0 < data.size <= settings.UPLOAD_MAX_BYTES:
            raise ValidationError(_("Tệp “%(name)s” rỗng hoặc quá lớn."), params={"name": name})
        content = data.read()
        if b"\0" in content:
            raise ValidationError(_("Tệp “%(name)s” không phải tệp CSV."), params={"name": name})
        return CheckedFile(name, "csv", "text/csv", content)


class SheetForm(forms.Form):
    """A spreadsheet of units and bodies; `rows` holds what was read from it."""

    file = SheetField(label=gettext_lazy("Tệp bảng tính"))

    def __init__(self, *args: Any, read: Callable[[CheckedFile], Any], **kwargs: Any) -> None:
        """Take what reads a file (resources.sheets.read_sheet)."""
        super().__init__(*args, **kwargs)
        self.read = read

    def clean_file(self) -> Any:
        """The rows of the file."""
        try:
            return self.read(self.cleaned_data["file"])
        except FileError as error:
            raise ValidationError(str(error)) from error


class ConfirmSheetForm(forms.Form):
    """The rows a person has seen tried, signed so that nothing else can come back."""

    rows = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        """Remember who saw them."""
        super().__init__(*args, **kwargs)
        self.salt = f"organisations.sheet.{by.pk}"

    def clean_rows(self) -> Any:
        """The rows, if this person saw them within the hour."""
        try:
            return signing.loads(self.cleaned_data["rows"], salt=self.salt, max_age=3600)
        except signing.BadSignature as error:
            raise ValidationError(_("Hãy tải tệp lên lại.")) from error

    @classmethod
    def sign(cls, rows: Any, by: User) -> "ConfirmSheetForm":
        """The form that brings the rows back."""
        form = cls(by=by)
        form.initial["rows"] = signing.dumps(rows, salt=form.salt, compress=True)
        return form


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


class ChangePasswordForm(AllauthChangeForm):  # type: ignore[misc]
    """A new password for oneself; allauth's own words here are English."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Name the fields in Vietnamese."""
        super().__init__(*args, **kwargs)
        _name_passwords(self)


class ResetPasswordForm(AllauthResetForm):  # type: ignore[misc]
    """A new password behind the link of a letter."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Name the fields in Vietnamese."""
        super().__init__(*args, **kwargs)
        _name_passwords(self)


def _name_passwords(form: forms.Form) -> None:
    words = {
        "oldpassword": gettext_lazy("Mật khẩu hiện tại"),
        "password1": gettext_lazy("Mật khẩu mới"),
        "password2": gettext_lazy("Nhập lại mật khẩu mới"),
    }
    for name in words.keys() & form.fields.keys():
        form.fields[name].label = words[name]
        form.fields[name].widget.attrs.pop("placeholder", None)
