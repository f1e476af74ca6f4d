"""Reading a paper from Word or from pasted text: choose, look at source and result, take over.

The review is stateless: the text travels in the form (bounded by READING_MAX_CHARACTERS) and is
read again when it comes back. It is the clerk's own text and read by the same rules, so nothing is
gained by signing it, and nothing lies in the database that nobody has accepted.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from core.access import require
from core.http import once
from documents import rules
from documents.actions.adopting import Adopted, adopt_papers
from documents.forms.intake import Review, SourceForm, understood
from documents.queries.sources import SourceLine, source_lines
from documents.reading.intake import IntakeError, read_pasted
from organisations.http import UserRequest

SHOWN_DOUBTS = 3


@require_http_methods(["GET", "POST"])
def read(request: UserRequest) -> HttpResponse:
    require(rules.may_read_papers(request.user), rules.NOT_READING)
    form = SourceForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return render(request, "documents/read.html", {"form": form})
    intake = form.cleaned_data["intake"]
    review = Review(form.cleaned_data["reading"], request.user)
    return _review(request, review, intake.text, form.cleaned_data["name"], intake.notices)


@require_POST
@once
def adopt(request: UserRequest) -> HttpResponse:
    require(rules.may_read_papers(request.user), rules.NOT_READING)
    name = request.POST.get("name", "")[:150]
    try:
        intake = read_pasted(request.POST.get("source", ""))
        review = Review(understood(intake), request.user, request.POST)
    except IntakeError as error:
        form = SourceForm({"text": request.POST.get("source", "")})
        form.add_error("text", str(error))
        return render(request, "documents/read.html", {"form": form})
    if not review.is_valid():
        return _review(request, review, intake.text, name, ())
    today = timezone.localdate()
    adopted = adopt_papers(review.choices(), by=request.user, today=today, source=name)
    _tell(request, adopted)
    return redirect("documents:edit", adopted[0].document.pk)


def _review(
    request: UserRequest, review: Review, text: str, name: str, notices: tuple[str, ...]
) -> HttpResponse:
    rows = [row for paper in review.papers for row in paper.rows]
    marked = {row.piece.line: row.certainty for row in reversed(rows) if row.certainty != "sure"}
    heads = (part for paper in review.papers for part in paper.head if part.line)
    marked |= {part.line or 0: part.certainty for part in heads if part.certainty != "sure"}
    lines: list[SourceLine] = source_lines(
        review.reading,
        certainty=marked,
        pieces={row.piece.line: row.prefix for row in reversed(rows)},
    )
    context = {"review": review, "lines": lines, "text": text, "name": name, "notices": notices}
    return render(request, "documents/read_review.html", context)


def _tell(request: HttpRequest, adopted: list[Adopted]) -> None:
    """What was made, and a short list of what still needs eyes."""
    made = ngettext("Đã lập %(n)d dự thảo.", "Đã lập %(n)d dự thảo.", len(adopted))
    messages.success(request, made % {"n": len(adopted)})
    others = adopted[1:]
    if others:
        names = "; ".join(str(one.document) for one in others)
        messages.info(request, _("Cùng tệp còn: %(names)s.") % {"names": names})
    doubts = [words for one in adopted for _pk, words in one.doubts]
    if doubts:
        more = " …" if len(doubts) > SHOWN_DOUBTS else ""
        words = " ".join(dict.fromkeys(doubts[:SHOWN_DOUBTS])) + more
        said = _("Còn %(n)d chỗ cần xem, đã ghi thành góp ý ở từng đoạn: %(words)s")
        messages.warning(request, said % {"n": len(doubts), "words": words})
