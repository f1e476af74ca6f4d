"""What people type about a plan, and what its lists are filtered by."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from core.fields import LineField
from core.versions import WatchedForm
from documents.models import LegalBasis
from documents.states import DocumentState
from organisations.models import Organisation, Role, User

FIRST_YEAR, LAST_YEAR = 2000, 2099
RHYTHMS = (
    ("4", gettext_lazy("Bốn hội nghị, mỗi quý một hội nghị")),
    ("2", gettext_lazy("Hai hội nghị, sáu tháng một hội nghị")),
    ("1", gettext_lazy("Một hội nghị trong năm")),
    ("0", gettext_lazy("Chưa ghi, tôi tự thêm")),
)


class PlanForm(forms.Form):
    """What a plan says about itself."""

    year = forms.IntegerField(
        label=gettext_lazy("Năm kế hoạch"), min_value=FIRST_YEAR, max_value=LAST_YEAR
    )
    host = LineField(
        200,
        label=gettext_lazy("Người đối thoại"),
        help_text=gettext_lazy("Ví dụ: Bí thư Đảng ủy, Chủ tịch Ủy ban nhân dân xã."),
    )
    counterpart = LineField(
        200,
        label=gettext_lazy("Đối thoại với"),
        help_text=gettext_lazy("Ví dụ: Nhân dân trên địa bàn xã."),
    )


class EditPlanForm(WatchedForm, PlanForm):
    """The same of a plan there is already."""


class NewPlanForm(PlanForm):
    """A new plan: whose it is, what it builds on, what it begins with."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Cơ quan ban hành"),
        empty_label=gettext_lazy("Chọn…"),
    )
    abstract = LineField(
        500,
        label=gettext_lazy("Trích yếu"),
        required=False,
        help_text=gettext_lazy("Để trống: phần mềm viết theo các mục trên."),
    )
    rhythm = forms.ChoiceField(label=gettext_lazy("Hội nghị định kỳ"), choices=RHYTHMS, initial="4")
    bases = forms.ModelMultipleChoiceField(
        LegalBasis.objects.none(),
        label=gettext_lazy("Căn cứ"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "picks"}),
        help_text=gettext_lazy("Có thể thêm, bớt và nhập căn cứ mới khi soạn."),
    )
    is_blank = forms.BooleanField(
        label=gettext_lazy("Trang trắng, không dựng khung"), required=False
    )
    field_order = (
        "organisation",
        "year",
        "host",
        "counterpart",
        "abstract",
        "is_blank",
        "rhythm",
        "bases",
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        """Offer the bodies the person is a clerk of."""
        super().__init__(*args, **kwargs)
        own = Organisation.objects.filter(pk__in=user.organisation_ids(Role.CLERK))
        chosen: Any = self.fields["organisation"]
        chosen.queryset = own.order_by("name")
        chosen.empty_label = None
        bases: Any = self.fields["bases"]
        bases.queryset = LegalBasis.objects.order_by("-date", "-id")

    def clean(self) -> dict[str, Any]:
        """The rhythm as a number."""
        cleaned = super().clean() or {}
        cleaned["rhythm"] = int(cleaned.get("rhythm") or 0)
        return cleaned


class PlanFilter(forms.Form):
    """What the list of plans shows."""

    q = forms.CharField(label=gettext_lazy("Tìm"), required=False, max_length=200)
    year = forms.IntegerField(
        label=gettext_lazy("Năm"), required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR
    )
    state = forms.ChoiceField(
        label=gettext_lazy("Trạng thái"),
        required=False,
        choices=[("", gettext_lazy("Tất cả")), *DocumentState.choices],
    )
    mine = forms.BooleanField(label=gettext_lazy("Chỉ của cơ quan tôi"), required=False)
