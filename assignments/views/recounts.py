"""Pages of deadlines that moved because the working calendar changed."""

from django.db.models import Count, OuterRef, Q, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from assignments.models import DueDay, Recount, Task
from core.paging import keyset_page
from organisations.http import UserRequest


@require_GET
def recounts(request: UserRequest) -> HttpResponse:
    mine = Q(due_days__task__in=Task.objects.visible_to(request.user).values("pk"))
    rows = Recount.objects.annotate(moved=Count("due_days", filter=mine)).filter(moved__gt=0)
    page = keyset_page(rows.select_related("by"), request.GET, size=30)
    return render(request, "assignments/recounts.html", {"page": page})


@require_GET
def recount(request: UserRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Recount.objects.select_related("by"), pk=pk)
    before = DueDay.objects.filter(task=OuterRef("task"), revision=OuterRef("revision") - 1)
    rows = found.due_days.filter(task__in=Task.objects.visible_to(request.user).values("pk"))
    rows = rows.annotate(was=Subquery(before.values("due_on")[:1])).select_related("task__lead")
    page = keyset_page(rows, request.GET, order=("due_on", "id"))
    return render(request, "assignments/recount.html", {"recount": found, "page": page})
