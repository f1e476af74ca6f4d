"""What papers of a plan say before anybody has written in them: the plan itself, its announcements."""

from plans.documents.announcements import invitation_letter, public_notice, request_letter
from plans.documents.skeleton import (
    QUARTERS,
    basis_draft,
    first_recipients,
    plan_abstract,
    plan_skeleton,
    session_drafts,
)
from plans.documents.spoken import spoken_day, spoken_number, spoken_sentences, spoken_time

__all__ = [
    "QUARTERS",
    "basis_draft",
    "first_recipients",
    "invitation_letter",
    "plan_abstract",
    "plan_skeleton",
    "public_notice",
    "request_letter",
    "session_drafts",
    "spoken_day",
    "spoken_number",
    "spoken_sentences",
    "spoken_time",
]
