"""Pages of the audit: what changed on a record, and the journal of acts."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.access import require
from core.models import DaySeal
from core.paging import keyset_page
from dialogue.proof import rules
from dialogue.proof.changes import lines_of
from dialogue.proof.journal import JournalForm, acts_visible_to
from dialogue.proof.records import record_of
from organisations.http import UserRequest


@require_GET
def changes(request: UserRequest, kind: str, pk: int) -> HttpResponse:
    record = record_of(kind, pk, request.user)
    if record is None:
        raise Http404
    require(
        rules.may_see_changes(request.user, record.bodies),
        _("Chỉ chuyên viên, lãnh đạo và người giám sát của cơ quan xem được ai đã sửa gì."),
    )
    page = keyset_page(record.lines, request.GET, order="-id", size=50)
    context = {
        "record": record,
        "page": page,
        "lines": lines_of(page.rows),
        "noun": _("dòng"),
    }
    return render(request, "dialogue/changes.html", context)


@require_GET
def journal(request: UserRequest) -> HttpResponse:
    require(
        rules.may_read_journal(request.user),
        _("Chỉ quản trị, lãnh đạo và người giám sát xem được sổ kiểm toán."),
    )
    form = JournalForm(request.GET or None)
    page = keyset_page(form.asked(acts_visible_to(request.user)), request.GET, order="-id", size=50)
    context = {
        "form": form,
        "is_filtered": form.is_bound and form.is_valid() and any(form.cleaned_data.values()),
        "page": page,
        "lines": lines_of(page.rows),
        "noun": _("dòng"),
        "seals": DaySeal.objects.order_by("-day")[:7],
    }
    return render(request, "dialogue/journal.html", context)
