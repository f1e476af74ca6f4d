"""Reception's pages: matters that left the dialogue by law; every look is remembered."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from core.access import require
from core.files import open_for_download
from core.http import once
from core.paging import keyset_page
from feedback import actions
from feedback.models import RestrictedMatter, SubmissionFile
from feedback.states import MatterState
from feedback.views.common import entries_of, load_matter, tabs
from organisations.http import UserRequest


@never_cache
@require_GET
def matters(request: UserRequest) -> HttpResponse:
    require(
        bool(request.user.organisation_ids("reception")),
        _("Chỉ bộ phận tiếp công dân xem được hồ sơ này."),
    )
    rows = RestrictedMatter.objects.visible_to(request.user).select_related("opinion__submission")
    context = {
        "page": keyset_page(rows.defer("content"), request.GET),
        "tabs": tabs(request, "feedback:matters"),
    }
    return render(request, "feedback/matters.html", context)


@never_cache
@require_GET
def matter(request: UserRequest, pk: int) -> HttpResponse:
    row = load_matter(request, pk)
    actions.note_matter_viewed(row, by=request.user)
    submission = row.opinion.submission
    sender = getattr(submission, "sender", None)
    lines = [sender.phone, sender.email, sender.address] if sender else []
    context = {
        "matter": row,
        "submission": submission,
        "sender": sender,
        "sender_lines": [line for line in lines if line],
        "files": submission.files.select_related("file").order_by("pk"),
        "entries": entries_of(row),
        "labels": dict(MatterState.choices),
    }
    return render(request, "feedback/matter.html", context)


@never_cache
@require_GET
def matter_file(request: UserRequest, pk: int, file_pk: int) -> FileResponse:
    row = load_matter(request, pk)
    found = get_object_or_404(
        SubmissionFile.objects.select_related("file"),
        pk=file_pk,
        submission=row.opinion.submission_id,
    )
    actions.note_matter_viewed(row, by=request.user)
    return FileResponse(**open_for_download(found.file))


@require_POST
@once
def hand_over(request: UserRequest, pk: int) -> HttpResponse:
    row = load_matter(request, pk)
    actions.hand_over_matter(row, by=request.user)
    messages.success(
        request, _("Đã bàn giao. Nội dung, người gửi và tệp đã xóa; chỉ còn phiếu lưu.")
    )
    return redirect(row)
