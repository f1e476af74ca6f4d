"""Lists between levels: made, sent under their number, taken over, returned, answered."""

import datetime
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from core import outbox
from core.access import require
from core.codes import grouped_code, keyed_hash, random_code
from core.text import sort_key
from core.transitions import IllegalMoveError, move, record
from documents.actions import create_document
from documents.models import Document
from documents.states import DocumentState
from feedback import rules
from feedback.actions.intake import CODE_LENGTH
from feedback.actions.passing import (
    clerks_of,
    hold_groups,
    hold_item,
    settle_item,
    tell_office,
)
from feedback.documents import forwarding_letter
from feedback.models import (
    Consultation,
    ForwardedItem,
    Forwarding,
    IssueGroup,
    Opinion,
    Submission,
)
from feedback.queries.forwarding import direction_to, is_on_paper, taken_elsewhere
from feedback.states import ForwardingState, OpinionState
from organisations.models import Organisation, User


@dataclass(frozen=True)
class Chosen:
    """What goes on a list: lone opinions and whole groups."""

    opinions: Sequence[Opinion] = ()
    groups: Sequence[IssueGroup] = field(default_factory=tuple)

    def __len__(self) -> int:
        """How many lines."""
        return len(self.opinions) + len(self.groups)


@transaction.atomic
def start_forwarding(
    chosen: Chosen,
    *,
    by: User,
    organisation: Organisation,
    receiver: Organisation | None,
    receiver_name: str = "",
    today: datetime.date,
) -> Forwarding:
    """Begin a list to another level and its letter; nothing is sent before the letter is issued."""
    _require_maker(by, organisation)
    if not len(chosen):
        raise IllegalMoveError(_("Hãy chọn ít nhất một ý kiến hoặc vấn đề."))
    _refuse_unfit(chosen, organisation)
    name = receiver.name if receiver else receiver_name
    code = random_code(CODE_LENGTH)
    letter = forwarding_letter(organisation, name, code=grouped_code(code), number=len(chosen))
    forwarding = Forwarding.objects.create(
        organisation=organisation,
        receiver=receiver,
        receiver_name=name,
        direction=direction_to(organisation, receiver),
        is_on_paper=is_on_paper(receiver, today),
        code=code,
        document=create_document(organisation=organisation, by=by, today=today, **letter),
        created_by=by,
    )
    ForwardedItem.objects.bulk_create(_items(forwarding, chosen))
    record(forwarding, by=by, note=_("Lập danh sách %(n)s nội dung") % {"n": len(chosen)})
    return forwarding


@transaction.atomic
def edit_item(item: ForwardedItem, *, by: User, text: str) -> None:
    """Put a line into words that name nobody; only before the letter is signed."""
    item = _hold_line(item, by=by)
    item.text = text
    item.save(update_fields=["text"])
    record(item.forwarding, by=by, note=_("Sửa lời dòng %(n)s") % {"n": item.position})


@transaction.atomic
def drop_item(item: ForwardedItem, *, by: User) -> None:
    """Take a line off a list; the opinion waits for another."""
    item = _hold_line(item, by=by)
    record(item.forwarding, by=by, note=_("Bỏ dòng %(n)s") % {"n": item.position})
    item.delete()
    rows = list(item.forwarding.items.order_by("position"))
    for place, row in enumerate(rows, start=1):
        row.position = place
    ForwardedItem.objects.bulk_update(rows, ["position"])


@transaction.atomic
def cancel_forwarding(forwarding: Forwarding, *, by: User) -> None:
    """Give a list up before it is sent; its letter stays a draft nobody needs."""
    _require_maker(by, forwarding.organisation)
    _hold_open(forwarding)
    move(forwarding, ForwardingState.CANCELLED, by=by)


def send_forwarding(document: Document, by: User) -> None:
    """The letter of a list is issued: its opinions wait for the other level, which is told."""
    forwarding = Forwarding.objects.filter(document=document).select_related("receiver").first()
    if forwarding is None or forwarding.state != ForwardingState.DRAFT:
        return
    day = document.dated_on
    move(forwarding, ForwardingState.SENT, by=by, note=document.register_code, sent_on=day)
    for opinion in _members(forwarding):
        _send(opinion, forwarding, by=by)
    outbox.notify(
        [] if forwarding.is_on_paper else clerks_of(forwarding.receiver_id),
        key=f"forwarding:{forwarding.pk}",
        subject=_("Danh sách chuyển đến: %(code)s") % {"code": forwarding.shown_code},
        body=_("%(body)s chuyển %(n)s nội dung thuộc thẩm quyền của cơ quan Ông/Bà.")
        % {"body": forwarding.organisation.name, "n": forwarding.items.count()},
        reason=_("ông/bà là chuyên viên của cơ quan nhận danh sách."),
        link=forwarding.get_absolute_url(),
    )


def recall_forwarding(document: Document, by: User, reason: str) -> None:
    """The letter of a list is taken back: its opinions wait in the office again."""
    rows = Forwarding.objects.select_for_update(of=("self",))
    forwarding = rows.filter(document=document).first()
    if forwarding is None or forwarding.state == ForwardingState.DRAFT:
        return
    if forwarding.state != ForwardingState.SENT or _has_answers(forwarding):
        raise IllegalMoveError(_("Nơi nhận đã tiếp nhận danh sách này, không thu hồi được nữa."))
    move(forwarding, ForwardingState.CANCELLED, by=by, note=reason)
    _bring_back(forwarding, by=by, note=_("Thu hồi danh sách"))


@transaction.atomic
def take_over(
    forwarding: Forwarding, *, by: User, consultation: Consultation, today: datetime.date
) -> Submission:
    """Make the receiver's own opinions of a list; each links back, no sender comes along."""
    _require_receiver(by, forwarding)
    require(
        rules.may_run_consultation(by, consultation)
        and consultation.organisation_id == forwarding.receiver_id,
        _("Hãy chọn đợt lấy ý kiến của cơ quan nhận danh sách."),
    )
    move(forwarding, ForwardingState.TAKEN, by=by, taken_on=today)
    token = uuid.uuid4()
    secret = Submission(form_token=token).secret
    forwarding.submission = submission = Submission.objects.create(
        consultation=consultation,
        channel=Submission.Channel.FORWARDED,
        area=forwarding.organisation.unit,
        audience=Submission.Audience.OTHER,
        reply_mode=Submission.ReplyMode.WRITTEN,
        code=random_code(CODE_LENGTH),
        secret_hash=keyed_hash(settings.TRACKING_PEPPER, secret),
        form_token=token,
        sender_organisation=forwarding.organisation,
        entered_by=by,
        received_on=today,
    )
    forwarding.save(update_fields=["submission"])
    _take_items(forwarding, submission)
    tell_office(
        forwarding,
        key=f"forwarding-taken:{forwarding.pk}",
        subject=_("Đã tiếp nhận danh sách %(code)s") % {"code": forwarding.shown_code},
        body=_("%(body)s đã tiếp nhận danh sách.") % {"body": forwarding.receiver_name},
    )
    return submission


@transaction.atomic
def return_forwarding(forwarding: Forwarding, *, by: User, reason: str) -> None:
    """Send a list back with the reason: its opinions wait in the office again."""
    _require_keeper(by, forwarding)
    move(forwarding, ForwardingState.RETURNED, by=by, note=reason)
    _bring_back(forwarding, by=by, note=reason)
    tell_office(
        forwarding,
        key=f"forwarding-returned:{forwarding.pk}",
        subject=_("Danh sách bị trả lại: %(code)s") % {"code": forwarding.shown_code},
        body=reason,
    )


@transaction.atomic
def note_taken(forwarding: Forwarding, *, by: User, today: datetime.date) -> None:
    """The office heard that a receiver without this software has the list."""
    require(forwarding.is_on_paper, _("Nơi nhận tự tiếp nhận danh sách trên phần mềm."))
    _require_keeper(by, forwarding)
    move(forwarding, ForwardingState.TAKEN, by=by, taken_on=today)


@transaction.atomic
def answer_item(
    item: ForwardedItem, *, by: User, text: str, today: datetime.date, legal_basis: str = ""
) -> None:
    """Answer one line: the receiver, or the office that got the answer on paper."""
    _require_keeper(by, item.forwarding)
    item = hold_item(item)
    waits = item.forwarding.state in (ForwardingState.SENT, ForwardingState.TAKEN)
    if not waits or item.answered_on is not None:
        raise IllegalMoveError(_("Dòng này không còn chờ trả lời."))
    settle_item(item, by=by, text=text, legal_basis=legal_basis, today=today)


def _items(forwarding: Forwarding, chosen: Chosen) -> list[ForwardedItem]:
    lines = []
    for group in chosen.groups:
        rows = list(group.opinions.select_related("submission__area"))
        people = sum(row.supporters for row in rows) + group.supports.count()
        lines.append(ForwardedItem(group=group, text=group.title, field=group.field, people=people))
        lines[-1].areas = _places(rows)
    for opinion in chosen.opinions:
        text = "\n".join(part for part in (opinion.text, opinion.proposal) if part)
        lines.append(
            ForwardedItem(
                opinion=opinion,
                text=text,
                field=opinion.field,
                people=opinion.supporters,
                areas=_places([opinion]),
            )
        )
    for place, line in enumerate(lines, start=1):
        line.forwarding, line.position = forwarding, place
    return lines


def _places(rows: Iterable[Opinion]) -> str:
    return ", ".join(sorted({str(row.submission.area) for row in rows}, key=sort_key))[:300]


def _refuse_unfit(chosen: Chosen, organisation: Organisation) -> None:
    """Only what the office sorted, nobody was asked about, and stands on no other list."""
    opinions = Opinion.objects.select_for_update(of=("self",)).filter(
        pk__in=[row.pk for row in chosen.opinions],
        submission__consultation__organisation=organisation,
        state=OpinionState.CLASSIFIED,
        group=None,
    )
    groups = IssueGroup.objects.select_for_update(of=("self",)).filter(
        pk__in=[row.pk for row in chosen.groups],
        consultation__organisation=organisation,
        task=None,
        merged_into=None,
        opinions__state=OpinionState.CLASSIFIED,
    )
    fit = len(opinions) + len({row.pk for row in groups})
    if fit != len(chosen) or taken_elsewhere(chosen.opinions, chosen.groups):
        raise IllegalMoveError(
            _(
                "Chỉ chuyển được ý kiến đã phân loại, chưa giao cơ quan trả lời và chưa nằm trong "
                "danh sách khác. Hãy tải lại trang."
            )
        )


def _members(forwarding: Forwarding) -> list[Opinion]:
    """Every opinion behind the lines of a list, none added to their matters meanwhile."""
    items = forwarding.items.all()
    hold_groups(item.group_id for item in items)
    lone = Opinion.objects.filter(forwarded__in=items)
    grouped = Opinion.objects.filter(group__forwarded__in=items)
    return list((lone | grouped).distinct().order_by("pk"))


def _send(opinion: Opinion, forwarding: Forwarding, *, by: User) -> None:
    is_up = forwarding.direction == Forwarding.Direction.UP
    resolution = Opinion.Resolution.ESCALATED if is_up else Opinion.Resolution.TRANSFERRED
    move(
        opinion,
        OpinionState.FORWARDED,
        by=by,
        note=_("Chuyển %(body)s, mã %(code)s")
        % {"body": forwarding.receiver_name, "code": forwarding.shown_code},
        resolution=resolution,
        resolution_target=forwarding.receiver_name,
    )


def _bring_back(forwarding: Forwarding, *, by: User, note: str) -> None:
    for opinion in _members(forwarding):
        if opinion.state == OpinionState.FORWARDED:
            nothing = {"resolution": "", "resolution_target": ""}
            move(opinion, OpinionState.CLASSIFIED, by=by, note=note, **nothing)


def _take_items(forwarding: Forwarding, submission: Submission) -> None:
    """One opinion of the receiver's for each line that has words and no answer yet."""
    for item in forwarding.items.filter(answered_on=None).order_by("position"):
        original = item.opinion or item.members().first()
        item.taken = Opinion.objects.create(
            submission=submission,
            position=item.position,
            text=item.text,
            kind=original.kind if original else Opinion.Kind.PROPOSAL,
            field=item.field,
            supporters=max(item.people, 1),
        )
        item.save(update_fields=["taken"])


def _has_answers(forwarding: Forwarding) -> bool:
    return forwarding.items.exclude(answered_on=None).exists()


def _hold_line(item: ForwardedItem, *, by: User) -> ForwardedItem:
    """The line as it stands, on a list that may still be changed and now is by nobody else."""
    _require_maker(by, item.forwarding.organisation)
    _hold_open(item.forwarding)
    line = ForwardedItem.objects.select_related("forwarding").filter(pk=item.pk).first()
    if line is None:
        raise IllegalMoveError(_("Dòng này đã được bỏ khỏi danh sách. Hãy tải lại trang."))
    return line


def _hold_open(forwarding: Forwarding) -> None:
    """Lock the letter, so that what the head reads and signs is what is sent."""
    letter = Document.objects.select_for_update(of=("self",)).get(pk=forwarding.document_id)
    now = Forwarding.objects.get(pk=forwarding.pk)
    if not now.is_draft or letter.state != DocumentState.DRAFT:
        raise IllegalMoveError(_("Danh sách đã trình ký hoặc đã chuyển, không sửa được nữa."))


def _require_maker(by: User, organisation: Organisation) -> None:
    require(
        rules.may_make_forwarding(by, organisation),
        _("Chỉ chuyên viên của cơ quan lập danh sách được làm việc này."),
    )


def _require_receiver(by: User, forwarding: Forwarding) -> None:
    require(
        rules.may_receive_forwarding(by, forwarding),
        _("Chỉ chuyên viên, lãnh đạo của cơ quan nhận danh sách được làm việc này."),
    )


def _require_keeper(by: User, forwarding: Forwarding) -> None:
    """Whoever says what the receiver did: the receiver, or the office where it is on paper."""
    require(
        rules.may_keep_forwarding(by, forwarding),
        _(
            "Chỉ cơ quan nhận danh sách được làm việc này; nơi nhận bản giấy thì cơ quan lập ghi hộ."
        ),
    )
