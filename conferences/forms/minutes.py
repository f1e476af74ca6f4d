"""Passages an office keeps, one a line."""

from django.core.exceptions import ValidationError
from django.forms import Form, Textarea
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.fields import TextField

LONGEST_TITLE = 120


class PassagesForm(Form):
    """Lines "Tên gọi: nội dung"; gives (title, text) in order."""

    passages = TextField(
        max_length=20_000,
        required=False,
        label=gettext_lazy("Các đoạn mẫu"),
        help_text=gettext_lazy(
            "Mỗi dòng một đoạn: tên gọi, dấu hai chấm, nội dung. Để trống để dùng lại các đoạn chung."
        ),
        widget=Textarea(attrs={"rows": 12}),
    )

    def clean_passages(self) -> list[tuple[str, str]]:
        """The lines as pairs; ValidationError names the line that cannot be read."""
        found: dict[str, str] = {}
        for number, line in enumerate(self.cleaned_data["passages"].splitlines(), start=1):
            if not line.strip():
                continue
            title, _colon, text = (part.strip() for part in line.partition(":"))
            if not title or not text or len(title) > LONGEST_TITLE:
                raise ValidationError(
                    _("Dòng %(number)s chưa đúng. Hãy viết: Tên gọi: nội dung.")
                    % {"number": number}
                )
            if title in found:
                raise ValidationError(
                    _("Tên gọi “%(title)s” có hai lần. Hãy đặt tên khác cho một đoạn.")
                    % {"title": title}
                )
            found[title] = text
        return list(found.items())
