"""Who may begin a plan and change what it says about itself."""

from documents.rules import may_create_document, may_edit_document
from documents.states import DocumentState
from organisations.models import Organisation, Role, User
from plans.models import ChildPlanObligation, DialogueSession, Plan, PreparationStep


def may_begin_plan(user: User) -> bool:
    """A clerk of any organisation may open the form."""
    return bool(user.organisation_ids(Role.CLERK))


def may_create_plan(user: User, organisation: Organisation) -> bool:
    """A clerk writes the plans of the own organisation."""
    return may_create_document(user, organisation)


def may_edit_plan(user: User, plan: Plan) -> bool:
    """A clerk of the issuing organisation, while the paper is a draft."""
    return may_edit_document(user, plan.document)


def may_prepare_session(user: User, session: DialogueSession) -> bool:
    """The clerks and heads of the plan's organisation, from the draft on until it is revoked."""
    document = session.plan.document
    return document.state != DocumentState.REVOKED and user.has_role(
        document.organisation_id, Role.CLERK, Role.HEAD
    )


def may_move_session(user: User, session: DialogueSession) -> bool:
    """The same people, once the plan is in force and before a conference is fixed."""
    return (
        session.plan.document.state == DocumentState.ISSUED
        and session.fixed_on is None
        and may_prepare_session(user, session)
    )


def may_tick_step(user: User, step: PreparationStep) -> bool:
    """Whoever prepares the session, and the people of the body that does the step."""
    if step.session.plan.document.state != DocumentState.ISSUED:
        return False
    return may_prepare_session(user, step.session) or user.has_role(
        step.organisation_id, Role.OFFICER, Role.HEAD, Role.CLERK
    )


def may_hand_step(user: User, step: PreparationStep) -> bool:
    """Whoever prepares the session, once the plan is in force."""
    return step.session.plan.document.state == DocumentState.ISSUED and may_prepare_session(
        user, step.session
    )


def may_keep_chain(user: User, organisation: Organisation) -> bool:
    """The organisation's clerks and heads."""
    return user.has_role(organisation.pk, Role.CLERK, Role.HEAD)


def may_edit_obligation(user: User) -> bool:
    """Whoever looks after the installation."""
    return user.is_admin


def may_answer_obligation(user: User, obligation: ChildPlanObligation) -> bool:
    """A clerk of the organisation that owes the plan, while the plan above is in force."""
    return obligation.plan.document.state == DocumentState.ISSUED and user.has_role(
        obligation.organisation_id, Role.CLERK
    )


def may_hold_calendar_key(user: User, organisation: Organisation | None) -> bool:
    """Everybody their own; an organisation's calendar whoever belongs to it today."""
    return organisation is None or user.has_role(organisation.pk)


def may_name_template(user: User, plan: Plan) -> bool:
    """A clerk of the issuing organisation, whatever stage the plan is at."""
    return user.has_role(plan.document.organisation_id, Role.CLERK)


def may_announce_session(user: User, session: DialogueSession) -> bool:
    """A clerk of the plan's organisation, while the plan is in force."""
    document = session.plan.document
    return document.state == DocumentState.ISSUED and user.has_role(
        document.organisation_id, Role.CLERK
    )
