"""The conclusion notice, its points and their follow-up."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConclusionsConfig(AppConfig):
    """The conclusion notice, its points and their follow-up."""

    name = "conclusions"
    verbose_name = _("Kết luận")

    def ready(self) -> None:
        """Say what hangs on conclusion points, and what citizens are told of their follow-up."""
        from assignments.actions import end_tasks, ending
        from conclusions import actions, documents, facts, forms, guards, models, queries  # noqa: F401
        from conclusions.queries.petitions import consequence_of_petition
        from conferences.actions.exchanges import register_tied
        from conferences.queries import register_open_points
        from documents import facts as registry
        from documents.models import ClauseKind
        from feedback.actions.leaving import register_leaving
        from feedback.queries import register_follow_up
        from feedback.queries.reopenings import register_work
        from plans.queries import register_standing

        registry.register(
            ClauseKind.CONCLUSION_POINT,
            registry.Fact(
                model=models.ConclusionPoint,
                form=forms.ConclusionPointForm,
                initial=facts.point_initial,
                save=actions.save_point,
                summary=facts.point_summary,
                copy=actions.copy_points,
                on_amend=actions.carry_over,
                on_give_back=actions.give_back,
                on_issue=actions.follow_notice,
                on_revoke=end_tasks,
                undoing=ending,
                consequence=facts.consequence,
                findings=facts.point_findings,
            ),
        )
        registry.register(
            "petition_to_above",
            registry.Fact(
                on_issue=actions.send_petition,
                on_revoke=actions.recall_petition,
                findings=queries.findings_of_petition,
                consequence=consequence_of_petition,
            ),
        )
        registry.register_owner("TB", facts.notice_owner)
        registry.register_extra("TB", documents.table_of_tasks)
        for petition in documents.TYPES:
            registry.register_owner(petition, queries.owner_of_petition)
            registry.register_extra(petition, documents.extra_of_petition)
        registry.register_copier("TB", actions.copy_notice)
        register_follow_up(queries.follow_up_of_opinions)
        register_work(queries.work_behind_opinions)
        register_leaving(actions.leave_notices)
        register_tied(actions.follow_exchange)
        register_open_points(queries.open_points)
        register_standing(queries.standing_of_sessions)
