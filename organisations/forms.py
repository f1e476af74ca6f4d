"""What an administrator types."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from core.fields import LineField, VietDateField
from core.models import WorkingDay
from core.timephrase import PhraseError, parse
from organisations.models import Organisation, Post, Role


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
