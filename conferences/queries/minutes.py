"""What the draft minutes do not tell yet."""

from django.utils.translation import gettext as _

from conferences.models import Conference, Exchange
from core.text import fold
from documents.facts import Finding
from documents.models import ClauseKind, Document


def untold(conference: Conference) -> list[Exchange]:
    """What was recorded after the minutes were drafted and is not in their words yet."""
    minutes = conference.minutes
    if minutes is None:
        return []
    late = list(conference.exchanges.filter(at__gt=minutes.created_at).order_by("pk"))
    if not late:
        return []
    told = fold("\n".join(minutes.clauses.values_list("text", flat=True)))
    return [exchange for exchange in late if fold(exchange.question) not in told]


def hand_edited(document: Document) -> int:
    """How many paragraphs of a draft somebody has changed since they were written."""
    return document.clauses.filter(version__gt=1).count()


def headings_of(document: Document) -> list[tuple[int, str]]:
    """The headings of the minutes a passage may stand under, as (pk, words with their indent)."""
    rows = document.clauses.filter(kind=ClauseKind.HEADING).select_related("parent")
    rows = rows.order_by("parent__position", "position")
    top = [row for row in rows if row.parent_id is None]
    below: dict[int, list[tuple[int, str]]] = {}
    for row in rows:
        if row.parent_id:
            below.setdefault(row.parent_id, []).append((row.pk, f"– {row.text}"))
    found = []
    for row in sorted(top, key=lambda row: row.position):
        found += [(row.pk, row.text), *below.get(row.pk, [])]
    return found


def minutes_findings(document: Document) -> list[Finding]:
    """What was recorded after the minutes were drafted and stands nowhere in them."""
    if document.type_id != "BB" or not document.is_editable:
        return []
    conference = Conference.objects.filter(minutes=document).select_related("minutes").first()
    late = untold(conference) if conference else []
    words = _("Nội dung ghi sau khi lập dự thảo chưa có trong biên bản: %(said)s")
    return [Finding("warning", words % {"said": exchange}) for exchange in late]
