"""No domain: transitions, outbox, time phrases, working calendar, Vietnamese text, UI parts."""

from typing import Any

from django import forms
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """No domain: transitions, outbox, time phrases, working calendar, Vietnamese text, UI parts."""

    name = "core"
    verbose_name = _("Nền tảng")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Where a field has no words of its own, say what to do: Django only says what is wrong.

        Here, not in `ready`: models are read before that, and some of them read forms.
        """
        super().__init__(*args, **kwargs)
        forms.Field.default_error_messages["required"] = _("Hãy điền mục này.")
        for kind in (forms.ChoiceField, forms.MultipleChoiceField, forms.ModelChoiceField):
            kind.default_error_messages["required"] = _("Hãy chọn một mục.")
        forms.FileField.default_error_messages["required"] = _("Hãy chọn một tệp.")
