"""The office's own questions: how they are written, and how a citizen's answers are read."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.fields import LineField, NumberField, TextField, VietDateField
from core.versions import WatchedForm
from feedback.models import Consultation, Field, Question
from feedback.queries.asking import name_of
from organisations.models import AdministrativeUnit, Organisation
from plans.models import DialogueSession

ANSWER_LENGTH = 2000
REQUIRED = {"required": gettext_lazy("Hãy trả lời câu này.")}
Kind = Question.Kind


def field_for(question: Question) -> forms.Field:
    """The field a question is answered in; one that depends on another is judged with the form."""
    shared: dict[str, Any] = {
        "label": question.label,
        "help_text": _help_of(question),
        "required": question.is_required and question.shown_if_id is None,
        "error_messages": REQUIRED,
    }
    choices = [(choice, choice) for choice in question.choices]
    if question.kind in (Kind.CHOICE, Kind.SCALE):
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **shared)
    if question.kind == Kind.SEVERAL:
        return forms.MultipleChoiceField(
            choices=choices, widget=forms.CheckboxSelectMultiple, **shared
        )
    if question.kind == Kind.NUMBER:
        return NumberField(max_digits=18, decimal_places=4, **shared)
    if question.kind == Kind.DATE:
        return VietDateField(**shared)
    return TextField(ANSWER_LENGTH, widget=forms.Textarea(attrs={"rows": 3}), **shared)


def initial_of(questions: Sequence[Question], posted: Any) -> dict[str, Any]:
    """What was typed so far, for a form that is shown again unjudged."""
    return {
        name_of(question): posted.getlist(name_of(question))
        if question.kind == Kind.SEVERAL
        else posted.get(name_of(question))
        for question in questions
    }


def _help_of(question: Question) -> str:
    parts = [question.help_text]
    if question.kind == Kind.SCALE:
        ends = [line.strip() for line in question.options.splitlines() if line.strip()]
        low, high = (*ends, "", "")[:2]
        parts.append(
            _("1 là %(low)s, 5 là %(high)s.")
            % {"low": low or _("thấp nhất"), "high": high or _("cao nhất")}
        )
    if question.shown_if is not None:
        words = {"label": question.shown_if.label, "value": question.shown_value}
        parts.append(_("Chỉ trả lời nếu câu “%(label)s” chọn “%(value)s”.") % words)
    return " ".join(part for part in parts if part)


class QuestionForm(WatchedForm):
    """One question as the office writes it."""

    label = LineField(300, label=gettext_lazy("Câu hỏi"))
    help_text = LineField(300, label=gettext_lazy("Giải thích thêm"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Cách trả lời"), choices=Question.Kind.choices)
    options = TextField(
        2000,
        label=gettext_lazy("Các lựa chọn, mỗi dòng một lựa chọn"),
        help_text=gettext_lazy("Với thang điểm: dòng đầu là nghĩa của 1, dòng hai là nghĩa của 5."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    is_required = forms.BooleanField(label=gettext_lazy("Bắt buộc trả lời"), required=False)
    shown_if = forms.ModelChoiceField(
        Question.objects.none(),
        label=gettext_lazy("Chỉ hỏi khi câu"),
        empty_label=gettext_lazy("Luôn hỏi"),
        required=False,
    )
    shown_value = LineField(200, label=gettext_lazy("được trả lời là"), required=False)

    def __init__(self, *args: Any, earlier: Any, **kwargs: Any) -> None:
        """Take the questions it may depend on: those with choices that stand before it."""
        super().__init__(*args, **kwargs)
        shown_if: Any = self.fields["shown_if"]
        shown_if.queryset = earlier.filter(kind__in=[Kind.CHOICE, Kind.SEVERAL, Kind.SCALE])

    def clean(self) -> dict[str, Any]:
        """Choices need at least two; a condition names one of the other question's choices."""
        typed = super().clean() or self.cleaned_data
        lines = Question(kind=Kind.CHOICE, options=typed.get("options") or "").choices
        if typed.get("kind") in (Kind.CHOICE, Kind.SEVERAL) and len(set(lines)) < 2:
            self.add_error("options", _("Hãy ghi ít nhất hai lựa chọn khác nhau."))
        if any(len(line) > 200 for line in lines):
            self.add_error("options", _("Mỗi lựa chọn dài nhất 200 ký tự."))
        other = typed.get("shown_if")
        if other and typed.get("shown_value") not in other.choices:
            words = {"choices": ", ".join(other.choices)}
            self.add_error("shown_value", _("Hãy ghi đúng một trong: %(choices)s.") % words)
        if not other:
            typed["shown_value"] = ""
        return typed


class ScopeForm(forms.Form):
    """For which sessions, whom and what a consultation asks."""

    also_for = forms.ModelMultipleChoiceField(
        DialogueSession.objects.none(),
        label=gettext_lazy("Dùng chung cho cả các hội nghị"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    open_to = forms.ChoiceField(
        label=gettext_lazy("Ai được gửi"),
        choices=Consultation.OpenTo.choices,
        widget=forms.RadioSelect,
    )
    units = forms.ModelMultipleChoiceField(
        AdministrativeUnit.objects.none(),
        label=gettext_lazy("Các thôn, tổ dân phố"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    invited = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Cơ quan, tổ chức được mời"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    topics = forms.ModelMultipleChoiceField(
        Field.objects.order_by("position"),
        label=gettext_lazy("Chỉ nhận ý kiến về"),
        help_text=gettext_lazy("Không chọn mục nào là nhận mọi lĩnh vực."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, consultation: Consultation, today: Any, **kwargs: Any) -> None:
        """Take the sessions of the same plan, the unit's parts and the bodies of both."""
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = dict(self.fields)
        plan = consultation.session.plan_id
        sessions = DialogueSession.objects.filter(plan=plan).exclude(pk=consultation.session_id)
        fields["also_for"].queryset = sessions.order_by("pk")
        areas = consultation.areas(today).order_by("name")
        fields["units"].queryset = areas
        fields["invited"].queryset = Organisation.objects.filter(unit__in=areas).order_by("name")

    def clean(self) -> dict[str, Any]:
        """Whoever is limited to somebody has to say to whom."""
        typed = super().clean() or self.cleaned_data
        for choice, name in ((Consultation.OpenTo.UNITS, "units"), ("invited", "invited")):
            if typed.get("open_to") == choice and not typed.get(name):
                self.add_error(name, _("Hãy chọn ít nhất một."))
        return typed
