"""Questions about conclusions over several tables."""

from conclusions.queries.petitions import (
    findings_of_petition,
    free_points,
    items_of,
    owner_of_petition,
    petition_of,
    reported_for,
    with_counts,
)
from conclusions.queries.points import (
    PointProgress,
    open_points,
    papers_missing,
    points_with_progress,
    standing_of_sessions,
    tasks_of,
    with_tasks,
    without_notice,
)
from conclusions.queries.telling import (
    follow_up_of_opinions,
    hearers_of,
    may_be_told,
    result_words,
    work_behind_opinions,
)

__all__ = [
    "PointProgress",
    "findings_of_petition",
    "follow_up_of_opinions",
    "free_points",
    "hearers_of",
    "items_of",
    "may_be_told",
    "open_points",
    "owner_of_petition",
    "papers_missing",
    "petition_of",
    "points_with_progress",
    "reported_for",
    "result_words",
    "standing_of_sessions",
    "tasks_of",
    "with_counts",
    "with_tasks",
    "without_notice",
    "work_behind_opinions",
]
