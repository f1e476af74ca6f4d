"""Words that stand on invitations, badges and signs: only what can be printed."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.fields import LineField
from documents.printing.metrics import listed, unprintable


class PrintedField(LineField):
    """One line that is printed later: one name that cannot be would stop the print for everybody."""

    def to_python(self, value: Any) -> str:
        """The text in its normal form, or ValidationError naming what cannot be printed."""
        text = super().to_python(value)
        if problem := not_printed(text):
            raise ValidationError(problem, code="characters")
        return text


def not_printed(text: str) -> str:
    """What to do about characters that cannot be printed; empty for a text without any."""
    missing = unprintable(text)
    if not missing:
        return ""
    return _(
        "Có ký tự không in được trên giấy mời, thẻ đại biểu: %s. Hãy xóa hoặc thay bằng chữ khác."
    ) % listed(missing)
