"""Questions over several tables of feedback."""

from feedback.queries.asking import Frame, announced_consultation, frame_of, rows_of_answers
from feedback.queries.lines import FollowUpLine, follow_up, register_follow_up
from feedback.queries.memory import Memory, likely_earlier, memory_of
from feedback.queries.offers import groups_to_join, has_public_groups, lone_like, offers_for
from feedback.queries.opinions import (
    CountRow,
    area_counts,
    areas_by_key,
    areas_of,
    field_counts,
    fields_by_code,
    groups_for_session,
    groups_of,
    is_restricted,
    joined_by,
    standing_of_sessions,
    state_counts,
    with_restriction,
)
from feedback.queries.similar import Alike, similar_opinions
from feedback.queries.tracking import (
    Tracked,
    TrackedOpinion,
    find_submission,
    joined,
    track,
    voice_of,
)
from feedback.queries.voices import Voices, voices_of

__all__ = [
    "Alike",
    "CountRow",
    "FollowUpLine",
    "Frame",
    "Memory",
    "Tracked",
    "TrackedOpinion",
    "Voices",
    "announced_consultation",
    "area_counts",
    "areas_by_key",
    "areas_of",
    "field_counts",
    "fields_by_code",
    "find_submission",
    "follow_up",
    "frame_of",
    "groups_for_session",
    "groups_of",
    "groups_to_join",
    "has_public_groups",
    "is_restricted",
    "joined_by",
    "likely_earlier",
    "lone_like",
    "memory_of",
    "offers_for",
    "register_follow_up",
    "rows_of_answers",
    "similar_opinions",
    "standing_of_sessions",
    "state_counts",
    "joined",
    "track",
    "voice_of",
    "voices_of",
    "with_restriction",
]
