"""What the papers of a conference say."""

from conferences.documents.invitation import conference_title, invitation_clauses
from conferences.documents.minutes import minutes_clauses

__all__ = ["conference_title", "invitation_clauses", "minutes_clauses"]
