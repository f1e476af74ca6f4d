"""Who may do what with a conference."""

from conferences.models import Conference
from conferences.states import ConferenceState
from organisations.models import Role, User
from plans.models import DialogueSession


def may_create_conference(user: User, session: DialogueSession) -> bool:
    """The office whose issued plan foresees the session."""
    document = session.plan.document
    return document.state == "issued" and user.has_role(
        document.organisation_id, Role.CLERK, Role.HEAD
    )


def may_prepare_conference(user: User, conference: Conference) -> bool:
    """Its office, until it starts: time, place, agenda, participants, invitations."""
    return conference.state == ConferenceState.PLANNED and user.has_role(
        conference.organisation_id, Role.CLERK, Role.HEAD
    )


def may_run_conference(user: User, conference: Conference) -> bool:
    """Its office, while it is planned (to start it) or running."""
    return conference.state in {
        ConferenceState.PLANNED,
        ConferenceState.RUNNING,
    } and user.has_role(conference.organisation_id, Role.CLERK, Role.HEAD)


def may_record_exchange(user: User, conference: Conference) -> bool:
    """Its office, from the start until the minutes are submitted for approval."""
    minutes = conference.minutes
    return (
        conference.state in {ConferenceState.RUNNING, ConferenceState.CLOSED}
        and (minutes is None or minutes.is_editable)
        and user.has_role(conference.organisation_id, Role.CLERK, Role.HEAD)
    )


def may_draft_invitation(user: User, conference: Conference) -> bool:
    """A clerk of its office, while it is being prepared and has no invitation yet."""
    return (
        conference.state == ConferenceState.PLANNED
        and conference.invitation_id is None
        and user.has_role(conference.organisation_id, Role.CLERK)
    )


def may_draft_minutes(user: User, conference: Conference) -> bool:
    """A clerk of its office, once the conference is closed and has no minutes yet."""
    return (
        conference.state == ConferenceState.CLOSED
        and conference.minutes_id is None
        and user.has_role(conference.organisation_id, Role.CLERK)
    )


def may_see_participants(user: User, conference: Conference) -> bool:
    """Its office and who oversees its place: the list names people who are no officials."""
    return user.has_role(
        conference.organisation_id, Role.CLERK, Role.HEAD
    ) or conference.organisation.unit_id in user.unit_ids(Role.OVERSEER)


def may_print_invitations(user: User, conference: Conference) -> bool:
    """Its office, once the invitation is issued."""
    return (
        conference.invitation is not None
        and conference.invitation.state == "issued"
        and user.has_role(conference.organisation_id, Role.CLERK, Role.HEAD)
    )


def may_read_private_notes(user: User, conference: Conference) -> bool:
    """Its office only: notes on the agenda are for the chair."""
    return user.has_role(conference.organisation_id, Role.CLERK, Role.HEAD)
