"""Who may write, submit, return, issue and revoke an official document."""

from django.utils.translation import gettext_lazy as _

from documents.models import ClauseKind, Document, LegalBasis, RegisterNumber
from documents.models.document import WRITERS
from documents.states import FROZEN, DocumentState, NumberState
from organisations.models import Organisation, Role, User

NOT_COMMENTING = _(
    "Chỉ người của cơ quan ban hành đọc được dự thảo mới góp ý, và chỉ trước khi ban hành."
)
NOT_NUMBERING = _("Chỉ chuyên viên của cơ quan được giữ số và ghi sổ văn bản đi của cơ quan đó.")
NOT_VOIDING = _(
    "Số đang giữ do chuyên viên hoặc lãnh đạo hủy; số đã dùng chỉ lãnh đạo cơ quan ban hành hủy."
)
NOT_BASES = _(
    "Danh mục căn cứ do chuyên viên giữ; mục đã đủ thông tin chỉ cơ quan đã nhập được sửa."
)
NOT_SIGNED = _("Chỉ người của cơ quan ban hành gắn được bản có chữ ký, sau khi văn bản có số.")
NOT_RELATING = _("Chỉ chuyên viên của cơ quan ban hành được ghi quan hệ với văn bản khác.")
NOT_READING = _("Chỉ chuyên viên soạn văn bản được đọc văn bản từ tệp.")
K = ClauseKind
# What may stand inside what.
INSIDE: dict[str, tuple[ClauseKind, ...]] = {
    K.HEADING: (
        K.HEADING,
        K.TEXT,
        K.PURPOSE,
        K.REQUIREMENT,
        K.TOPIC,
        K.SESSION,
        K.AD_HOC,
        K.PARTICIPANT_GROUP,
        K.PROGRAMME_ITEM,
        K.ASSIGNEE,
        K.DUTY,
        K.CONCLUSION_POINT,
        K.EXCHANGE,
        K.FACT_LINE,
    ),
    K.TEXT: (K.TEXT, K.FACT_LINE),
    K.PURPOSE: (K.PURPOSE, K.TEXT),
    K.REQUIREMENT: (K.REQUIREMENT, K.TEXT),
    K.FACT_LINE: (K.FACT_LINE, K.TEXT),
    K.SESSION: (K.TOPIC, K.PARTICIPANT_GROUP, K.PROGRAMME_ITEM, K.FACT_LINE, K.TEXT),
    K.AD_HOC: (K.TEXT, K.FACT_LINE),
    K.TOPIC: (K.TOPIC, K.TEXT),
    K.PARTICIPANT_GROUP: (K.PARTICIPANT_GROUP, K.TEXT),
    K.PROGRAMME_ITEM: (K.PROGRAMME_ITEM, K.TEXT),
    K.ASSIGNEE: (K.DUTY, K.TEXT),
    K.DUTY: (K.PARTICIPANT_GROUP, K.FACT_LINE, K.TEXT),
    K.CONCLUSION_POINT: (K.CONCLUSION_POINT, K.TEXT),
    K.EXCHANGE: (K.EXCHANGE, K.TEXT),
    K.LEGAL_BASIS: (),
    K.INTRODUCTION: (),
    K.CLOSING: (),
}
INSIDE[K.APPENDIX] = INSIDE[K.HEADING]
AT_THE_TOP = (K.LEGAL_BASIS, K.INTRODUCTION, *INSIDE[K.HEADING], K.CLOSING, K.APPENDIX)
# Kinds that only make sense in papers of certain types; the others may stand in any.
ONLY_IN: dict[str, set[str]] = {
    K.SESSION: {"KH"},
    K.AD_HOC: {"KH"},
    K.PURPOSE: {"KH"},
    K.REQUIREMENT: {"KH"},
    K.PARTICIPANT_GROUP: {"KH", "GM", "CV"},
    K.CONCLUSION_POINT: {"TB", "KL", "BB"},
    K.EXCHANGE: {"TB", "BB", "BC"},
}
MAX_DEPTH = 6


def kinds_inside(document: Document, parent_kind: str | None) -> list[ClauseKind]:
    """The kinds of clause that make sense under a parent (None: at the top) in this paper."""
    offered = AT_THE_TOP if parent_kind is None else INSIDE.get(parent_kind, ())
    return [kind for kind in offered if document.type_id in ONLY_IN.get(kind, {document.type_id})]


def may_create_document(user: User, organisation: Organisation) -> bool:
    """A clerk writes the papers of the own organisation."""
    return user.has_role(organisation.pk, Role.CLERK)


def may_read_papers(user: User) -> bool:
    """Whoever may begin a paper of some organisation may begin it from a file."""
    return bool(user.organisation_ids(Role.CLERK))


def is_clerk_of(user: User, document: Document) -> bool:
    """Whether the person writes for the issuing organisation."""
    return user.has_role(document.organisation_id, Role.CLERK)


def is_head_of(user: User, document: Document) -> bool:
    """Whether the person signs for the issuing organisation."""
    return user.has_role(document.organisation_id, Role.HEAD)


def is_drafter_of(user: User, document: Document) -> bool:
    """Whether the person's body was asked to write the draft."""
    return user.has_role(document.drafter_id, *WRITERS)


def may_edit_document(user: User, document: Document) -> bool:
    """A clerk of the issuing organisation or of the body that drafts for it, while it is a draft."""
    return document.is_editable and (is_clerk_of(user, document) or is_drafter_of(user, document))


def may_submit_document(user: User, document: Document) -> bool:
    """A clerk of the issuing organisation hands the draft to the head; who drafts for it does not."""
    return document.is_editable and is_clerk_of(user, document)


def may_hand_drafting(user: User, document: Document) -> bool:
    """A clerk of the issuing organisation, while it is a draft."""
    return document.is_editable and is_clerk_of(user, document)


def may_return_document(user: User, document: Document) -> bool:
    """The head gives back what was submitted."""
    return document.state == DocumentState.SUBMITTED and is_head_of(user, document)


def may_issue_document(user: User, document: Document) -> bool:
    """The head of the issuing organisation, once it has been submitted."""
    return may_return_document(user, document)


def may_read_comments(user: User, document: Document) -> bool:
    """Clerks and heads of the issuing organisation, at any time."""
    return is_clerk_of(user, document) or is_head_of(user, document)


def may_comment_document(user: User, document: Document) -> bool:
    """The same people, until the paper is issued."""
    return document.state in {
        DocumentState.DRAFT,
        DocumentState.SUBMITTED,
    } and may_read_comments(user, document)


def may_amend_document(user: User, document: Document) -> bool:
    """A clerk of the issuing organisation begins the amendment of a paper in force."""
    return document.state == DocumentState.ISSUED and is_clerk_of(user, document)


def may_revoke_document(user: User, document: Document) -> bool:
    """The head of the issuing organisation takes back what was issued; its number stays used."""
    return document.state == DocumentState.ISSUED and is_head_of(user, document)


def may_check_document(user: User, document: Document) -> bool:
    """Who writes or signs for the issuing organisation, or drafts for it, reads what the linter says."""
    may_write = is_clerk_of(user, document) or may_edit_document(user, document)
    return may_write or is_head_of(user, document)


def may_edit_checks(user: User) -> bool:
    """Whoever looks after the installation keeps the linter's lists and limits."""
    return user.is_admin


def may_reserve_number(user: User, organisation: Organisation) -> bool:
    """A clerk of the organisation whose register it is."""
    return user.has_role(organisation.pk, Role.CLERK)


def may_void_number(user: User, line: RegisterNumber) -> bool:
    """The clerk a number that was only kept; the head one that a paper bears."""
    if line.state == NumberState.RESERVED:
        return user.has_role(line.organisation_id, Role.CLERK, Role.HEAD)
    return line.state == NumberState.USED and user.has_role(line.organisation_id, Role.HEAD)


def may_keep_bases(user: User) -> bool:
    """A clerk of any organisation: the register of legal bases is shared by all."""
    return bool(user.organisation_ids(Role.CLERK))


def may_edit_basis(user: User, basis: LegalBasis) -> bool:
    """A clerk completes what is incomplete; complete entries only the organisation that made them."""
    own = user.organisation_ids(Role.CLERK)
    return bool(own) and (not basis.is_complete or basis.added_by_id in {*own, None})


def may_attach_signed_copy(user: User, document: Document) -> bool:
    """Clerks and heads of the issuing organisation, once the paper has its number."""
    return document.state in FROZEN and may_read_comments(user, document)


def may_relate_document(user: User, document: Document) -> bool:
    """A clerk of the issuing organisation, at any time: what is printed does not change."""
    return is_clerk_of(user, document)
