"""Days and moments in the words of official papers."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext as _


def written_day(day: datetime.date) -> str:
    """`05/8/2026`, `01/02/2026`: zeros only before days below 10 and months 1 and 2."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"


def written_moment(moment: datetime.datetime) -> str:
    """`08 giờ 00, ngày 05/8/2026` on the office's clock, as invitations and minutes write it."""
    here = timezone.localtime(moment)
    return _("%(hour)02d giờ %(minute)02d, ngày %(day)s") % {
        "hour": here.hour,
        "minute": here.minute,
        "day": written_day(here.date()),
    }
