"""Sorting opinions: classify, decline, and lead out of the dialogue what does not belong in it."""

import datetime
from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments.actions import cancel_task
from assignments.states import TaskState
from core.access import require
from core.models import HistoryEntry, Message
from core.transitions import move, record
from feedback import rules
from feedback.actions.intake import delete_stored
from feedback.models import Field, IssueGroup, Opinion, RestrictedMatter, Sender
from feedback.states import AnswerState, MatterState, OpinionState
from organisations.models import User


@transaction.atomic
def classify_opinion(
    opinion: Opinion,
    *,
    by: User,
    kind: str,
    field: Field,
    competence: str,
    other_fields: Iterable[Field] = (),
    supporters: int = 1,
) -> None:
    """Say what an opinion is, which field it concerns and who is competent; may be done again."""
    _require_office(by, opinion)
    values = {
        "kind": kind,
        "field": field,
        "competence": competence,
        "supporters": supporters,
    }
    note = _("%(kind)s · %(field)s") % {"kind": Opinion.Kind(kind).label, "field": field}
    if opinion.state == OpinionState.CLASSIFIED:
        Opinion.objects.filter(pk=opinion.pk, state=OpinionState.CLASSIFIED).update(**values)
        record(opinion, by=by, note=note)
    else:
        move(opinion, OpinionState.CLASSIFIED, by=by, note=note, **values)
    opinion.other_fields.set(row for row in other_fields if row != field)


def decline_opinion(opinion: Opinion, *, by: User, reason: str) -> None:
    """Leave an opinion out of the dialogue, with words its sender will read."""
    _require_office(by, opinion)
    move(
        opinion,
        OpinionState.DECLINED,
        by=by,
        note=reason,
        resolution=Opinion.Resolution.OUT_OF_SCOPE,
        resolution_note=reason,
        group=None,
    )


def reopen_opinion(opinion: Opinion, *, by: User) -> None:
    """Take a declined opinion back into the dialogue."""
    _require_office(by, opinion)
    move(opinion, OpinionState.RECEIVED, by=by, resolution="", resolution_note="")


@transaction.atomic
def route_out_opinion(
    opinion: Opinion, *, by: User, kind: str, receiving_body: str, reason: str, today: datetime.date
) -> RestrictedMatter:
    """Lead a complaint, denunciation, crime report or civil dispute out of the dialogue.

    The words go to the restricted matter, which reception alone opens; the opinion stays as a stub
    without words, and no history line, group or task keeps any (domain.md §2.4–2.5).
    """
    _require_office(by, opinion)
    group, content = opinion.group, _whole_text(opinion)
    move(
        opinion,
        OpinionState.ROUTED,
        by=by,
        note="",
        text="",
        proposal="",
        raised_before="",
        group=None,
        resolution=Opinion.Resolution.TRANSFERRED,
        resolution_note=receiving_body,
    )
    _forget_notes(opinion)
    opinion.additions.all().delete()
    if group is not None:
        _leave_group(group, by=by)
    return RestrictedMatter.objects.create(
        opinion=opinion,
        kind=kind,
        content=content,
        receiving_body=receiving_body,
        reason=reason,
        routed_by=by,
        routed_on=today,
    )


def note_matter_viewed(matter: RestrictedMatter, *, by: User) -> None:
    """Reception opens a matter: every view is remembered."""
    require(rules.may_see_matter(by, matter), _("Chỉ bộ phận tiếp công dân xem được hồ sơ này."))
    record(matter, by=by, note=_("Xem hồ sơ"))


@transaction.atomic
def hand_over_matter(matter: RestrictedMatter, *, by: User) -> None:
    """Hand a matter over on paper: words, sender and files are erased, a stub remains."""
    require(rules.may_see_matter(by, matter), _("Chỉ bộ phận tiếp công dân được bàn giao hồ sơ."))
    submission = matter.opinion.submission
    move(
        matter,
        MatterState.HANDED_OVER,
        by=by,
        content="",
        reason="",
        handed_over_at=timezone.now(),
    )
    files = [row.file for row in submission.files.select_related("file")]
    submission.files.all().delete()
    delete_stored(files)
    Sender.objects.filter(submission=submission).delete()
    Message.objects.filter(key=f"email-confirm:{submission.pk}").delete()


def _whole_text(opinion: Opinion) -> str:
    added = opinion.additions.order_by("pk").values_list("text", flat=True)
    parts = (opinion.text, opinion.proposal, opinion.raised_before, *added)
    return "\n\n".join(part for part in parts if part)


def _forget_notes(opinion: Opinion) -> None:
    """Notes people wrote while sorting may quote the words; what was done and when stays."""
    of_opinion = ContentType.objects.get_for_model(Opinion)
    HistoryEntry.objects.filter(subject_type=of_opinion, subject_id=opinion.pk).update(note="")


def _leave_group(group: IssueGroup, *, by: User) -> None:
    """The group an opinion was taken out of: left empty it keeps no title, answer or open task."""
    if group.opinions.exists():
        return
    neutral = _("Vấn đề đã chuyển ngoài đối thoại")
    answer = getattr(group, "answer", None)
    if answer is not None and answer.state != AnswerState.RELEASED:
        answer.delete()
    if group.task is not None:
        if group.task.state == TaskState.OPEN:
            cancel_task(group.task, by=by, reason=neutral)
        type(group.task).objects.filter(pk=group.task.pk).update(title=neutral, details="")
    IssueGroup.objects.filter(pk=group.pk).update(title=neutral)


def _require_office(by: User, opinion: Opinion) -> None:
    require(
        rules.may_sort_opinion(by, opinion),
        _("Chỉ văn phòng tổng hợp ý kiến được xử lý ý kiến này."),
    )
