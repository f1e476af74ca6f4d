"""What people choose of a file that was read: nothing is saved until they have."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.fields import LineField, TextField
from core.files import print_size
from core.text import fold
from documents import rules
from documents.actions import RecipientDraft
from documents.actions.adopting import Chosen, PaperChoice
from documents.forms.clauses import CLAUSE_LIMIT
from documents.forms.writing import PURPOSE_WORDS, LinesField, read_recipient
from documents.models import ClauseKind, Document, DocumentType, Recipient
from documents.reading import DocumentReading, Reading, read
from documents.reading.described import CERTAINTIES, HeadPart, Said, describe, head_parts
from documents.reading.intake import Intake, IntakeError, read_content, read_pasted
from documents.reading.pieces import Piece, introduction_verb, pieces_of
from documents.reading.refusals import check_size
from organisations.models import Organisation, Post, Role, User

MAX_PIECES = 600
ACCEPTED = ".docx,.txt,.md,text/plain,application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOUBTFUL = 0.4
_CODES = {"QĐ": "QD", "ĐA": "DA"}
_text = TextField(CLAUSE_LIMIT)


class SourceForm(forms.Form):
    """A file, or pasted text; cleaned to what was taken in (`intake`) and read (`reading`)."""

    file = forms.FileField(
        label=gettext_lazy("Tệp văn bản"),
        required=False,
        allow_empty_file=True,
        max_length=250,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    text = forms.CharField(
        label=gettext_lazy("hoặc dán nội dung văn bản"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy("Chép cả văn bản từ Word, PDF hay trang mạng rồi dán vào đây."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say what is accepted and how large it may be."""
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "Nhận tệp Word (.docx) và tệp chữ (.txt, .md), không quá %(limit)s."
        ) % {"limit": print_size(settings.READING_MAX_BYTES)}

    def clean(self) -> dict[str, Any]:
        """Read; every refusal becomes the sentence beside its field."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        uploaded = cleaned.get("file")
        name = "file" if uploaded else "text"
        cleaned["name"] = str(uploaded.name)[-150:] if uploaded else _("văn bản dán vào")
        try:
            intake = _take(cleaned)
            cleaned["intake"], cleaned["reading"] = intake, understood(intake)
        except IntakeError as error:
            self.add_error(name, ValidationError(str(error), code="intake"))
        return cleaned


def understood(intake: Intake) -> Reading:
    """The reading of a file that looks like a paper of an office; IntakeError otherwise."""
    reading = read(intake.lines)
    papers = [paper for paper in reading.documents if paper.type or paper.confidence > DOUBTFUL]
    if not papers:
        raise IntakeError(
            _(
                "Nội dung này không giống văn bản hành chính: không thấy tên loại văn bản, số ký hiệu hay "
                "các mục I, 1… Hãy kiểm tra lại tệp, hoặc chỉ dán phần kế hoạch."
            )
        )
    if sum(len(pieces_of(paper)) for paper in reading.documents) > MAX_PIECES:
        raise IntakeError(
            _("Văn bản có hơn %(n)d đoạn, quá nhiều cho một lần. Hãy chia thành nhiều lần.")
            % {"n": MAX_PIECES}
        )
    return reading


def _take(cleaned: Mapping[str, Any]) -> Intake:
    uploaded = cleaned.get("file")
    if not uploaded:
        return read_pasted(cleaned.get("text") or "")
    check_size(uploaded.size)
    return read_content(uploaded.read())


class PaperForm(forms.Form):
    """What stands around the clauses of one paper that was read."""

    take = forms.BooleanField(label=gettext_lazy("Nhận văn bản này"), required=False)
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
        is_known = paper.type is None or any(one.pk == _code(paper) for one in types)
        kwargs.setdefault("initial", _initial(paper, list(mine), is_known=is_known))
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = mine  # type: ignore[attr-defined]
        self.fields["type"].queryset = types  # type: ignore[attr-defined]
        if not paper.addressees:
            del self.fields["addressees"]

    def full_clean(self) -> None:
        """A paper that is left out needs nothing."""
        super().full_clean()
        if self.is_bound and not self.cleaned_data.get("take"):
            self.errors.clear()

    def header(self) -> dict[str, str]:
        """What goes over into the new draft; what is empty comes from the organisation."""
        names = ("collective", "signer_post", "signer_name", "capacity")
        said = {name: self.cleaned_data.get(name) or "" for name in names}
        said["introduction_verb"] = introduction_verb(self.paper)
        return {name: words for name, words in said.items() if words}


@dataclass
class Row:
    """One piece as it is shown and as the clerk has changed it."""

    piece: Piece
    prefix: str
    take: bool = True
    wants_fact: bool = True
    kind: str = ""
    text: str = ""
    error: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def said(self) -> tuple[Said, ...]:
        """The fact in words."""
        return describe(self.piece.fact)

    @property
    def kind_label(self) -> str:
        """The kind in words."""
        return str(dict(ClauseKind.choices).get(self.kind, self.kind))

    @property
    def certainty(self) -> str:
        """How sure the reading is: sure, fair, guess; a remark asks for a look too."""
        return "fair" if self.remarks and self.piece.certainty == "sure" else self.piece.certainty

    @property
    def certainty_label(self) -> str:
        """The same in words."""
        return str(CERTAINTIES[self.certainty])


@dataclass
class PaperReview:
    """One paper on the review page: its form and the rows of its pieces."""

    form: PaperForm
    rows: list[Row] = field(default_factory=list)
    type_name: str = ""

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """The kinds a clause of such a paper may be."""
        code = self.form.paper.type or "CV"
        fitting = (kind for kind in rules.AT_THE_TOP if code in rules.ONLY_IN.get(kind, {code}))
        return [(kind.value, str(kind.label)) for kind in fitting]

    @property
    def head(self) -> tuple[HeadPart, ...]:
        """What was read around the clauses."""
        return head_parts(self.form.paper, type_name=self.type_name)

    @property
    def unsure(self) -> list[Row]:
        """The rows somebody should look at."""
        return [row for row in self.rows if row.certainty != "sure"]

    @property
    def unsure_count(self) -> int:
        """How many places somebody should look at, around the clauses too."""
        return len(self.unsure) + sum(part.certainty != "sure" for part in self.head)


class Review:
    """The whole review page of one file; bound when something was posted."""

    def __init__(self, reading: Reading, user: User, posted: Any = None) -> None:
        """Every paper with its pieces, as read or as posted."""
        self.reading, self.posted = reading, posted
        remarks = _remarks(reading)
        names = dict(DocumentType.objects.values_list("code", "name"))
        self.papers = [
            PaperReview(
                PaperForm(posted, prefix=f"p{at}", paper=paper, user=user),
                [self._row(at, piece, remarks) for piece in pieces_of(paper)],
                names.get(_code(paper), paper.type or ""),
            )
            for at, paper in enumerate(reading.documents)
        ]
        self.error = ""

    @property
    def unsure_count(self) -> int:
        """How many places want a look."""
        return sum(paper.unsure_count for paper in self.papers)

    def is_valid(self) -> bool:
        """Whether everything taken can be saved."""
        forms_fit = [paper.form.is_valid() for paper in self.papers]
        taken = [paper for paper in self.papers if paper.form.cleaned_data.get("take")]
        if not taken:
            self.error = _("Chưa chọn văn bản nào. Hãy đánh dấu ít nhất một văn bản.")
        return all(forms_fit) and bool(taken) and not any(row.error for paper in taken for row in paper.rows if row.take)  # fmt: skip

    def choices(self) -> list[PaperChoice]:
        """What was taken, for the action."""
        return [_choice(paper) for paper in self.papers if paper.form.cleaned_data.get("take")]

    def _row(self, at: int, piece: Piece, remarks: Mapping[int, tuple[str, ...]]) -> Row:
        row = Row(piece, f"p{at}-{piece.number}", kind=piece.kind, text=piece.text)
        row.remarks = remarks.get(piece.line, ())
        if self.posted is not None:
            _fill(row, self.posted)
        return row


def _fill(row: Row, posted: Mapping[str, str]) -> None:
    row.take = f"{row.prefix}-take" in posted
    row.wants_fact = row.piece.fact is None or f"{row.prefix}-fact" in posted
    kind = posted.get(f"{row.prefix}-kind", row.kind)
    row.kind = kind if kind in ClauseKind.values else row.kind
    row.text = posted.get(f"{row.prefix}-text", row.text)
    try:
        row.text = _text.clean(row.text)
    except ValidationError as error:
        row.error = " ".join(error.messages)


def _choice(paper: PaperReview) -> PaperChoice:
    cleaned = paper.form.cleaned_data
    recipients: Iterable[RecipientDraft] = map(read_recipient, cleaned["recipients"])
    return PaperChoice(
        paper=paper.form.paper,
        pieces=tuple(
            Chosen(row.piece, row.kind, row.text, row.wants_fact) for row in paper.rows if row.take
        ),
        organisation=cleaned["organisation"],
        type_code=cleaned["type"].pk,
        abstract=cleaned["abstract"],
        recipients=tuple(recipients),
        addressees=tuple(cleaned.get("addressees") or ()),
        header=paper.form.header(),
    )


def _remarks(reading: Reading) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for finding in reading.findings:
        if finding.line is not None and finding.severity != "info":
            found[finding.line] = (*found.get(finding.line, ()), finding.message)
    return found


def _initial(paper: DocumentReading, mine: list[Organisation], *, is_known: bool) -> dict[str, Any]:
    """The form as it was read; an annex, which is no paper of its own, is left unless ticked."""
    sign = paper.signature
    own = _own(paper, mine)
    return {
        "take": is_known,
        "type": _code(paper),
        "organisation": own.pk if own else None,
        "abstract": paper.abstract,
        "addressees": "\n".join(paper.addressees),
        "recipients": "\n".join(_recipient(row.text, row.purpose) for row in paper.recipients),
        "capacity": sign.capacity_value if sign else Document.Capacity.COLLECTIVE,
        "collective": _collective(paper, own),
        "signer_post": _post(sign.post if sign else None),
        "signer_name": sign and sign.name,
    }


def _code(paper: DocumentReading) -> str:
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
