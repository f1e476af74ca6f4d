"""What is typed while agencies are asked and answer: requests, drafts, parts, talk, links, templates."""

import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assignments.forms import due_ahead, refuse_past
from core.fields import LineField, TextField, VietDateField
from core.timephrase import TimePhrase, TimePhraseFormField
from documents.actions.bases import citation_words
from documents.models import LegalBasis
from feedback.forms.office import end_of
from feedback.models import AnswerRequest, AnswerTemplate, Consultation
from feedback.queries.answers import Due, bases_to_quote
from organisations.models import Organisation

LONGEST_LINK = datetime.timedelta(days=60)
WORDS = 10_000


class _Bodies(forms.Form):
    """Forms that let the office choose among the bodies of today."""

    cooperating = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Cơ quan phối hợp"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    note = TextField(
        1000,
        label=gettext_lazy("Lưu ý cho cơ quan trả lời"),
        required=False,
        help_text=gettext_lazy("Không chép tên, số điện thoại của người gửi."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def offer(self, consultation: Consultation, today: datetime.date) -> "QuerySet[Organisation]":
        """The bodies of today; those of the office's own place may help."""
        bodies: QuerySet[Organisation] = (
            Organisation.objects.current(today)
            .exclude(pk=consultation.organisation_id)
            .order_by("name")
        )
        cooperating: Any = self.fields["cooperating"]
        cooperating.queryset = bodies.filter(unit=consultation.organisation.unit_id)
        return bodies


class AskForm(_Bodies):
    """Who prepares the answer, who helps, and until when."""

    lead = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Cơ quan chuẩn bị trả lời"),
        empty_label=gettext_lazy("Chọn…"),
    )
    due = TimePhraseFormField(label=gettext_lazy("Thời hạn"))

    field_order = ("lead", "due", "cooperating", "note")

    def __init__(
        self, *args: Any, consultation: Consultation, today: datetime.date, due: Due, **kwargs: Any
    ) -> None:
        """Offer the bodies of today, without the office itself, and the plan's deadline."""
        super().__init__(*args, **kwargs)
        lead: Any = self.fields["lead"]
        lead.queryset = self.offer(consultation, today)
        field: Any = self.fields["due"]
        field.year = today.year
        field.initial = due.phrase
        example = _("Ví dụ: trước ngày 05/8/2026; 05 ngày làm việc.")
        field.help_text = f"{due.source} {example}".strip()
        self.today, self.office = today, consultation.organisation

    def clean_due(self) -> TimePhrase:
        """A day without its year, typed in December, may be long past."""
        return due_ahead(self.cleaned_data["due"], self.today, owner=self.office)

    def clean(self) -> dict[str, Any]:
        """The lead does not help itself."""
        typed = super().clean() or self.cleaned_data
        lead, helpers = typed.get("lead"), typed.get("cooperating") or []
        if lead is not None and lead in helpers:
            self.add_error("cooperating", _("Cơ quan chủ trì không đồng thời là cơ quan phối hợp."))
        return typed


class ChangeRequestForm(_Bodies):
    """What changes of a request that stands, and why."""

    due_on = VietDateField(label=gettext_lazy("Hạn mới"), required=False)
    reason = LineField(200, label=gettext_lazy("Lý do thay đổi"))

    field_order = ("due_on", "cooperating", "note", "reason")

    def __init__(
        self, *args: Any, request: AnswerRequest, today: datetime.date, **kwargs: Any
    ) -> None:
        """Begin with what the request says now."""
        task = request.task
        kwargs["initial"] = {
            "note": request.note,
            "due_on": task.due_on if task else None,
            "cooperating": list(task.cooperating.all()) if task else [],
        }
        super().__init__(*args, **kwargs)
        self.today = today
        self.offer(request.group.consultation, today)
        cooperating: Any = self.fields["cooperating"]
        cooperating.queryset = cooperating.queryset.exclude(pk=request.lead_id)

    def clean_due_on(self) -> datetime.date | None:
        """Refuse a new day that has gone by; the one that stands may have."""
        day: datetime.date | None = self.cleaned_data["due_on"]
        if day != self.initial["due_on"]:
            refuse_past(day, self.today)
        return day


class WithdrawForm(forms.Form):
    """Why a request is taken back."""

    reason = TextField(
        1000, label=gettext_lazy("Lý do rút đề nghị"), widget=forms.Textarea(attrs={"rows": 3})
    )


class AnswerForm(forms.Form):
    """The prepared answer; `version` tells whether somebody else saved meanwhile."""

    text = TextField(
        WORDS,
        label=gettext_lazy("Nội dung trả lời"),
        help_text=gettext_lazy("Viết cho người dân đọc: đã làm gì, sẽ làm gì, khi nào, ai làm."),
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    legal_basis = TextField(
        4000,
        label=gettext_lazy("Căn cứ"),
        required=False,
        help_text=gettext_lazy("Người dân đọc được. Tìm ở danh mục bên dưới hoặc tự ghi."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)


class QuotingForm(AnswerForm):
    """The answer with the short lists to put in: template words, helpers' parts, registered bases."""

    insert = forms.ChoiceField(label=gettext_lazy("Chèn lời soạn sẵn"), required=False)
    basis_words = LineField(120, label=gettext_lazy("Tìm trong danh mục căn cứ"), required=False)
    bases = forms.ModelMultipleChoiceField(
        LegalBasis.objects.none(),
        label=gettext_lazy("Căn cứ trong danh mục"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    field_order = ("text", "insert", "legal_basis", "basis_words", "bases", "version")

    def __init__(
        self, *args: Any, words: list[tuple[str, list[tuple[str, str]]]], **kwargs: Any
    ) -> None:
        """Take the words that can be put in; the bases are the ticked ones and those searched."""
        super().__init__(*args, **kwargs)
        insert: Any = self.fields["insert"]
        insert.choices = [("", _("Chọn…")), *words]
        if not words:
            del self.fields["insert"]
        given: Any = self.data if self.is_bound else self.initial
        ticked = given.getlist("bases") if self.is_bound else given.get("bases", [])
        numbers = {int(text) for text in map(str, ticked) if text.isdecimal() and len(text) < 19}
        numbers |= {row.pk for row in bases_to_quote(str(given.get("basis_words", "")))}
        bases: Any = self.fields["bases"]
        bases.queryset = LegalBasis.objects.filter(pk__in=numbers).order_by("-date", "-pk")
        if not numbers:
            bases.widget = forms.MultipleHiddenInput()

    def values(self) -> dict[str, Any]:
        """What the action takes: a ticked basis that is not quoted yet is quoted on a line of its own."""
        typed = {name: self.cleaned_data[name] for name in ("text", "version", "bases")}
        lines = [self.cleaned_data["legal_basis"]]
        for basis in typed["bases"]:
            words = citation_words(basis)
            if words not in lines[0]:
                lines.append(words)
        return {**typed, "legal_basis": "\n".join(line for line in lines if line)}


class PartForm(forms.Form):
    """A helper's part of an answer."""

    text = TextField(
        WORDS,
        label=gettext_lazy("Phần của đơn vị"),
        help_text=gettext_lazy("Cơ quan chủ trì đọc được ngay và đưa vào câu trả lời chung."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)


class RemarkForm(forms.Form):
    """A line of talk."""

    text = TextField(
        2000,
        label=gettext_lazy("Viết cho các đơn vị cùng trả lời"),
        help_text=gettext_lazy("Không công khai. Không chép tên, số điện thoại của người gửi."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class LinkForm(forms.Form):
    """To whom a link goes, and how long it can be used."""

    email = forms.EmailField(
        label=gettext_lazy("Thư điện tử của cơ quan"),
        required=False,
        max_length=254,
        help_text=gettext_lazy("Để trống nếu in đường dẫn ra giấy."),
    )
    expires_on = VietDateField(label=gettext_lazy("Dùng được đến hết ngày"))

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        """Know what is past."""
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_expires_on(self) -> datetime.date:
        """A day from today on, within two months."""
        day: datetime.date = self.cleaned_data["expires_on"]
        if not self.today <= day <= self.today + LONGEST_LINK:
            raise forms.ValidationError(_("Hãy ghi một ngày từ hôm nay, trong vòng 60 ngày."))
        return day

    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return {
            "email": self.cleaned_data["email"],
            "expires_at": end_of(self.cleaned_data["expires_on"]),
        }


class LinkAnswerForm(AnswerForm):
    """The answer of an agency without account."""

    signer = LineField(
        150,
        label=gettext_lazy("Người duyệt câu trả lời"),
        required=False,
        help_text=gettext_lazy("Họ tên, chức vụ của lãnh đạo cơ quan; cần khi gửi văn phòng."),
    )

    field_order = ("text", "legal_basis", "signer", "version")

    def __init__(self, *args: Any, is_sending: bool = False, **kwargs: Any) -> None:
        """Sending needs a name; keeping a draft does not."""
        super().__init__(*args, **kwargs)
        self.fields["legal_basis"].help_text = ""
        self.fields["signer"].required = is_sending


class TemplateForm(forms.Form):
    """A template answer of a body."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Của đơn vị"),
        empty_label=gettext_lazy("Chọn…"),
    )
    title = LineField(120, label=gettext_lazy("Tên mẫu"))
    text = TextField(WORDS, label=gettext_lazy("Nội dung"), widget=forms.Textarea({"rows": 8}))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)

    def __init__(
        self,
        *args: Any,
        bodies: "QuerySet[Organisation]",
        row: AnswerTemplate | None,
        **kwargs: Any,
    ) -> None:
        """Offer the bodies the person writes for; a written template keeps its body."""
        super().__init__(*args, **kwargs)
        self.row = row
        organisation: Any = self.fields["organisation"]
        organisation.queryset = bodies
        organisation.initial = bodies.first()
        organisation.empty_label = None
        if row is not None:
            del self.fields["organisation"]

    def clean(self) -> dict[str, Any]:
        """A body has one template of a name."""
        typed = super().clean() or self.cleaned_data
        body = self.row.organisation if self.row else typed.get("organisation")
        same = AnswerTemplate.objects.filter(organisation=body, title=typed.get("title"))
        if self.row is not None:
            same = same.exclude(pk=self.row.pk)
        if body is not None and same.exists():
            self.add_error("title", _("Đơn vị đã có mẫu tên này."))
        return typed
