"""Who may do what with consultations, opinions, groups, answers and restricted matters.

The rules speak of people and bodies; whether a row's state allows the step is for `move` to say.
"""

import datetime

from django.utils.translation import gettext_lazy as _

from feedback.models import (
    AnswerRequest,
    Consultation,
    Forwarding,
    IssueGroup,
    Opinion,
    OpinionImport,
    Reopening,
    RestrictedMatter,
    Submission,
)
from feedback.queries.answers import helping_bodies
from feedback.queries.reopenings import decider_of
from organisations.models import Organisation, Role, User
from plans.models import DialogueSession

WRITERS = (Role.OFFICER, Role.HEAD, Role.CLERK)

NOT_OFFICE = _("Chỉ văn phòng tổng hợp ý kiến được xử lý vấn đề này.")
NOT_LEAD = _("Chỉ cơ quan được giao trả lời được soạn, gửi câu trả lời.")
NOT_LEADS_HEAD = _("Chỉ lãnh đạo cơ quan được giao trả lời được duyệt hoặc trả lại dự thảo.")
NOT_RELEASING = _("Chỉ văn phòng tổng hợp ý kiến được công bố câu trả lời.")
NOT_HELPER = _("Chỉ cơ quan phối hợp được góp phần trả lời.")
NOT_IN_REQUEST = _("Chỉ văn phòng và các cơ quan cùng trả lời được trao đổi ở đây.")
NOT_DECIDING = _(
    "Chỉ cơ quan theo dõi việc này được quyết định, và không phải người đã báo cáo kết quả."
)
NOT_OF_BODY = _("Chỉ người soạn trả lời của đơn vị được sửa câu trả lời mẫu của đơn vị mình.")


def may_create_consultation(user: User, session: DialogueSession) -> bool:
    """The office of the plan the session stands in."""
    return user.has_role(session.plan.document.organisation_id, Role.CLERK, Role.HEAD)


def may_run_consultation(user: User, consultation: Consultation) -> bool:
    """The office: edit, open, close, extend; sort, group, ask, accept, release."""
    return user.has_role(consultation.organisation_id, Role.CLERK, Role.HEAD)


def may_set_watch_words(user: User, organisation: Organisation) -> bool:
    """The clerks and the head of the office that reads the opinions."""
    return user.has_role(organisation.pk, Role.CLERK, Role.HEAD)


def may_collect(user: User, consultation: Consultation) -> bool:
    """Collectors of the unit and of its parts, and the office itself, type in what came on paper."""
    if user.has_role(consultation.organisation_id, Role.CLERK, Role.HEAD):
        return True
    unit = consultation.organisation.unit_id
    return any(
        membership.role == Role.COLLECTOR
        and unit in (membership.organisation.unit_id, membership.organisation.unit.parent_id)
        for membership in user.current_memberships
    )


def may_sort_opinion(user: User, opinion: Opinion) -> bool:
    """The office classifies, groups, declines and routes out."""
    return may_run_consultation(user, opinion.submission.consultation)


def may_see_sender(user: User, submission: Submission, *, is_restricted: bool) -> bool:
    """The office; once a matter of the submission left the dialogue, reception alone."""
    if is_restricted:
        return user.has_role(submission.consultation.organisation_id, Role.RECEPTION)
    return may_run_consultation(user, submission.consultation)


def may_settle_data(user: User, submission: Submission) -> bool:
    """The office carries out what a sender asks about the data of a form."""
    return may_run_consultation(user, submission.consultation)


def may_set_periods(user: User) -> bool:
    """Who runs the installation says how long data are kept."""
    return user.is_admin


def may_see_files(user: User, opinion: Opinion, *, is_restricted: bool) -> bool:
    """Who may see the sender, and the asked agency; scans of slips only the former."""
    if may_see_sender(user, opinion.submission, is_restricted=is_restricted):
        return True
    return not is_restricted and opinion.group is not None and is_lead(user, opinion.group)


def is_lead(user: User, group: IssueGroup) -> bool:
    """Whether the person works in the agency that was asked."""
    return user.has_role(group.lead_id, *WRITERS)


def may_run_group(user: User, group: IssueGroup) -> bool:
    """The office names, fills, empties groups and asks agencies."""
    return may_run_consultation(user, group.consultation)


def may_write_answer(user: User, group: IssueGroup) -> bool:
    """The asked agency prepares the answer."""
    return is_lead(user, group)


def may_approve_answer(user: User, group: IssueGroup) -> bool:
    """The head of the asked agency sends the draft on or back."""
    return user.has_role(group.lead_id, Role.HEAD)


def may_see_request(user: User, request: AnswerRequest) -> bool:
    """The office, the asked agency and the bodies that help."""
    return AnswerRequest.objects.visible_to(user).filter(pk=request.pk).exists()


def may_write_part(user: User, request: AnswerRequest) -> bool:
    """A body that helps; it contributes and does not send."""
    return helping_bodies(user, request).exists()


def may_keep_templates(user: User, organisation: Organisation) -> bool:
    """Those who write answers for a body keep its templates; the office keeps its own."""
    return user.has_role(organisation.pk, *WRITERS)


def may_judge_answer(user: User, group: IssueGroup) -> bool:
    """The office returns or accepts it, and nobody who also works in the agency that wrote it."""
    return may_run_group(user, group) and not user.has_role(group.lead_id)


def may_release_answers(user: User, consultation: Consultation) -> bool:
    """The office lifts the embargo."""
    return may_run_consultation(user, consultation)


def may_see_matter(user: User, matter: RestrictedMatter) -> bool:
    """Reception of the organisation, nobody else (domain.md §2.5)."""
    consultation = matter.opinion.submission.consultation
    return user.has_role(consultation.organisation_id, Role.RECEPTION)


def may_run_import(user: User, sheet: OpinionImport) -> bool:
    """Who sent the spreadsheet, while they collect for the consultation, and its office."""
    if may_run_consultation(user, sheet.consultation):
        return True
    return sheet.by_id == user.pk and may_collect(user, sheet.consultation)


def may_make_forwarding(user: User, organisation: Organisation) -> bool:
    """A clerk of the office makes lists to other levels; the head signs their letters."""
    return user.has_role(organisation.pk, Role.CLERK)


def may_receive_forwarding(user: User, forwarding: Forwarding) -> bool:
    """Clerks and heads of the body the list was sent to."""
    return user.has_role(forwarding.receiver_id, Role.CLERK, Role.HEAD)


def may_keep_forwarding(user: User, forwarding: Forwarding) -> bool:
    """The receiver says what became of a list; for one without the software the office does."""
    if forwarding.is_on_paper:
        return user.has_role(forwarding.organisation_id, Role.CLERK, Role.HEAD)
    return may_receive_forwarding(user, forwarding)


def may_read_table(user: User, session: DialogueSession) -> bool:
    """The office of the session's plan, and those who oversee its unit."""
    office = session.plan.document.organisation
    return may_read_dossier(user, session) or office.unit_id in user.unit_ids(Role.OVERSEER)


def may_read_dossier(user: User, session: DialogueSession) -> bool:
    """Who prepares and chairs the conference: the clerks and the head of the plan's office."""
    return user.has_role(session.plan.document.organisation_id, Role.CLERK, Role.HEAD)


def may_decide_reopening(user: User, request: Reopening, today: datetime.date) -> bool:
    """Clerks and heads of the body whose turn it is, never of the one whose result is in doubt.

    On a body's own work its head decides, unless the head reported it.
    """
    decider, task = decider_of(request, today), request.task
    if task is not None and user.has_role(task.lead_id):
        is_own = task.lead_id == decider.pk and task.reported_by_id != user.pk
        return is_own and user.has_role(decider.pk, Role.HEAD)
    return user.has_role(decider.pk, Role.CLERK, Role.HEAD)
