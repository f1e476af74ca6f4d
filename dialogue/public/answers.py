"""Released answers, each with the matter it answers; never who asked."""

from django.db.models import QuerySet

from dialogue.public.promises import Chosen
from feedback.models import Answer, Consultation


def public_answers() -> QuerySet[Answer]:
    """Released answers to matters that were not asked of invited bodies only, the newest first."""
    rows = Answer.objects.released().exclude(
        group__consultation__open_to=Consultation.OpenTo.INVITED
    )
    shown = rows.select_related("group__field", "group__lead", "group__consultation__organisation")
    return shown.order_by("-released_at", "-pk")


def answers_for(chosen: Chosen) -> QuerySet[Answer]:
    """Those of a unit, field and year."""
    rows = public_answers()
    if chosen.unit:
        rows = rows.filter(group__consultation__organisation__unit=chosen.unit)
    if chosen.field:
        rows = rows.filter(group__field=chosen.field)
    if chosen.year:
        rows = rows.filter(released_at__year=chosen.year)
    return rows
