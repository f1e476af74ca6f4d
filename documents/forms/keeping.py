"""What people type when they keep papers: amendments, comments, numbers, relations, bases."""

from django import forms
from django.utils.translation import gettext_lazy

from core.fields import TextField
from documents.models import Document


class AmendmentForm(forms.Form):
    """How an amendment is printed and how its introduction opens."""

    style = forms.ChoiceField(
        label=gettext_lazy("Cách ban hành"),
        choices=Document.AmendmentStyle.choices,
        initial=Document.AmendmentStyle.POINTS,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "Cách thứ nhất in “Sửa đổi mục … như sau”; cách thứ hai in cả văn bản mới."
        ),
    )
    reason = TextField(
        500,
        label=gettext_lazy("Lời dẫn"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "In trước các điểm sửa đổi, ví dụ: Để phù hợp với tình hình thực tế. Có thể để trống."
        ),
    )


class CommentForm(forms.Form):
    """What somebody remarks on a draft, or answers."""

    text = TextField(
        2000, label=gettext_lazy("Nội dung góp ý"), widget=forms.Textarea(attrs={"rows": 3})
    )
