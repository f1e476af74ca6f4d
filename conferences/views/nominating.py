"""Units are asked for delegates and name them, by account or through a link.

Opening a link changes nothing, so that mail scanners start nothing; buttons do. The link is the
authority and is in no cookie, so its page is exempt from CSRF.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from conferences import rules
from conferences.actions import NOT_OFFICE
from conferences.actions import nominating as actions
from conferences.forms.nominating import AskForm, DelegateForm, LastDayForm, QuotaForm, RefusalForm
from conferences.http import is_trying_nominations, is_using_nomination_too_much, public_address
from conferences.models import Conference, Nomination, Participant, ParticipantChange
from conferences.models.nominations import NAMERS
from conferences.queries.nominations import (
    find_nomination,
    left_in,
    nominations_of,
    token_of,
    units_to_ask,
    with_counts,
)
from conferences.states import ChangeState, ConferenceState
from conferences.views.common import load_conference
from core.access import require
from core.codes import grouped_code
from core.http import client_address, once
from organisations.http import UserRequest
from organisations.models import User

LOOK, LOOK_SECONDS = "conferences.nomination-look", 600
STATUS = {"unknown": 404, "many": 429, "revoked": 410, "over": 410}


@require_http_methods(["GET", "POST"])
@once
def nominations(request: UserRequest, pk: int) -> HttpResponse:
    """The office: who is asked, who has named nobody yet, what waits."""
    conference = load_conference(request, pk)
    require(rules.may_see_participants(request.user, conference), NOT_OFFICE)
    may_prepare = rules.may_prepare_conference(request.user, conference)
    units = units_to_ask(conference, timezone.localdate()) if may_prepare else []
    form = AskForm(request.POST or None, conference=conference, units=units)
    if request.method == "POST":
        require(may_prepare, NOT_OFFICE)
    if form.is_valid():
        made = actions.ask_units(conference, by=request.user, **form.asked())
        messages.success(request, _("Đã đề nghị %(count)d đơn vị.") % {"count": len(made)})
        return redirect("conferences:nominations", pk)
    changes = _waiting(conference.pk) if may_prepare else []
    context = {**_asked(conference, form), "changes": changes, "may_prepare": may_prepare}
    return render(request, "conferences/people/nominations.html", context)


def _asked(conference: Conference, form: AskForm) -> dict[str, object]:
    """Who is asked, and who of them has named nobody."""
    rows = list(nominations_of(conference))
    return {
        "conference": conference,
        "form": form,
        "rows": rows,
        "silent": [row for row in rows if not row.named and row.revoked_at is None],
        "day_form": LastDayForm(initial={"day": conference.nominate_until}),
    }


def _waiting(conference_id: int) -> list[ParticipantChange]:
    rows = ParticipantChange.objects.filter(
        nomination__conference=conference_id, state=ChangeState.PROPOSED
    )
    return list(rows.select_related("nomination").order_by("pk"))


@require_POST
def last_day(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk)
    require(rules.may_prepare_conference(request.user, conference), NOT_OFFICE)
    form = LastDayForm(request.POST)
    if form.is_valid():
        actions.set_last_day(conference, by=request.user, day=form.cleaned_data["day"])
        messages.success(request, _("Đã đặt hạn cử đại biểu."))
    else:
        messages.error(request, " ".join(map(str, form.errors["day"])))
    return redirect("conferences:nominations", pk)


@require_POST
@once
def nominations_send(request: UserRequest, pk: int) -> HttpResponse:
    """Send to the units that were ticked; with none ticked nobody gets anything."""
    conference = load_conference(request, pk)
    require(rules.may_prepare_conference(request.user, conference), NOT_OFFICE)
    chosen = [number for number in request.POST.getlist("nomination") if number.isdecimal()]
    rows = conference.nominations.filter(pk__in=chosen).select_related("conference__organisation")
    sent = actions.send_nominations(list(rows.order_by("pk")), by=request.user)
    if not chosen:
        messages.error(request, _("Chưa chọn đơn vị nào, không gửi thư nào."))
    else:
        left = len(rows) - sent
        said = _("Đã gửi %(count)d đơn vị.") % {"count": sent}
        if left:
            said += " " + _(
                "%(left)d đơn vị không có tài khoản, không có thư điện tử hoặc đã thu hồi: hãy in "
                "đường dẫn."
            ) % {"left": left}
        messages.success(request, said)
    return redirect("conferences:nominations", pk)


@require_GET
def my_nominations(request: UserRequest) -> HttpResponse:
    """The units one works for: how many each is asked for, until when."""
    bodies = request.user.organisation_ids(*NAMERS)
    rows = with_counts(Nomination.objects.filter(organisation__in=bodies))
    rows = rows.exclude(conference__state=ConferenceState.CANCELLED)
    context = {
        "rows": rows.select_related("conference").order_by("-conference__starts_at", "pk")[:100],
        "today": timezone.localdate(),
    }
    return render(request, "conferences/people/my_nominations.html", context)


@require_http_methods(["GET", "POST"])
@once
def nomination(request: UserRequest, pk: int) -> HttpResponse:
    row = _load(request, pk)
    may_name = rules.may_name_delegates(request.user, row)
    form = DelegateForm(request.POST or None)
    if request.method == "POST":
        require(may_name, actions.NOT_NAMER)
        answer = _act(request, row, form, by=request.user)
        if answer is not None:
            return answer
    conference = row.conference
    is_office = rules.may_prepare_conference(request.user, conference)
    context = _context(row, form) | {
        "may_name": may_name,
        "acts_at_once": is_office or row.is_open(timezone.localdate()),
        "is_office": is_office,
        "sees_list": rules.may_see_participants(request.user, conference),
        "quota_form": QuotaForm(initial={"quota": row.quota}),
        "refusal_form": RefusalForm(),
    }
    return render(request, "conferences/people/nomination.html", context)


@login_not_required
@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
@once
def name_by_link(request: HttpRequest, token: str) -> HttpResponse:
    found = find_nomination(token)
    problem = _problem(request, found)
    form = DelegateForm(request.POST or None)
    if found is None or problem:
        page = "conferences/people/name_by_link.html"
        shown = {"row": found, "problem": problem}
        return _private(render(request, page, shown, status=STATUS[problem]))
    if request.method == "POST":
        answer = _act(request, found, form, by=None)
        if answer is not None:
            return answer
    context = _context(found, form) | {
        "may_name": True,
        "is_link": True,
        "acts_at_once": found.is_open(timezone.localdate()),
    }
    return _private(render(request, "conferences/people/name_by_link.html", context))


def _problem(request: HttpRequest, found: Nomination | None) -> str:
    """Why a link does not work now, in one word; "" if it does."""
    if found is None:
        return "many" if is_trying_nominations(client_address(request)) else "unknown"
    if request.method == "POST" and is_using_nomination_too_much(found.pk):
        return "many"
    if found.revoked_at is not None:
        return "revoked"
    return "" if found.conference.state == ConferenceState.PLANNED else "over"


def _act(
    request: HttpRequest, row: Nomination, form: DelegateForm, *, by: User | None
) -> HttpResponseRedirect | None:
    """Do what the button says; None if the form has to be shown again."""
    today, act = timezone.localdate(), request.POST.get("act", "name")
    person = None
    if act != "name":
        named = Participant.objects.select_related("nomination__conference")
        number = request.POST.get("participant", "")
        person = get_object_or_404(
            named.filter(nomination=row), pk=number if number.isdecimal() else 0
        )
    if act == "withdraw" and person is not None:
        done = actions.withdraw_delegate(person, by=by, today=today) is not None
    elif not form.is_valid():
        return None
    elif person is not None:
        made = actions.replace_delegate(person, by=by, today=today, **form.cleaned_data)
        done = isinstance(made, ParticipantChange)
    elif left_in(row) <= 0:
        form.add_error(None, actions.full(row))
        return None
    else:
        made = actions.name_delegate(row, by=by, today=today, **form.cleaned_data)
        done = isinstance(made, ParticipantChange)
    asked = _("Đã gửi đề nghị; văn phòng trả lời tại trang này.")
    messages.success(request, asked if done else _("Đã cập nhật danh sách đại biểu."))
    return redirect(request.path)


def _context(row: Nomination, form: DelegateForm) -> dict[str, object]:
    return {
        "row": row,
        "form": form,
        "people": row.participants.order_by("pk"),
        "changes": row.changes.order_by("-pk"),
        "left": left_in(row),
    }


@require_POST
def quota(request: UserRequest, pk: int) -> HttpResponse:
    row, form = _load(request, pk), QuotaForm(request.POST)
    require(rules.may_prepare_conference(request.user, row.conference), NOT_OFFICE)
    if form.is_valid():
        actions.set_quota(row, by=request.user, quota=form.cleaned_data["quota"])
    return redirect(row)


@require_POST
def link_look(request: UserRequest, pk: int) -> HttpResponse:
    row = _load(request, pk)
    actions.note_link_shown(row, by=request.user)
    ticket = signing.dumps(row.pk, salt=LOOK)
    return redirect(f"{reverse('conferences:nomination_link', args=[pk])}?phieu={ticket}")


@never_cache
@require_GET
def nomination_link(request: UserRequest, pk: int) -> HttpResponse:
    """The link as text and code; only with the ticket of a look remembered a moment ago."""
    row = _load(request, pk)
    require(rules.may_prepare_conference(request.user, row.conference), NOT_OFFICE)
    try:
        looked = signing.loads(request.GET.get("phieu", ""), salt=LOOK, max_age=LOOK_SECONDS)
    except signing.BadSignature:
        return redirect(row)
    address = public_address("conferences:name_by_link", grouped_code(token_of(row)))
    context = {
        "row": row,
        "address": address,
        "is_live": looked == row.pk and row.revoked_at is None,
    }
    return render(request, "conferences/people/link_show.html", context)


@require_POST
def link_renew(request: UserRequest, pk: int) -> HttpResponse:
    row = _load(request, pk)
    actions.renew_link(row, by=request.user)
    messages.success(request, _("Đã cấp đường dẫn mới; đường dẫn cũ hết hiệu lực."))
    return redirect(row)


@require_POST
def link_revoke(request: UserRequest, pk: int) -> HttpResponse:
    row = _load(request, pk)
    actions.revoke_link(row, by=request.user)
    messages.success(request, _("Đã thu hồi đường dẫn."))
    return redirect(row)


@require_POST
def change_accept(request: UserRequest, pk: int) -> HttpResponse:
    change = _load_change(request, pk)
    actions.accept_change(change, by=request.user)
    messages.success(request, _("Đã đồng ý; danh sách đã đổi và đơn vị được báo."))
    return redirect("conferences:nominations", change.nomination.conference_id)


@require_POST
def change_refuse(request: UserRequest, pk: int) -> HttpResponse:
    change, form = _load_change(request, pk), RefusalForm(request.POST)
    if form.is_valid():
        actions.refuse_change(change, by=request.user, **form.cleaned_data)
        messages.success(request, _("Đã trả lời không đồng ý; đơn vị được báo."))
    else:
        require(
            rules.may_prepare_conference(request.user, change.nomination.conference), NOT_OFFICE
        )
        messages.error(request, _("Hãy ghi lý do không đồng ý."))
    return redirect("conferences:nominations", change.nomination.conference_id)


def _load(request: UserRequest, pk: int) -> Nomination:
    rows = Nomination.objects.visible_to(request.user).select_related(
        "conference__organisation", "organisation", "group__clause"
    )
    return get_object_or_404(rows, pk=pk)


def _load_change(request: UserRequest, pk: int) -> ParticipantChange:
    rows = ParticipantChange.objects.filter(
        nomination__in=Nomination.objects.visible_to(request.user)
    )
    return get_object_or_404(rows.select_related("nomination__conference", "participant"), pk=pk)


def _private(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
