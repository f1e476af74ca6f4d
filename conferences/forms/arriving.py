"""What phones at the door hand over, and what people in the hall type."""

import datetime
import json
import math
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conferences.actions.arriving import Act, Clock, Told
from core.codes import plain_code
from core.fields import LineField, TextField

MOST_ACTS = 200
LONGEST_OFFSET = 400 * 24 * 3600 * 1000


class ActForm(forms.Form):
    """One act of a phone; names are cleaned like everywhere else."""

    key = forms.UUIDField()
    code = forms.CharField(required=False, max_length=200)
    name = LineField(120, required=False)
    body = LineField(200, required=False)
    desk = LineField(30, required=False)
    undoes = forms.UUIDField(required=False)

    def clean(self) -> dict[str, Any]:
        """Somebody came by a code or under a name, or an act is undone."""
        cleaned = super().clean() or {}
        if not (cleaned.get("code") or cleaned.get("name") or cleaned.get("undoes")):
            raise ValidationError(_("Hãy ghi họ và tên người đến."))
        return cleaned


@dataclass(frozen=True)
class Delivery:
    """What one phone hands over: readable acts in order, its clock, and what cannot be read."""

    acts: list[Act]
    clock: Clock
    unreadable: list[Told]


def read_delivery(body: bytes, now: datetime.datetime) -> Delivery | None:
    """The acts in a request's body; None if it is no delivery of ours.

    An act that cannot be read holds up no other: its phone is told, by its key.
    """
    try:
        sent = json.loads(body)
        rows, device_now = sent["acts"], moment_of(sent["now"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    if device_now is None or not isinstance(rows, list) or len(rows) > MOST_ACTS:
        return None
    delivery = Delivery([], Clock(now, device_now), [])
    for row in rows:
        if not isinstance(row, dict):
            return None
        form = ActForm(row)
        if form.is_valid():
            delivery.acts.append(_act(form.cleaned_data, row))
        elif form.cleaned_data.get("key"):
            words = " ".join(str(one) for errors in form.errors.values() for one in errors)
            delivery.unreadable.append(Told(form.cleaned_data["key"], "refused", words))
        else:
            return None
    return delivery


def _act(cleaned: Mapping[str, Any], row: Mapping[str, Any]) -> Act:
    offset: Any = row.get("offset")
    is_known = _is_number(offset) and abs(offset) < LONGEST_OFFSET
    return Act(
        **{name: cleaned[name] for name in ("key", "name", "body", "desk", "undoes")},
        code=plain_code(cleaned["code"])[:12],
        device_at=moment_of(row.get("at")),
        offset=datetime.timedelta(milliseconds=offset) if is_known else None,
    )


def moment_of(milliseconds: Any) -> datetime.datetime | None:
    """A phone's count of milliseconds as a moment; None for what no clock shows."""
    if not _is_number(milliseconds):
        return None
    try:
        moment = datetime.datetime.fromtimestamp(milliseconds / 1000, datetime.UTC)
    except (OverflowError, OSError, ValueError):
        return None
    return moment if 2000 <= moment.year <= 2100 else None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


class QuestionForm(forms.Form):
    """A written question from the hall; nobody has to say who asks."""

    text = TextField(
        500,
        label=gettext_lazy("Câu hỏi của Ông/Bà"),
        help_text=gettext_lazy("Tối đa 500 ký tự. Không cần ghi tên."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    body = LineField(
        120, label=gettext_lazy("Ông/Bà ở thôn, đơn vị nào (không bắt buộc)"), required=False
    )
    website = forms.CharField(
        label=gettext_lazy("Để trống ô này"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
