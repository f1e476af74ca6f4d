"""Answering without an account: links made, revoked, opened by one browser, written and sent by."""

import datetime
import hmac
import uuid

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments.states import Resolution, TaskState
from core.access import require
from core.dates import written_day
from core.transitions import IllegalMoveError, move, record
from core.versions import save_version
from feedback import rules
from feedback.actions.telling import tell_heads, tell_link, tell_office
from feedback.models import Answer, AnswerLink, AnswerRequest
from feedback.queries.answers import has_head
from feedback.queries.links import hash_of, token_of
from feedback.states import AnswerState, RequestState
from organisations.models import User


@transaction.atomic
def make_link(
    request: AnswerRequest, *, by: User, expires_at: datetime.datetime, email: str = ""
) -> AnswerLink:
    """Make a link to answer a request and mail it if an address is given; older ones end."""
    require(rules.may_run_group(by, request.group), rules.NOT_OFFICE)
    if request.state != RequestState.STANDING:
        raise IllegalMoveError(_("Đề nghị này đã được rút."))
    AnswerLink.objects.filter(request=request, revoked_at=None).update(revoked_at=timezone.now())
    link = _new_link(request, by=by, expires_at=expires_at, email=email)
    where = _("gửi %(email)s") % {"email": email} if email else _("để in")
    values = {"where": where, "day": written_day(timezone.localdate(expires_at))}
    note = _("Lập đường dẫn trả lời, %(where)s, dùng đến hết ngày %(day)s") % values
    record(request.group, by=by, note=note)
    _send(link)
    return link


@transaction.atomic
def revoke_link(link: AnswerLink, *, by: User) -> None:
    """End a link at once; drafts that came through it stay."""
    require(rules.may_run_group(by, link.request.group), rules.NOT_OFFICE)
    if AnswerLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now()):
        record(link.request.group, by=by, note=_("Thu hồi đường dẫn trả lời"))


def note_link_shown(link: AnswerLink, *, by: User) -> None:
    """Remember who of the office looked at a link: whoever has it can answer."""
    require(rules.may_run_group(by, link.request.group), rules.NOT_OFFICE)
    record(link.request.group, by=by, note=_("Xem đường dẫn trả lời"))


@transaction.atomic
def open_link(link: AnswerLink, *, browser: str) -> bool:
    """Let the first browser that presses the button keep the link; False for any other."""
    locked = AnswerLink.objects.select_for_update().get(pk=link.pk)
    if not locked.browser_hash:
        locked.browser_hash, locked.opened_at = hash_of(browser), timezone.now()
        locked.save(update_fields=["browser_hash", "opened_at"])
        record(link.request.group, by=None, note=_("Đường dẫn trả lời được mở lần đầu"))
    link.browser_hash = locked.browser_hash
    return is_browser_of(link, browser)


def is_browser_of(link: AnswerLink, browser: str) -> bool:
    """Whether the browser is the one that opened the link first."""
    return bool(browser) and hmac.compare_digest(link.browser_hash, hash_of(browser))


@transaction.atomic
def renew_link(link: AnswerLink) -> AnswerLink | None:
    """Mail a fresh link to the address the old one went to, and to no other; None if there is none."""
    if not link.email:
        return None
    fresh = _new_link(link.request, by=None, expires_at=link.expires_at, email=link.email)
    note = _("Gửi lại đường dẫn trả lời tới %(email)s theo yêu cầu") % {"email": link.email}
    record(link.request.group, by=None, note=note)
    _send(fresh)
    return fresh


@transaction.atomic
def write_by_link(
    link: AnswerLink, *, text: str, legal_basis: str, signer: str, version: int
) -> Answer:
    """Keep the draft of an agency without account. StaleError if overtaken."""
    group = link.request.group
    _require_usable(link)
    answer = Answer.objects.filter(group=group).first()
    values = {"text": text, "legal_basis": legal_basis, "signer": signer, "link": link}
    if answer is None:
        answer = Answer.objects.create(group=group, **values)
        record(answer, by=None, note=_("Soạn qua đường dẫn"), to_state=AnswerState.DRAFT)
        return answer
    if answer.state != AnswerState.DRAFT:
        raise IllegalMoveError(_("Câu trả lời đã gửi đi, không sửa được nữa."))
    if any(getattr(answer, name) != value for name, value in values.items()):
        save_version(answer, version=version, written_by=None, **values)
        record(answer, by=None, note=_("Sửa qua đường dẫn"))
    return answer


@transaction.atomic
def submit_by_link(link: AnswerLink, answer: Answer) -> None:
    """Send the answer on, as approved by whom the sender named; a head's account approves first."""
    group = link.request.group
    _require_usable(link)
    note = _("Gửi qua đường dẫn; người duyệt: %(signer)s") % {"signer": answer.signer}
    if has_head(group.lead_id, timezone.localdate()):
        move(answer, AnswerState.AT_HEAD, by=None, note=note)
        tell_heads(answer)
        return
    move(answer, AnswerState.SUBMITTED, by=None, note=note)
    task = group.task
    if task is not None and task.state == TaskState.OPEN:
        move(
            task,
            TaskState.REPORTED,
            by=None,
            note=_("Đã gửi dự thảo trả lời qua đường dẫn."),
            result=_("Đã gửi dự thảo trả lời cho văn phòng."),
            resolution=Resolution.EXPLAINED,
            reported_at=timezone.now(),
        )
    tell_office(answer)


def _new_link(
    request: AnswerRequest, *, by: User | None, expires_at: datetime.datetime, email: str
) -> AnswerLink:
    link = AnswerLink(
        request=request, nonce=uuid.uuid4(), email=email, expires_at=expires_at, made_by=by
    )
    link.token_hash = hash_of(token_of(link))
    link.save()
    return link


def _send(link: AnswerLink) -> None:
    """The letter with the link; it names the matter, never a sender."""
    request = link.request
    values = {
        "office": request.group.consultation.organisation,
        "lead": request.lead,
        "title": request.group.title,
        "day": written_day(timezone.localdate(link.expires_at)),
        "due": written_day(request.task.due_on) if request.task and request.task.due_on else "",
    }
    words = _("%(office)s đề nghị %(lead)s trả lời vấn đề “%(title)s”.") % values
    if values["due"]:
        words += " " + _("Hạn: %(due)s.") % values
    words += (
        "\n\n"
        + _(
            "Đường dẫn dưới đây chỉ dùng để trả lời vấn đề này, đến hết ngày %(day)s, không cần tài "
            "khoản. Mở đường dẫn chưa làm gì cả; bấm nút trên trang để bắt đầu. Máy đầu tiên bấm nút "
            "giữ đường dẫn, nên xin chuyển thư này cho người soạn trước khi mở."
        )
        % values
    )
    tell_link(link, key="sent", words=words)


def _require_usable(link: AnswerLink) -> None:
    """Once more inside the transaction: the office may have ended it a moment ago."""
    request = AnswerRequest.objects.select_for_update(of=("self",)).get(pk=link.request_id)
    now = AnswerLink.objects.get(pk=link.pk)
    if request.state != RequestState.STANDING or not now.is_live(timezone.now()):
        raise IllegalMoveError(_("Đường dẫn không còn dùng được."))
