"""What became of a point goes to those who raised it: each once, by the way she chose."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conclusions import rules
from conclusions.models import ConclusionPoint, PetitionItem, PointResult, ResultReply
from conclusions.queries import may_be_told, with_tasks
from core import outbox
from core.access import require
from core.transitions import IllegalMoveError, move, record
from feedback.actions.telling import letter_of_result
from feedback.models import Notice, Opinion
from feedback.queries.releases import forms_of_groups
from feedback.states import OpinionState
from organisations.models import User


@transaction.atomic
def tell_result(point: ConclusionPoint, *, by: User, text: str) -> PointResult:
    """Close a point: its result in plain words to everybody who raised the matter.

    Possible when its work was accepted, and again only after it was taken up anew.
    """
    require(rules.may_tell_result(by, point), rules.NOT_TELLING)
    ConclusionPoint.objects.select_for_update(of=("self",)).get(pk=point.pk)
    (line,) = with_tasks([point])
    if not may_be_told(line):
        raise IllegalMoveError(
            _("Chỉ trả lời được khi việc đã nghiệm thu và chưa trả lời lần nào từ đó.")
        )
    return write_result(point, by=by, text=text, said_by=point.notice.document.organisation.name)


def write_result(
    point: ConclusionPoint,
    *,
    by: User,
    text: str,
    said_by: str,
    item: PetitionItem | None = None,
) -> PointResult:
    """Keep a result and reply to each member of its groups; who may is the caller's rule."""
    result = PointResult.objects.create(point=point, item=item, text=text, said_by=said_by, by=by)
    groups = list(point.groups.values_list("pk", flat=True))
    replies, letters = [], []
    for submission, channel in forms_of_groups(groups).values():
        is_letter = channel == Notice.Channel.EMAIL
        told_at = timezone.now() if is_letter else None
        replies.append(
            ResultReply(result=result, submission=submission, channel=channel, told_at=told_at)
        )
        if is_letter:
            letters.append(letter_of_result(submission, key=f"result:{result.pk}"))
    ResultReply.objects.bulk_create(replies)
    _answered(groups, by)
    outbox.write_all(letters)
    values = {"n": len(replies)}
    record(point.notice.document, by=by, note=_("Báo kết quả cho %(n)s người gửi") % values)
    return result


def _answered(groups: list[int], by: User) -> None:
    """What was still waiting to be answered is answered by the result."""
    waiting = Opinion.objects.filter(
        group__in=groups, state__in=[OpinionState.CLASSIFIED, OpinionState.ASKED]
    )
    for opinion in waiting.order_by("pk"):
        move(opinion, OpinionState.ANSWERED, by=by, resolution=Opinion.Resolution.ANSWERED)


@transaction.atomic
def mark_replied(reply: ResultReply, *, by: User) -> None:
    """The office has told a sender by telephone, on paper or through her body."""
    point = reply.result.point
    require(rules.may_tell_result(by, point), rules.NOT_TELLING)
    waiting = ResultReply.objects.filter(pk=reply.pk, told_at=None)
    if waiting.update(told_at=timezone.now(), told_by=by):
        words = {"code": reply.submission.shown_code}
        record(point.notice.document, by=by, note=_("Đã báo người gửi phiếu %(code)s") % words)
