"""One matter of the citizen's form, and whether others raised it already."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from core.fields import LineField, RowField, TextField, adapts_only
from feedback.actions.intake import Matter
from feedback.models import Competence, Field, IssueGroup, Opinion

MATTER_LENGTH = 3000
EMPTY = ("", gettext_lazy("Chọn…"))
WISHES = [
    ("", gettext_lazy("Không rõ")),
    *[
        (level, label)
        for level, label in Competence.choices
        if level in (Competence.COMMUNE, Competence.PROVINCE, Competence.CENTRAL)
    ],
]


@adapts_only("field")
class MatterForm(forms.Form):
    """One matter: what it is, in the person's own words."""

    text = TextField(
        MATTER_LENGTH,
        label=gettext_lazy("Nội dung"),
        help_text=gettext_lazy("Nêu rõ việc gì, ở đâu, từ khi nào. Tối đa 3000 ký tự."),
        error_messages={"required": gettext_lazy("Hãy viết nội dung ý kiến.")},
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    field = RowField(
        label=gettext_lazy("Lĩnh vực"),
        error_messages={"required": gettext_lazy("Hãy chọn lĩnh vực.")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Đây là"),
        choices=Opinion.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Hãy chọn loại ý kiến.")},
    )
    proposal = TextField(
        2000,
        label=gettext_lazy("Đề xuất, hướng giải quyết"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    raised_before = LineField(
        300,
        label=gettext_lazy("Đã kiến nghị việc này lần nào chưa?"),
        help_text=gettext_lazy(
            "Nếu rồi: gửi cơ quan nào, khi nào, kết quả ra sao. Nếu chưa, để trống."
        ),
        required=False,
    )
    wished_competence = forms.ChoiceField(
        label=gettext_lazy("Theo Ông/Bà, cấp nào giải quyết được?"), choices=WISHES, required=False
    )

    def __init__(self, *args: Any, fields_by_code: Mapping[str, Field], **kwargs: Any) -> None:
        """Take the fields of government, loaded once for all matters."""
        super().__init__(*args, **kwargs)
        self.fields_by_code = fields_by_code
        self.offers: list[IssueGroup] = []
        chosen: Any = self.fields["field"]
        chosen.offer(fields_by_code, EMPTY)

    @property
    def place(self) -> str:
        """The number the matter was given when it was added to the form."""
        return str(self.prefix).rpartition("-")[2]

    @property
    def has_more(self) -> bool:
        """Whether one of the optional answers was given (then they are shown open)."""
        return any(
            self[name].value() for name in ("proposal", "raised_before", "wished_competence")
        )

    @property
    def has_chosen(self) -> bool:
        """Whether the person was asked if others raised it already, and said."""
        return bool(self.join)

    @property
    def join(self) -> str:
        """The number of the group the person stands behind, "own" for words of her own, or ""."""
        return str(self.data.get(self.add_prefix("join"), "")) if self.is_bound else ""

    def matter(self) -> Matter:
        """The matter as it was typed."""
        typed = self.cleaned_data
        return Matter(**{**typed, "field": self.fields_by_code[typed["field"]]})
