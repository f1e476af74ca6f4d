"""Who may do what with a conclusion notice."""

from django.utils.translation import gettext_lazy as _

from conclusions.models import ConclusionNotice, ConclusionPoint, Petition
from conferences.models import Conference
from conferences.states import ConferenceState
from documents.rules import may_edit_document
from documents.states import DocumentState
from organisations.models import Role, User

NOT_PETITIONING = _("Chỉ chuyên viên của cơ quan đã ban hành thông báo kết luận soạn kiến nghị.")
NOT_RECEIVING = _(
    "Chỉ cơ quan nhận kiến nghị được làm việc này; nơi nhận bản giấy thì cơ quan gửi ghi hộ."
)
NOT_TELLING = _("Chỉ văn phòng của cơ quan ban hành thông báo trả lời người gửi ý kiến.")


def may_edit_notice(user: User, notice: ConclusionNotice) -> bool:
    """A clerk of the office, or the body that drafts for it, while the notice is a draft."""
    return may_edit_document(user, notice.document)


def may_keep_case_file(user: User, conference: Conference) -> bool:
    """The office, once the conference is closed: the archive names who came."""
    return conference.state == ConferenceState.CLOSED and user.has_role(
        conference.organisation_id, Role.CLERK, Role.HEAD
    )


def may_petition(user: User, notice: ConclusionNotice) -> bool:
    """A clerk of the office, once the notice is issued."""
    document = notice.document
    is_issued = document.state == DocumentState.ISSUED
    return is_issued and user.has_role(document.organisation_id, Role.CLERK)


def may_edit_petition(user: User, petition: Petition) -> bool:
    """A clerk of the office that makes it."""
    return user.has_role(petition.organisation_id, Role.CLERK)


def may_keep_petition(user: User, petition: Petition) -> bool:
    """The receiver says what becomes of it; for one without the software the office does."""
    keeper = petition.organisation_id if petition.is_on_paper else petition.receiver_id
    return user.has_role(keeper, Role.CLERK, Role.HEAD)


def may_give_petition_work(user: User, petition: Petition) -> bool:
    """Clerks and heads of a receiver that works with this installation."""
    return not petition.is_on_paper and may_keep_petition(user, petition)


def may_tell_points(user: User, notice: ConclusionNotice) -> bool:
    """The office whose notice it is."""
    return user.has_role(notice.document.organisation_id, Role.CLERK, Role.HEAD)


def may_tell_result(user: User, point: ConclusionPoint) -> bool:
    """The office whose notice the point stands in."""
    return may_tell_points(user, point.notice)
