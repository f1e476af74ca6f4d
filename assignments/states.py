"""Where a task can stand, and how it can have ended (two different things: design.md §3)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TaskState(models.TextChoices):
    """Who has the task."""

    OPEN = "open", _("Đang thực hiện")
    REPORTED = "reported", _("Đã báo cáo, chờ nghiệm thu")
    ACCEPTED = "accepted", _("Đã nghiệm thu")
    CANCELLED = "cancelled", _("Đã hủy")


class Resolution(models.TextChoices):
    """How the task ended, as reported and accepted."""

    DONE = "done", _("Đã giải quyết xong")
    PARTLY = "partly", _("Giải quyết một phần")
    EXPLAINED = "explained", _("Đã giải thích, cung cấp thông tin")
    ROADMAP = "roadmap", _("Có lộ trình giải quyết")
    ESCALATED = "escalated", _("Đã kiến nghị cấp trên")
    TRANSFERRED = "transferred", _("Đã chuyển cơ quan có thẩm quyền")
    OBSTACLE = "obstacle", _("Chưa giải quyết do nguyên nhân khách quan")
    REJECTED = "rejected", _("Không xem xét")


TRANSITIONS: dict[str, set[str]] = {
    TaskState.OPEN: {TaskState.REPORTED, TaskState.CANCELLED},
    TaskState.REPORTED: {TaskState.ACCEPTED, TaskState.OPEN},
    TaskState.ACCEPTED: {TaskState.OPEN},
    TaskState.CANCELLED: set(),
}


class RequestState(models.TextChoices):
    """What became of a request: about a deadline, or to look at a result again."""

    ASKED = "asked", _("Chờ quyết định")
    ACCEPTED = "accepted", _("Đã đồng ý")
    REFUSED = "refused", _("Không đồng ý")
    WITHDRAWN = "withdrawn", _("Đã rút")


REQUEST_TRANSITIONS: dict[str, set[str]] = {
    RequestState.ASKED: {
        RequestState.ACCEPTED,
        RequestState.REFUSED,
        RequestState.WITHDRAWN,
    },
    RequestState.ACCEPTED: set(),
    RequestState.REFUSED: set(),
    RequestState.WITHDRAWN: set(),
}
