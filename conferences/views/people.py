"""The people of a conference."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from conferences import actions, forms, rules
from conferences.models import Participant
from conferences.views.common import load_conference
from core.access import require
from core.http import once
from core.paging import keyset_page
from organisations.http import UserRequest


@require_http_methods(["GET", "POST"])
@once
def participants(request: UserRequest, pk: int) -> HttpResponse:
    conference = load_conference(request, pk)
    require(rules.may_see_participants(request.user, conference), actions.NOT_OFFICE)
    form = forms.ParticipantsForm(request.POST or None)
    if request.method == "POST":
        require(rules.may_prepare_conference(request.user, conference), actions.NOT_OFFICE)
        if form.is_valid():
            added = actions.add_participants(
                conference, form.cleaned_data["people"], by=request.user
            )
            messages.success(request, _("Đã thêm %(count)s người.") % {"count": len(added)})
            return redirect("conferences:participants", pk)
    context = {
        "conference": conference,
        "form": form,
        "page": keyset_page(conference.participants.all(), request.GET, order=("id",), size=200),
        "may_prepare": rules.may_prepare_conference(request.user, conference),
    }
    return render(request, "conferences/participants.html", context)


@require_POST
def participant_remove(request: UserRequest, pk: int, participant_id: int) -> HttpResponse:
    everybody = Participant.objects.filter(conference=load_conference(request, pk))
    person = get_object_or_404(everybody.select_related("conference"), pk=participant_id)
    actions.remove_participant(person, by=request.user)
    return redirect("conferences:participants", pk)
