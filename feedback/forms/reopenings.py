"""What is decided about a matter whose sender says it is not settled."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.fields import TextField
from core.timephrase import TimePhraseFormField
from organisations.models import Organisation

AGAIN, STANDS = "again", "stands"


class ReopeningForm(forms.Form):
    """Take the matter up again, by whom and until when; or say why not. The sender reads the words."""

    choice = forms.ChoiceField(
        label=gettext_lazy("Quyết định"),
        choices=[
            (AGAIN, gettext_lazy("Xem lại: giao giải quyết tiếp")),
            (STANDS, gettext_lazy("Không mở lại: kết quả giữ nguyên")),
        ],
        widget=forms.RadioSelect,
    )
    decision = TextField(
        2000,
        label=gettext_lazy("Trả lời người gửi"),
        help_text=gettext_lazy(
            "Người gửi đọc được nguyên văn. Viết rõ việc gì làm tiếp, hoặc vì sao không."
        ),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("Hãy ghi lời trả lời người gửi.")},
    )
    lead = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Giao cơ quan (khi xem lại)"),
        required=False,
        empty_label=None,
    )
    due = TimePhraseFormField(
        label=gettext_lazy("Thời hạn mới (khi xem lại)"),
        required=False,
        help_text=gettext_lazy("Ví dụ: trước ngày 30/9/2026; trong 15 ngày làm việc."),
    )

    def __init__(self, *args: Any, bodies: Any, today: datetime.date, **kwargs: Any) -> None:
        """Offer the bodies in force."""
        super().__init__(*args, **kwargs)
        self.today = today
        lead: Any = self.fields["lead"]
        lead.queryset = bodies

    def clean(self) -> dict[str, Any]:
        """What is taken up again needs a day that has not passed."""
        typed = super().clean() or self.cleaned_data
        if typed.get("choice") == AGAIN and "due" not in self.errors:
            if not typed.get("due"):
                self.add_error("due", _("Hãy ghi thời hạn mới."))
            elif (day := typed["due"].resolve(self.today, None)) and day < self.today:
                self.add_error("due", _("Thời hạn mới đã qua."))
        return typed
