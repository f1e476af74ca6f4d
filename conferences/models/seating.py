"""How the hall is set."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conferences.models.conference import Conference


class SeatPlan(models.Model):
    """The hall as rows or tables with so many seats each; who sits where stands with the people."""

    class Kind(models.TextChoices):
        """What the seats are counted by."""

        ROW = "row", gettext_lazy("Theo dãy")
        TABLE = "table", gettext_lazy("Theo bàn")

    conference = models.OneToOneField(Conference, models.CASCADE, related_name="seat_plan")
    kind = models.CharField(gettext_lazy("kiểu"), max_length=10, choices=Kind)
    blocks = models.PositiveSmallIntegerField(gettext_lazy("số dãy hoặc bàn"))
    seats_each = models.PositiveSmallIntegerField(gettext_lazy("số chỗ mỗi dãy, bàn"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(blocks__gte=1, seats_each__gte=1), name="a_hall_has_seats"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.blocks} × {self.seats_each}"

    @property
    def seats(self) -> int:
        """How many people can sit."""
        return self.blocks * self.seats_each

    @property
    def labels(self) -> list[str]:
        """The name of every seat, in order."""
        return [
            self.label(block, seat)
            for block in range(1, self.blocks + 1)
            for seat in range(1, self.seats_each + 1)
        ]

    def block_name(self, block: int) -> str:
        """What a row or table is called."""
        word = _("Dãy") if self.kind == self.Kind.ROW else _("Bàn")
        return f"{word} {block}"

    def label(self, block: int, seat: int) -> str:
        """The name of one seat: “Dãy 3 - ghế 07”."""
        word = _("ghế") if self.kind == self.Kind.ROW else _("chỗ")
        return f"{self.block_name(block)} - {word} {seat:02d}"
