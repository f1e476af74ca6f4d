"""Whom to write to, and what a guest answers."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conferences.actions.inviting import NO_CHAIN
from conferences.forms.printed import PrintedField
from conferences.models import Participant

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Choice = tuple[str, _StrPromise]


class AnswerForm(forms.Form):
    """Yes, no, or who comes instead."""

    WORDS: "tuple[Choice, ...]" = (
        ("yes", gettext_lazy("Có, tôi sẽ dự")),
        ("substitute", gettext_lazy("Tôi cử người đi thay")),
        ("no", gettext_lazy("Tôi không dự được")),
    )

    answer = forms.ChoiceField(
        label=gettext_lazy("Ông/Bà có dự không?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Chọn một câu trả lời.")},
    )
    name = PrintedField(
        max_length=120, required=False, label=gettext_lazy("Họ và tên người đi thay")
    )
    post = PrintedField(
        max_length=300, required=False, label=gettext_lazy("Chức vụ của người đi thay")
    )

    def __init__(self, *args: Any, person: Participant, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _said(person))
        super().__init__(*args, **kwargs)
        choices = list(self.WORDS)
        if person.substitute_for_id is not None:
            del choices[1], self.fields["name"], self.fields["post"]
            self.fields["answer"].error_messages["invalid_choice"] = NO_CHAIN
        self.fields["answer"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Whoever sends somebody says whom."""
        values: dict[str, Any] = super().clean() or {}
        if values.get("answer") == "substitute" and not values.get("name"):
            self.add_error("name", _("Ghi họ và tên người đi thay."))
        return values


class ToldAnswerForm(AnswerForm):
    """What a guest told the office, in the office's words."""

    WORDS = (
        ("yes", gettext_lazy("Sẽ dự")),
        ("substitute", gettext_lazy("Cử người đi thay")),
        ("no", gettext_lazy("Không dự được")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].label = _("Đại biểu trả lời")


def _said(person: Participant) -> dict[str, str]:
    """What was answered before."""
    other = getattr(person, "substitute", None)
    words = {"name": other.name, "post": other.post} if other else {}
    return {"answer": person.answer, **words}
