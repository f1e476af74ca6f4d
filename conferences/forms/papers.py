"""What the papers of a conference say."""

from django import forms
from django.utils.translation import gettext_lazy

from core.fields import LineField


class InvitationForm(forms.Form):
    """What the guests are asked to heed."""

    note = LineField(
        max_length=300,
        label=gettext_lazy("Lưu ý với khách mời"),
        required=False,
        help_text=gettext_lazy("Ví dụ: có mặt trước 15 phút, mang theo giấy mời."),
    )
