"""The plan of a dialogue: sessions, participant groups, duties."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    """The plan of a dialogue: sessions, participant groups, duties."""

    name = "plans"
    verbose_name = _("Kế hoạch")

    def ready(self) -> None:
        """Hang the plan's facts on their kinds of clause."""
        from documents.facts import Fact, register, register_extra, register_owner
        from documents.models import ClauseKind
        from plans import actions, facts, forms, queries

        register(
            ClauseKind.SESSION,
            Fact(
                form=forms.SessionForm,
                initial=facts.session_initial,
                save=actions.save_session,
                propose=facts.propose_session,
                summary=facts.session_summary,
                findings=queries.session_findings,
            ),
        )
        register(
            ClauseKind.PARTICIPANT_GROUP,
            Fact(
                form=forms.ParticipantGroupForm,
                initial=facts.group_initial,
                save=actions.save_group,
                summary=facts.group_summary,
                findings=queries.group_findings,
            ),
        )
        register(
            ClauseKind.ASSIGNEE,
            Fact(
                form=forms.AssigneeForm,
                initial=facts.assignee_initial,
                save=actions.save_assignee,
                propose=facts.propose_assignee,
                summary=facts.assignee_summary,
                findings=queries.assignee_findings,
            ),
        )
        register(
            ClauseKind.DUTY,
            Fact(
                form=forms.DutyForm,
                initial=facts.duty_initial,
                save=actions.save_duty,
                summary=facts.duty_summary,
                on_issue=actions.grow_tasks,
                consequence=queries.consequence,
                findings=queries.duty_findings,
            ),
        )
        register(
            ClauseKind.PROGRAMME_ITEM,
            Fact(
                form=forms.ProgrammeItemForm,
                initial=facts.programme_initial,
                save=actions.save_programme_item,
                summary=facts.programme_summary,
            ),
        )
        register_owner(actions.PLAN_TYPE, queries.owner_of)
        register_extra(actions.PLAN_TYPE, queries.extra_of)
