"""A spreadsheet of opinions on its way in: the file, and its rows until they are taken."""

import json
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.sealed import SealedField
from feedback.models.consultations import ConsentText, Consultation, Field
from feedback.states import IMPORT_TRANSITIONS, ImportState
from organisations.models import AdministrativeUnit, Organisation, Role

if TYPE_CHECKING:
    from organisations.models import User


class ImportQuerySet(models.QuerySet["OpinionImport"]):
    """Imports as people may see them."""

    def visible_to(self, user: "User") -> "ImportQuerySet":
        """One's own, and those of the office's consultations."""
        offices = user.organisation_ids(Role.CLERK, Role.HEAD)
        return self.filter(Q(by=user) | Q(consultation__organisation__in=offices))


class OpinionImport(models.Model):
    """A spreadsheet somebody sent in; a worker reads it, the person confirms, a worker takes it.

    `read_upto` is the number of a row: a worker that was killed is followed by one that begins behind
    it; a good row is deleted as it is taken. `problem` says why the file as a whole is of no use.
    The file names people: it is sealed, `lock` holds its key, and both are gone when nothing is left
    to mend.
    """

    TRANSITIONS = IMPORT_TRANSITIONS

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="imports")
    source = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    received_on = models.DateField(_("ngày nhận"))
    consent = models.ForeignKey(ConsentText, models.PROTECT, null=True, blank=True)
    name = models.CharField(_("tên tệp"), max_length=150)
    kind = models.CharField(max_length=4)
    file = models.FileField(upload_to="bang-tinh/")
    lock = SealedField(blank=True, default="", bound_to=["consultation_id"])
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.WAITING)
    problem = models.TextField(blank=True)
    read_upto = models.PositiveIntegerField(default=0)
    good = models.PositiveIntegerField(default=0)
    bad = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["id"],
                condition=Q(state__in=[ImportState.WAITING, ImportState.ACCEPTED]),
                name="import_under_way",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page where it can be found again."""
        return reverse("feedback:import_sheet", args=[self.pk])

    @property
    def is_under_way(self) -> bool:
        """Whether a worker has to do something."""
        return self.state in (ImportState.WAITING, ImportState.ACCEPTED)

    @property
    def read(self) -> int:
        """How many rows with words were read so far."""
        return self.good + self.bad + self.same


class StagedRow(models.Model):
    """One row of a spreadsheet, judged and waiting; emptied as soon as the import is over.

    `fingerprint` stands for the content and becomes the submission's form_token. `problems` are
    [cell, column, sentence], `typed` what stood in those cells, `contact` who sent it, both JSON.
    `words` and `search` are the text as it is searched, made while rows are still being judged;
    empty where the database has to fold the text itself.
    """

    class Result(models.TextChoices):
        """What the judgement was."""

        GOOD = "good", _("Đúng")
        BAD = "bad", _("Cần sửa")
        SAME = "same", _("Đã có")

    sheet = models.ForeignKey(OpinionImport, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    result = models.CharField(max_length=4, choices=Result)
    problems = models.JSONField(null=True)
    typed = SealedField(blank=True, bound_to=["sheet_id", "number"])
    fingerprint = models.UUIDField(null=True)
    area = models.ForeignKey(
        AdministrativeUnit, models.DO_NOTHING, null=True, db_index=False, db_constraint=False
    )
    audience = models.CharField(max_length=12, blank=True)
    text = models.TextField(blank=True)
    proposal = models.TextField(blank=True)
    kind = models.CharField(max_length=10, blank=True)
    field = models.ForeignKey(
        Field, models.DO_NOTHING, null=True, db_index=False, db_constraint=False
    )
    supporters = models.PositiveIntegerField(default=1)
    received_on = models.DateField(null=True)
    contact = SealedField(blank=True, bound_to=["sheet_id", "number"])
    answers = models.JSONField(null=True)
    code = models.CharField(max_length=12, blank=True)
    words = models.TextField(blank=True)
    search = models.GeneratedField(
        expression=models.Func(
            "words", template="to_tsvector('simple', nullif(%(expressions)s, ''))"
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "number"], name="staged_row_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id}:{self.number}"

    @property
    def told(self) -> list[tuple[str, str, str, str]]:
        """Each problem as cell, column, what was typed there, sentence."""
        problems: list[tuple[str, str, str]] = self.problems or []
        typed: list[str] = json.loads(self.typed or "[]") or [""] * len(problems)
        return [
            (cell, column, words, said)
            for (cell, column, said), words in zip(problems, typed, strict=True)
        ]
