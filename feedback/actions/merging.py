"""Groups side by side: two made one and apart again, what citizens may join, what was raised before."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.access import require
from core.transitions import IllegalMoveError, move, record
from feedback import rules
from feedback.actions.groups import catch_up, state_of
from feedback.actions.passing import hold_groups
from feedback.models import GroupMerge, IssueGroup, Opinion, Support
from feedback.queries import follow_up
from feedback.states import OpinionState
from organisations.models import User


@transaction.atomic
def merge_group(source: IssueGroup, *, by: User, into: IssueGroup) -> GroupMerge:
    """Make `source` part of another group of the same consultation; nothing of it is lost.

    A group that an agency was asked about stays: the other one is merged into it.
    """
    _require_office(by, source)
    _require_office(by, into)
    into = _hold_fit(source, into)
    merge = GroupMerge.objects.create(source=source, target=into)
    merge.opinions.set(source.opinions.all())
    merge.supports.set(source.supports.all())
    _carry(merge, into, by=by)
    source.merged_into = into
    source.save(update_fields=["merged_into"])
    record(source, by=by, note=_("Nhập vào vấn đề số %(number)s") % {"number": into.pk})
    words = _("Nhận vấn đề số %(number)s: %(title)s")
    record(into, by=by, note=words % {"number": source.pk, "title": source.title})
    return merge


@transaction.atomic
def undo_merge(source: IssueGroup, *, by: User) -> None:
    """Take a merged group out again: what came with it and still stands there goes back with it."""
    _require_office(by, source)
    merge = GroupMerge.objects.select_for_update().filter(source=source, undone_at=None).first()
    if merge is None:
        raise IllegalMoveError(_("Vấn đề này không nằm trong vấn đề nào khác."))
    hold_groups([merge.source_id, merge.target_id])
    if merge.target.merged_into_id is not None:  # read now, when nobody else can merge it
        raise IllegalMoveError(_("Hãy tách vấn đề đã nhận nó ra trước, rồi mới tách vấn đề này."))
    back = merge.opinions.filter(group=merge.target).order_by("pk")
    if back.filter(state=OpinionState.ANSWERED).exists():
        raise IllegalMoveError(_("Các ý kiến đã được trả lời chung, không tách ra được nữa."))
    for opinion in back:
        if opinion.state == OpinionState.ASKED:
            move(opinion, OpinionState.CLASSIFIED, by=by, note=_("Hoàn tác nhập"), group=source)
        else:
            _set_group(opinion, source, by=by, note=_("Hoàn tác nhập"))
    merge.supports.filter(group=merge.target).update(group=source)
    merge.undone_at = timezone.now()
    merge.save(update_fields=["undone_at"])
    source.merged_into = None
    source.save(update_fields=["merged_into"])
    record(source, by=by, note=_("Tách khỏi vấn đề số %(n)s") % {"n": merge.target_id})
    record(merge.target, by=by, note=_("Trả lại vấn đề số %(n)s") % {"n": source.pk})


@transaction.atomic
def show_to_public(group: IssueGroup, *, by: User, is_public: bool) -> None:
    """Let citizens read the group's title and join it, or no longer; opinions never are shown."""
    _require_office(by, group)
    if group.is_public == is_public:
        return
    group.is_public = is_public
    group.save(update_fields=["is_public"])
    note = _("Cho người dân đọc tên vấn đề") if is_public else _("Thôi cho người dân đọc")
    record(group, by=by, note=note)


@transaction.atomic
def remember_earlier(group: IssueGroup, *, by: User, earlier: IssueGroup) -> None:
    """Say that a group of an earlier consultation was about the same matter."""
    _require_office(by, group)
    if earlier.consultation.opens_at >= group.consultation.opens_at:
        raise IllegalMoveError(_("Chỉ nối được với vấn đề của đợt lấy ý kiến trước đó."))
    group.earlier.add(earlier)
    record(group, by=by, note=_("Đã nêu ở: %(title)s") % {"title": earlier})


@transaction.atomic
def forget_earlier(group: IssueGroup, *, by: User, earlier: IssueGroup) -> None:
    """Take back that an earlier group was about the same matter."""
    _require_office(by, group)
    group.earlier.remove(earlier)
    record(group, by=by, note=_("Không cùng việc với: %(title)s") % {"title": earlier})


def _hold_fit(source: IssueGroup, into: IssueGroup) -> IssueGroup:
    """Lock both, refuse what does not fit together; `into` as it stands now."""
    locked = IssueGroup.objects.select_for_update(of=("self",)).order_by("pk")
    rows = {row.pk: row for row in locked.filter(pk__in=[source.pk, into.pk])}
    same_place = source.consultation_id == into.consultation_id and source.pk != into.pk
    if not same_place or any(row.merged_into_id for row in rows.values()):
        raise IllegalMoveError(
            _("Chỉ nhập được hai vấn đề khác nhau, còn đứng riêng, cùng một đợt.")
        )
    if state_of(rows[into.pk]) == OpinionState.ANSWERED:
        raise IllegalMoveError(_("Vấn đề đã có trả lời thì không nhận thêm vấn đề khác."))
    if rows[source.pk].task_id:
        raise IllegalMoveError(
            _("Vấn đề đã giao trả lời thì không nhập đi; hãy nhập vấn đề kia vào vấn đề này.")
        )
    if follow_up(list(source.opinions.values_list("pk", flat=True))):
        raise IllegalMoveError(
            _(
                "Vấn đề đã được trao đổi tại hội nghị hoặc đã có kết luận thì không nhập đi; "
                "hãy nhập vấn đề kia vào vấn đề này."
            )
        )
    settled = [OpinionState.ANSWERED, OpinionState.FORWARDED]
    if source.opinions.filter(state__in=settled).exists():
        raise IllegalMoveError(_("Có ý kiến đã được trả lời hoặc chuyển đi, không nhập được nữa."))
    return rows[into.pk]


def _carry(merge: GroupMerge, into: IssueGroup, *, by: User) -> None:
    state = state_of(into)
    note = _("Theo vấn đề số %(source)s sang vấn đề số %(target)s")
    words = note % {"source": merge.source_id, "target": into.pk}
    for opinion in merge.opinions.order_by("pk"):
        _set_group(opinion, into, by=by, note=words)
        if opinion.state != state:
            catch_up(opinion, state, by=by)
    Support.objects.filter(group=merge.source).update(group=into)


def _set_group(opinion: Opinion, group: IssueGroup, *, by: User, note: str) -> None:
    opinion.group = group
    opinion.save(update_fields=["group"])
    record(opinion, by=by, note=note)


def _require_office(by: User, group: IssueGroup) -> None:
    require(
        rules.may_run_group(by, group), _("Chỉ văn phòng tổng hợp ý kiến được xử lý vấn đề này.")
    )
