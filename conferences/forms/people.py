"""People pasted, typed, corrected."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.fields import TextField


class RowsField(TextField):
    """Lines of cells: what a spreadsheet puts between cells counts as a semicolon."""

    def to_python(self, value: Any) -> str:
        """The lines, tabs turned into semicolons before cleaning makes spaces of them."""
        return super().to_python(str(value or "").replace("\t", ";"))


class ParticipantsForm(forms.Form):
    """People pasted one a line: name; post; body."""

    people = RowsField(
        max_length=50_000,
        label=gettext_lazy("Danh sách"),
        help_text=gettext_lazy(
            "Mỗi dòng một người: Họ và tên; chức vụ; đơn vị. Dán được từ Excel."
        ),
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def clean_people(self) -> list[tuple[str, str, str]]:
        """The lines as triples; ValidationError names the line that cannot be read."""
        people = []
        for number, line in enumerate(self.cleaned_data["people"].splitlines(), start=1):
            if not line.strip():
                continue
            parts = [part.strip() for part in line.split(";")]
            name, post, body = (*parts, "", "")[:3]
            if not name or len(parts) > 3 or len(name) > 120 or len(post) > 150 or len(body) > 200:
                raise ValidationError(
                    _(
                        "Dòng %(number)s chưa đúng: “%(line)s”. Hãy viết: Họ và tên; chức vụ; đơn vị."
                    )
                    % {"number": number, "line": line[:60]}
                )
            people.append((name, post, body))
        return people
