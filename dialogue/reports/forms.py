"""What a reader of figures chooses; every choice stands in the address."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from assignments.models import Task
from core.fields import LineField
from core.timephrase import PhraseError, parse
from dialogue.models import ReportPeriod
from dialogue.reports.asked import ALL, NONE, Asked
from dialogue.reports.matters import SOURCES, Status
from dialogue.reports.periods import Period, period_with, periods_of, read_code, rules_of
from dialogue.reports.rules import bodies_for
from dialogue.reports.work import ANY, Standing
from feedback.models import Competence, Field
from organisations.models import Organisation, User
from plans.models import DialogueSession

ANSWERED = "answered"
YEARS_SHOWN = 3
_Hidden = forms.HiddenInput


class FigureForm(forms.Form):
    """Whose figures and of which period; what a figure counts travels in hidden fields."""

    body = forms.ChoiceField(label=_("Đơn vị"), required=False)
    period = forms.ChoiceField(label=_("Kỳ"), required=False)
    at = forms.DateField(required=False, widget=_Hidden)
    conference = forms.IntegerField(required=False, min_value=1, widget=_Hidden)
    field = forms.ModelChoiceField(Field.objects.all(), required=False, widget=_Hidden)
    competence = forms.ChoiceField(
        choices=[(NONE, NONE), *Competence.choices], required=False, widget=_Hidden
    )
    status = forms.CharField(required=False, max_length=150, widget=_Hidden)
    source = forms.ChoiceField(choices=list(SOURCES.items()), required=False, widget=_Hidden)
    lead = forms.IntegerField(required=False, min_value=1, widget=_Hidden)
    work = forms.ChoiceField(
        choices=[(ANY, ANY), (ANSWERED, ANSWERED)], required=False, widget=_Hidden
    )
    kind = forms.ChoiceField(choices=DialogueSession.Kind, required=False, widget=_Hidden)

    def __init__(self, *args: Any, user: User, today: datetime.date, **kwargs: Any) -> None:
        """Offer the bodies the person may read the figures of, and the periods of three years."""
        super().__init__(*args, **kwargs)
        self.today = today
        self.bodies = bodies_for(user)
        self.is_above = len(self.bodies) > 1
        self.rules = rules_of(self._chosen_body())
        fields: dict[str, Any] = self.fields
        everything = [(ALL, _("Tất cả đơn vị"))] if self.is_above else []
        named = [(str(one.pk), one.name) for one in self.bodies]
        fields["body"].choices = [*everything, *named]
        if not self.is_above:
            fields["body"].widget = _Hidden()
        fields["period"].choices = [*self._periods(), (ALL, _("Từ trước đến nay"))]
        if self.data.get("conference"):
            fields["period"].widget = _Hidden()

    def _chosen_body(self) -> Organisation | None:
        """The body whose periods count: the chosen one, else the reader's own."""
        chosen = self.data.get("body") or ""
        known = {str(body.pk): body for body in self.bodies}
        return known.get(chosen) or (self.bodies[0] if self.bodies else None)

    def _periods(self) -> list[Any]:
        """The periods that have begun, the newest year and the longest first; older ones if asked."""
        asked = read_code(str(self.data.get("period") or ""), self.rules)
        newest = self.today.year + 1
        years = {*range(newest, newest - YEARS_SHOWN - 1, -1), asked.year if asked else newest}
        found: list[Any] = []
        for year in sorted(years, reverse=True):
            known = [one for one in periods_of(year, self.rules) if one.first_on <= self.today]
            longest_first = [(one.code, one.name.capitalize()) for one in reversed(known)]
            if longest_first:
                found.append((str(year), longest_first))
        return found

    def asked(self) -> Asked:
        """What is asked for as far as it could be read: of all bodies, this year, if nothing."""
        self.is_valid()
        chosen = getattr(self, "cleaned_data", {})
        body = chosen.get("body") or next((value for value, _label in self._body_choices), "")
        known = tuple(one.pk for one in self.bodies)
        return Asked(
            bodies=known if body == ALL else tuple(pk for pk in known if str(pk) == body),
            today=self.today,
            body=body,
            period=self._period(chosen),
            at=chosen.get("at"),
            field=self._field(chosen),
            conference=chosen.get("conference") or 0,
            lead=chosen.get("lead") or 0,
            competence=chosen.get("competence") or "",
            status=chosen.get("status") or "",
            source=chosen.get("source") or "",
            work=chosen.get("work") or "",
            kind=chosen.get("kind") or "",
        )

    @property
    def _body_choices(self) -> list[tuple[str, object]]:
        field: Any = self.fields["body"]
        return list(field.choices)

    def _period(self, chosen: dict[str, Any]) -> Period | None:
        typed = str(self.data.get("period") or "")
        if chosen.get("conference") or typed == ALL:
            return None
        read = read_code(typed, self.rules)
        return read or period_with(ReportPeriod.Kind.YEAR, self.today, self.rules)

    def _field(self, chosen: dict[str, Any]) -> str:
        if self.data.get("field") == NONE:
            return NONE
        field = chosen.get("field")
        return field.pk if field else ""

    def told(self) -> list[str]:
        """The filters in words, to head a list."""
        asked = self.asked()
        body = next((one.name for one in self.bodies if str(one.pk) == asked.body), "")
        labels = dict(Competence.choices) | {NONE: _("Chưa xác định thẩm quyền")}
        statuses = dict(Standing.choices) | dict(Status.choices)
        known = self.cleaned_data.get("field") if hasattr(self, "cleaned_data") else None
        said: list[Any] = [
            body or (_("Tất cả đơn vị") if self.is_above else ""),
            asked.period.name if asked.period else "",
            known.name if known else _("Chưa xếp lĩnh vực") if asked.field == NONE else "",
            labels.get(asked.competence, ""),
            ", ".join(str(statuses[one]) for one in asked.status.split(".") if one in statuses),
            SOURCES.get(asked.source, ""),
            dict(DialogueSession.Kind.choices).get(asked.kind, ""),
            self._lead_name(asked),
        ]
        return [str(one) for one in said if one]

    def _lead_name(self, asked: Asked) -> str:
        """An agency is named only if one of the bodies has given it work."""
        given = Task.objects.filter(owner__in=asked.bodies, lead=asked.lead)
        found = given.values_list("lead__name", flat=True)[:1] if asked.lead else []
        return next(iter(found), "")


class PeriodForm(forms.Form):
    """When the figures of a kind of report close and by when it is sent."""

    closes_on = forms.IntegerField(
        label=_("Ngày chốt số liệu trong tháng cuối kỳ"),
        help_text=_("Từ 1 đến 28; ghi 0 nếu chốt vào ngày cuối tháng."),
        min_value=0,
        max_value=28,
    )
    due = LineField(
        200,
        label=_("Thời hạn gửi"),
        help_text=_("Ví dụ: trong thời hạn 05 ngày làm việc kể từ ngày chốt số liệu."),
    )
    send_to = LineField(
        250,
        label=_("Nơi nhận báo cáo"),
        help_text=_("Nhiều nơi nhận cách nhau bằng dấu chấm phẩy."),
        required=False,
    )
    source = LineField(250, label=_("Căn cứ"), required=False)
    is_asked = forms.BooleanField(
        label=_("Giao chuyên viên một nhiệm vụ mỗi khi hết kỳ, nhắc theo thời hạn gửi"),
        required=False,
    )

    def __init__(self, *args: Any, for_everybody: bool = False, **kwargs: Any) -> None:
        """What holds for everybody asks nobody."""
        super().__init__(*args, **kwargs)
        if for_everybody:
            del self.fields["is_asked"]

    def clean_due(self) -> str:
        """The phrase as typed, if it can be understood and counts from the closing day."""
        typed: str = self.cleaned_data["due"]
        try:
            phrase = parse(typed)
        except PhraseError as error:
            raise ValidationError(str(error)) from error
        if not phrase.is_relative:
            raise ValidationError(_("Hãy ghi thời hạn tính từ ngày chốt số liệu."))
        return typed
