"""Who hears of answers, and by which way; what a kept list shows."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from django.db.models import Exists, OuterRef, QuerySet

from feedback.models import Answer, Notice, Opinion, Release, Sender, Submission, Support
from feedback.states import OpinionState

Channel: TypeAlias = Notice.Channel
Wish: TypeAlias = Submission.ReplyMode
BY_HAND = (Channel.PHONE, Channel.WRITTEN, Channel.BODY, Channel.RECEPTION)
# What to try first, second, third, by what the sender wished.
WAYS = {
    Wish.PHONE: (Channel.PHONE, Channel.EMAIL, Channel.WRITTEN),
    Wish.WRITTEN: (Channel.WRITTEN, Channel.EMAIL, Channel.PHONE),
    Wish.EMAIL: (Channel.EMAIL, Channel.PHONE, Channel.WRITTEN),
    Wish.CONFERENCE: (Channel.EMAIL,),
}
ANSWERABLE = (OpinionState.CLASSIFIED, OpinionState.ASKED, OpinionState.ANSWERED)


def channel_for(
    wish: str, sender: Sender | None, *, has_consent: bool, is_restricted: bool, has_body: bool
) -> Channel:
    """By which way the sender of one form hears: as wished if that is possible, else the next way.

    Nothing is ever mailed to an address that was not confirmed. Once a matter of the form left the
    dialogue only reception may know the sender.
    """
    if sender is not None and is_restricted:
        return Channel.RECEPTION
    if sender is not None and has_consent:
        is_open = {
            Channel.EMAIL: bool(sender.email and sender.email_confirmed_at),
            Channel.PHONE: bool(sender.phone),
            Channel.WRITTEN: bool(sender.address),
        }
        for way in WAYS.get(Wish(wish), ()):
            if is_open[way]:
                return way
    return Channel.BODY if has_body else Channel.CONFERENCE


def mailable(forms: QuerySet[Submission]) -> QuerySet[Submission]:
    """The forms whose senders may be mailed: consent stands, the address is confirmed, nothing of
    the form left the dialogue.
    """
    return (
        forms.filter(consent__isnull=False, consent_withdrawn_at=None)
        .exclude(sender__email_confirmed_at=None)
        .exclude(opinions__state=OpinionState.ROUTED)
        .select_related("sender")
        .distinct()
    )


@dataclass
class Readers:
    """Who hears of some answers: which form of which answer, and each form with its way."""

    pairs: list[tuple[Answer, int]] = field(default_factory=list)
    submissions: dict[int, tuple[Submission, Channel]] = field(default_factory=dict)

    @property
    def by_channel(self) -> "list[tuple[Channel, int]]":
        """How many senders hear by each way, in the order of the ways."""
        count = Counter(channel for _form, channel in self.submissions.values())
        return [(channel, count[channel]) for channel in Channel if count[channel]]


def readers_of(answers: Sequence[Answer]) -> Readers:
    """The senders and joiners of what `answers` answer, released or about to be."""
    by_group = {answer.group_id: answer for answer in answers}
    pairs = _forms_in(by_group)
    return Readers(
        pairs=[(by_group[group], form) for group, form in sorted(pairs)],
        submissions=_with_ways({form for _group, form in pairs}),
    )


def forms_of_groups(groups: Collection[int]) -> dict[int, tuple[Submission, Channel]]:
    """The forms of everybody who raised or joined some matters, each with the way she hears."""
    return _with_ways({form for _group, form in _forms_in(groups)})


def way_of_form(submission: Submission) -> Channel:
    """The way the sender of one form hears."""
    _form, channel = _with_ways([submission.pk])[submission.pk]
    return channel


def _forms_in(groups: Collection[int]) -> set[tuple[int, int]]:
    sent = Opinion.objects.filter(group__in=groups, state__in=ANSWERABLE)
    joined = Support.objects.filter(group__in=groups)
    return {
        *((group, form) for group, form in sent.values_list("group_id", "submission_id") if group),
        *joined.values_list("group_id", "submission_id"),
    }


def _with_ways(ids: Collection[int]) -> dict[int, tuple[Submission, Channel]]:
    routed = Opinion.objects.filter(submission=OuterRef("pk"), state=OpinionState.ROUTED)
    forms = (
        Submission.objects.filter(pk__in=ids)
        .select_related("sender", "consultation", "sender_organisation", "area")
        .annotate(is_restricted=Exists(routed))
    )
    return {form.pk: (form, _channel(form)) for form in forms}


def _channel(form: Any) -> Channel:
    return channel_for(
        form.reply_mode,
        getattr(form, "sender", None),
        has_consent=form.has_consent,
        is_restricted=form.is_restricted,
        has_body=form.sender_organisation_id is not None,
    )


@dataclass
class ToldLine:
    """One sender on the list of a release: what she is told of, how, and whether it was done."""

    submission: Submission
    channel: Channel
    notices: list[Notice]

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do."""
        return all(notice.told_at for notice in self.notices)


def told_lines(release: Release) -> list[ToldLine]:
    """The senders somebody has to tell by hand, those not told yet first."""
    rows = (
        Notice.objects.filter(release=release, channel__in=BY_HAND)
        .select_related("submission__area", "submission__sender_organisation", "told_by")
        .select_related("answer__group")
        .order_by("channel", "submission_id", "answer_id")
    )
    lines: dict[int, ToldLine] = {}
    for row in rows:
        line = ToldLine(row.submission, Channel(row.channel), [])
        lines.setdefault(row.submission_id, line).notices.append(row)
    return sorted(lines.values(), key=lambda line: line.is_done)


def told_numbers(release: Release) -> "list[tuple[Channel, int]]":
    """How many senders heard or will hear by each way."""
    pairs = Notice.objects.filter(release=release).values_list("submission_id", "channel")
    count = Counter(Channel(channel) for _form, channel in pairs.distinct())
    return [(channel, count[channel]) for channel in Channel if count[channel]]
