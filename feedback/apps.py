"""Consultations, opinions, issue groups and prepared answers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedbackConfig(AppConfig):
    """Consultations, opinions, issue groups and prepared answers."""

    name = "feedback"
    verbose_name = _("Ý kiến")

    def ready(self) -> None:
        """Tell the year's board and announcements what they ask, and letters what hangs on them."""
        from core.mailer import register_late_link
        from documents.facts import Fact, register, register_extra, register_owner
        from feedback import guards  # noqa: F401
        from feedback.actions.forwarding import recall_forwarding, send_forwarding
        from feedback.documents import extra_of_letter
        from feedback.queries import forwarding, standing_of_sessions
        from feedback.queries.links import LATE, path_of_number
        from feedback.queries.ways import way_of_session
        from plans.queries import register_standing
        from plans.queries.calls import register_way

        letter = Fact(
            on_issue=send_forwarding,
            on_revoke=recall_forwarding,
            findings=forwarding.findings_of_list,
            consequence=forwarding.consequence_of_list,
        )
        register("list_between_levels", letter)
        register_owner("CV", forwarding.owner_of_letter)
        register_owner("PC", forwarding.owner_of_letter)
        register_extra("CV", extra_of_letter)
        register_standing(standing_of_sessions)
        register_way(way_of_session)
        register_late_link(LATE, path_of_number)
