"""The approval path: submitted, returned with a reason, issued under a number, revoked."""

import datetime
import hashlib
from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import outbox
from core.access import RefusedError, require
from core.models import Message
from core.text import fold
from core.transitions import IllegalMoveError, history_of, move
from documents import checks, facts, queries, rules
from documents.actions.amending import give_back, take_over
from documents.actions.numbers import enter_number, hold_reserved, number_scope, take_number
from documents.documents import paper_of
from documents.models import Document, RegisterNumber
from documents.printing.pdf import render_pdf
from documents.states import DocumentState
from organisations.models import User

LOCK_NOT_AVAILABLE = "55P03"


@transaction.atomic
def submit_document(document: Document, *, by: User, note: str = "") -> None:
    """Hand the draft to the head for signing; it can no longer be edited.

    What only people can settle (matters nobody concluded on) is settled before, not by the head.
    """
    require(
        rules.is_clerk_of(by, document),
        _("Chỉ chuyên viên của cơ quan soạn thảo được trình ký."),
    )
    held = " ".join(row.message for row in checks.holding(document))
    require(not held, _("Chưa trình ký được. %(list)s") % {"list": held})
    move(document, DocumentState.SUBMITTED, by=by, note=note, return_reason="")
    _tell(
        queries.heads_of(document),
        document,
        subject=_("Trình ký: %(paper)s") % {"paper": document},
        body=_("%(person)s trình văn bản này để Ông/Bà xem và ký ban hành.") % {"person": by},
        reason=_("Ông/Bà là lãnh đạo cơ quan ban hành"),
    )


@transaction.atomic
def return_document(document: Document, *, by: User, reason: str) -> None:
    """Give a submitted document back to the clerk, saying why."""
    require(
        rules.may_return_document(by, document),
        _("Chỉ lãnh đạo của cơ quan ban hành được trả lại, và chỉ khi văn bản đang trình ký."),
    )
    require(bool(reason.strip()), _("Hãy ghi lý do trả lại để chuyên viên biết cần sửa gì."))
    move(document, DocumentState.DRAFT, by=by, note=reason, return_reason=reason)
    _tell(
        [document.created_by],
        document,
        subject=_("Trả lại: %(paper)s") % {"paper": document},
        body=reason,
        reason=_("Ông/Bà soạn văn bản này"),
    )


def issue_document(
    document: Document,
    *,
    by: User,
    today: datetime.date,
    reserved: RegisterNumber | None = None,
) -> None:
    """Give the document its number and date, freeze it as PDF with SHA-256, set its work going.

    Everything happens in one transaction, so what is rolled back leaves no gap in the numbers
    (domain.md §1.2.4, §1.3.4). The number is printed on the PDF, hence the counter's row stays
    locked while one paper is rendered (about half a second): issuers of the same type in the same
    organisation queue up, nobody else waits. A file of a transaction that fails in the end stays
    behind under the name of its hash and hurts nobody.
    `reserved` is a number kept for it in the register. Raises RefusedError with the list of
    findings if the paper is not complete.
    """
    require(
        rules.is_head_of(by, document),
        _("Chỉ lãnh đạo của cơ quan ban hành được ký ban hành văn bản này."),
    )
    try:
        _issue(document, by=by, today=today, reserved=reserved)
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") == LOCK_NOT_AVAILABLE:
            raise RefusedError(
                _("Nhiều văn bản cùng loại đang được ban hành. Hãy thử lại sau một phút.")
            ) from error
        raise
    document.refresh_from_db()


@transaction.atomic
def revoke_document(document: Document, *, by: User, reason: str) -> None:
    """Take an issued document back; number and PDF stay, the reason is shown with it.

    What has grown out of it ends through the packages that own it (open tasks are cancelled), and
    everybody who got the paper is told.
    """
    require(
        rules.may_revoke_document(by, document),
        _("Chỉ lãnh đạo của cơ quan ban hành được thu hồi văn bản đã ban hành."),
    )
    require(bool(reason.strip()), _("Hãy ghi lý do thu hồi."))
    give_back(document, by=by, reason=reason)
    move(document, DocumentState.REVOKED, by=by, note=reason)
    for _kind, fact in facts.all_facts():
        if fact.on_revoke:
            fact.on_revoke(document, by, reason)
    RegisterNumber.objects.filter(document=document).update(reason=reason[:500])
    _tell(
        queries.receivers_of(document),
        document,
        subject=_("Đã thu hồi: %(number)s") % {"number": document.register_code},
        body=_("%(paper)s bị thu hồi. Lý do: %(reason)s") % {"paper": document, "reason": reason},
        reason=_("Cơ quan của Ông/Bà có tên ở Nơi nhận, hoặc Ông/Bà soạn văn bản này"),
    )


@transaction.atomic
def _issue(
    document: Document, *, by: User, today: datetime.date, reserved: RegisterNumber | None
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '30s'")
    paper = (
        Document.objects.select_for_update(of=("self",))
        .select_related(
            "type", "organisation__unit", "skin", "amends__type", "amends__organisation"
        )
        .get(pk=document.pk)
    )
    _require_issuable(paper, today)
    scope = number_scope(paper.organisation, today)
    paper.dated_on = today
    kept = hold_reserved(paper, reserved, scope) if reserved else None
    paper.number = kept.number if kept else take_number(paper.organisation, paper.type_id, scope)
    pdf = render_pdf(paper_of(paper))
    sha256 = hashlib.sha256(pdf).hexdigest()
    move(
        paper,
        DocumentState.ISSUED,
        by=by,
        note=paper.register_code,
        number=paper.number,
        number_scope=scope,
        dated_on=today,
        issued_at=timezone.now(),
        folded=fold(f"{paper.type.name} {paper.register_code} {paper.abstract}"),
        pdf=ContentFile(pdf, name=f"{sha256}.pdf"),
        pdf_sha256=sha256,
    )
    enter_number(paper, by=by, today=today, reserved=kept)
    _amend(paper, by=by)
    for _kind, fact in facts.all_facts():
        if fact.on_issue:
            fact.on_issue(paper, by)
    _tell(
        [paper.created_by],
        paper,
        subject=_("Đã ban hành: %(number)s") % {"number": paper.register_code},
        body=_("%(person)s đã ký ban hành: %(paper)s.") % {"person": by, "paper": paper},
        reason=_("Ông/Bà soạn văn bản này"),
    )


def _amend(paper: Document, *, by: User) -> None:
    """An amendment takes over, and those who got the old paper are told."""
    old = paper.amends
    if old is None:
        return
    take_over(paper, by=by)
    values = {"old": old.register_code, "new": paper.register_code, "paper": paper}
    _tell(
        [person for person in queries.receivers_of(old) if person.pk != paper.created_by_id],
        paper,
        subject=_("Sửa đổi, bổ sung: %(old)s") % values,
        body=_("%(old)s được sửa đổi bởi %(new)s: %(paper)s.") % values,
        reason=_("Cơ quan của Ông/Bà có tên ở Nơi nhận của văn bản được sửa đổi"),
    )


def _require_issuable(paper: Document, today: datetime.date) -> None:
    if paper.state != DocumentState.SUBMITTED:
        raise IllegalMoveError(
            _("Văn bản đang ở trạng thái “%(state)s” nên không ban hành được; hãy tải lại trang.")
            % {"state": paper.get_state_display()}
        )
    errors = [
        finding.message
        for finding in checks.findings(paper, today=today)
        if finding.severity == checks.ERROR
    ]
    require(
        not errors,
        _("Chưa ban hành được vì còn thiếu: %(list)s") % {"list": " ".join(errors)},
    )


def _tell(
    people: Iterable[User], document: Document, *, subject: str, body: str, reason: str
) -> None:
    """One in-app line per person and move; the history entry just written makes the key unique."""
    entry = history_of(document).first()
    outbox.write_all(
        outbox.letter(
            key=f"document-{document.pk}-{entry.pk if entry else 0}-{person.pk}",
            channel=Message.Channel.IN_APP,
            recipient=person,
            subject=subject[:250],
            body=body,
            reason=reason,
            link=document.get_absolute_url(),
            about=document,
        )
        for person in people
    )
