"""The kept list of a release on paper: which answers, of whom, who heard of them in which way."""

import datetime

from documents.printing.list import render_list
from feedback.models import Release
from feedback.queries.releases import told_numbers


def release_pdf(release: Release, *, today: datetime.date) -> bytes:
    """The list as PDF. It names no sender: who is told by hand stands on the office's page only."""
    answers = release.answers.select_related("group__lead", "group__field").order_by(
        "group__field__position", "pk"
    )
    context = {
        "release": release,
        "organisation": release.consultation.organisation,
        "answers": answers,
        "channels": [(channel.label, n) for channel, n in told_numbers(release)],
        "printed_on": today,
    }
    return render_list("feedback/print/release.html", context)
