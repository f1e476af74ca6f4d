"""Which conference an invitation or minutes belong to."""

from django.utils.translation import gettext as _

from conferences.models import Conference
from documents.facts import Owner
from documents.models import Document


def invitation_owner(document: Document) -> Owner | None:
    """The conference an invitation invites to."""
    return _owner(Conference.objects.filter(invitation__in=_versions(document)).first())


def minutes_owner(document: Document) -> Owner | None:
    """The conference the minutes are of."""
    return _owner(Conference.objects.filter(minutes__in=_versions(document)).first())


def _versions(document: Document) -> list[int]:
    """The paper, and the one it would take the place of."""
    return [pk for pk in (document.pk, document.amends_id) if pk]


def _owner(conference: Conference | None) -> Owner | None:
    if conference is None:
        return None
    return Owner(_("Hội nghị đối thoại"), conference.get_absolute_url())
