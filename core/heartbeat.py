"""Every sweep leaves a mark when it ends well, so that a silent stop becomes visible."""

import datetime

from core.models import Heartbeat


def beat(name: str, now: datetime.datetime) -> None:
    """Remember that the sweep `name` has just run to its end."""
    Heartbeat.objects.bulk_create(
        [Heartbeat(name=name, last_ok_at=now)],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["last_ok_at"],
    )
