"""Who may do what with a conclusion notice."""

from conclusions.models import ConclusionNotice
from conferences.models import Conference
from conferences.states import ConferenceState
from organisations.models import Role, User


def may_draft_notice(user: User, conference: Conference) -> bool:
    """A clerk of the office, once the conference is closed and has no notice yet."""
    return (
        conference.state == ConferenceState.CLOSED
        and not hasattr(conference, "conclusion_notice")
        and user.has_role(conference.organisation_id, Role.CLERK)
    )


def may_edit_notice(user: User, notice: ConclusionNotice) -> bool:
    """A clerk of the office, while the notice is a draft."""
    return notice.document.is_editable and user.has_role(
        notice.document.organisation_id, Role.CLERK
    )


def may_keep_case_file(user: User, conference: Conference) -> bool:
    """The office, once the conference is closed: the archive names who came."""
    return conference.state == ConferenceState.CLOSED and user.has_role(
        conference.organisation_id, Role.CLERK, Role.HEAD
    )
