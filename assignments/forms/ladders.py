"""An organisation's ladder as it is typed: the letter, its hours, one line per rung and per tier."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import BaseFormSet
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_lazy as _

from assignments.actions.wording import (
    BODY_PLACES,
    LIST_PLACE,
    SENTENCE_PLACES,
    SUBJECT_PLACES,
    wording_problem,
)
from assignments.models import Ladder, Rank, Rung
from assignments.models.defaults import EVERY_WAY
from core.fields import LineField, TextField
from core.models import Message

if TYPE_CHECKING:
    _Lines = BaseFormSet[Any]
else:
    _Lines = BaseFormSet

BEFORE, AFTER = "before", "after"
TIME = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


class LadderForm(forms.Form):
    """The words of the daily letter and the hours in which it may come."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    subject = LineField(200, label=_("Tiêu đề thư"))
    body = TextField(
        4000,
        label=_("Nội dung thư"),
        widget=forms.Textarea(attrs={"rows": 9, "spellcheck": "true"}),
    )
    opens_at = forms.TimeField(label=_("Chỉ nhắc từ"), required=False, widget=TIME)
    closes_at = forms.TimeField(label=_("đến trước"), required=False, widget=TIME)

    def clean_subject(self) -> str:
        """Only places that can be filled in."""
        return _checked(self.cleaned_data["subject"], SUBJECT_PLACES)

    def clean_body(self) -> str:
        """Only places that can be filled in, and the list of tasks among them."""
        text = _checked(self.cleaned_data["body"], BODY_PLACES)
        if f"{{{LIST_PLACE}}}" not in text.lower():
            raise ValidationError(
                gettext(
                    "Thư phải có {danh sách}: không có danh sách việc thì người nhận không biết làm gì."
                )
            )
        return text

    def clean(self) -> dict[str, Any]:
        """Both hours or neither, in their order."""
        cleaned = super().clean() or {}
        opens, closes = cleaned.get("opens_at"), cleaned.get("closes_at")
        if (opens is None) != (closes is None):
            raise ValidationError(
                {"closes_at": gettext("Hãy ghi cả hai giờ, hoặc để trống cả hai.")}
            )
        if opens and closes and closes <= opens:
            raise ValidationError({"closes_at": gettext("Giờ kết thúc phải sau giờ bắt đầu.")})
        return cleaned


class RungForm(forms.Form):
    """One rung; a line without days is left out."""

    days = forms.IntegerField(
        label=_("Số ngày làm việc"), required=False, min_value=0, max_value=250
    )
    side = forms.ChoiceField(
        label=_("Trước hay sau hạn"),
        choices=[(BEFORE, _("trước ngày hết hạn")), (AFTER, _("sau ngày hết hạn"))],
    )
    repeats_every = forms.IntegerField(
        label=_("Rồi cứ mấy ngày lặp lại"), required=False, min_value=1, max_value=60
    )
    sentence = LineField(300, label=_("Câu nhắc"), required=False)
    by_email = forms.BooleanField(label=_("Gửi cả thư điện tử"), required=False, initial=True)

    def clean_sentence(self) -> str:
        """Only places that can be filled in."""
        return _checked(self.cleaned_data["sentence"], SENTENCE_PLACES)

    def values(self) -> dict[str, Any] | None:
        """The fields of a rung; None for an empty line."""
        cleaned = self.cleaned_data
        days = cleaned.get("days")
        if days is None:
            return None
        channels = EVERY_WAY if cleaned["by_email"] else [Message.Channel.IN_APP.value]
        return {
            "offset": days if cleaned["side"] == AFTER else -days,
            "repeats_every": cleaned["repeats_every"],
            "sentence": cleaned["sentence"],
            "channels": channels,
        }


class TierForm(forms.Form):
    """One tier; a line without days is left out."""

    from_days = forms.IntegerField(
        label=_("Từ ngày làm việc trễ thứ"), required=False, min_value=1, max_value=500
    )
    name = LineField(60, label=_("Gọi là"), required=False)
    rank = forms.ChoiceField(
        label=_("Báo lên"), choices=[one for one in Rank.choices if one[0] != Rank.DOER]
    )
    asks_explanation = forms.BooleanField(
        label=_("Soạn công văn yêu cầu giải trình"), required=False
    )

    def clean(self) -> dict[str, Any]:
        """A tier has a name."""
        cleaned = super().clean() or {}
        if cleaned.get("from_days") is not None and not cleaned.get("name"):
            raise ValidationError({"name": gettext("Hãy đặt tên cho mức này.")})
        return cleaned

    def values(self) -> dict[str, Any] | None:
        """The fields of a tier; None for an empty line."""
        return self.cleaned_data if self.cleaned_data.get("from_days") is not None else None


class _LineSet(_Lines):
    """Lines of which no two may be for the same day."""

    day = ""
    twice = gettext_lazy("Hai dòng cùng ghi một ngày. Hãy gộp lại hoặc bỏ bớt một dòng.")

    def clean(self) -> None:
        """Refuse the same day twice; say so above the lines."""
        if any(self.errors):
            return
        days = [row[self.day] for row in _rows(self)]
        if len(days) != len(set(days)):
            raise ValidationError(self.twice)


def _rows(lines: "BaseFormSet[Any]") -> list[dict[str, Any]]:
    """The filled lines as fields of their model."""
    found = (form.values() for form in lines.forms)
    return [row for row in found if row is not None]


class _Rungs(_LineSet):
    day = "offset"


class _Tiers(_LineSet):
    day = "from_days"


RungSet = forms.formset_factory(RungForm, formset=_Rungs, extra=2, max_num=20)
TierSet = forms.formset_factory(TierForm, formset=_Tiers, extra=1, max_num=8)


class LadderPage:
    """The three forms of the page as one; `ladder` holds, `is_own` says whether it is the body's."""

    def __init__(self, posted: Any, *, ladder: Ladder, is_own: bool) -> None:
        """Fill the forms with what holds, or with what was posted."""
        initial: dict[str, Any] = {"subject": ladder.subject, "body": ladder.body}
        initial |= {"opens_at": ladder.opens_at, "closes_at": ladder.closes_at}
        initial["version"] = ladder.version if is_own else 0
        self.form = LadderForm(posted, initial=initial)
        self.rungs = RungSet(posted, prefix="rung", initial=_rung_lines(ladder))
        self.tiers = TierSet(posted, prefix="tier", initial=_tier_lines(ladder))

    def is_valid(self) -> bool:
        """Whether all three hold; all are looked at, so that every mistake is shown at once."""
        return all([self.form.is_valid(), self.rungs.is_valid(), self.tiers.is_valid()])

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        letter = dict(self.form.cleaned_data)
        version = letter.pop("version")
        rungs, tiers = _rows(self.rungs), _rows(self.tiers)
        return {"version": version, "letter": letter, "rungs": rungs, "tiers": tiers}

    def draft(self) -> tuple[Ladder, list[Rung]]:
        """What was typed as rows that are not saved, to show the letter."""
        values = self.values()
        return Ladder(**values["letter"]), [Rung(**row) for row in values["rungs"]]


def _checked(text: str, places: tuple[str, ...]) -> str:
    problem = wording_problem(text, places)
    if problem:
        raise ValidationError(problem)
    return text


def _rung_lines(ladder: Ladder) -> list[dict[str, Any]]:
    return [
        {
            "days": rung.days,
            "side": AFTER if rung.offset > 0 else BEFORE,
            "repeats_every": rung.repeats_every,
            "sentence": rung.sentence,
            "by_email": rung.is_by_email,
        }
        for rung in ladder.steps
    ]


def _tier_lines(ladder: Ladder) -> list[dict[str, Any]]:
    names = ("from_days", "name", "rank", "asks_explanation")
    return [{name: getattr(tier, name) for name in names} for tier in ladder.levels]
