"""Questions about lists between levels: what could go, to whom, what stands where."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from documents.facts import Finding, Owner
from feedback.models import (
    Competence,
    ForwardedItem,
    Forwarding,
    IssueGroup,
    Opinion,
)
from feedback.models.forwarding import ON_THE_WAY
from feedback.states import ForwardingState, OpinionState
from organisations.models import AdministrativeUnit, Membership, Organisation, Role

if TYPE_CHECKING:
    import datetime

    from documents.models import Document

Level = AdministrativeUnit.Level
LOWEST_FIRST = [Level.HAMLET, Level.COMMUNE, Level.DISTRICT, Level.PROVINCE, Level.CENTRAL]
LIVE = (ForwardingState.DRAFT, *ON_THE_WAY)
"""What may still be on the way; a returned or cancelled list frees its opinions."""
Direction = Forwarding.Direction
LETTER_TYPE = "CV"
"""The type of the letter a list goes with; no other paper is asked for its list."""


def direction_to(organisation: Organisation, receiver: Organisation | None) -> str:
    """Up, down or across; a body that is not in the register counts as above."""
    if receiver is None:
        return Direction.UP
    own = LOWEST_FIRST.index(Level(organisation.unit.level))
    other = LOWEST_FIRST.index(Level(receiver.unit.level))
    if other == own:
        return Direction.ACROSS
    return Direction.UP if other > own else Direction.DOWN


def is_on_paper(receiver: Organisation | None, today: "datetime.date") -> bool:
    """Whether nobody of the receiver works with this installation."""
    if receiver is None:
        return True
    people = Membership.objects.current(today).filter(organisation=receiver)
    return not people.filter(role__in=[Role.CLERK, Role.HEAD], user__is_active=True).exists()


def receivers_for(organisation: Organisation, today: "datetime.date") -> "QuerySet[Organisation]":
    """Bodies in force of other places, and of the own place's other levels."""
    rows = Organisation.objects.current(today).exclude(pk=organisation.pk)
    near = Q(unit=organisation.unit.parent_id) | Q(unit__parent=organisation.unit_id)
    others = Q(unit__level__in=[Level.PROVINCE, Level.CENTRAL])
    return rows.filter(near | others).select_related("unit").order_by("unit__level", "name")


def own_competence(organisation: Organisation) -> str:
    """The level of competence the organisation stands on."""
    level = organisation.unit.level
    return Competence.PROVINCE if level == Level.DISTRICT else str(level)


def lone_to_forward(organisation: Organisation) -> QuerySet[Opinion]:
    """Sorted opinions that stand alone, beyond the own competence, on no list."""
    on_list = ForwardedItem.objects.filter(opinion=OuterRef("pk"), forwarding__state__in=LIVE)
    return (
        Opinion.objects.filter(
            submission__consultation__organisation=organisation,
            state=OpinionState.CLASSIFIED,
            group=None,
        )
        .exclude(competence__in=["", own_competence(organisation)])
        .exclude(Exists(on_list))
        .select_related("submission__area", "field")
        .order_by("competence", "field__position", "pk")
    )


def groups_to_forward(organisation: Organisation) -> QuerySet[IssueGroup]:
    """Groups nobody was asked about, beyond the own competence, on no list."""
    on_list = ForwardedItem.objects.filter(group=OuterRef("pk"), forwarding__state__in=LIVE)
    waiting = Opinion.objects.filter(group=OuterRef("pk"), state=OpinionState.CLASSIFIED)
    return (
        IssueGroup.objects.standing()
        .filter(Exists(waiting), consultation__organisation=organisation, task=None)
        .exclude(competence=own_competence(organisation))
        .exclude(Exists(on_list))
        .select_related("field")
        .with_numbers()
        .order_by("competence", "field__position", "pk")
    )


def taken_elsewhere(opinions: Sequence[Opinion], groups: Sequence[IssueGroup]) -> bool:
    """Whether one of these stands on a list that is made or on its way."""
    lines = ForwardedItem.objects.filter(forwarding__state__in=LIVE)
    return lines.filter(Q(opinion__in=opinions) | Q(group__in=groups)).exists()


def with_counts(rows: QuerySet[Forwarding]) -> QuerySet[Forwarding]:
    """Lists that say how many lines they have and how many are answered."""
    return rows.annotate(
        lines=Count("items"),
        answered=Count("items", filter=Q(items__answered_on__isnull=False)),
    )


def way_of(
    opinions: Sequence[Opinion], group_ids: Sequence[int]
) -> dict[tuple[str, int], ForwardedItem]:
    """The line on which an opinion or group last went to another level, by ("opinion"|"group", id).

    A list that was returned took none there, but what had been answered before.
    """
    lines = ForwardedItem.objects.filter(
        Q(opinion__in=[row.pk for row in opinions]) | Q(group__in=group_ids),
        Q(forwarding__state__in=ON_THE_WAY) | Q(answered_on__isnull=False),
    )
    found: dict[tuple[str, int], ForwardedItem] = {}
    for line in lines.select_related("forwarding").order_by("pk"):
        if line.group_id:
            found["group", line.group_id] = line
        elif line.opinion_id:
            found["opinion", line.opinion_id] = line
    return found


def findings_of_list(document: "Document") -> list[Finding]:
    """What keeps the letter of a list from being issued: no lines, or opinions somebody moved on."""
    forwarding = list_of(document)
    if forwarding is None or not forwarding.is_draft:
        return []
    items = list(forwarding.items.select_related("opinion"))
    if not items:
        return [Finding("error", _("Danh sách chưa có nội dung nào."))]
    groups = [item.group_id for item in items if item.group_id]
    moved_on = Opinion.objects.filter(group__in=groups).exclude(state=OpinionState.CLASSIFIED)
    late = set(moved_on.values_list("group", flat=True))
    words = _("Dòng %(n)s: ý kiến đã được xử lý cách khác. Hãy bỏ dòng này khỏi danh sách.")
    return [
        Finding("error", words % {"n": item.position})
        for item in items
        if item.group_id in late
        or (item.opinion and item.opinion.state != OpinionState.CLASSIFIED)
        or not item.text
    ]


def consequence_of_list(document: "Document") -> str:
    """What issuing the letter of a list will do."""
    forwarding = list_of(document)
    if forwarding is None or not forwarding.is_draft:
        return ""
    shown = {"n": forwarding.items.count(), "body": forwarding.receiver_name}
    return _("chuyển %(n)s nội dung đến %(body)s và báo người gửi") % shown


def owner_of_letter(document: "Document") -> Owner | None:
    """The list, or the opinion, whose letter or slip this is."""
    forwarding = list_of(document)
    if forwarding is not None:
        words = _("Danh sách chuyển %(code)s") % {"code": forwarding.shown_code}
        return Owner(words, forwarding.get_absolute_url())
    behind = Opinion.objects.filter(
        Q(reply_letter__document=document) | Q(matter__slip=document)
    ).select_related("submission")
    opinion = behind.first()
    if opinion is None:
        return None
    return Owner(_("Ý kiến %(code)s") % {"code": opinion.code}, opinion.get_absolute_url())


def list_of(document: "Document") -> Forwarding | None:
    """The list whose letter a document is; no question for papers that are no letters."""
    if document.type_id != LETTER_TYPE:
        return None
    return Forwarding.objects.filter(document=document).first()
