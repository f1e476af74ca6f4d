"""What the actions of a conference share: its lock and the sentence of a refusal."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conferences import rules
from conferences.models import Conference
from conferences.states import ConferenceState
from core.access import RefusedError, require
from organisations.models import User

NOT_OFFICE = gettext_lazy("Chỉ cơ quan tổ chức hội nghị được làm việc này.")


def lock(conference: Conference) -> None:
    """Hold the conference's row until the transaction ends."""
    Conference.objects.select_for_update(of=("self",)).get(pk=conference.pk)


def hold_running(conference: Conference, by: User) -> Conference:
    """The conference, locked, while it runs; so two people at the console cannot cross."""
    locked = Conference.objects.select_for_update(of=("self",)).get(pk=conference.pk)
    require(rules.may_run_conference(by, locked), NOT_OFFICE)
    if locked.state != ConferenceState.RUNNING:
        raise RefusedError(_("Hội nghị chưa bắt đầu. Bấm “Bắt đầu hội nghị” trước."))
    return locked
