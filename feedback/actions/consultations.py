"""Opening a consultation for a session, running its window, the consent notice it shows."""

import datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core.access import require
from core.text import fold
from core.transitions import IllegalMoveError, move, record
from core.versions import save_version
from feedback import queries, rules
from feedback.models import ConsentText, Consultation
from feedback.models.consultations import ConsultationQuerySet
from feedback.states import ConsultationState
from organisations.models import Organisation, User
from plans.models import DialogueSession

SLUG_LENGTH = 30
RESERVED = {"tra-cuu", "van-phong", "xac-nhan-thu"}


@transaction.atomic
def create_consultation(
    session: DialogueSession,
    *,
    by: User,
    title: str,
    opens_at: datetime.datetime,
    closes_at: datetime.datetime,
    introduction: str = "",
    exclusions: str = "",
) -> Consultation:
    """Prepare a consultation for a session; nobody outside sees it before it is opened."""
    require(
        rules.may_create_consultation(by, session),
        _("Chỉ văn phòng của kế hoạch được mở đợt lấy ý kiến."),
    )
    organisation = session.plan.document.organisation
    consultation = Consultation.objects.create(
        session=session,
        organisation=organisation,
        slug=_free_slug(session.theme),
        title=title,
        introduction=introduction,
        exclusions=exclusions,
        opens_at=opens_at,
        closes_at=closes_at,
    )
    renew_consent_text(organisation)
    record(consultation, by=by, note=_("Tạo đợt lấy ý kiến"), to_state=ConsultationState.DRAFT)
    return consultation


def edit_consultation(
    consultation: Consultation, *, by: User, version: int, **values: object
) -> None:
    """Change words and window; StaleError if somebody else did meanwhile."""
    _require_office(by, consultation)
    with transaction.atomic():
        save_version(consultation, version=version, **values)
        record(consultation, by=by, note=_("Sửa đợt lấy ý kiến"))
    queries.announced_consultation.cache_clear()


def open_consultation(consultation: Consultation, *, by: User) -> None:
    """Let people answer from `opens_at` to `closes_at`."""
    _require_office(by, consultation)
    with transaction.atomic():
        renew_consent_text(consultation.organisation)
        move(consultation, ConsultationState.OPEN, by=by, is_ended=False)


def close_consultation(consultation: Consultation, *, by: User, note: str = "") -> None:
    """Stop taking opinions now and say why; paper slips may still be typed in."""
    _require_office(by, consultation)
    move(consultation, ConsultationState.CLOSED, by=by, note=note)
    queries.announced_consultation.cache_clear()


@transaction.atomic
def end_consultations(rows: ConsultationQuerySet, *, by: User, note: str) -> None:
    """What they asked for is over: stop taking opinions. Who may is the rule of what ended."""
    for row in rows.select_for_update(of=("self",)).order_by("pk"):
        move(row, ConsultationState.CLOSED, by=by, note=note, is_ended=True)
    queries.announced_consultation.cache_clear()


@transaction.atomic
def take_up_consultations(rows: ConsultationQuerySet, *, by: User, note: str) -> None:
    """Go on with those that were ended; what the office closed itself stays closed."""
    ended = rows.filter(is_ended=True).select_for_update(of=("self",))
    for row in ended.order_by("pk"):
        move(row, ConsultationState.OPEN, by=by, note=note, is_ended=False)
    queries.announced_consultation.cache_clear()


def extend_consultation(
    consultation: Consultation, *, by: User, closes_at: datetime.datetime, why: str = ""
) -> None:
    """Give people more time and say why; a closed consultation opens again."""
    _require_office(by, consultation)
    if closes_at <= consultation.closes_at:
        raise IllegalMoveError(_("Gia hạn phải đến sau thời điểm đóng hiện nay."))
    note = _("Gia hạn đến %(day)s") % {"day": f"{closes_at:%d/%m/%Y %H:%M}"}
    note += f": {why}" if why else ""
    with transaction.atomic():
        if consultation.state == ConsultationState.CLOSED:
            changed = {"closes_at": closes_at, "is_ended": False}
            move(consultation, ConsultationState.OPEN, by=by, note=note, **changed)
        else:
            save_version(consultation, version=consultation.version, closes_at=closes_at)
            record(consultation, by=by, note=note)
    queries.announced_consultation.cache_clear()


def renew_consent_text(organisation: Organisation) -> ConsentText:
    """The notice of domain.md §2.9 for this organisation; a new version if its words changed."""
    words = _notice(organisation)
    newest = organisation.consent_texts.order_by("-version").first()
    if newest is not None and newest.text == words:
        return newest
    version = newest.version + 1 if newest else 1
    return ConsentText.objects.create(organisation=organisation, version=version, text=words)


def _notice(organisation: Organisation) -> str:
    """Three blocks: data and purpose, who processes them, rights and duties."""
    values = {
        "office": organisation.name,
        "contact": organisation.contact or organisation.name,
        "reception": organisation.citizen_reception or _("nơi tiếp công dân"),
    }
    blocks = (
        _("Dữ liệu và mục đích"),
        _(
            "Họ tên, địa chỉ, số điện thoại, thư điện tử (nếu Ông/Bà ghi) và nội dung ý kiến được "
            "dùng để tổng hợp, phân loại và trả lời ý kiến, kiến nghị phục vụ Hội nghị đối thoại. "
            "Không bắt buộc ghi họ tên, cách liên hệ. Danh tính không được công khai."
        ),
        _("Bên xử lý dữ liệu"),
        _("%(office)s là bên kiểm soát và xử lý dữ liệu. Đầu mối liên hệ: %(contact)s."),
        _("Quyền và nghĩa vụ của Ông/Bà"),
        _(
            "Ông/Bà có quyền xem, sửa, rút lại sự đồng ý, yêu cầu xóa dữ liệu bằng cách liên hệ "
            "đầu mối trên; cơ quan phản hồi trong 02 ngày làm việc. Ông/Bà cung cấp thông tin "
            "đúng về mình. Khiếu nại, tố cáo xin gửi đến %(reception)s."
        ),
    )
    pairs = zip(blocks[::2], blocks[1::2], strict=True)
    return "\n\n".join(f"{heading}\n{words % values}" for heading, words in pairs)


def _free_slug(theme: str) -> str:
    """A short address made of the theme's words, with a number if it is taken."""
    words = slugify(fold(theme))[: SLUG_LENGTH + 1].rsplit("-", 1)
    start = (words[0] if len("-".join(words)) > SLUG_LENGTH else "-".join(words)) or "doi-thoai"
    taken = set(Consultation.objects.filter(slug__startswith=start).values_list("slug", flat=True))
    number, slug = 1, start
    while slug in taken | RESERVED:
        number += 1
        slug = f"{start}-{number}"
    return slug


def _require_office(by: User, consultation: Consultation) -> None:
    require(
        rules.may_run_consultation(by, consultation),
        _("Chỉ văn phòng tổ chức đợt lấy ý kiến được làm việc này."),
    )
