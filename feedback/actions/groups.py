"""Issue groups: opinions about one matter side by side, every original kept."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from core.access import require
from core.transitions import IllegalMoveError, move, record
from feedback import rules
from feedback.actions.passing import answer_by, tell_of
from feedback.actions.releases import tell_senders
from feedback.models import Answer, Field, ForwardedItem, IssueGroup, Opinion
from feedback.queries.forwarding import way_of
from feedback.states import AnswerState, OpinionState
from organisations.models import User


@transaction.atomic
def create_group(
    opinions: Sequence[Opinion], *, by: User, title: str, field: Field, competence: str
) -> IssueGroup:
    """Make one matter of opinions of one consultation; unread ones count as classified by it."""
    if not opinions:
        raise IllegalMoveError(_("Hãy chọn ít nhất một ý kiến."))
    consultation = opinions[0].submission.consultation
    require(
        rules.may_run_consultation(by, consultation), _("Chỉ văn phòng được gộp các ý kiến này.")
    )
    group = IssueGroup.objects.create(
        consultation=consultation, title=title, field=field, competence=competence
    )
    record(group, by=by, note=_("Lập vấn đề từ %(n)s ý kiến") % {"n": len(opinions)})
    _take(group, opinions, by=by)
    return group


@transaction.atomic
def edit_group(group: IssueGroup, *, by: User, title: str, field: Field, competence: str) -> None:
    """Mend how a matter is named and placed, until its answer is released; its task is named alike."""
    locked = _hold(group, by=by)
    released, _line = _answer_of(locked)
    if locked.merged_into_id or released:
        raise IllegalMoveError(_("Vấn đề đã công bố trả lời hoặc đã nhập vào vấn đề khác."))
    locked.title, locked.field, locked.competence = title, field, competence
    locked.save(update_fields=["title", "field", "competence"])
    if locked.task is not None:
        locked.task.title = task_title(locked)
        locked.task.folded = locked.task.fold_words()
        locked.task.save(update_fields=["title", "folded"])
    record(group, by=by, note=_("Sửa tên, lĩnh vực, thẩm quyền"))


def task_title(group: IssueGroup) -> str:
    """What the task of an agency that is asked is called."""
    return _("Chuẩn bị trả lời: %(title)s") % {"title": group.title}


@transaction.atomic
def add_to_group(group: IssueGroup, opinions: Sequence[Opinion], *, by: User) -> None:
    """Add alike opinions; they catch up with where the group stands, its answer included."""
    _require_office(by, group)
    locked = _take(group, opinions, by=by)
    record(locked, by=by, note=_("Thêm %(n)s ý kiến") % {"n": len(opinions)})
    answer, line = _answer_of(locked)
    state = _state_given(locked, is_answered=bool(answer or line))
    late = [row for row in opinions if row.state != state]
    for opinion in late:
        catch_up(opinion, state, by=by, line=line)
    if answer is not None:
        tell_senders([answer])
    elif line is not None:
        tell_of(line)


@transaction.atomic
def ungroup_opinion(opinion: Opinion, *, by: User) -> None:
    """Take an opinion out of its group: it stands alone again, where it stood before."""
    group = opinion.group
    if group is None:
        raise IllegalMoveError(_("Ý kiến này không nằm trong vấn đề nào."))
    _hold(group, by=by)
    _read_again(opinion)
    waits = opinion.state in (OpinionState.ASKED, OpinionState.CLASSIFIED)
    if opinion.group_id != group.pk or not waits:
        raise IllegalMoveError(_("Ý kiến đã được trả lời hoặc đã chuyển đi, không tách được nữa."))
    came_from, note = opinion.grouped_from, _("Tách khỏi vấn đề")
    opinion.group, opinion.grouped_from = None, ""
    opinion.save(update_fields=["group", "grouped_from"])
    if opinion.state == OpinionState.ASKED:
        move(opinion, OpinionState.CLASSIFIED, by=by, note=note)
    else:
        record(opinion, by=by, note=note)
    if came_from == OpinionState.RECEIVED:
        move(opinion, OpinionState.RECEIVED, by=by, competence="")


def _read_again(opinion: Opinion) -> None:
    """Lock the opinion and know where it stands now."""
    rows = Opinion.objects.select_for_update(of=("self",))
    opinion.refresh_from_db(fields=["state", "group", "grouped_from"], from_queryset=rows)


def _take(group: IssueGroup, opinions: Sequence[Opinion], *, by: User) -> IssueGroup:
    """Put opinions into the group; the group as it stands, locked.

    The opinions are held first, as at the desk: two who add the same ones wait for no circle.
    """
    locked = Opinion.objects.select_for_update(of=("self",)).filter(
        pk__in=[opinion.pk for opinion in opinions],
        submission__consultation=group.consultation_id,
        state__in=[OpinionState.RECEIVED, OpinionState.CLASSIFIED],
        group=None,
    )
    states = dict(locked.order_by("pk").values_list("pk", "state"))
    group = _hold(group, by=by)
    if group.merged_into_id or len(states) != len({opinion.pk for opinion in opinions}):
        raise IllegalMoveError(
            _("Chỉ gộp được ý kiến đang chờ xử lý, chưa thuộc vấn đề nào, trong cùng một đợt.")
        )
    for opinion in opinions:
        opinion.group, opinion.grouped_from = group, states[opinion.pk]
        opinion.save(update_fields=["group", "grouped_from"])
        if opinion.grouped_from == OpinionState.RECEIVED:
            move(opinion, OpinionState.CLASSIFIED, by=by, competence=group.competence)
        record(opinion, by=by, note=_("Gộp vào vấn đề số %(number)s") % {"number": group.pk})
    return group


def state_of(group: IssueGroup) -> str:
    """Where the opinions of a group stand together."""
    return _state_given(group, is_answered=any(_answer_of(group)))


def _state_given(group: IssueGroup, *, is_answered: bool) -> str:
    if is_answered:
        return OpinionState.ANSWERED
    if group.opinions.filter(state=OpinionState.FORWARDED).exists():
        return OpinionState.FORWARDED
    return OpinionState.ASKED if group.task_id else OpinionState.CLASSIFIED


def _answer_of(group: IssueGroup) -> tuple[Answer | None, ForwardedItem | None]:
    """What a group was answered by: the office's released answer, or the line of another level."""
    answer = getattr(group, "answer", None)
    if answer is not None and answer.state == AnswerState.RELEASED:
        return answer, None
    line = None if group.task_id else way_of([], [group.pk]).get(("group", group.pk))
    return None, line if line is not None and line.answered_on else None


def catch_up(opinion: Opinion, state: str, *, by: User, line: ForwardedItem | None = None) -> None:
    """Bring a late opinion to where its group stands; `line` is what another level answered."""
    if line is not None:
        answer_by(line, opinion, by=by)
    elif state == OpinionState.ANSWERED:
        move(opinion, state, by=by, resolution=Opinion.Resolution.ANSWERED)
    elif state == OpinionState.FORWARDED:
        _send_after(opinion, by=by)
    else:
        move(opinion, state, by=by)


def _send_after(opinion: Opinion, *, by: User) -> None:
    """The group went to another level before: a late opinion waits there with the others."""
    ahead = Opinion.objects.filter(group=opinion.group, state=OpinionState.FORWARDED).first()
    words = (
        {"resolution": ahead.resolution, "resolution_target": ahead.resolution_target}
        if ahead
        else {}
    )
    move(opinion, OpinionState.FORWARDED, by=by, **words)


def _hold(group: IssueGroup, *, by: User) -> IssueGroup:
    """The group as it stands, locked: it is neither asked about, merged nor released meanwhile."""
    _require_office(by, group)
    return IssueGroup.objects.select_for_update(of=("self",)).get(pk=group.pk)


def _require_office(by: User, group: IssueGroup) -> None:
    require(
        rules.may_run_group(by, group), _("Chỉ văn phòng tổng hợp ý kiến được xử lý vấn đề này.")
    )
