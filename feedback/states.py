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
    FORWARDED = "forwarded", _("Đã chuyển cấp có thẩm quyền")
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
        OpinionState.FORWARDED,
        OpinionState.ROUTED,
        OpinionState.DECLINED,
        OpinionState.WITHDRAWN,
    },
    OpinionState.ASKED: {OpinionState.ANSWERED, OpinionState.CLASSIFIED, OpinionState.ROUTED},
    OpinionState.FORWARDED: {OpinionState.ANSWERED, OpinionState.CLASSIFIED},
    OpinionState.ANSWERED: set(),
    OpinionState.ROUTED: set(),
    OpinionState.DECLINED: {OpinionState.RECEIVED},
    OpinionState.WITHDRAWN: set(),
}


class AnswerState(models.TextChoices):
    """A prepared answer; nobody outside sees it before it is released (embargo)."""

    DRAFT = "draft", _("Đang soạn")
    AT_HEAD = "at_head", _("Chờ lãnh đạo cơ quan duyệt")
    SUBMITTED = "submitted", _("Đã gửi văn phòng")
    ACCEPTED = "accepted", _("Đã duyệt, chờ công bố")
    RELEASED = "released", _("Đã công bố")


ANSWER_TRANSITIONS: dict[str, set[str]] = {
    AnswerState.DRAFT: {AnswerState.AT_HEAD, AnswerState.SUBMITTED},
    AnswerState.AT_HEAD: {AnswerState.DRAFT, AnswerState.SUBMITTED},
    AnswerState.SUBMITTED: {AnswerState.DRAFT, AnswerState.ACCEPTED},
    AnswerState.ACCEPTED: {AnswerState.DRAFT, AnswerState.RELEASED},
    AnswerState.RELEASED: set(),
}


class RequestState(models.TextChoices):
    """The office's request to an agency to answer a matter."""

    STANDING = "standing", _("Đang đề nghị")
    WITHDRAWN = "withdrawn", _("Đã rút đề nghị")


REQUEST_TRANSITIONS: dict[str, set[str]] = {
    RequestState.STANDING: {RequestState.WITHDRAWN},
    RequestState.WITHDRAWN: set(),
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


class ForwardingState(models.TextChoices):
    """A consolidated list on its way to another level."""

    DRAFT = "draft", _("Đang lập")
    SENT = "sent", _("Đã chuyển, chờ tiếp nhận")
    TAKEN = "taken", _("Nơi nhận đã tiếp nhận")
    ANSWERED = "answered", _("Đã có trả lời")
    RETURNED = "returned", _("Nơi nhận trả lại")
    CANCELLED = "cancelled", _("Đã hủy")


FORWARDING_TRANSITIONS: dict[str, set[str]] = {
    ForwardingState.DRAFT: {ForwardingState.SENT, ForwardingState.CANCELLED},
    ForwardingState.SENT: {
        ForwardingState.TAKEN,
        ForwardingState.ANSWERED,
        ForwardingState.RETURNED,
        ForwardingState.CANCELLED,
    },
    ForwardingState.TAKEN: {ForwardingState.ANSWERED},
    ForwardingState.ANSWERED: set(),
    ForwardingState.RETURNED: set(),
    ForwardingState.CANCELLED: set(),
}


class DataRequestState(models.TextChoices):
    """What a sender asked about the data of a form (domain.md §2.9)."""

    WAITING = "waiting", _("Đang chờ")
    DONE = "done", _("Đã thực hiện")
    REFUSED = "refused", _("Không thực hiện được")


DATA_REQUEST_TRANSITIONS: dict[str, set[str]] = {
    DataRequestState.WAITING: {DataRequestState.DONE, DataRequestState.REFUSED},
    DataRequestState.DONE: set(),
    DataRequestState.REFUSED: set(),
}


class TableState(models.TextChoices):
    """A file of the consolidated table that a worker makes."""

    WAITING = "waiting", _("Đang lập tệp")
    DONE = "done", _("Đã lập xong")
    FAILED = "failed", _("Không lập được")


TABLE_TRANSITIONS: dict[str, set[str]] = {
    TableState.WAITING: {TableState.DONE, TableState.FAILED},
    TableState.DONE: set(),
    TableState.FAILED: set(),
}
