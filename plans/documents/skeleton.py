"""What a new plan says before anybody has written in it: the office only fills in."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from core.timephrase import parse
from documents.actions import ClauseDraft, RecipientDraft
from documents.actions.bases import propose_basis
from documents.models import Clause, ClauseKind, LegalBasis, Recipient
from organisations.models import Organisation
from plans.facts import propose_session

K = ClauseKind
# In which quarters the regular sessions fall, by how many there are.
QUARTERS: dict[int, tuple[str, ...]] = {
    0: (),
    1: ("III",),
    2: ("II", "IV"),
    4: ("I", "II", "III", "IV"),
}


def plan_abstract(host: str, counterpart: str, year: int) -> str:
    """The abstract of a plan nobody has named."""
    words = _("tổ chức đối thoại giữa %(host)s với %(counterpart)s năm %(year)d")
    return words % {"host": host, "counterpart": counterpart, "year": year}


def plan_skeleton(
    organisation: Organisation,
    *,
    abstract: str,
    bases: Sequence[LegalBasis],
    sessions: Sequence[ClauseDraft],
) -> list[ClauseDraft]:
    """The parts every plan has (domain.md §4.2), with sentences an office can keep or change."""
    issuer = organisation.collective or organisation.name
    intro = _("%(issuer)s xây dựng Kế hoạch %(abstract)s như sau:")
    return [
        *(basis_draft(basis) for basis in bases),
        ClauseDraft(K.INTRODUCTION, intro % {"issuer": issuer, "abstract": abstract}),
        ClauseDraft(
            K.HEADING,
            _("Mục đích, yêu cầu"),
            [
                _section(_("Mục đích"), K.PURPOSE, _purposes()),
                _section(_("Yêu cầu"), K.REQUIREMENT, _demands()),
            ],
        ),
        ClauseDraft(K.HEADING, _("Nội dung đối thoại"), _drafts(K.TOPIC, _topics())),
        ClauseDraft(K.HEADING, _("Thời gian, địa điểm, đối tượng"), [*sessions, _ad_hoc()]),
        ClauseDraft(K.HEADING, _("Thành phần"), _drafts(K.PARTICIPANT_GROUP, _groups(), fact={})),
        ClauseDraft(K.HEADING, _("Chương trình hội nghị"), _programme()),
        ClauseDraft(K.HEADING, _("Tổ chức thực hiện")),
        ClauseDraft(
            K.CLOSING,
            _(
                "Yêu cầu các cơ quan, đơn vị nghiêm túc thực hiện Kế hoạch này; nếu có vướng mắc, "
                "kịp thời báo cáo để được hướng dẫn"
            ),
        ),
    ]


def basis_draft(basis: LegalBasis) -> ClauseDraft:
    """A clause that cites one paper of the register."""
    fact = {"basis": basis}
    return ClauseDraft(K.LEGAL_BASIS, propose_basis(Clause(), fact), fact=fact)


def first_recipients(
    organisation: Organisation, others: Sequence[Organisation]
) -> list[RecipientDraft]:
    """Nơi nhận to begin with: the bodies of the same unit, and the archive."""
    lines = [RecipientDraft(body.name, Recipient.Purpose.CARRY_OUT, body) for body in others]
    archive = organisation.archive_line or _("Lưu: VT")
    return [*lines, RecipientDraft(archive, Recipient.Purpose.ARCHIVE)]


def _section(title: str, kind: str, texts: Sequence[str]) -> ClauseDraft:
    return ClauseDraft(K.HEADING, title, _drafts(kind, texts))


def _drafts(
    kind: str, texts: Sequence[str], fact: "dict[str, object] | None" = None
) -> list[ClauseDraft]:
    return [ClauseDraft(kind, text, fact=fact) for text in texts]


def _purposes() -> list[str]:
    return [
        _(
            "Nghe ý kiến, tâm tư, nguyện vọng chính đáng của Nhân dân; giải quyết việc còn vướng mắc ngay từ cơ sở;"
        ),
        _(
            "Tăng cường trách nhiệm của người đứng đầu, củng cố niềm tin của Nhân dân với cấp ủy, chính quyền."
        ),
    ]


def _demands() -> list[str]:
    return [
        _("Đối thoại dân chủ, công khai, đúng trọng tâm, đúng thẩm quyền;"),
        _(
            "Mọi ý kiến đều được ghi nhận, phân loại, trả lời; việc đã kết luận có người làm, có thời hạn."
        ),
    ]


def _topics() -> list[str]:
    return [
        _("Công tác lãnh đạo, chỉ đạo, điều hành của cấp ủy, chính quyền."),
        _("Những vấn đề kinh tế, xã hội, môi trường, an ninh trật tự Nhân dân đang quan tâm."),
    ]


def _groups() -> list[str]:
    return [
        _("Chủ trì và lãnh đạo cơ quan tổ chức"),
        _("Đại diện các cơ quan, đoàn thể"),
        _("Đại diện Nhân dân"),
    ]


def session_drafts(rhythm: int, year: int) -> list[ClauseDraft]:
    """The regular sessions of a year, each with its quarter; theme and place are still to come."""
    words = [_("Quý %(quarter)s/%(year)d") % {"quarter": q, "year": year} for q in QUARTERS[rhythm]]
    return [
        ClauseDraft(K.SESSION, propose_session(Clause(), fact), fact=fact)
        for fact in ({"time": parse(text), "kind": "periodic"} for text in words)
    ]


def _ad_hoc() -> ClauseDraft:
    return ClauseDraft(
        K.AD_HOC, _("Đối thoại đột xuất: tổ chức khi có việc cần thiết theo yêu cầu thực tế.")
    )


def _programme() -> list[ClauseDraft]:
    """The course of a conference (domain.md §3.4): what, who conducts it, minutes."""
    items = (
        (_("Ổn định tổ chức, giới thiệu đại biểu, giới thiệu thư ký"), _("Văn phòng"), 10),
        (_("Khai mạc, nêu mục đích và cách thức đối thoại"), _("Chủ trì"), 10),
        (_("Báo cáo kết quả giải quyết ý kiến kỳ trước"), _("Ủy ban nhân dân"), 15),
        (_("Đại biểu và Nhân dân phát biểu; cơ quan chức năng trả lời"), _("Chủ trì"), 120),
        (_("Kết luận, bế mạc hội nghị"), _("Chủ trì"), 15),
    )
    return [
        ClauseDraft(K.PROGRAMME_ITEM, text, fact={"conductor": who, "minutes": minutes})
        for text, who, minutes in items
    ]
