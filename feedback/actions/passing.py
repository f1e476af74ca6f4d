"""An answer from another level on its way back to those who asked."""

import datetime
from collections.abc import Iterable, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from assignments.queries import people_of
from core import outbox
from core.transitions import move
from feedback.actions.telling import letter_of_answer
from feedback.models import Answer, ForwardedItem, Forwarding, IssueGroup, Opinion, Submission
from feedback.queries.releases import mailable
from feedback.states import ForwardingState, OpinionState
from organisations.models import Role, User


def pass_back(answers: Sequence[Answer], *, by: User, today: datetime.date) -> None:
    """Released answers to opinions that were taken over: the lines they came from are answered too."""
    lines = ForwardedItem.objects.filter(taken__group__answer__in=answers, answered_on=None)
    lines = lines.select_related("forwarding", "taken__group__answer")
    for line in lines.order_by("forwarding", "position"):
        answer = line.taken.group.answer if line.taken and line.taken.group else None
        item = hold_item(line)
        if answer is not None and item.answered_on is None:
            basis = answer.legal_basis
            settle_item(item, by=by, text=answer.text, legal_basis=basis, today=today)


def hold_item(item: ForwardedItem) -> ForwardedItem:
    """The line as it stands, its list locked: who answers another line sees that this one is."""
    Forwarding.objects.select_for_update(of=("self",)).get(pk=item.forwarding_id)
    return ForwardedItem.objects.select_related("forwarding__organisation").get(pk=item.pk)


def hold_groups(ids: Iterable[int | None]) -> None:
    """Lock matters, in one order: who adds an opinion to one now is waited for, or comes after."""
    groups = IssueGroup.objects.select_for_update(of=("self",)).order_by("pk")
    list(groups.filter(pk__in={pk for pk in ids if pk}))


def settle_item(
    item: ForwardedItem, *, by: User, text: str, legal_basis: str, today: datetime.date
) -> None:
    """Keep the answer with its line, the originals are answered, their senders and office are told.

    The caller holds the line.
    """
    item.answer, item.legal_basis, item.answered_on = text, legal_basis, today
    item.save(update_fields=["answer", "legal_basis", "answered_on"])
    hold_groups([item.group_id])
    waiting = item.members().filter(state=OpinionState.FORWARDED)
    for opinion in waiting:
        answer_by(item, opinion, by=by)
    tell_of(item)
    _close(item.forwarding, by=by)
    tell_office(
        item.forwarding,
        key=f"forwarded-answer:{item.pk}",
        subject=_("Có trả lời: danh sách %(code)s") % {"code": item.forwarding.shown_code},
        body=_("%(body)s đã trả lời dòng %(n)s. Người gửi đọc được khi tra cứu.")
        % {"body": item.forwarding.receiver_name, "n": item.position},
    )


def answer_by(item: ForwardedItem, opinion: Opinion, *, by: User) -> None:
    """What another level answered to the line answers an opinion behind it."""
    body = item.forwarding.receiver_name
    move(
        opinion,
        OpinionState.ANSWERED,
        by=by,
        note=_("%(body)s trả lời, mã %(code)s") % {"body": body, "code": item.code},
        resolution=Opinion.Resolution.ANSWERED,
        resolution_target=body,
    )


def tell_of(item: ForwardedItem) -> None:
    """One letter to each sender and joiner behind an answered line who may be mailed."""
    forms = Submission.objects.filter(opinions__in=item.members())
    if item.group_id:
        forms = forms | Submission.objects.filter(supports__group=item.group_id)
    outbox.write_all(
        letter_of_answer(form, key=f"forwarded-answer:{item.pk}:{form.pk}")
        for form in mailable(forms)
    )


def tell_office(forwarding: Forwarding, *, key: str, subject: str, body: str) -> None:
    """Tell the clerks of the office that made the list."""
    outbox.notify(
        clerks_of(forwarding.organisation_id),
        key=key,
        subject=subject,
        body=body,
        reason=_("ông/bà là chuyên viên của cơ quan lập danh sách."),
        link=forwarding.get_absolute_url(),
    )


def clerks_of(organisation_id: int | None) -> list[User]:
    """The clerks of an organisation today, and who stands in for them."""
    found = people_of([organisation_id or 0], timezone.localdate(), Role.CLERK)
    return found.get(organisation_id or 0, [])


def _close(forwarding: Forwarding, *, by: User) -> None:
    """A list with an answer to every line is answered."""
    open_states = (ForwardingState.SENT, ForwardingState.TAKEN)
    if forwarding.items.filter(answered_on=None).exists() or forwarding.state not in open_states:
        return
    move(forwarding, ForwardingState.ANSWERED, by=by)
