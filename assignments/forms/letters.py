"""How the register of letters is filtered, and what is noted when one is held, stopped or closed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.fields import LineField, TextField
from core.models import Message


class OutboxFilterForm(forms.Form):
    """The filters above the list of letters."""

    q = LineField(100, label=_("Tìm"), required=False, widget=forms.SearchInput)
    state = forms.ChoiceField(
        label=_("Trạng thái"),
        required=False,
        choices=[("", _("Tất cả")), *Message.State.choices],
    )
    channel = forms.ChoiceField(
        label=_("Kênh"),
        required=False,
        choices=[("", _("Tất cả")), *Message.Channel.choices],
    )


class LetterNoteForm(forms.Form):
    """Why a message is held, stopped or closed."""

    note = TextField(2000, label=_("Lý do, ghi chú"), widget=forms.Textarea(attrs={"rows": 3}))
