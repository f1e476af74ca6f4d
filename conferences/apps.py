"""The conference: agenda, invitations, live run, exchanges, minutes."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConferencesConfig(AppConfig):
    """The conference: agenda, invitations, live run, exchanges, minutes."""

    name = "conferences"
    verbose_name = _("Hội nghị")

    def ready(self) -> None:
        """Connect the guards; tell the packages below whose papers these are and when they meet."""
        from conferences import facts, guards  # noqa: F401
        from conferences.actions import following  # noqa: F401
        from conferences.actions.leaving import leave_conferences
        from conferences.queries import inviting, nominations, standing_of_sessions
        from conferences.queries.minutes import minutes_findings
        from core.mailer import register_late_link
        from documents.facts import Fact, register, register_owner
        from documents.models import ClauseKind
        from feedback.actions.leaving import register_leaving
        from plans.queries import register_standing

        register_standing(standing_of_sessions)
        register_leaving(leave_conferences)
        register_late_link(inviting.LATE, inviting.path_of_number)
        register_late_link(nominations.LATE, nominations.path_of_number)
        register(ClauseKind.EXCHANGE, Fact(findings=minutes_findings))
        register_owner("GM", facts.invitation_owner)
        register_owner("BB", facts.minutes_owner)
