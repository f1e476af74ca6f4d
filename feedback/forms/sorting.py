"""What the office types while it puts groups side by side and keeps its filters."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from django import forms
from django.utils.translation import gettext_lazy

from core.fields import LineField, TextField
from feedback.forms.office import OpinionFilterForm
from feedback.models import IssueGroup


class MergeForm(forms.Form):
    """The group another one is merged into."""

    into = forms.ModelChoiceField(
        IssueGroup.objects.none(),
        label=gettext_lazy("Nhập vào vấn đề khác"),
        empty_label=gettext_lazy("Chọn…"),
    )

    def __init__(self, *args: Any, group: IssueGroup, **kwargs: Any) -> None:
        """Offer the other standing groups of the consultation, newest first."""
        super().__init__(*args, **kwargs)
        into: Any = self.fields["into"]
        others = IssueGroup.objects.standing().filter(consultation=group.consultation_id)
        into.queryset = others.exclude(pk=group.pk).order_by("-id")


class EarlierForm(forms.Form):
    """A group of an earlier consultation of the same place."""

    earlier = forms.ModelChoiceField(IssueGroup.objects.none())

    def __init__(self, *args: Any, group: IssueGroup, **kwargs: Any) -> None:
        """Take the group whose past is written down."""
        super().__init__(*args, **kwargs)
        consultation = group.consultation
        earlier: Any = self.fields["earlier"]
        earlier.queryset = IssueGroup.objects.filter(
            consultation__organisation__unit=consultation.organisation.unit_id,
            consultation__opens_at__lt=consultation.opens_at,
        ).select_related("consultation")


class SaveFilterForm(forms.Form):
    """A name for the filters in the address."""

    name = LineField(80, label=gettext_lazy("Lưu bộ lọc này với tên"))
    query = forms.CharField(max_length=500, widget=forms.HiddenInput)

    def clean_query(self) -> str:
        """Keep the list's own filters, nothing else."""
        pairs = parse_qsl(self.cleaned_data["query"])
        known = [*OpinionFilterForm.base_fields]
        return urlencode([(name, value) for name, value in pairs if name in known])


class WatchWordsForm(forms.Form):
    """Words an office wants marked in opinions."""

    words = TextField(
        5000,
        label=gettext_lazy(
            "Mỗi dòng một từ hoặc cụm từ; không phân biệt hoa thường, có dấu hay không"
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 14}),
    )
