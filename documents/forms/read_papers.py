"""What stands around the clauses of a paper that was read: type, issuer, recipients, signature."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.fields import LineField
from core.text import fold
from documents.forms.writing import PURPOSE_WORDS, LinesField
from documents.models import Document, DocumentType, Recipient
from documents.reading import DocumentReading
from documents.reading.pieces import introduction_verb
from organisations.models import Organisation, Post, Role, User

_CODES = {"QĐ": "QD", "ĐA": "DA"}


class TakenForm(forms.Form):
    """A part of a file that may be left out: then nothing of it needs to be right."""

    take = forms.BooleanField(label=gettext_lazy("Nhận văn bản này"), required=False)
    paper: DocumentReading

    def full_clean(self) -> None:
        """A part that is left out needs nothing."""
        super().full_clean()
        if self.is_bound and not self.cleaned_data.get("take"):
            self.errors.clear()


class AnnexForm(TakenForm):
    """An appendix of the paper before it: all it has of its own is a title."""

    abstract = LineField(500, label=gettext_lazy("Tên phụ lục"))

    def __init__(self, *args: Any, paper: DocumentReading, **kwargs: Any) -> None:
        """Begin with the title as it was read."""
        self.paper = paper
        named = f"Danh sách {paper.abstract or ''}" if paper.type == "DS" else paper.abstract
        title = (named or "").strip() or _("Phụ lục")
        kwargs.setdefault("initial", {"take": True, "abstract": title[:500]})
        super().__init__(*args, **kwargs)


class PaperForm(TakenForm):
    """What stands around the clauses of one paper that was read."""

    type = forms.ModelChoiceField(
        DocumentType.objects.none(),
        label=gettext_lazy("Loại văn bản"),
        empty_label=gettext_lazy("Chọn loại"),
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Cơ quan ban hành"), empty_label=None
    )
    abstract = LineField(500, label=gettext_lazy("Trích yếu"))
    addressees = LinesField(
        3000,
        label=gettext_lazy("Kính gửi"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    recipients = LinesField(
        6000,
        label=gettext_lazy("Nơi nhận"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "Mỗi nơi một dòng; mục đích ghi trong ngoặc: (để báo cáo), (để thực hiện), (để biết)."
        ),
    )
    capacity = forms.ChoiceField(
        label=gettext_lazy("Quyền hạn ký"), choices=Document.Capacity.choices
    )
    collective = LineField(120, label=gettext_lazy("Tập thể ban hành"), required=False)
    signer_post = LineField(120, label=gettext_lazy("Chức vụ người ký"), required=False)
    signer_name = LineField(120, label=gettext_lazy("Họ tên người ký"), required=False)

    def __init__(self, *args: Any, paper: DocumentReading, user: User, **kwargs: Any) -> None:
        """Offer the clerk's organisations; begin with what was read."""
        mine = Organisation.objects.filter(pk__in=user.organisation_ids(Role.CLERK)).order_by(
            "name"
        )
        self.paper = paper
        types = DocumentType.objects.order_by("name")
        is_known = paper.type is None or any(one.pk == code_of(paper) for one in types)
        kwargs.setdefault("initial", _initial(paper, list(mine), is_known=is_known))
        super().__init__(*args, **kwargs)
        for name, rows in (("organisation", mine), ("type", types)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows
        if not paper.addressees:
            del self.fields["addressees"]

    def header(self) -> dict[str, str]:
        """What goes over into the new draft; what is empty comes from the organisation."""
        names = ("collective", "signer_post", "signer_name", "capacity")
        said = {name: self.cleaned_data.get(name) or "" for name in names}
        said["introduction_verb"] = introduction_verb(self.paper)
        return {name: words for name, words in said.items() if words}


def _initial(paper: DocumentReading, mine: list[Organisation], *, is_known: bool) -> dict[str, Any]:
    """The form as it was read; an annex without its paper is left unless ticked."""
    sign = paper.signature
    own = _own(paper, mine)
    return {
        "take": is_known,
        "type": code_of(paper),
        "organisation": own.pk if own else None,
        "abstract": paper.abstract,
        "addressees": "\n".join(paper.addressees),
        "recipients": "\n".join(_recipient(row.text, row.purpose) for row in paper.recipients),
        "capacity": sign.capacity_value if sign else Document.Capacity.COLLECTIVE,
        "collective": _collective(paper, own),
        "signer_post": _post(sign.post if sign else None),
        "signer_name": sign and sign.name,
    }


def code_of(paper: DocumentReading) -> str:
    """The type of document a paper says it is."""
    return _CODES.get(paper.type or "", paper.type or "")


def _own(paper: DocumentReading, mine: list[Organisation]) -> Organisation | None:
    """The clerk's organisation the paper is of, else the first of the same system."""
    issuer = fold(paper.issuer or "")
    same_name = [body for body in mine if issuer and fold(body.name) == issuer]
    same_system = [body for body in mine if body.system == paper.system]
    found = [*same_name, *same_system, *mine]
    return found[0] if found else None


def _collective(paper: DocumentReading, own: Organisation | None) -> str:
    """The collective as the organisation spells it: papers print it in capitals."""
    printed = (paper.signature and paper.signature.collective) or paper.collective or ""
    known = own.collective if own else ""
    return known if known and fold(printed).startswith(fold(known)) else printed


def _post(printed: str | None) -> str:
    """The post as some organisation spells it: papers print it in capitals."""
    if not printed or not printed.isupper():
        return printed or ""
    names = Post.objects.values_list("name", flat=True).distinct()
    return next((name for name in names if fold(name) == fold(printed)), printed)


def _recipient(text: str, purpose: str | None) -> str:
    labels = dict(Recipient.Purpose.choices)
    known = purpose in {str(one) for one in PURPOSE_WORDS}
    return f"{text} ({labels[purpose or '']})" if known else text
