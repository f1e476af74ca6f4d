"""An item of the agenda."""

from django import forms
from django.utils.translation import gettext_lazy

from core.fields import LineField, TextField


class AgendaItemForm(forms.Form):
    """One item of the agenda."""

    text = LineField(max_length=500, label=gettext_lazy("Nội dung"))
    conductor = LineField(max_length=150, label=gettext_lazy("Điều hành"), required=False)
    minutes = forms.IntegerField(
        label=gettext_lazy("Số phút"), min_value=1, max_value=600, initial=10
    )
    note = TextField(
        max_length=2000, label=gettext_lazy("Ghi chú riêng cho chủ trì"), required=False
    )
