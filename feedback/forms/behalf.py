"""What the office writes down for somebody who telephoned or spoke in the hall."""

import uuid
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from core.fields import LineField
from feedback.actions.intake import Intake
from feedback.forms.collect import PaperForm
from feedback.models import ConsentText, Submission

Channel = Submission.Channel


class BehalfForm(PaperForm):
    """One matter somebody told by telephone or in the hall: for whom, and who wrote it down."""

    channel = forms.ChoiceField(
        label=gettext_lazy("Người dân nêu qua"),
        choices=[(Channel.PHONE, Channel.PHONE.label), (Channel.HALL, Channel.HALL.label)],
        widget=forms.RadioSelect,
    )
    noted_by = LineField(120, label=gettext_lazy("Người ghi lại"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Words of a slip become words of a talk."""
        super().__init__(*args, **kwargs)
        self.order_fields(["channel", "noted_by", *self.fields])
        self.fields["full_name"].label = gettext_lazy("Ghi thay cho (họ và tên người nêu)")
        self.fields["attested"].label = gettext_lazy(
            "Tôi đã đọc thông báo xử lý dữ liệu cá nhân cho người nêu nghe và người đó đồng ý"
        )
        self.fields["source"].label = gettext_lazy("Nơi ghi")
        self.fields["scan"].label = gettext_lazy("Tệp kèm theo")

    def intake(self, token: uuid.UUID, consent: ConsentText | None) -> Intake:
        """What the action takes in."""
        typed = self.cleaned_data
        taken = super().intake(token, consent)
        return replace(taken, channel=typed["channel"], noted_by=typed["noted_by"])
