"""Where consultations, opinions and answers can stand."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ConsultationState(models.TextChoices):
    """Whether people may answer (within its window)."""

    DRAFT = "draft", _("Đang chuẩn bị")
    OPEN = "open", _("Đang lấy ý kiến")
    CLOSED = "closed", _("Đã đóng")


CONSULTATION_TRANSITIONS: dict[str, set[str]] = {
    ConsultationState.DRAFT: {ConsultationState.OPEN},
    ConsultationState.OPEN: {ConsultationState.CLOSED},
    ConsultationState.CLOSED: {ConsultationState.OPEN},
}


class OpinionState(models.TextChoices):
    """Who has the opinion."""

    RECEIVED = "received", _("Đã tiếp nhận")
    CLASSIFIED = "classified", _("Đã phân loại")
    ASKED = "asked", _("Đang chuẩn bị trả lời")
    ANSWERED = "answered", _("Đã trả lời")
    ROUTED = "routed", _("Đã chuyển ngoài đối thoại")
    DECLINED = "declined", _("Không thuộc nội dung đối thoại")
    WITHDRAWN = "withdrawn", _("Người gửi đã rút")


OPINION_TRANSITIONS: dict[str, set[str]] = {
    OpinionState.RECEIVED: {
        OpinionState.CLASSIFIED,
        OpinionState.ROUTED,
        OpinionState.DECLINED,
        OpinionState.WITHDRAWN,
    },
    OpinionState.CLASSIFIED: {
        OpinionState.RECEIVED,
        OpinionState.ASKED,
        OpinionState.ANSWERED,
        OpinionState.ROUTED,
        OpinionState.DECLINED,
        OpinionState.WITHDRAWN,
    },
    OpinionState.ASKED: {OpinionState.ANSWERED, OpinionState.CLASSIFIED, OpinionState.ROUTED},
    OpinionState.ANSWERED: set(),
    OpinionState.ROUTED: set(),
    OpinionState.DECLINED: {OpinionState.RECEIVED},
    OpinionState.WITHDRAWN: set(),
}


class AnswerState(models.TextChoices):
    """A prepared answer; nobody outside sees it before it is released (embargo)."""

    DRAFT = "draft", _("Đang soạn")
    SUBMITTED = "submitted", _("Đã gửi văn phòng")
    ACCEPTED = "accepted", _("Đã duyệt, chờ công bố")
    RELEASED = "released", _("Đã công bố")


ANSWER_TRANSITIONS: dict[str, set[str]] = {
    AnswerState.DRAFT: {AnswerState.SUBMITTED},
    AnswerState.SUBMITTED: {AnswerState.DRAFT, AnswerState.ACCEPTED},
    AnswerState.ACCEPTED: {AnswerState.RELEASED},
    AnswerState.RELEASED: set(),
}


class MatterState(models.TextChoices):
    """A matter that left the dialogue by law (domain.md §2.4–2.5)."""

    HELD = "held", _("Chờ bàn giao")
    HANDED_OVER = "handed_over", _("Đã bàn giao, chỉ còn phiếu lưu")


MATTER_TRANSITIONS: dict[str, set[str]] = {
    MatterState.HELD: {MatterState.HANDED_OVER},
    MatterState.HANDED_OVER: set(),
}


class ImportState(models.TextChoices):
    """A spreadsheet of opinions on its way in."""

    WAITING = "waiting", _("Đang đọc tệp")
    CHECKED = "checked", _("Chờ xác nhận")
    ACCEPTED = "accepted", _("Đang nhận")
    DONE = "done", _("Đã nhận xong")
    REFUSED = "refused", _("Tệp không dùng được")
    DROPPED = "dropped", _("Đã bỏ")


IMPORT_TRANSITIONS: dict[str, set[str]] = {
    ImportState.WAITING: {ImportState.CHECKED, ImportState.REFUSED, ImportState.DROPPED},
    ImportState.CHECKED: {ImportState.ACCEPTED, ImportState.DROPPED},
    ImportState.ACCEPTED: {ImportState.DONE},
    ImportState.DONE: set(),
    ImportState.REFUSED: set(),
    ImportState.DROPPED: set(),
}
