"""The chain an organisation prepares its sessions by."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.access import require
from core.http import once
from organisations.http import UserRequest
from organisations.models import Organisation, Role
from plans import actions, forms, rules
from plans.models import ChainStep


@require_GET
def chain(request: UserRequest) -> HttpResponse:
    """The common chain and those of the person's organisations."""
    own = Organisation.objects.filter(pk__in=request.user.organisation_ids(Role.CLERK, Role.HEAD))
    rows: dict[int | None, list[ChainStep]] = {}
    wanted = ChainStep.objects.filter(organisation__in=own) | ChainStep.objects.filter(
        organisation=None
    )
    for row in wanted.order_by("position"):
        rows.setdefault(row.organisation_id, []).append(row)
    context = {
        "common": rows.get(None, []),
        "chains": [(body, rows.get(body.pk, [])) for body in own.order_by("name")],
    }
    return render(request, "plans/chain.html", context)


@require_POST
def copy_chain(request: UserRequest, pk: int) -> HttpResponse:
    actions.copy_chain(_own(request, pk), by=request.user)
    messages.success(request, _("Đã chép mẫu chung; nay sửa được từng bước."))
    return redirect("plans:chain")


@require_POST
def drop_chain(request: UserRequest, pk: int) -> HttpResponse:
    actions.drop_chain(_own(request, pk), by=request.user)
    messages.success(request, _("Đã bỏ chuỗi việc riêng, nay dùng mẫu chung."))
    return redirect("plans:chain")


@require_http_methods(["GET", "POST"])
@once
def add_chain_step(request: UserRequest, pk: int) -> HttpResponse:
    body = _own(request, pk)
    require(rules.may_keep_chain(request.user, body), actions.NOT_KEEPER)
    form = forms.ChainStepForm(request.POST or None)
    if form.is_valid():
        actions.add_chain_step(body, by=request.user, **form.cleaned_data)
        return redirect("plans:chain")
    return render(request, "plans/chain_step.html", {"form": form, "body": body})


@require_http_methods(["GET", "POST"])
def edit_chain_step(request: UserRequest, pk: int) -> HttpResponse:
    row = _line(request, pk)
    names = ("name", "phrase", "function", "kind", "deliverable", "source")
    initial = {name: getattr(row, name) for name in names}
    form = forms.ChainStepForm(request.POST or None, initial=initial)
    if form.is_valid():
        actions.edit_chain_step(row, by=request.user, **form.cleaned_data)
        return redirect("plans:chain")
    context = {"form": form, "body": row.organisation, "row": row}
    return render(request, "plans/chain_step.html", context)


@require_POST
def remove_chain_step(request: UserRequest, pk: int) -> HttpResponse:
    actions.remove_chain_step(_line(request, pk), by=request.user)
    return redirect("plans:chain")


def _own(request: UserRequest, pk: int) -> Organisation:
    """An organisation the person is clerk or head of; others are not theirs to know of."""
    if pk not in request.user.organisation_ids(Role.CLERK, Role.HEAD):
        raise Http404
    return get_object_or_404(Organisation, pk=pk)


def _line(request: UserRequest, pk: int) -> ChainStep:
    own = request.user.organisation_ids(Role.CLERK, Role.HEAD)
    rows = ChainStep.objects.filter(organisation__in=own).select_related("organisation")
    return get_object_or_404(rows, pk=pk)
