"""What an author did to a draft, step by step, so that it can be taken back."""

from django.conf import settings
from django.db import models

from documents.models.document import Document


class EditStep(models.Model):
    """One act of one person on the clauses of a draft, with what they were before and after.

    `clauses` maps clause id → [before, after]: the attributes that changed, None where there was
    no clause. `facts` holds the rows that hung on `fact_clauses` [before, after]; the side that is
    not known yet (None) is read when the step is turned. While `is_open` autosaves extend the step.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="edit_steps")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    words = models.CharField(max_length=200)
    clauses = models.JSONField(default=dict)
    fact_clauses = models.JSONField(default=list)
    facts = models.JSONField(default=list)
    is_open = models.BooleanField(default=False)
    is_undone = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["document", "by", "-id"])]

    def __str__(self) -> str:
        return self.words
