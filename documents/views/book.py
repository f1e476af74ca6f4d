"""The register of outgoing documents: on screen, printed, exported; numbers kept and cancelled."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.access import require
from core.http import EXPORTED_ROWS, once
from core.paging import keyset_page
from core.transitions import history_of
from documents import actions, forms, queries, resources, rules
from documents.models import Document, RegisterNumber
from documents.printing.book import render_book
from documents.states import NumberState
from organisations.http import UserRequest
from organisations.models import Role

# More lines than this are printed or exported year by year.
BOOK_LIMIT = 3000


def _asked(request: UserRequest) -> tuple[forms.BookFilter, Any]:
    """The filter and the lines it lets through, in the order numbers were given."""
    form = forms.BookFilter(request.GET, user=request.user)
    rows = RegisterNumber.objects.visible_to(request.user)
    if not form.is_valid():
        return form, rows.none()
    asked = form.cleaned_data
    for name in ("organisation", "type", "state"):
        if asked[name]:
            rows = rows.filter(**{name: asked[name]})
    if asked["term"]:
        term = asked["term"]
        rows = rows.filter(organisation=term.organisation_id, scope=f"term:{term.pk}")
    if asked["year"]:
        rows = rows.filter(given_on__year=asked["year"])
    return form, rows.matching(asked["q"])


@require_GET
def book(request: UserRequest) -> HttpResponse:
    form, rows = _asked(request)
    page = keyset_page(queries.book_rows(rows), request.GET, order=("given_on", "id"), size=50)
    context = {
        "form": form,
        "page": page,
        "lines": [queries.book_line(row) for row in page.rows],
        "is_filtered": any(request.GET.get(name) for name in form.fields),
        "missing": queries.missing_numbers(RegisterNumber.objects.visible_to(request.user)),
        "may_reserve": bool(request.user.organisation_ids(Role.CLERK)),
        "query": request.GET.urlencode(),
    }
    return render(request, "documents/book.html", context)


def _whole(request: UserRequest) -> dict[str, Any]:
    """Exactly the lines the filter shows, with the words of the heading."""
    form, rows = _asked(request)
    asked = form.cleaned_data if form.is_valid() else {}
    lines = queries.book_rows(rows).order_by("given_on", "id")[: BOOK_LIMIT + 1]
    require(
        len(lines) <= BOOK_LIMIT,
        _("Sổ có hơn %(n)s dòng; hãy lọc theo năm hoặc loại rồi in từng phần.") % {"n": BOOK_LIMIT},
    )
    parts = [asked.get("type"), asked.get("term") and asked["term"].name]
    if asked.get("year"):
        parts.append(_("Năm %(year)s") % {"year": asked["year"]})
    bodies = {row.organisation.name for row in lines}
    return {
        "organisation": asked.get("organisation") or (bodies.pop() if len(bodies) == 1 else ""),
        "period": " · ".join(str(part) for part in parts if part) or _("Tất cả các loại văn bản"),
        "columns": resources.book_columns(),
        "lines": [queries.book_line(row) for row in lines],
        "printed_on": timezone.localdate(),
    }


@require_GET
def book_pdf(request: UserRequest) -> HttpResponse:
    answer = HttpResponse(render_book(_whole(request)), content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="so-van-ban-di.pdf"'
    return answer


@require_GET
def book_xlsx(request: UserRequest) -> HttpResponse:
    whole = _whole(request)
    title = _("SỔ ĐĂNG KÝ VĂN BẢN ĐI · %(what)s") % {"what": whole["period"]}
    content = resources.write_book(title, whole["lines"])
    answer = HttpResponse(content, content_type=resources.XLSX)
    answer["Content-Disposition"] = 'attachment; filename="so-van-ban-di.xlsx"'
    answer[EXPORTED_ROWS] = str(len(whole["lines"]))
    return answer


@require_http_methods(["GET", "POST"])
@once
def reserve(request: UserRequest) -> HttpResponse:
    require(bool(request.user.organisation_ids(Role.CLERK)), rules.NOT_NUMBERING)
    form = forms.ReserveForm(request.POST or None, user=request.user)
    if form.is_valid():
        asked = form.cleaned_data
        line = actions.reserve_number(
            asked["organisation"],
            by=request.user,
            type_code=asked["type"].pk,
            today=timezone.localdate(),
            abstract=asked["abstract"],
        )
        messages.success(request, _("Đã giữ số %(code)s.") % {"code": line.code})
        return redirect("documents:number", pk=line.pk)
    return render(request, "documents/reserve.html", {"form": form})


def _load(request: UserRequest, pk: int) -> RegisterNumber:
    return get_object_or_404(
        queries.book_rows(RegisterNumber.objects.visible_to(request.user)), pk=pk
    )


@require_GET
def number(request: UserRequest, pk: int) -> HttpResponse:
    row = _load(request, pk)
    papers = Document.objects.visible_to(request.user)
    may_open = papers.filter(register_line=row).exists()
    context = {
        "line": queries.book_line(row),
        "row": row,
        "may_open": may_open,
        "may_void": rules.may_void_number(request.user, row),
        "may_enter": row.state == NumberState.RESERVED
        and rules.may_reserve_number(request.user, row.organisation),
        "history": history_of(row),
        "labels": dict(NumberState.choices),
    }
    return render(request, "documents/number.html", context)


@require_http_methods(["GET", "POST"])
def outside(request: UserRequest, pk: int) -> HttpResponse:
    row = _load(request, pk)
    form = forms.OutsideForm(
        request.POST or None, initial={"abstract": row.abstract, "dated_on": row.given_on}
    )
    if form.is_valid():
        actions.record_paper(row, by=request.user, **form.cleaned_data)
        messages.success(request, _("Đã ghi văn bản vào sổ."))
        return redirect("documents:number", pk=row.pk)
    require(
        row.state == NumberState.RESERVED
        and rules.may_reserve_number(request.user, row.organisation),
        rules.NOT_NUMBERING,
    )
    return render(request, "documents/outside.html", {"row": row, "form": form})


@require_http_methods(["GET", "POST"])
def void(request: UserRequest, pk: int) -> HttpResponse:
    row = _load(request, pk)
    form = forms.VoidForm(request.POST or None)
    if form.is_valid():
        actions.void_number(row, by=request.user, **form.cleaned_data)
        messages.success(
            request, _("Đã hủy số %(code)s; số vẫn nằm trong sổ.") % {"code": row.code}
        )
        return redirect("documents:number", pk=row.pk)
    require(rules.may_void_number(request.user, row), rules.NOT_VOIDING)
    return render(request, "documents/void.html", {"row": row, "form": form})
