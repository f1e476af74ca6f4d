"""Who may do what with a conference."""

import datetime

from conferences.models import Conference, Nomination
from conferences.models.nominations import NAMERS
from conferences.states import ConferenceState
from documents.states import DocumentState
from organisations.models import Organisation, Role, User
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


REOPENS_WITHIN = datetime.timedelta(minutes=60)


def may_reopen_conference(user: User, conference: Conference, now: datetime.datetime) -> bool:
    """Its office, within the hour, while no minutes wait for approval or are issued."""
    minutes = conference.minutes
    return (
        conference.state == ConferenceState.CLOSED
        and conference.closed_at is not None
        and now - conference.closed_at <= REOPENS_WITHIN
        and (minutes is None or minutes.is_editable)
        and user.has_role(conference.organisation_id, Role.CLERK, Role.HEAD)
    )


def may_see_console(user: User, conference: Conference) -> bool:
    """Its office: what is prepared for the hall and for the chair."""
    return user.has_role(conference.organisation_id, Role.CLERK, Role.HEAD)


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


def may_redraft_minutes(user: User, conference: Conference) -> bool:
    """A clerk of its office, once the conference is closed and while its minutes are a draft."""
    minutes = conference.minutes
    return (
        conference.state == ConferenceState.CLOSED
        and minutes is not None
        and minutes.is_editable
        and user.has_role(conference.organisation_id, Role.CLERK)
    )


def may_conclude(user: User, conference: Conference) -> bool:
    """A clerk of its office, once it is closed and has no conclusion notice but a revoked one."""
    notice = getattr(conference, "conclusion_notice", None)
    return (
        conference.state == ConferenceState.CLOSED
        and (notice is None or notice.document.state == DocumentState.REVOKED)
        and user.has_role(conference.organisation_id, Role.CLERK)
    )


def may_see_participants(user: User, conference: Conference) -> bool:
    """Its office and who oversees its place: the list names people who are no officials."""
    return user.has_role(
        conference.organisation_id, Role.CLERK, Role.HEAD
    ) or conference.organisation.unit_id in user.unit_ids(Role.OVERSEER)


def may_print_invitations(user: User, conference: Conference) -> bool:
    """Its office, once the invitation is issued and unless the conference is off."""
    return (
        conference.state != ConferenceState.CANCELLED
        and conference.invitation is not None
        and conference.invitation.state == "issued"
        and user.has_role(conference.organisation_id, Role.CLERK, Role.HEAD)
    )


def may_send_invitations(user: User, conference: Conference) -> bool:
    """Its office, once the invitation is issued and until it starts."""
    return conference.state == ConferenceState.PLANNED and may_print_invitations(user, conference)


def may_read_private_notes(user: User, conference: Conference) -> bool:
    """Its office only: notes on the agenda are for the chair."""
    return user.has_role(conference.organisation_id, Role.CLERK, Role.HEAD)


def may_receive_people(user: User, conference: Conference) -> bool:
    """Its office stands at the door; what comes after the end is judged act by act."""
    return user.has_role(conference.organisation_id, Role.CLERK, Role.HEAD)


def may_print_attendance(user: User, conference: Conference) -> bool:
    """Its office, whenever it needs the list on paper."""
    return may_receive_people(user, conference)


def may_moderate_questions(user: User, conference: Conference) -> bool:
    """Its office, before and while it runs, decides which written questions the hall sees."""
    return conference.state in {
        ConferenceState.PLANNED,
        ConferenceState.RUNNING,
    } and user.has_role(conference.organisation_id, Role.CLERK, Role.HEAD)


def may_read_contacts(user: User, conference: Conference) -> bool:
    """Its office only: telephones and mails of participants are for invitations."""
    return user.has_role(conference.organisation_id, Role.CLERK, Role.HEAD)


def may_name_delegates(user: User, nomination: Nomination) -> bool:
    """The people of the body that is asked, while the conference is being prepared.

    The office too, for a unit that telephones.
    """
    return may_prepare_conference(user, nomination.conference) or (
        nomination.conference.state == ConferenceState.PLANNED
        and user.has_role(nomination.organisation_id, *NAMERS)
    )


def may_print_for_hall(user: User, conference: Conference) -> bool:
    """Its office, until the hall is closed: somebody who walks in gets a badge too."""
    return may_run_conference(user, conference)


def may_correct_participant(user: User, conference: Conference) -> bool:
    """Its office, as long as it prints for the hall: a wrong name would stand there for all to see."""
    return may_print_for_hall(user, conference)


def may_keep_passages(user: User, organisation: Organisation) -> bool:
    """The office whose words they are."""
    return user.has_role(organisation.pk, Role.CLERK, Role.HEAD)


def may_read_script(user: User, conference: Conference) -> bool:
    """Its office only: lead-ins, fallbacks and private notes."""
    return may_read_private_notes(user, conference)
