"""Conclusion notices and their points, petitions to a higher level, results, case files."""

from conclusions.models.archives import CaseFile
from conclusions.models.notices import (
    ConclusionNotice,
    ConclusionPoint,
    LeftOut,
    NoticeQuerySet,
    OpenMatter,
    open_matters,
    unsettled_exchanges,
)
from conclusions.models.petitions import (
    Petition,
    PetitionItem,
    PointResult,
    ResultReply,
)

__all__ = [
    "CaseFile",
    "ConclusionNotice",
    "ConclusionPoint",
    "LeftOut",
    "NoticeQuerySet",
    "OpenMatter",
    "Petition",
    "PetitionItem",
    "PointResult",
    "ResultReply",
    "open_matters",
    "unsettled_exchanges",
]
