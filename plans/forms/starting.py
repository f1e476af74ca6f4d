"""What people choose when they begin a plan from another one."""

from django import forms
from django.utils.translation import gettext_lazy

from core.fields import LineField
from plans.forms.plans import FIRST_YEAR, LAST_YEAR


class RenewForm(forms.Form):
    """For which year the copy is."""

    year = forms.IntegerField(
        label=gettext_lazy("Năm kế hoạch"), min_value=FIRST_YEAR, max_value=LAST_YEAR
    )


class TemplateForm(forms.Form):
    """Under which name a plan is kept as a template."""

    name = LineField(
        120,
        label=gettext_lazy("Tên mẫu"),
        required=False,
        help_text=gettext_lazy(
            "Ví dụ: Đối thoại định kỳ bốn quý. Để trống: không dùng làm mẫu nữa."
        ),
    )
