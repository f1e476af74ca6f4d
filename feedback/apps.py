"""Consultations, opinions, issue groups and prepared answers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FeedbackConfig(AppConfig):
    """Consultations, opinions, issue groups and prepared answers."""

    name = "feedback"
    verbose_name = _("Ý kiến")

    def ready(self) -> None:
        """Tell the year's board how far consultations are, and announcements where opinions go in."""
        from feedback import guards  # noqa: F401
        from feedback.queries import standing_of_sessions
        from feedback.queries.ways import way_of_session
        from plans.queries import register_standing
        from plans.queries.calls import register_way

        register_standing(standing_of_sessions)
        register_way(way_of_session)
