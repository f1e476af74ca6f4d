"""Cancelling a number of the register."""

from django.db import transaction
from django.utils.translation import gettext as _

from core.access import RefusedError, require
from core.transitions import move
from documents import rules
from documents.actions.approval import revoke_document
from documents.models import RegisterNumber
from documents.states import DocumentState, NumberState
from organisations.models import User


@transaction.atomic
def void_number(line: RegisterNumber, *, by: User, reason: str) -> None:
    """Cancel a number with the reason; it stays in the register and is never given again.

    A number under which a paper is in force takes that paper back first.
    """
    require(rules.may_void_number(by, line), rules.NOT_VOIDING)
    require(bool(reason.strip()), _("Hãy ghi lý do hủy số."))
    paper = line.document
    if paper is not None and paper.state == DocumentState.AMENDED:
        raise RefusedError(_("Văn bản mang số này đã được sửa đổi; hãy thu hồi bản sửa đổi trước."))
    if paper is not None and paper.state == DocumentState.ISSUED:
        revoke_document(paper, by=by, reason=reason)
    move(line, NumberState.VOIDED, by=by, note=reason, reason=reason)
