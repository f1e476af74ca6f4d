"""What people choose of a file that was read: nothing is saved until they have."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.fields import TextField
from core.files import print_size
from documents import rules
from documents.actions import RecipientDraft
from documents.actions.adopting import AnnexChoice, Chosen, PaperChoice
from documents.forms.clauses import CLAUSE_LIMIT
from documents.forms.read_papers import AnnexForm, PaperForm, code_of
from documents.forms.writing import read_recipient
from documents.models import ClauseKind, DocumentType
from documents.reading import Reading, read
from documents.reading.described import CERTAINTIES, HeadPart, Said, describe, head_parts
from documents.reading.intake import Intake, IntakeError, read_content, read_pasted
from documents.reading.pieces import Piece, hosts_of, pieces_of
from documents.reading.refusals import check_size
from organisations.models import User

MAX_PIECES = 600
ACCEPTED = ".docx,.pdf,.txt,.md,application/pdf,text/plain,application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOUBTFUL = 0.4
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
            "Nhận tệp Word (.docx), PDF có chữ và tệp chữ (.txt, .md), không quá %(limit)s."
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


@dataclass(eq=False)
class PaperReview:
    """One paper on the review page: its form and the rows of its pieces."""

    form: PaperForm | AnnexForm
    rows: list[Row] = field(default_factory=list)
    type_name: str = ""
    host: "PaperReview | None" = None

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """The kinds a clause of such a paper may be."""
        code = (self.host or self).form.paper.type or "CV"
        fitting = (kind for kind in rules.AT_THE_TOP if code in rules.ONLY_IN.get(kind, {code}))
        return [(kind.value, str(kind.label)) for kind in fitting]

    @property
    def head(self) -> tuple[HeadPart, ...]:
        """What was read around the clauses."""
        parts = head_parts(self.form.paper, type_name=self.type_name)
        return tuple(part for part in parts if part.line) if self.host else parts

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
        self.papers: list[PaperReview] = []
        for at, (paper, place) in enumerate(
            zip(reading.documents, hosts_of(reading.documents), strict=True)
        ):
            host = None if place is None else self.papers[place]
            form = (
                AnnexForm(posted, prefix=f"p{at}", paper=paper)
                if host
                else PaperForm(posted, prefix=f"p{at}", paper=paper, user=user)
            )
            pieces = pieces_of(paper, host.form.paper if host else None)
            rows = [self._row(at, piece, remarks) for piece in pieces]
            name = _("Phụ lục") if host else names.get(code_of(paper), paper.type or "")
            self.papers.append(PaperReview(form, rows, name, host))
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
        if any(paper.host and paper.host not in taken for paper in taken):
            self.error = _("Phụ lục chỉ nhận được cùng văn bản của nó. Hãy đánh dấu cả văn bản đó.")
        return all(forms_fit) and not self.error and not any(row.error for paper in taken for row in paper.rows if row.take)  # fmt: skip

    def choices(self) -> list[PaperChoice]:
        """What was taken, for the action."""
        taken = [paper for paper in self.papers if paper.form.cleaned_data.get("take")]
        return [
            _choice(paper, paper.form, [one for one in taken if one.host is paper])
            for paper in taken
            if isinstance(paper.form, PaperForm)
        ]

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


def _chosen(paper: PaperReview) -> tuple[Chosen, ...]:
    rows = (row for row in paper.rows if row.take)
    return tuple(Chosen(row.piece, row.kind, row.text, row.wants_fact) for row in rows)


def _choice(paper: PaperReview, form: PaperForm, annexes: Iterable[PaperReview]) -> PaperChoice:
    cleaned = form.cleaned_data
    recipients: Iterable[RecipientDraft] = map(read_recipient, cleaned["recipients"])
    return PaperChoice(
        paper=form.paper,
        pieces=_chosen(paper),
        organisation=cleaned["organisation"],
        type_code=cleaned["type"].pk,
        abstract=cleaned["abstract"],
        recipients=tuple(recipients),
        addressees=tuple(cleaned.get("addressees") or ()),
        header=form.header(),
        annexes=tuple(
            AnnexChoice(one.form.paper, one.form.cleaned_data["abstract"], _chosen(one))
            for one in annexes
        ),
    )


def _remarks(reading: Reading) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for finding in reading.findings:
        if finding.line is not None and finding.severity != "info":
            found[finding.line] = (*found.get(finding.line, ()), finding.message)
    return found
