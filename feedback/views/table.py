"""The consolidated table of a session: on the page, as files, and the lists behind its figures."""

from dataclasses import replace

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from core.access import require
from core.http import EXPORTED_ROWS, once
from core.paging import keyset_page
from core.worker import wake
from feedback import rules
from feedback.actions import tables as actions
from feedback.forms.table import BY, PUBLIC, FigureForm, TableForm
from feedback.models import Consultation, TableOrder
from feedback.queries.replies import replies_of
from feedback.queries.table import Asked, Numbers, numbers_of, sums_of
from feedback.queries.table_rows import joiners_of, parts_of
from feedback.resources import table as resources
from organisations.http import UserRequest
from plans.models import DialogueSession

ROWS_ON_PAGE = 100
PLACE = "tu"
NOT_READER = gettext_lazy("Chỉ văn phòng tổng hợp và cơ quan giám sát được xem bảng tổng hợp.")


def load_session(request: UserRequest, pk: int) -> DialogueSession:
    asked_for = Consultation.objects.visible_to(request.user).values("session")
    known = DialogueSession.objects.visible_to(request.user).values("pk")
    visible = DialogueSession.objects.filter(Q(pk__in=known) | Q(pk__in=asked_for))
    related = visible.select_related("plan__document__organisation__unit")
    session = get_object_or_404(related, pk=pk)
    require(rules.may_read_table(request.user, session), NOT_READER)
    return session


@require_GET
def table(request: UserRequest, session_id: int) -> HttpResponse:
    session = load_session(request, session_id)
    form = TableForm(request.GET, session=session)
    numbers = numbers_of(session, form.asked())
    start = _start(request, numbers.rows)
    stop = start + ROWS_ON_PAGE
    context = {
        "session": session,
        "form": form,
        "numbers": numbers,
        "parts": parts_of(numbers, user=request.user, start=start, stop=stop),
        "tabs": _tabs(form),
        "start": start,
        "next": stop if stop < numbers.rows else 0,
        "previous": max(0, start - ROWS_ON_PAGE),
    }
    return render(request, "feedback/table.html", context | _beside(request, session, numbers))


def _beside(request: UserRequest, session: DialogueSession, numbers: Numbers) -> dict[str, object]:
    """The files, and what was answered to the office's own questions."""
    may_prepare = rules.may_read_dossier(request.user, session)
    consultations = numbers.asked.consultations(session)
    orders = TableOrder.objects.visible_to(request.user).filter(session=session)
    return {
        "may_prepare": may_prepare,
        "is_short": numbers.rows <= actions.AT_ONCE,
        "is_printable": numbers.rows <= actions.PRINTED,
        "kinds": TableOrder.Kind,
        "orders": orders.order_by("-pk")[:3],
        "replies": replies_of(consultations, with_words=may_prepare),
    }


def _tabs(form: TableForm) -> list[dict[str, object]]:
    """The groupings, with the same filters."""
    asked = form.asked()
    chosen = PUBLIC if asked.is_public else asked.by
    filters = replace(asked, by="", is_public=False).query
    return [
        {"label": label, "url": f"?by={by}&{filters}".rstrip("&"), "is_current": by == chosen}
        for by, label in BY
    ]


def _start(request: UserRequest, rows: int) -> int:
    """Where the shown rows begin: the start of a page that exists."""
    typed = request.GET.get(PLACE, "")
    start = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 8 else 0
    return start - start % ROWS_ON_PAGE if start < rows else 0


@require_GET
def table_list(request: UserRequest, session_id: int) -> HttpResponse:
    session = load_session(request, session_id)
    form = FigureForm(request.GET, session=session)
    asked = form.asked()
    found = asked.opinions(session).visible_to(request.user)
    opinions, people = sums_of(session, asked)
    context = {
        "session": session,
        "page": keyset_page(
            found.select_related("submission__area", "field", "group"), request.GET
        ),
        "opinions": opinions,
        "people": people,
        "joiners": joiners_of(session, asked),
        "told": form.told(),
        "back": asked.narrowed(group=0, opinion=0),
    }
    return render(request, "feedback/table_list.html", context)


@require_GET
def table_file(request: UserRequest, session_id: int, kind: str) -> HttpResponseBase:
    session = load_session(request, session_id)
    if kind not in resources.TYPES:
        raise Http404
    asked = TableForm(request.GET, session=session).asked()
    rows = numbers_of(session, asked).rows
    if rows > actions.AT_ONCE:
        messages.info(request, _("Bảng dài: bấm “Lập tệp”, tệp được lập sẵn để tải về."))
        address = reverse("feedback:table", args=[session.pk])
        return redirect(f"{address}?{asked.query}")
    today = timezone.localdate()
    content = resources.table_file(session, asked, kind, user=request.user, today=today)
    answer = _file(content, kind, session.pk)
    answer[EXPORTED_ROWS] = str(rows)
    return answer


def _file(content: bytes, kind: str, number: int) -> HttpResponse:
    place = "inline" if kind == "pdf" else "attachment"
    headers = {
        "Content-Disposition": f'{place}; filename="bang-tong-hop-{number}.{kind}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=resources.TYPES[kind], headers=headers)


@require_POST
@once
def table_order(request: UserRequest, session_id: int) -> HttpResponse:
    session = load_session(request, session_id)
    form = TableForm(request.POST, session=session)
    kind = request.POST.get("kind", "xlsx")
    if kind not in resources.TYPES:
        raise Http404
    rows = numbers_of(session, form.asked()).rows
    order = actions.order_table(session, form.asked(), by=request.user, kind=kind, rows=rows)
    transaction.on_commit(lambda: wake("feedback.tasks.make_table", order.pk), robust=True)
    return redirect(order)


def _load_order(request: UserRequest, pk: int) -> TableOrder:
    visible = TableOrder.objects.visible_to(request.user).select_related(
        "session__plan__document__organisation__unit"
    )
    order = get_object_or_404(visible, pk=pk)
    require(rules.may_read_table(request.user, order.session), NOT_READER)
    return order


@require_GET
def table_ordered(request: UserRequest, pk: int) -> HttpResponse:
    order = _load_order(request, pk)
    context = {"order": order, "session": order.session, "query": Asked(**order.asked).query}
    part = "#progress" if request.headers.get("HX-Request") else ""
    return render(request, "feedback/table_ordered.html" + part, context)


@require_GET
def table_taken(request: UserRequest, pk: int) -> HttpResponse:
    order = _load_order(request, pk)
    if not order.file:
        raise Http404
    with order.file.open("rb") as file:
        answer = _file(file.read(), order.kind, order.session_id)
    answer[EXPORTED_ROWS] = str(order.rows)
    return answer
