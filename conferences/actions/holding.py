"""What the actions of a conference share: its lock, its pulse and the sentence of a refusal."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conferences import rules
from conferences.models import Conference
from conferences.queries import announce_pulse
from conferences.states import ConferenceState
from core.access import RefusedError, require
from organisations.models import User

NOT_OFFICE = gettext_lazy("Chỉ cơ quan tổ chức hội nghị được làm việc này.")


def lock(conference: Conference) -> None:
    """Hold the conference's row until the transaction ends."""
    Conference.objects.select_for_update(of=("self",)).get(pk=conference.pk)


def raise_pulse(conference: Conference) -> None:
    """Every screen of the hall shows the change within two seconds of the commit.

    Called inside the transaction of every action that changes what a console or a screen shows.
    """
    rows = Conference.objects.filter(pk=conference.pk)
    rows.update(pulse=F("pulse") + 1)
    hall_code, pulse = rows.values_list("hall_code", "pulse").get()
    transaction.on_commit(lambda: announce_pulse(hall_code, pulse))


def hold_running(conference: Conference, by: User) -> Conference:
    """The conference, locked, while it runs; so two people at the console cannot cross."""
    locked = Conference.objects.select_for_update(of=("self",)).get(pk=conference.pk)
    require(rules.may_run_conference(by, locked), NOT_OFFICE)
    if locked.state != ConferenceState.RUNNING:
        raise RefusedError(_("Hội nghị chưa bắt đầu. Bấm “Bắt đầu hội nghị” trước."))
    return locked


def hold(conference: Conference, by: User) -> Conference:
    """The conference, locked, while it is prepared or runs."""
    locked = Conference.objects.select_for_update(of=("self",)).get(pk=conference.pk)
    require(rules.may_run_conference(by, locked), NOT_OFFICE)
    return locked
