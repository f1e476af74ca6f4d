"""The office's desk: the list of opinions, one opinion, sorting it."""

from urllib.parse import urlencode

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.access import require
from core.files import open_for_download
from core.http import once
from core.paging import Page, keyset_page
from core.transitions import history_of
from feedback import actions, queries, rules
from feedback.actions.triage import note_stub_viewed
from feedback.forms.office import (
    GroupAddForm,
    OpinionFilterForm,
)
from feedback.forms.sorting import SaveFilterForm
from feedback.models import Consultation, Opinion, SubmissionFile
from feedback.states import OpinionState
from feedback.views.common import WHOLE_OPINION, load_opinion, tabs
from organisations.http import UserRequest

# In the address: the words may stand apart from each other.
APART = "roi"


@require_GET
def list_(request: UserRequest) -> HttpResponse:
    form = OpinionFilterForm(
        request.GET, consultations=Consultation.objects.visible_to(request.user)
    )
    page, is_phrase = _searched(request, form)
    context = {
        "page": page,
        "form": form,
        "tabs": tabs(request, "feedback:list"),
        "may_group": bool(request.user.organisation_ids("clerk", "head")),
        "words_apart_url": f"?{_asked(request)}&{APART}=1" if is_phrase else "",
        "saved": request.user.saved_filters.order_by("name"),
        "saved_query": _asked(request) if form.is_filtered else "",
        "save_form": SaveFilterForm(),
    }
    return render(request, "feedback/list.html", context)


def _searched(request: UserRequest, form: OpinionFilterForm) -> tuple[Page[Opinion], bool]:
    """Phrases first: those with the words side by side if there are any, unless told otherwise."""
    visible = Opinion.objects.visible_to(request.user)
    rows = visible.select_related("submission__area", "field", "group")
    words = form.cleaned_data["q"] if form.is_valid() else ""
    if " " in words and '"' not in words and APART not in request.GET:
        page = keyset_page(form.apply(rows.saying(words)), request.GET)
        if page.rows:
            return page, True
    return keyset_page(form.apply(rows.matching(words)), request.GET), False


def _asked(request: UserRequest) -> str:
    """The filters in the address, without the place on the list."""
    known = OpinionFilterForm.base_fields
    pairs = [(name, value) for name, value in request.GET.items() if name in known and value]
    return urlencode(pairs)


@require_GET
def opinion(request: UserRequest, pk: int) -> HttpResponse:
    row = load_opinion(request, pk, *WHOLE_OPINION)
    user, submission = request.user, row.submission
    if row.state == OpinionState.ROUTED:
        note_stub_viewed(row, by=user)
    closed = queries.is_restricted(submission)
    may_sort = rules.may_sort_opinion(user, row)
    sees_sender = rules.may_see_sender(user, submission, is_restricted=closed)
    context = {
        "opinion": row,
        "sender": getattr(submission, "sender", None) if sees_sender else None,
        "files": _files_of(request, row, is_restricted=closed),
        "may_sort": may_sort,
        "entries": history_of(row),
        "labels": dict(OpinionState.choices),
        "group_form": GroupAddForm(consultation=submission.consultation) if may_sort else None,
        "voices": queries.voices_of(row, sees_sender=sees_sender, may_sort=may_sort),
        "siblings": submission.opinions.exclude(pk=row.pk).order_by("position") if may_sort else [],
    }
    return render(request, "feedback/opinion.html", context | _others_like(row, may_sort))


def _others_like(row: Opinion, may_sort: bool) -> dict[str, object]:
    """What could be about the same matter, and what is known of it from former years."""
    return {
        "offers": queries.offers_for(row) if may_sort and row.may_be_grouped else None,
        "memory": queries.memory_of(row.group) if row.group else None,
    }


def _files_of(request: UserRequest, row: Opinion, *, is_restricted: bool) -> list[SubmissionFile]:
    user = request.user
    if not rules.may_see_files(user, row, is_restricted=is_restricted):
        return []
    with_scans = rules.may_see_sender(user, row.submission, is_restricted=is_restricted)
    files = row.submission.files.select_related("file").order_by("pk")
    return [file for file in files if with_scans or not file.is_scan]


@require_POST
@once
def reopen(request: UserRequest, pk: int) -> HttpResponse:
    row = load_opinion(request, pk)
    actions.reopen_opinion(row, by=request.user)
    return redirect(row)


@require_GET
def file(request: UserRequest, pk: int, file_pk: int) -> HttpResponseBase:
    row = load_opinion(request, pk)
    closed = queries.is_restricted(row.submission)
    found = get_object_or_404(
        SubmissionFile.objects.select_related("file"), pk=file_pk, submission=row.submission
    )
    if found.is_scan:
        may = rules.may_see_sender(request.user, row.submission, is_restricted=closed)
    else:
        may = rules.may_see_files(request.user, row, is_restricted=closed)
    require(may, _("Tệp này chỉ người được giao mới mở được."))
    if found.is_scan:
        actions.note_scan_read(row, by=request.user)
    return FileResponse(**open_for_download(found.file))
