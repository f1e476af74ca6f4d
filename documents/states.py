"""Where a document, a number of the register and a comment can stand; which moves are legal."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentState(models.TextChoices):
    """The approval path of every official document."""

    DRAFT = "draft", _("Dự thảo")
    SUBMITTED = "submitted", _("Trình ký")
    ISSUED = "issued", _("Đã ban hành")
    AMENDED = "amended", _("Đã được sửa đổi")
    REVOKED = "revoked", _("Đã thu hồi")


TRANSITIONS: dict[str, set[str]] = {
    DocumentState.DRAFT: {DocumentState.SUBMITTED},
    DocumentState.SUBMITTED: {DocumentState.DRAFT, DocumentState.ISSUED},
    DocumentState.ISSUED: {DocumentState.AMENDED, DocumentState.REVOKED},
    # The amendment was revoked: in force again.
    DocumentState.AMENDED: {DocumentState.ISSUED},
    DocumentState.REVOKED: set(),
}

# A paper that had its number: frozen, readable, in the register.
FROZEN = frozenset({DocumentState.ISSUED, DocumentState.AMENDED, DocumentState.REVOKED})


class NumberState(models.TextChoices):
    """What became of a number of the register; a row never vanishes."""

    RESERVED = "reserved", _("Đang giữ")
    USED = "used", _("Đã dùng")
    VOIDED = "voided", _("Đã hủy")


NUMBER_TRANSITIONS: dict[str, set[str]] = {
    NumberState.RESERVED: {NumberState.USED, NumberState.VOIDED},
    NumberState.USED: {NumberState.VOIDED},
    NumberState.VOIDED: set(),
}


class CommentState(models.TextChoices):
    """Whether what somebody remarked on a draft is dealt with."""

    OPEN = "open", _("Chưa xử lý")
    MENDED = "mended", _("Đã sửa")


COMMENT_TRANSITIONS: dict[str, set[str]] = {
    CommentState.OPEN: {CommentState.MENDED},
    CommentState.MENDED: {CommentState.OPEN},
}
