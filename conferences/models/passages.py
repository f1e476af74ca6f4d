"""Words an office uses again and again, in its minutes and its running scripts."""

import json
from pathlib import Path

from django.db import models
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation

DATA = Path(__file__).resolve().parent.parent / "data" / "passages.json"


class PassageQuerySet(models.QuerySet["Passage"]):
    """Passages as offices use them."""

    def of(self, organisation: Organisation, use: str) -> "PassageQuerySet":
        """The office's own for that use if it has any, else those for everybody; in order."""
        own = self.filter(organisation=organisation, use=use)
        found = own if own.exists() else self.filter(organisation=None, use=use)
        return found.order_by("position", "pk")


class Passage(models.Model):
    """One passage; a row without an organisation is for all that have none of their own."""

    class Use(models.TextChoices):
        """Where it is put."""

        MINUTES = "minutes", _("Đoạn mẫu của biên bản")
        SCRIPT = "script", _("Tình huống dự phòng trong kịch bản")

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="passages"
    )
    use = models.CharField(max_length=10, choices=Use)
    position = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(_("tên gọi"), max_length=120)
    text = models.TextField(_("nội dung"))

    objects = PassageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "use", "title"],
                name="passage_named_once",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return self.title


def load_passages(model: type[Passage] = Passage) -> None:
    """Write the passages every office begins with, where they are missing."""
    for use, rows in json.loads(DATA.read_text("utf-8")).items():
        for position, row in enumerate(rows, start=1):
            model._base_manager.get_or_create(
                organisation=None,
                use=use,
                title=row["title"],
                defaults={"text": row["text"], "position": position},
            )
