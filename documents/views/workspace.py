"""What the pages of the editor share: rows loaded, places for clauses, answers to people and scripts.

Every page works as a page. A script asks for JSON and gets only the changed part of it, as HTML.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from core.access import require
from documents import actions, facts, queries, rules
from documents.actions.drafting import refusal_to_edit
from documents.documents import OutlineRow, outline_of
from documents.forms import ClauseEditor
from documents.models import Clause, ClauseKind, Document, Recipient
from documents.views.reading import load_document
from organisations.http import UserRequest

OPEN = "mo"


@dataclass
class Place:
    """Where a clause is to be added: behind or inside `at`, or at the end of the document."""

    document: Document
    at: Clause | None
    is_inside: bool

    @property
    def parent(self) -> Clause | None:
        """The clause it will stand under."""
        if self.at is None:
            return None
        return self.at if self.is_inside else self.at.parent

    @property
    def after(self) -> Clause | None:
        """The clause it will stand behind; None: as the last."""
        return None if self.is_inside else self.at

    def kinds(self) -> list[ClauseKind]:
        """What makes sense here."""
        return rules.kinds_inside(self.document, self.parent.kind if self.parent else None)

    def address(self, kind: str = "") -> str:
        """The page of this place, with a kind chosen or not."""
        query = (
            {"at": self.at.pk, "where": "inside" if self.is_inside else "after"} if self.at else {}
        )
        address = reverse("documents:clause_add", args=[self.document.pk])
        return f"{address}?{urlencode({**query, 'kind': kind} if kind else query)}"

    def choices(self) -> list[dict[str, str]]:
        """One link per kind, one more of the same first."""
        same = self.at.kind if self.at else ""
        kinds = sorted(self.kinds(), key=lambda kind: kind != same)
        return [{"label": str(kind.label), "url": self.address(kind)} for kind in kinds]


def place_of(request: UserRequest, document: Document) -> Place:
    """The place the address names, or 404."""
    at = request.GET.get("at", "")
    if not at:
        return Place(document, None, is_inside=False)
    if not (at.isascii() and at.isdigit()):
        raise Http404
    clause = get_object_or_404(document.clauses.select_related("parent"), pk=at)
    return Place(document, clause, is_inside=request.GET.get("where") == "inside")


def choices_at(place: Place) -> dict[str, Any]:
    """The kinds on offer: inside the clause, behind it; at the end of the document."""
    if place.at is None:
        return {"at_pk": None, "behind": place.choices()}
    return {
        "at_pk": place.at.pk,
        "inside": Place(place.document, place.at, is_inside=True).choices(),
        "behind": Place(place.document, place.at, is_inside=False).choices(),
    }


def load_draft(request: UserRequest, pk: int) -> Document:
    """The document, if the person may write it now."""
    document = load_document(request, pk)
    require(rules.may_edit_document(request.user, document), refusal_to_edit(document))
    return document


def load_clause(request: UserRequest, pk: int, clause_pk: int, *, is_held: bool = False) -> Clause:
    """The clause with its fact and document in one question, if the person may write it now.

    `is_held` also locks the document's row until the view's transaction ends. That the clause was
    read while waiting for the lock does no harm: whoever changed it gave it a new version.
    """
    rows = queries.with_facts(Clause.objects.all()).filter(
        document=pk, document__in=Document.objects.visible_to(request.user)
    )
    if is_held:
        rows = rows.select_for_update(of=("document",))
    rows = rows.select_related(
        "parent", "document__type", "document__organisation", "document__skin"
    )
    clause: Clause = get_object_or_404(rows, pk=clause_pk)
    clause.document.is_held = is_held
    may_edit = rules.may_edit_document(request.user, clause.document)
    require(may_edit, refusal_to_edit(clause.document))
    return clause


def is_scripted(request: UserRequest) -> bool:
    """Whether a script asks, which wants the changed part only."""
    return "application/json" in request.headers.get("Accept", "")


def number_in(text: str) -> int | None:
    """A key given in an address."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def show_workspace(
    request: UserRequest, document: Document, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The whole editor."""
    recipients = list(document.recipients.all())
    context = {
        "document": document,
        "rows": outline_of(queries.clauses_of(document)),
        "may_submit": rules.may_submit_document(request.user, document),
        "owner": facts.owner_of(document),
        "recipients": recipients,
        "ends_with": _foot(recipients),
        "is_paper": request.GET.get("xem") == "ban-in",
        "words": script_words(),
        **more,
    }
    return render(request, "documents/edit.html", context, status=status)


def show_form(
    request: UserRequest, editor: ClauseEditor, *, status: int = 200, **more: Any
) -> HttpResponse:
    """A clause's form in its place: the whole page, or only the form."""
    clause = editor.clause
    context = {"document": clause.document, "editor": editor, "chosen_pk": clause.pk, **more}
    if not is_scripted(request):
        context.pop("document")
        return show_workspace(request, clause.document, status=status, **context)
    template = "clause_form.html" if clause.pk else "clause_new.html"
    answer = {
        "form": render_to_string(f"documents/{template}", context, request),
        "clause": clause.pk,
        "version": clause.version,
    }
    return JsonResponse(answer, status=status)


def show_outline(
    request: UserRequest, document: Document, clause_pk: int | None, said: str = "", **more: Any
) -> HttpResponse:
    """After something moved: the page again, or for a script the outline."""
    is_open = OPEN in request.POST or OPEN in request.GET
    if not is_scripted(request):
        if said:
            messages.success(request, said)
        return back_to(document, clause_pk)
    rows = outline_of(queries.clauses_of(document))
    context = {"document": document, "rows": rows, "chosen_pk": clause_pk}
    chosen = next((row.clause for row in rows if row.clause.pk == clause_pk), None)
    if is_open and chosen is not None:
        chosen.document = document
        context["editor"] = ClauseEditor(chosen)
    html = render_to_string("documents/edit.html#outline", context, request)
    return JsonResponse({"outline": html, "clause": clause_pk, "said": said, **more})


def show_row(request: UserRequest, clause: Clause) -> str:
    """One line of the outline as HTML."""
    said = queries.summaries([clause]).get(clause.pk, "")
    base = reverse("documents:clause_edit", args=[clause.document_id, 0]).removesuffix("0/")
    context = {"row": OutlineRow(clause, 0, said), "base": base}
    return render_to_string("documents/outline_row.html", context, request)


def back_to(document: Document, clause_pk: int | None = None) -> HttpResponseRedirect:
    """The editor, with a clause in sight."""
    address = reverse("documents:edit", args=[document.pk])
    if clause_pk:
        address = f"{address}?clause={clause_pk}#clause-{clause_pk}"
    return HttpResponseRedirect(address)


def save_typed(request: UserRequest, clause: Clause) -> None:
    """Keep what stands in the form when a button beside it is pressed; never lose it."""
    if "text" not in request.POST:
        return
    editor = ClauseEditor(clause, words_of(request))
    if editor.is_valid():
        actions.edit_clause(
            clause, by=request.user, version=editor.version, is_autosave=True, **editor.values
        )


def words_of(request: UserRequest) -> QueryDict:
    """What was posted, read as words alone: the fact is left as it is."""
    posted = request.POST.copy()
    posted["words_only"] = "1"
    return posted


def script_words() -> dict[str, str]:
    """What the editor's script says."""
    return {
        "saving": _("Đang lưu…"),
        "saved": _("Đã lưu"),
        "waiting": _("Chưa lưu"),
        "offline": _("Chưa lưu: mất kết nối với máy chủ. Câu chữ vẫn giữ trên máy này."),
        "session": _("Chưa lưu: phiên làm việc đã hết. Câu chữ vẫn giữ trên máy này."),
        "login": _("Đăng nhập lại"),
        "refused": _("Chưa lưu được."),
        "conflict": _("Có người khác vừa sửa đoạn này. Hãy chọn bản cần giữ."),
        "invalid": _("Chưa lưu: còn chỗ cần sửa."),
        "kept": _("Trên máy này còn đoạn gõ dở chưa lưu:"),
        "restore": _("Lấy lại"),
        "forget": _("Bỏ"),
        "undo": _("Hoàn tác"),
        "moved": _("Đã chuyển đoạn."),
        "editing": _("đang sửa đoạn này"),
        "pasted": _("Đã tách phần vừa dán, mỗi dòng thành một đoạn."),
        "failed": _("Không gửi được. Câu chữ vẫn giữ trên máy này; hãy thử lại."),
    }


def _foot(recipients: list[Recipient]) -> str:
    return "; ".join(row.text for row in recipients)
