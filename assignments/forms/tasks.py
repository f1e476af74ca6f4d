"""What people type about a task, and how they filter their lists."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assignments.models import DueRequest, Task
from assignments.states import Resolution, TaskState
from core.calendar import WorkingCalendar
from core.dates import written_day
from core.fields import LineField, TextField
from core.files import MultiUploadField
from core.timephrase import TimePhrase, TimePhraseFormField
from core.timephrase.reckoning import written_weekday
from organisations.models import Organisation

ROWS = forms.Textarea(attrs={"rows": 4})


def refuse_past(day: datetime.date | None, today: datetime.date) -> None:
    """Refuse a last day that has gone by: nobody is given work that is late already."""
    if day is not None and day < today:
        sentence = _("Cách ghi này là ngày %(day)s, đã qua. Hãy ghi một ngày từ hôm nay.")
        raise forms.ValidationError(sentence, params={"day": written_day(day)})


def due_ahead(phrase: TimePhrase, today: datetime.date, *, owner: Organisation) -> TimePhrase:
    """The deadline of work given today by `owner`, unless its last day has gone by."""
    inclusive = owner.is_before_inclusive
    refuse_past(phrase.resolve(today, WorkingCalendar.load(), before_is_inclusive=inclusive), today)
    return phrase


class FilterForm(forms.Form):
    """The filters above a list of tasks; the tab travels with them."""

    tab = forms.CharField(required=False, widget=forms.HiddenInput)
    q = LineField(100, label=_("Tìm"), required=False, widget=forms.SearchInput)
    due = forms.ChoiceField(
        label=_("Thời hạn"),
        required=False,
        choices=[
            ("", _("Tất cả")),
            ("late", _("Quá hạn")),
            ("today", _("Hôm nay")),
            ("week", _("Trong tuần này")),
            ("soon", _("Trong 3 ngày làm việc")),
            ("paused", _("Đang tạm dừng tính hạn")),
        ],
    )
    state = forms.ChoiceField(
        label=_("Trạng thái"),
        required=False,
        choices=[("", _("Chưa xong")), *TaskState.choices, ("all", _("Tất cả"))],
    )
    sort = forms.ChoiceField(
        label=_("Xếp theo"),
        required=False,
        choices=[
            ("", _("Hạn gần trước")),
            ("late", _("Hạn xa trước")),
            ("new", _("Mới giao trước")),
            ("old", _("Giao lâu trước")),
        ],
    )


class NoteForm(forms.Form):
    """How the work stands."""

    text = TextField(4000, label=_("Đã làm được gì, còn vướng gì"), widget=ROWS)
    percent = forms.IntegerField(
        label=_("Hoàn thành (%)"), required=False, min_value=0, max_value=100
    )
    evidence = MultiUploadField(label=_("Tài liệu minh chứng"), required=False)


class ReportForm(forms.Form):
    """The result, with evidence or the reason why there is none."""

    resolution = forms.ChoiceField(
        label=_("Kết quả"),
        choices=Resolution.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn một kết quả.")},
    )
    result = TextField(8000, label=_("Nội dung kết quả thực hiện"), widget=ROWS)
    evidence = MultiUploadField(label=_("Tài liệu minh chứng"), required=False)
    no_evidence_reason = LineField(
        300, label=_("Lý do không có tài liệu minh chứng"), required=False
    )

    def __init__(self, *args: Any, has_evidence: bool, **kwargs: Any) -> None:
        """Know whether something was attached to an earlier note."""
        self.has_evidence = has_evidence
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Ask for evidence, or for a word why there is none."""
        values = self.cleaned_data
        shown = values.get("evidence") or values.get("no_evidence_reason") or self.has_evidence
        if not shown and not self.has_error("evidence"):
            self.add_error(
                "evidence",
                _("Hãy đính kèm tài liệu minh chứng hoặc ghi lý do không có ở ô bên dưới."),
            )
        return values


class AcceptForm(forms.Form):
    """The owner's word on the result."""

    resolution = forms.ChoiceField(label=_("Kết quả được công nhận"), choices=Resolution.choices)
    text = TextField(4000, label=_("Nhận xét"), required=False, widget=ROWS)

    def __init__(self, *args: Any, obstacle: str = "", **kwargs: Any) -> None:
        """Know what stands against accepting at all."""
        self.obstacle = obstacle
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Parts that are not finished stand in the way."""
        if self.obstacle:
            self.add_error(None, self.obstacle)
        return self.cleaned_data


class ReasonForm(forms.Form):
    """Why something is sent back or taken back."""

    reason = TextField(2000, min_length=5, label=_("Lý do"), widget=ROWS)


class CommentForm(forms.Form):
    """An overseer's opinion."""

    text = TextField(4000, min_length=5, label=_("Ý kiến giám sát"), widget=ROWS)


class ContestForm(forms.Form):
    """Why an accepted result should be looked at again."""

    reason = TextField(4000, min_length=5, label=_("Vì sao cần xem xét lại"), widget=ROWS)


class AnswerContestForm(forms.Form):
    """The owner's answer to an overseer; with it the task is reopened, or stays closed."""

    decision = TextField(4000, min_length=5, label=_("Trả lời"), widget=ROWS)

    def clean(self) -> dict[str, Any]:
        """One of the two buttons was pressed."""
        if not {"uphold", "dismiss"} & set(self.data):
            self.add_error(None, _("Hãy chọn mở lại hay giữ nguyên."))
        return self.cleaned_data


class DueForm(forms.Form):
    """A new deadline as it is written, and why."""

    due_phrase = TimePhraseFormField(label=_("Thời hạn mới"), help_text="")
    reason = LineField(250, min_length=5, label=_("Lý do đổi thời hạn"))

    def __init__(self, *args: Any, task: Task, today: datetime.date, **kwargs: Any) -> None:
        """Know the task, to say which day the words come to, and that the day is not gone by."""
        self.task, self.today = task, today
        super().__init__(*args, **kwargs)
        _say_due(self.fields["due_phrase"], task)

    def clean_due_phrase(self) -> Any:
        """Refuse words that come to no day."""
        phrase = self.cleaned_data["due_phrase"]
        day = phrase.resolve(
            self.task.anchor_on,
            WorkingCalendar.load(),
            before_is_inclusive=self.task.owner.is_before_inclusive,
        )
        if day is None:
            raise forms.ValidationError(
                _("Chưa tính được ngày hết hạn từ cách ghi này. Hãy ghi một ngày cụ thể.")
            )
        refuse_past(day, self.today)
        return phrase


class AskDueForm(forms.Form):
    """What the lead asks about its deadline."""

    kind = forms.ChoiceField(
        label=_("Đề nghị"), choices=DueRequest.Kind.choices, widget=forms.RadioSelect
    )
    wanted = TimePhraseFormField(
        label=_("Gia hạn đến"), required=False, help_text=_("Để trống nếu tạm dừng.")
    )
    reason = TextField(2000, min_length=5, label=_("Lý do"), widget=ROWS)

    def __init__(self, *args: Any, task: Task, obstacle: str = "", **kwargs: Any) -> None:
        """Know the task, and what stands against asking at all; say the day it has."""
        self.task, self.obstacle = task, obstacle
        super().__init__(*args, **kwargs)
        _say_due(self.fields["wanted"], task)

    def clean(self) -> dict[str, Any]:
        """A later day for an extension, none for a pause; what is typed stays on the page."""
        values: dict[str, Any] = super().clean() or {}
        if self.obstacle:
            self.add_error(None, self.obstacle)
        if values.get("kind") == DueRequest.Kind.PAUSE:
            return values | {"wanted": None}
        if "wanted" in values:
            sentence = _why_not_later(self.task, values["wanted"])
            if sentence:
                self.add_error("wanted", sentence)
        return values


class DecideDueForm(forms.Form):
    """The owner's word on a request; another day than the one asked for may be granted."""

    wanted = TimePhraseFormField(label=_("Đồng ý đến"), required=False, help_text="")
    decision = TextField(2000, label=_("Ý kiến"), required=False, widget=ROWS)

    def __init__(self, *args: Any, asked: DueRequest, **kwargs: Any) -> None:
        """Know what is asked."""
        self.asked = asked
        super().__init__(*args, **kwargs)
        if asked.kind == DueRequest.Kind.PAUSE:
            del self.fields["wanted"]
        else:
            self.initial["wanted"] = asked.wanted
            _say_due(self.fields["wanted"], asked.task)

    def clean(self) -> dict[str, Any]:
        """A refusal says why; a granted day is later than the one the task has."""
        values: dict[str, Any] = super().clean() or {}
        if not {"accept", "refuse"} & set(self.data):
            self.add_error(None, _("Hãy chọn đồng ý hay không đồng ý."))
        if "refuse" in self.data and len(values.get("decision") or "") < 5:
            self.add_error("decision", _("Hãy ghi lý do không đồng ý."))
        if "refuse" not in self.data and values.get("wanted"):
            sentence = _why_not_later(self.asked.task, values["wanted"])
            if sentence:
                self.add_error("wanted", sentence)
        return values


def _say_due(field: forms.Field, task: Task) -> None:
    """Beside the field for another day stand the one the task has, and a later one as an example.

    A number of days is no example: it would count from when the task was given.
    """
    said = [gettext("Ví dụ “trước ngày %(day)s”.") % {"day": f"{_later_than(task):%d/%m/%Y}"}]
    if task.due_on:
        said.insert(0, gettext("Hạn hiện nay: %(day)s.") % {"day": written_weekday(task.due_on)})
    field.help_text = " ".join([*said, str(field.help_text)]).strip()


def _later_than(task: Task) -> datetime.date:
    today = timezone.localdate()
    return max(task.due_on or today, today) + datetime.timedelta(days=15)


def _why_not_later(task: Task, phrase: Any) -> str:
    """Why words do not come to a later day than the task has; "" if they do."""
    if phrase is None:
        return gettext("Hãy ghi thời hạn mới.")
    day = phrase.resolve(
        task.anchor_on,
        WorkingCalendar.load(),
        before_is_inclusive=task.owner.is_before_inclusive,
    )
    if day is None:
        return gettext("Chưa tính được ngày hết hạn từ cách ghi này. Hãy ghi một ngày cụ thể.")
    if task.due_on and day <= task.due_on:
        values = {"day": written_day(day), "now": written_day(task.due_on)}
        return (
            gettext("Cách ghi này là ngày %(day)s, không muộn hơn hạn hiện nay %(now)s.") % values
        )
    return ""
