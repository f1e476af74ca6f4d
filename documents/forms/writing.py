"""What people type when they write, check and approve a document."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.fields import LineField, TextField, VietDateField
from core.text import fold
from documents import queries
from documents.actions import RecipientDraft
from documents.models import Clause, Document, DocumentType, Recipient
from documents.reading.codes import neat_code
from documents.states import DocumentState

# How clerks write why somebody gets a copy (domain.md §1.2.6).
PURPOSE_WORDS = {
    Recipient.Purpose.REPORT: ("bao cao", "de bao cao", "de b/c", "b/c"),
    Recipient.Purpose.CARRY_OUT: ("thuc hien", "de thuc hien", "t/h", "de t/h"),
    Recipient.Purpose.INFORM: ("de biet", "biet"),
}
BASIS_KINDS = ("Luật", "Nghị định", "Quyết định", "Quy định", "Chỉ thị", "Kế hoạch", "Công văn")
BRACKET = re.compile(r"\s*\(([^()]*)\)$")


def read_recipient(line: str) -> RecipientDraft:
    """One line of Nơi nhận as typed: "- Ban Thường vụ Tỉnh ủy (để báo cáo),"."""
    text = line.strip().lstrip("-–•").rstrip(",;.").strip()
    if re.match(r"luu\b", fold(text)):
        return RecipientDraft(text, Recipient.Purpose.ARCHIVE)
    found = BRACKET.search(text)
    if found:
        for purpose, spellings in PURPOSE_WORDS.items():
            if fold(found[1]) in spellings:
                return RecipientDraft(text[: found.start()], purpose)
    return RecipientDraft(text)


def write_recipient(recipient: Recipient) -> str:
    """The line as it is typed."""
    if recipient.purpose in PURPOSE_WORDS:
        return f"{recipient.text} ({recipient.get_purpose_display()})"
    return recipient.text


class LinesField(TextField):
    """One entry a line; cleaned to a list of lines, empty ones left out."""

    line_limit = 250

    def clean(self, value: Any) -> Any:
        """The lines, or ValidationError naming the one that is too long."""
        lines = [line.strip() for line in super().clean(value).split("\n") if line.strip()]
        for line in lines:
            if len(line) > self.line_limit:
                raise ValidationError(
                    _("Dòng “%(start)s…” dài quá %(limit)s ký tự."),
                    params={"start": line[:40], "limit": self.line_limit},
                )
        return lines


class HeaderForm(forms.Form):
    """Header, Kính gửi, Nơi nhận and signature block of a draft."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    abstract = LineField(500, label=gettext_lazy("Trích yếu"))
    place = LineField(80, label=gettext_lazy("Địa danh"))
    introduction_verb = LineField(
        20,
        label=gettext_lazy("Mở đầu phần căn cứ bằng"),
        widget=forms.TextInput(attrs={"list": "verbs"}),
        help_text=gettext_lazy("Căn cứ: mỗi căn cứ một dòng. Thực hiện: viết liền thành một câu."),
    )
    urgency = forms.ChoiceField(
        label=gettext_lazy("Độ khẩn"), choices=Document.Urgency.choices, required=False
    )
    addressees = LinesField(
        3000,
        label=gettext_lazy("Kính gửi"),
        required=False,
        help_text=gettext_lazy("Mỗi nơi một dòng; để trống nếu văn bản không có phần này."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    recipients = LinesField(
        6000,
        label=gettext_lazy("Nơi nhận"),
        help_text=gettext_lazy(
            "Mỗi nơi một dòng. Ghi mục đích trong ngoặc: (để báo cáo), (để thực hiện), (để biết). "
            "Dòng lưu bắt đầu bằng chữ Lưu."
        ),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    capacity = forms.ChoiceField(
        label=gettext_lazy("Quyền hạn ký"), choices=Document.Capacity.choices
    )
    collective = LineField(
        120,
        label=gettext_lazy("Tập thể ban hành"),
        required=False,
        help_text=gettext_lazy("Ví dụ: Ban Thường vụ. Chỉ ghi khi ký thay mặt tập thể."),
    )
    signer_post = LineField(120, label=gettext_lazy("Chức vụ người ký"))
    signer_name = LineField(120, label=gettext_lazy("Họ tên người ký"))
    secretary_name = LineField(120, label=gettext_lazy("Thư ký (biên bản)"), required=False)

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        """Leave out what papers of this type do not have."""
        super().__init__(*args, **kwargs)
        if document.type_id != "BB":
            del self.fields["secretary_name"]

    @staticmethod
    def initial_of(document: Document) -> dict[str, Any]:
        """The form as it stands for a stored document."""
        values = {name: getattr(document, name, "") for name in HeaderForm.base_fields}
        values["addressees"] = "\n".join(row.text for row in document.addressees.all())
        values["recipients"] = "\n".join(write_recipient(row) for row in document.recipients.all())
        return values

    def clean_recipients(self) -> list[RecipientDraft]:
        """Each line with its purpose."""
        return [read_recipient(line) for line in self.cleaned_data["recipients"]]

    def clean(self) -> dict[str, Any]:
        """A collective signs under its name."""
        cleaned = super().clean() or {}
        of_collective = {Document.Capacity.COLLECTIVE, Document.Capacity.COLLECTIVE_DEPUTY}
        is_collective = cleaned.get("capacity") in of_collective
        if is_collective and not cleaned.get("collective") and "collective" not in self.errors:
            self.add_error("collective", _("Ghi tên tập thể được thay mặt, ví dụ Ban Thường vụ."))
        return cleaned


class RecipientsForm(forms.Form):
    """Nơi nhận alone, edited at the foot of the outline."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    recipients = HeaderForm.base_fields["recipients"]

    clean_recipients = HeaderForm.clean_recipients


class SuggestInput(forms.TextInput):
    """A text box that suggests entries of a list (works as a plain box without it)."""

    template_name = "documents/suggest_input.html"

    def __init__(self, options: Callable[[], Iterable[str]], **kwargs: Any) -> None:
        """`options` gives the suggestions when the form is shown."""
        super().__init__(**kwargs)
        self.options = options

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The box's context with its list."""
        context = super().get_context(name, value, attrs)
        context["options"] = list(self.options())
        context["widget"]["attrs"]["list"] = f"{context['widget']['attrs']['id']}-list"
        return context


class CodeField(LineField):
    """Number and symbol of a cited paper, kept as it is printed: "số 59 / 2023/NĐ–CP" too."""

    def clean(self, value: Any) -> Any:
        """Without "số", stray blanks and long dashes."""
        return neat_code(super().clean(value))


class BasisForm(forms.Form):
    """Which paper a legal-basis clause cites: one of the register, or a new one."""

    choice = LineField(
        700,
        label=gettext_lazy("Văn bản đã có trong danh mục"),
        required=False,
        widget=SuggestInput(lambda: [str(row) for row in queries.bases_matching("")]),
        help_text=gettext_lazy("Gõ vài chữ của số hoặc trích yếu, không cần dấu."),
    )
    kind = LineField(
        60,
        label=gettext_lazy("Hoặc nhập văn bản mới: loại văn bản"),
        required=False,
        widget=SuggestInput(lambda: BASIS_KINDS),
    )
    number = CodeField(60, label=gettext_lazy("Số, ký hiệu"), required=False)
    date = VietDateField(label=gettext_lazy("Ngày ban hành"), required=False)
    body = LineField(200, label=gettext_lazy("Cơ quan ban hành"), required=False)
    title = LineField(500, label=gettext_lazy("Trích yếu"), required=False)

    def __init__(self, *args: Any, clause: Clause, **kwargs: Any) -> None:
        """`clause` is the one being written (unsaved when it is new)."""
        super().__init__(*args, **kwargs)
        self.clause = clause

    def clean(self) -> dict[str, Any]:
        """`{"basis": row}` for a chosen paper, else what was typed about a new one."""
        cleaned = super().clean() or {}
        typed = cleaned.get("choice", "")
        if typed:
            return self._chosen(typed)
        if not cleaned.get("kind") and any(cleaned.get(name) for name in ("number", "title")):
            self.add_error("kind", _("Ghi loại văn bản, ví dụ Quyết định."))
        return cleaned

    def _chosen(self, typed: str) -> dict[str, Any]:
        found = queries.bases_matching(typed)
        best = [row for row in found if fold(str(row)) == fold(typed)] or found
        if len(best) == 1:
            return {"basis": best[0]}
        if best:
            problem = _("Có %(n)s văn bản khớp; hãy gõ thêm số hoặc trích yếu.") % {"n": len(best)}
        else:
            problem = _("Danh mục chưa có văn bản này; hãy để trống ô này và nhập mới bên dưới.")
        self.add_error("choice", problem)
        return {}


class ReasonForm(forms.Form):
    """Why a document is returned or revoked."""

    reason = TextField(2000, label=gettext_lazy("Lý do"), widget=forms.Textarea(attrs={"rows": 4}))


class RegisterFilter(forms.Form):
    """What the register shows."""

    q = forms.CharField(label=gettext_lazy("Tìm"), required=False, max_length=200)
    type = forms.ModelChoiceField(
        DocumentType.objects.order_by("name"),
        label=gettext_lazy("Loại"),
        required=False,
        empty_label=gettext_lazy("Tất cả"),
    )
    state = forms.ChoiceField(
        label=gettext_lazy("Trạng thái"),
        required=False,
        choices=[("", gettext_lazy("Tất cả")), *DocumentState.choices],
    )
    year = forms.IntegerField(
        label=gettext_lazy("Năm"), required=False, min_value=1990, max_value=2100
    )
