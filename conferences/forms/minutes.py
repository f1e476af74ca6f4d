"""Passages an office keeps, one a line, and where they go in the minutes."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import (
    CheckboxSelectMultiple,
    Form,
    ModelChoiceField,
    ModelMultipleChoiceField,
    Textarea,
)
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conferences.models import Conference, Passage
from conferences.queries.minutes import headings_of
from core.fields import TextField
from documents.models import Clause

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


class PassagesField(ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Passages by their whole words."""

    def label_from_instance(self, obj: Passage) -> str:
        """Its name and its words."""
        return f"{obj.title}. {obj.text}"


class DraftMinutesForm(Form):
    """Which passages go into the draft; their order is that of the office's list."""

    passages = PassagesField(
        Passage.objects.none(),
        required=False,
        label=gettext_lazy("Đưa thêm đoạn mẫu"),
        widget=CheckboxSelectMultiple(attrs={"class": "picks"}),
    )

    def __init__(self, *args: Any, conference: Conference, **kwargs: Any) -> None:
        """Offer the passages of the office."""
        super().__init__(*args, **kwargs)
        passages = self.fields["passages"]
        assert isinstance(passages, PassagesField)
        passages.queryset = Passage.objects.of(conference.organisation, Passage.Use.MINUTES)


class InsertPassagesForm(DraftMinutesForm):
    """Which passages go under which heading of the draft minutes."""

    heading = ModelChoiceField(
        Clause.objects.none(), label=gettext_lazy("Đặt ở cuối mục"), empty_label=None
    )

    def __init__(self, *args: Any, conference: Conference, **kwargs: Any) -> None:
        """Offer the headings of the draft too."""
        super().__init__(*args, conference=conference, **kwargs)
        self.fields["passages"].required = True
        heading = self.fields["heading"]
        assert isinstance(heading, ModelChoiceField)
        assert conference.minutes is not None
        rows = headings_of(conference.minutes)
        heading.queryset = conference.minutes.clauses.filter(pk__in=[pk for pk, _words in rows])
        heading.choices = rows
