"""An item of the agenda."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from core.fields import LineField, TextField
from core.versions import WatchedForm
from documents.models import Document


class AgendaItemForm(WatchedForm):
    """One item of the agenda, with what the running script says about it."""

    text = LineField(max_length=500, label=gettext_lazy("Nội dung"))
    conductor = LineField(max_length=150, label=gettext_lazy("Điều hành"), required=False)
    performer = LineField(max_length=150, label=gettext_lazy("Người thực hiện"), required=False)
    minutes = forms.IntegerField(
        label=gettext_lazy("Số phút"), min_value=1, max_value=600, initial=10
    )
    is_internal = forms.BooleanField(
        label=gettext_lazy("Mục nội bộ"),
        required=False,
        help_text=gettext_lazy(
            "Chỉ hiện trên bàn điều hành và trong kịch bản; không lên màn hình, không in cho đại biểu."
        ),
    )
    document = forms.ModelChoiceField(
        Document.objects.none(),
        label=gettext_lazy("Văn bản kèm theo"),
        required=False,
        empty_label=gettext_lazy("Không có"),
    )
    words = TextField(
        max_length=5000,
        label=gettext_lazy("Lời dẫn"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    slides = LineField(max_length=250, label=gettext_lazy("Tài liệu chiếu"), required=False)
    fallback = TextField(
        max_length=2000,
        label=gettext_lazy("Dự phòng"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    note = TextField(
        max_length=2000,
        label=gettext_lazy("Ghi chú riêng cho chủ trì"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, papers: QuerySet[Document], **kwargs: Any) -> None:
        """Offer the papers of the dossier."""
        super().__init__(*args, **kwargs)
        field = self.fields["document"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = papers


class OrderForm(forms.Form):
    """The items of an agenda in the order they were dragged into, as ids with commas."""

    order = forms.CharField(max_length=5000)

    def clean_order(self) -> list[int]:
        """The ids; anything else is left out."""
        return [int(word) for word in self.cleaned_data["order"].split(",") if word.isdecimal()]
