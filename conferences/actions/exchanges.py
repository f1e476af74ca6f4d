"""What was raised and what was answered."""

import datetime
from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conferences import rules
from conferences.actions.holding import NOT_OFFICE, raise_pulse
from conferences.models import Conference, Exchange, SpeakingTurn
from conferences.queries import place_for
from core.access import require
from core.text import fold
from core.transitions import record
from core.versions import save_version
from feedback.actions import answer_in_hall
from feedback.models import Field, IssueGroup, RestrictedMatter
from organisations.models import User

FACT_ONLY = gettext_lazy(
    "Khiếu nại, tố cáo nêu tại hội trường chỉ được ghi là có việc đó, không thêm tên và nội dung."
)


Follow = Callable[[Exchange, int | None], None]
_followers: list[Follow] = []


def register_tied(follow: Follow) -> None:
    """Let a later step hear that an exchange is about another matter than before (by id)."""
    if follow not in _followers:
        _followers.append(follow)


@transaction.atomic
def record_exchange(
    conference: Conference,
    *,
    by: User,
    now: datetime.datetime,
    group: IssueGroup | None = None,
    field: Field | None = None,
    **said: str,
) -> Exchange:
    """Write down what was raised and answered, under the agenda item that is on.

    It belongs to the last speech of who raised it, also when that is over. `field` is that of a
    matter nobody had sent in before. `said` holds raised_by, raised_body, question, answered_by,
    answer and outcome.
    """
    require(rules.may_record_exchange(by, conference), NOT_OFFICE)
    _answer_senders(group, said.get("outcome", ""), by=by)
    raise_pulse(conference)
    return Exchange.objects.create(
        conference=conference,
        agenda_item=conference.agenda.running().first(),
        turn=_speech_of(conference, said.get("raised_by", ""), said.get("raised_body", "")),
        group=group,
        field=None if group else field,
        at=now,
        **said,
    )


def _answer_senders(group: IssueGroup | None, outcome: str, *, by: User) -> None:
    """A prepared answer reaches its senders when the office releases it; without one, what was said."""
    if group and outcome == Exchange.Outcome.ANSWERED and not hasattr(group, "answer"):
        answer_in_hall(group.opinions.all(), by=by, note=_("Đã trả lời tại hội nghị"))


def _speech_of(conference: Conference, name: str, body: str) -> SpeakingTurn | None:
    """The last speech of somebody; two people of one name are told apart by where they come from."""
    spoke = conference.turns.filter(started_at__isnull=False).order_by("-started_at")
    for turn in spoke:
        is_there = not (body and turn.body) or fold(body) == fold(turn.body)
        if fold(name) == fold(turn.name) and is_there:
            return turn
    return None


@transaction.atomic
def record_restricted(
    conference: Conference, *, by: User, now: datetime.datetime, kind: str
) -> Exchange:
    """Note that a complaint or denunciation was voiced, without who and what."""
    require(rules.may_record_exchange(by, conference), NOT_OFFICE)
    raise_pulse(conference)
    return Exchange.objects.create(
        conference=conference,
        agenda_item=conference.agenda.running().first(),
        raised_by=_("Một người dự hội nghị"),
        question=_("Có nội dung thuộc diện %(kind)s; hội nghị không ghi nội dung và danh tính.")
        % {"kind": RestrictedMatter.Kind(kind).label.lower()},
        answer=_("Đã hướng dẫn gửi đến %(place)s.")
        % {"place": place_for(conference.organisation, kind)},
        outcome=Exchange.Outcome.NOTED,
        is_fact_only=True,
        at=now,
    )


@transaction.atomic
def edit_exchange(exchange: Exchange, *, by: User, version: int, **said: object) -> None:
    """Correct what was written down; raises StaleError if somebody else was faster.

    What is concluded on it goes with the matter it is now about.
    """
    require(rules.may_record_exchange(by, exchange.conference), NOT_OFFICE)
    require(not exchange.is_fact_only, FACT_ONLY)
    was = exchange.group_id
    save_version(exchange, version=version, **said)
    _answer_senders(exchange.group, exchange.outcome, by=by)
    if exchange.group_id != was:
        for follow in _followers:
            follow(exchange, was)
    record(exchange, by=by, note=_("Sửa nội dung trao đổi"))
    raise_pulse(exchange.conference)
