"""The plan of a dialogue: sessions, participant groups, duties."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    """The plan of a dialogue: sessions, participant groups, duties."""

    name = "plans"
    verbose_name = _("Kế hoạch")

    def ready(self) -> None:
        """Hang the plan's facts on their kinds of clause; enter the rules over plans."""
        from assignments.actions import end_tasks, ending
        from core.calendar import reckons_with
        from documents.checks.registry import register as register_rules
        from documents.facts import (
            Fact,
            register,
            register_adopter,
            register_copier,
            register_extra,
            register_owner,
        )
        from documents.models import ClauseKind
        from plans import actions, facts, forms, models, queries
        from plans.actions import adopting, amending, reading
        from plans.checks import RULES
        from plans.queries.amending import consequence

        register(
            ClauseKind.SESSION,
            Fact(
                model=models.DialogueSession,
                beside=("plan",),
                parts=("chairs",),
                copy=amending.copy_sessions,
                form=forms.SessionForm,
                initial=facts.session_initial,
                save=actions.save_session,
                propose=facts.propose_session,
                summary=facts.session_summary,
                on_issue=actions.lay_chains,
                on_revoke=actions.end_preparation,
            ),
        )
        register(
            ClauseKind.PARTICIPANT_GROUP,
            Fact(
                model=models.ParticipantGroup,
                beside=("plan",),
                copy=amending.copy_groups,
                form=forms.ParticipantGroupForm,
                initial=facts.group_initial,
                save=actions.save_group,
                summary=facts.group_summary,
            ),
        )
        register(
            ClauseKind.ASSIGNEE,
            Fact(
                model=models.Assignee,
                beside=("plan",),
                read=reading.read_assignee,
                copy=amending.copy_assignees,
                form=forms.AssigneeForm,
                initial=facts.assignee_initial,
                save=actions.save_assignee,
                propose=facts.propose_assignee,
                summary=facts.assignee_summary,
                on_issue=actions.answer_demand,
            ),
        )
        register(
            ClauseKind.DUTY,
            Fact(
                model=models.Duty,
                beside=("plan",),
                read=reading.read_duty,
                copy=amending.copy_duties,
                on_amend=amending.carry_over,
                on_give_back=amending.give_back,
                on_revoke=end_tasks,
                undoing=ending,
                form=forms.DutyForm,
                initial=facts.duty_initial,
                save=actions.save_duty,
                summary=facts.duty_summary,
                on_issue=actions.grow_tasks,
                consequence=consequence,
            ),
        )
        register(
            ClauseKind.PROGRAMME_ITEM,
            Fact(
                model=models.ProgrammeItem,
                beside=("plan",),
                form=forms.ProgrammeItemForm,
                initial=facts.programme_initial,
                save=actions.save_programme_item,
                summary=facts.programme_summary,
                copy=amending.copy_programme,
            ),
        )
        reckons_with("plans.tasks.recompute_steps")
        register_rules(RULES)
        register_owner(actions.PLAN_TYPE, queries.owner_of)
        for letter in ("TB", "CV"):
            register_owner(letter, queries.announced_session_of)
        register_copier(actions.PLAN_TYPE, amending.copy_plan)
        register_adopter(actions.PLAN_TYPE, adopting.begin_read_plan)
        register_adopter("", adopting.begin_read_paper)
        for paper in (actions.PLAN_TYPE, "CTr"):
            register_extra(paper, queries.extra_of)
