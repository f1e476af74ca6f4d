"""What people type about a task, and how they filter their lists."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assignments.models import Task
from assignments.states import Resolution, TaskState
from core.calendar import WorkingCalendar
from core.fields import LineField, TextField
from core.files import MultiUploadField
from core.models import Message
from core.timephrase import TimePhraseFormField

ROWS = forms.Textarea(attrs={"rows": 4})


class FilterForm(forms.Form):
    """The filters above a list of tasks; the tab travels with them."""

    tab = forms.CharField(required=False, widget=forms.HiddenInput)
    q = LineField(100, label=_("Tìm"), required=False, widget=forms.SearchInput)
    due = forms.ChoiceField(
        label=_("Thời hạn"),
        required=False,
        choices=[("", _("Tất cả")), ("late", _("Quá hạn")), ("soon", _("Trong 3 ngày làm việc"))],
    )
    state = forms.ChoiceField(
        label=_("Trạng thái"),
        required=False,
        choices=[("", _("Chưa xong")), *TaskState.choices, ("all", _("Tất cả"))],
    )


class OutboxFilterForm(forms.Form):
    """The filters above the list of letters."""

    q = LineField(100, label=_("Tìm"), required=False, widget=forms.SearchInput)
    state = forms.ChoiceField(
        label=_("Trạng thái"),
        required=False,
        choices=[("", _("Tất cả")), *Message.State.choices],
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


class ReasonForm(forms.Form):
    """Why something is sent back or taken back."""

    reason = TextField(2000, min_length=5, label=_("Lý do"), widget=ROWS)


class CommentForm(forms.Form):
    """An overseer's opinion."""

    text = TextField(4000, min_length=5, label=_("Ý kiến giám sát"), widget=ROWS)


class DueForm(forms.Form):
    """A new deadline as it is written, and why."""

    due_phrase = TimePhraseFormField(label=_("Thời hạn mới"))
    reason = LineField(250, min_length=5, label=_("Lý do đổi thời hạn"))

    def __init__(self, *args: Any, task: Task, **kwargs: Any) -> None:
        """Know the task, to say which day the words come to."""
        self.task = task
        super().__init__(*args, **kwargs)

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
        return phrase
