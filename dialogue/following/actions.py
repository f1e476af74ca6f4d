"""Asking an address once, its yes, its no; nothing is sent to one that has not said yes twice."""

import datetime
from collections.abc import Collection

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from conferences.models import Conference
from core import outbox
from core.models import Message
from dialogue.following import links, news
from dialogue.following.models import Follower, KnownAddress

WAIT_DAYS = 30
"""How long the link of the first letter can be used; then the address is forgotten."""

KEEP_DAYS = 730
"""So long after a conference its news ends by itself, and the addresses go."""

MOST_WAITING = 20
"""So many conferences may wait for one address to say yes."""


@transaction.atomic
def ask_to_follow(conference: Conference, *, address: str, now: datetime.datetime) -> None:
    """Remember the wish and send one letter with a link, unless a letter there is unanswered.

    Who asks learns nothing about the address, whatever happens.
    """
    index = links.index_of(address)
    KnownAddress.objects.get_or_create(index=index, defaults={"is_unanswered": False})
    known = KnownAddress.objects.select_for_update().get(index=index)
    waiting = known.followers.filter(confirmed_at=None).count()
    # Where nobody can say yes any more, nothing is kept either.
    if waiting >= MOST_WAITING or (known.is_unanswered and not waiting):
        return
    follower, _is_new = Follower.objects.get_or_create(
        conference=conference, known=known, defaults={"address": address, "asked_at": now}
    )
    if follower.confirmed_at is not None or known.is_unanswered:
        return
    known.is_unanswered, known.letters = True, known.letters + 1
    known.save(update_fields=["is_unanswered", "letters"])
    outbox.write(
        key=f"follow-ask:{known.pk}:{known.letters}",
        subject=_("Xác nhận nhận tin về hội nghị đối thoại"),
        body=_(
            "Có người, có lẽ là Ông/Bà, đã ghi địa chỉ này để nhận tin về “%(title)s”.\n\n"
            "Nếu đúng, xin mở liên kết dưới đây và bấm Xác nhận. Nếu không, xin bỏ qua thư này: "
            "sẽ không có thư nào khác gửi đến."
        )
        % {"title": conference.title},
        reason=_("địa chỉ này được ghi ở trang công khai của hội nghị."),
        address=follower.address,
        link=f"{links.CONFIRM}:{follower.pk}",
        about=conference,
    )


def waiting_with(follower: Follower) -> list[Follower]:
    """Everything the same address was typed for and has not answered yet."""
    rows = Follower.objects.filter(known=follower.known_id, confirmed_at=None)
    return list(rows.select_related("conference").order_by("conference__starts_at"))


@transaction.atomic
def confirm(follower: Follower, *, chosen: Collection[int], now: datetime.datetime) -> None:
    """The owner of the address says yes to the chosen ones; what was not chosen is forgotten."""
    known = KnownAddress.objects.select_for_update().get(pk=follower.known_id)
    waiting, today = waiting_with(follower), timezone.localdate(now)
    progress = news.progress_of([row.conference_id for row in waiting], today)
    for row in waiting:
        if row.pk in chosen:
            row.confirmed_at = row.progress_at = now
            row.told = news.standing(row.conference)
            row.progress = progress[row.conference_id]
            row.save(update_fields=["confirmed_at", "told", "progress", "progress_at"])
        else:
            row.delete()
    known.is_unanswered = False
    known.save(update_fields=["is_unanswered"])


@transaction.atomic
def refuse(follower: Follower) -> None:
    """It was somebody else: the address is forgotten, and never asked again."""
    _forget(Follower.objects.filter(known=follower.known_id, confirmed_at=None))


@transaction.atomic
def stop(follower: Follower, *, everything: bool = False) -> None:
    """No more news of this conference, or of any; the address goes with the row."""
    rows = Follower.objects.filter(known=follower.known_id)
    _forget(rows if everything else rows.filter(pk=follower.pk))


@transaction.atomic
def forget_old(now: datetime.datetime) -> int:
    """Addresses that have not said yes in time go, and those of conferences long ago; how many."""
    unanswered = Q(confirmed_at=None, asked_at__lt=now - datetime.timedelta(days=WAIT_DAYS))
    is_over = Q(conference__ends_at__lt=now - datetime.timedelta(days=KEEP_DAYS))
    return _forget(Follower.objects.filter(unanswered | is_over))


def _forget(rows: "news.Followers") -> int:
    """Delete followers and the letters that hold their addresses."""
    found = list(rows.select_for_update(of=("self",)).values_list("pk", "known"))
    letters = Q(pk__in=[])
    for pk, known in found:
        letters |= Q(key__startswith=f"follow-news:{pk}:")
        letters |= Q(key__startswith=f"follow-ask:{known}:")
    Message.objects.filter(letters).exclude(state=Message.State.SENDING).delete()
    Follower.objects.filter(pk__in=[pk for pk, _known in found]).delete()
    return len(found)
