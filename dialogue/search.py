"""One box over everything a person may see, with and without accents."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from assignments.models import Task
from conferences.models import Conference
from core.text import fold
from documents.models import Document
from feedback.models import Opinion
from organisations.models import User

SHOWN = 10
# Titles of conferences are few and short: their accents are taken off here.
LOOKED_THROUGH = 500


@dataclass(frozen=True)
class Found:
    """The first rows of one kind: (title, url, detail) each."""

    title: str
    rows: list[tuple[str, str, str]]


def find(query: str, user: User) -> list[Found]:
    """Rows whose words hold the query, by kind; none for a query without a word.

    A constant number of questions; opinions that say it in these very words come first.
    """
    wanted = fold(query)
    if not any(sign.isalnum() for sign in wanted):
        return []
    documents = Document.objects.visible_to(user).matching(query)
    opinions = Opinion.objects.visible_to(user)
    tasks = Task.objects.visible_to(user).searched(query)
    latest = Conference.objects.visible_to(user).order_by("-starts_at")[:LOOKED_THROUGH]
    conferences = [row for row in latest if wanted in fold(row.title)]
    found = [
        Found(
            _("Văn bản"),
            [
                (str(row), row.get_absolute_url(), row.register_code)
                for row in documents.select_related("type").order_by("-pk")[:SHOWN]
            ],
        ),
        Found(
            _("Ý kiến"),
            [
                (row.text[:160], row.get_absolute_url(), str(row.get_state_display()))
                for row in opinions.best_matching(query, SHOWN)
            ],
        ),
        Found(
            _("Nhiệm vụ"),
            [
                (row.title, row.get_absolute_url(), row.lead.short_name)
                for row in tasks.select_related("lead").order_by("-pk")[:SHOWN]
            ],
        ),
        Found(
            _("Hội nghị"),
            [(row.title, row.get_absolute_url(), row.place) for row in conferences[:SHOWN]],
        ),
    ]
    return [group for group in found if group.rows]
