"""Questions about petitions to a higher level: what could go, what keeps one back, whose it is."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from assignments.models import Task
from conclusions.models import ConclusionNotice, ConclusionPoint, Petition, PetitionItem
from conclusions.models.petitions import LIVE
from documents.facts import Finding, Owner
from documents.states import DocumentState

if TYPE_CHECKING:
    from documents.models import Document

TYPES = frozenset({"CV", "TTr"})
"""The types a petition's paper may have; no other paper is asked for its petition."""


def free_points(notice: ConclusionNotice) -> "QuerySet[ConclusionPoint]":
    """The points of an issued notice that exceed the own competence and stand on no petition."""
    asked = PetitionItem.objects.filter(point=OuterRef("pk"), petition__state__in=LIVE)
    if notice.document.state != DocumentState.ISSUED:
        return ConclusionPoint.objects.none()
    points = notice.points.filter(kind=ConclusionPoint.Kind.PETITION).exclude(Exists(asked))
    return points.select_related("clause").order_by("clause__position", "pk")


def petition_of(document: "Document") -> Petition | None:
    """The petition whose paper a document is; no question for papers of other types."""
    if document.type_id not in TYPES:
        return None
    return Petition.objects.filter(document=document).select_related("organisation").first()


def owner_of_petition(document: "Document") -> Owner | None:
    """The page of the petition whose paper this is."""
    petition = petition_of(document)
    if petition is None:
        return None
    words = _("Kiến nghị gửi %(body)s") % {"body": petition.receiver_name}
    return Owner(words, petition.get_absolute_url())


def findings_of_petition(document: "Document") -> list[Finding]:
    """What keeps a petition's paper from being issued: no lines, or a line without words."""
    petition = petition_of(document)
    if petition is None or not petition.is_draft:
        return []
    items = list(petition.items.order_by("position"))
    if not items:
        return [Finding("error", _("Văn bản kiến nghị chưa có nội dung nào."))]
    words = _("Dòng %(n)s của bảng kiến nghị chưa có nội dung.")
    return [
        Finding("error", words % {"n": item.position}) for item in items if not item.text.strip()
    ]


def consequence_of_petition(document: "Document") -> str:
    """What issuing the paper will do."""
    petition = petition_of(document)
    if petition is None or not petition.is_draft:
        return ""
    shown = {"n": petition.items.count(), "body": petition.receiver_name}
    return _("gửi %(n)s kiến nghị đến %(body)s và bắt đầu theo dõi trả lời") % shown


def with_counts(rows: "QuerySet[Petition]") -> "QuerySet[Petition]":
    """Petitions that say how many lines they have and how many are answered."""
    return rows.annotate(
        lines=Count("items"),
        answered=Count("items", filter=Q(items__answered_on__isnull=False)),
    )


@dataclass(frozen=True)
class Line:
    """A line of a petition with the work the level above gave for it."""

    item: PetitionItem
    tasks: list[Task]


def items_of(petition: Petition) -> list[Line]:
    """The lines in their order, each with its tasks; two questions."""
    items = list(petition.items.select_related("point__clause").order_by("position"))
    tasks: dict[int, list[Task]] = defaultdict(list)
    for task in _work_on(items).select_related("lead").order_by("pk"):
        tasks[task.origin_id or 0].append(task)
    return [Line(item, tasks[item.pk]) for item in items]


def reported_for(item: PetitionItem) -> str:
    """What the bodies of the level above reported for a line: the beginning of its answer."""
    done = _work_on([item]).exclude(result="").order_by("pk")
    return "\n\n".join(done.values_list("result", flat=True))


def _work_on(items: Sequence[PetitionItem]) -> "QuerySet[Task]":
    kind = ContentType.objects.get_for_model(PetitionItem)
    return Task.objects.filter(origin_type=kind, origin_id__in=[item.pk for item in items])
