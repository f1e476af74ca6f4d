"""Composes the packages into one site."""

from django.apps import AppConfig, apps
from django.core import checks
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from dialogue.checks import check_production


class DialogueConfig(AppConfig):
    """Composes the packages into one site."""

    name = "dialogue"
    verbose_name = _("Đối thoại")

    def ready(self) -> None:
        """Say what an installation lacks; watch what is migrated; tell tasks and papers whose they are."""
        from dialogue import voices

        voices.register()
        _register_reports()
        checks.register(check_production, checks.Tags.security)
        post_migrate.connect(_watch, sender=apps.get_app_config("core"))


def _register_reports() -> None:
    from dialogue.reports.calling import end_call
    from dialogue.reports.hanging import findings_of_report, owner_of_report
    from documents import facts

    facts.register("report", facts.Fact(on_issue=end_call, findings=findings_of_report))
    facts.register_owner("BC", owner_of_report)


def _watch(**_kwargs: object) -> None:
    from core.audit import watch
    from dialogue.audited import WATCHED

    watch(WATCHED)
