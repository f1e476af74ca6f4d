"""Which conference an invitation or minutes belong to."""

from django.utils.translation import gettext as _

from conferences.models import Conference
from documents.facts import Owner
from documents.models import Document


def invitation_owner(document: Document) -> Owner | None:
    """The conference an invitation invites to."""
    return _owner(Conference.objects.filter(invitation=document).first())


def minutes_owner(document: Document) -> Owner | None:
    """The conference the minutes are of."""
    return _owner(Conference.objects.filter(minutes=document).first())


def _owner(conference: Conference | None) -> Owner | None:
    if conference is None:
        return None
    return Owner(_("Hội nghị đối thoại"), conference.get_absolute_url())
