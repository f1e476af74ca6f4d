"""Who may read figures, and who drafts reports of them."""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from assignments.models import Task
from conferences.models import Conference
from dialogue.models import Report
from documents.rules import may_edit_document
from feedback.models import Consultation
from organisations.models import Organisation, Role, User

NOT_READING = _(
    "Số liệu dành cho lãnh đạo, chuyên viên và cơ quan giám sát của đơn vị tổ chức đối thoại, "
    "và của cấp trên."
)
NOT_DRAFTING = _("Chỉ chuyên viên của cơ quan được soạn báo cáo của cơ quan mình.")
NOT_CLOSED = _("Báo cáo kết quả soạn được sau khi hội nghị kết thúc.")
NOT_SETTING = _("Kỳ báo cáo do chuyên viên, lãnh đạo cơ quan đặt; kỳ chung do người quản trị đặt.")
READERS = (Role.CLERK, Role.HEAD, Role.OVERSEER)


def may_read_figures(user: User) -> bool:
    """Clerks, heads and overseers read the figures of their unit and of the units below it."""
    return bool(user.organisation_ids(*READERS))


def bodies_for(user: User) -> "list[Organisation]":
    """The bodies whose figures the person reads: own, of the unit (overseers), of the units below.

    Of bodies one does not belong to only those that hold dialogues or give work; one query.
    """
    below = user.unit_ids(*READERS)
    near = Q(unit__in=user.unit_ids(Role.OVERSEER)) | Q(unit__parent__in=below)
    at_work = (
        Exists(Consultation.objects.filter(organisation=OuterRef("pk")))
        | Exists(Conference.objects.filter(organisation=OuterRef("pk")))
        | Exists(Task.objects.filter(owner=OuterRef("pk")))
    )
    own = Q(pk__in=user.organisation_ids(Role.CLERK, Role.HEAD))
    found = Organisation.objects.filter(own | near & at_work).select_related("unit")
    mine = user.organisation_ids()
    return sorted(found, key=lambda body: (body.pk not in mine, body.unit.name, body.name))


def may_draft_report(user: User, organisation: Organisation) -> bool:
    """A clerk writes the reports of the own organisation."""
    return user.has_role(organisation.pk, Role.CLERK)


def may_report_conference(user: User, conference: Conference) -> bool:
    """A clerk of the office that held it, once it is over."""
    return conference.closed_at is not None and user.has_role(
        conference.organisation_id, Role.CLERK
    )


def may_edit_period(user: User) -> bool:
    """A clerk or head sets the periods of the own office, the administrator those of everybody."""
    return user.is_admin or bool(user.organisation_ids(Role.CLERK, Role.HEAD))


def may_set_periods_of(user: User, organisation: Organisation | None) -> bool:
    """A clerk or head of the office; without an office the administrator."""
    if organisation is None:
        return user.is_admin
    return user.has_role(organisation.pk, Role.CLERK, Role.HEAD)


def may_edit_report(user: User, report: Report) -> bool:
    """Whoever may edit its document."""
    return may_edit_document(user, report.document)
