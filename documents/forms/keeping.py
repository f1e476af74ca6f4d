"""What people type when they keep papers: amendments, comments, numbers, relations, bases."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext, gettext_lazy

from core.fields import LineField, OneRowField, TextField, VietDateField
from core.files import UploadField
from core.text import fold
from core.versions import WatchedForm
from documents import queries
from documents.forms.writing import BASIS_KINDS, CodeField, SuggestInput
from documents.models import Document, DocumentRelation, DocumentType, LegalBasis, RegisterNumber
from documents.states import NumberState
from organisations.models import Organisation, PartyTerm, Role, User


def _offer(form: forms.Form, name: str, rows: "QuerySet[Any]") -> None:
    """Let a choice be one of these rows."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows


class AmendmentForm(forms.Form):
    """How an amendment is printed and how its introduction opens."""

    style = forms.ChoiceField(
        label=gettext_lazy("Cách ban hành"),
        choices=Document.AmendmentStyle.choices,
        initial=Document.AmendmentStyle.POINTS,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "Cách thứ nhất in “Sửa đổi mục … như sau”; cách thứ hai in cả văn bản mới."
        ),
    )
    reason = TextField(
        500,
        label=gettext_lazy("Lời dẫn"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "In trước các điểm sửa đổi, ví dụ: Để phù hợp với tình hình thực tế. Có thể để trống."
        ),
    )


class CommentForm(forms.Form):
    """What somebody remarks on a draft, or answers."""

    text = TextField(
        2000, label=gettext_lazy("Nội dung góp ý"), widget=forms.Textarea(attrs={"rows": 3})
    )


class ReservedChoice(OneRowField):
    """A number that is kept, with what it is kept for."""

    def label_from_instance(self, row: RegisterNumber) -> str:
        """The code, since when, for what."""
        words = gettext("%(code)s – giữ ngày %(day)s – %(what)s")
        values = {"code": row.code, "day": f"{row.given_on:%d/%m/%Y}", "what": row.abstract}
        return words % values


class IssueForm(forms.Form):
    """Under which number a paper is issued: the next, or one kept for it."""

    reserved = ReservedChoice(
        RegisterNumber.objects.none(),
        label=gettext_lazy("Số văn bản"),
        required=False,
        empty_label=gettext_lazy("Số tiếp theo trong sổ"),
    )

    def __init__(self, *args: Any, document: Document, today: datetime.date, **more: Any) -> None:
        """Offer the numbers kept in the paper's own series."""
        super().__init__(*args, **more)
        _offer(self, "reserved", queries.reserved_numbers(document, today))


class BookFilter(forms.Form):
    """What the register of outgoing documents shows."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Cơ quan"),
        required=False,
        empty_label=gettext_lazy("Tất cả"),
    )
    type = forms.ModelChoiceField(
        DocumentType.objects.order_by("name"),
        label=gettext_lazy("Loại"),
        required=False,
        empty_label=gettext_lazy("Tất cả"),
    )
    term = forms.ModelChoiceField(
        PartyTerm.objects.none(),
        label=gettext_lazy("Nhiệm kỳ"),
        required=False,
        empty_label=gettext_lazy("Tất cả"),
    )
    year = forms.IntegerField(
        label=gettext_lazy("Năm"), required=False, min_value=1990, max_value=2100
    )
    state = forms.ChoiceField(
        label=gettext_lazy("Tình trạng số"),
        required=False,
        choices=[("", gettext_lazy("Tất cả")), *NumberState.choices],
    )
    q = forms.CharField(label=gettext_lazy("Tìm"), required=False, max_length=200)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        """Offer the organisations whose registers the person reads, and their terms."""
        super().__init__(*args, **kwargs)
        bodies = Organisation.objects.filter(
            pk__in=RegisterNumber.objects.visible_to(user).order_by().values("organisation")
        )
        _offer(self, "organisation", bodies.order_by("name"))
        terms = PartyTerm.objects.filter(organisation__in=bodies.values("pk"))
        _offer(self, "term", terms.select_related("organisation").order_by("-starts_on"))


class ReserveForm(forms.Form):
    """A number to keep."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Sổ của cơ quan"), empty_label=None
    )
    type = forms.ModelChoiceField(
        DocumentType.objects.order_by("name"),
        label=gettext_lazy("Loại văn bản"),
        empty_label=gettext_lazy("Chọn loại"),
    )
    abstract = LineField(
        500,
        label=gettext_lazy("Dùng cho văn bản"),
        help_text=gettext_lazy("Trích yếu dự kiến, để ai mở sổ cũng biết số giữ cho việc gì."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        """Offer the registers the person keeps."""
        super().__init__(*args, **kwargs)
        own = Organisation.objects.filter(pk__in=user.organisation_ids(Role.CLERK))
        _offer(self, "organisation", own.order_by("name"))


class OutsideForm(forms.Form):
    """A paper prepared outside the software that bears a number kept for it."""

    dated_on = VietDateField(label=gettext_lazy("Ngày văn bản"))
    abstract = LineField(500, label=gettext_lazy("Trích yếu"))
    signer_name = LineField(120, label=gettext_lazy("Người ký"))
    recipients = LineField(500, label=gettext_lazy("Nơi nhận"))


class BasesFilter(forms.Form):
    """What the register of legal bases shows."""

    q = forms.CharField(label=gettext_lazy("Tìm"), required=False, max_length=200)
    kind = forms.ChoiceField(
        label=gettext_lazy("Xem"),
        required=False,
        choices=[
            ("", gettext_lazy("Tất cả")),
            ("incomplete", gettext_lazy("Còn thiếu số, ngày hoặc cơ quan")),
            ("replaced", gettext_lazy("Đã được thay thế")),
            ("unused", gettext_lazy("Chưa viện dẫn lần nào")),
        ],
    )


class LegalBasisForm(WatchedForm):
    """One entry of the register of legal bases."""

    kind = LineField(
        60,
        label=gettext_lazy("Loại văn bản"),
        widget=SuggestInput(lambda: BASIS_KINDS),
    )
    number = CodeField(60, label=gettext_lazy("Số, ký hiệu"), required=False)
    date = VietDateField(label=gettext_lazy("Ngày ban hành"), required=False)
    body = LineField(200, label=gettext_lazy("Cơ quan ban hành"), required=False)
    title = LineField(500, label=gettext_lazy("Trích yếu"), required=False)


class ReplaceBasisForm(forms.Form):
    """Which paper stands in the place of an entry, and since when."""

    new = LineField(
        700,
        label=gettext_lazy("Được thay thế bằng"),
        widget=SuggestInput(lambda: [str(row) for row in queries.bases_matching("")]),
        help_text=gettext_lazy("Gõ vài chữ của số hoặc trích yếu, không cần dấu."),
    )
    since = VietDateField(
        label=gettext_lazy("Từ ngày"),
        required=False,
        help_text=gettext_lazy("Ngày văn bản mới có hiệu lực; để trống nếu không rõ."),
    )

    def __init__(self, *args: Any, basis: LegalBasis, **kwargs: Any) -> None:
        """`basis` is the entry that is replaced."""
        super().__init__(*args, **kwargs)
        self.basis = basis

    def clean_new(self) -> LegalBasis:
        """The entry that was meant, found as in the editor."""
        typed = self.cleaned_data["new"]
        found = [row for row in queries.bases_matching(typed) if row.pk != self.basis.pk]
        best = [row for row in found if fold(str(row)) == fold(typed)] or found
        if len(best) == 1:
            return best[0]
        if best:
            words = gettext("Có %(n)s văn bản khớp; hãy gõ thêm số hoặc trích yếu.")
            raise ValidationError(words, params={"n": len(best)})
        raise ValidationError(
            gettext("Danh mục chưa có văn bản này; hãy nhập nó vào danh mục trước.")
        )


class VoidForm(forms.Form):
    """Why a number is cancelled."""

    reason = TextField(
        500, label=gettext_lazy("Lý do hủy số"), widget=forms.Textarea(attrs={"rows": 3})
    )


class SignedCopyForm(forms.Form):
    """The signed scan or the digitally signed PDF of an issued paper."""

    file = UploadField(kinds=("pdf",), label=gettext_lazy("Tệp PDF có chữ ký"))
    note = LineField(
        250,
        label=gettext_lazy("Ghi chú"),
        required=False,
        help_text=gettext_lazy("Ví dụ: bản quét có dấu; ký số bằng chứng thư của Ban Cơ yếu."),
    )


class PaperChoice(OneRowField):
    """A paper with its number and abstract."""

    def label_from_instance(self, paper: Document) -> str:
        """Type, number, abstract, state."""
        code = f" {paper.register_code}" if paper.number else ""
        return f"{paper.type.name}{code} – {paper.abstract} ({paper.get_state_display()})"


class RelationForm(forms.Form):
    """What a paper is to another."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Văn bản này"), choices=DocumentRelation.Kind.choices
    )
    target = PaperChoice(
        Document.objects.none(),
        label=gettext_lazy("Văn bản kia"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": gettext_lazy("Hãy chọn một văn bản.")},
    )

    def __init__(self, *args: Any, papers: Sequence[int], **kwargs: Any) -> None:
        """Offer the papers that were found."""
        super().__init__(*args, **kwargs)
        rows = Document.objects.filter(pk__in=papers).select_related("type", "organisation")
        _offer(self, "target", rows.order_by("-id"))
