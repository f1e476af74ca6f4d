"""What is cut, folded and hung up for the hall: badges, table signs, the seat plan."""

from django.utils.translation import gettext as _

from conferences.models import Conference, Participant, SeatPlan
from conferences.queries.people import by_name, coming, in_seating_order
from core.codes import grouped_code
from core.dates import written_moment
from documents.printing.hall import Badge, SeatChart, Sign, Sitting


def badges_of(conference: Conference) -> list[Badge]:
    """A badge for everybody who comes, in the order of the list."""
    return [
        Badge(
            issuer=conference.organisation.name,
            title=conference.title,
            name=row.name,
            post=row.post,
            body=row.body,
            seat=row.seat,
            qr_text=row.code,
            code=grouped_code(row.code),
        )
        for row in coming(conference).order_by("group__clause__position", "pk")
    ]


def signs_of(conference: Conference) -> list[Sign]:
    """A sign for everybody who comes, in the order they sit."""
    return [Sign(row.name, row.post, row.body) for row in _seated_first(conference)]


def chart_of(conference: Conference, plan: SeatPlan) -> SeatChart:
    """Every seat with who sits there, and the list by name that hangs at the door."""
    people = in_seating_order(conference)
    at = {row.seat: row for row in people if row.seat}
    return SeatChart(
        title=conference.title,
        subtitle=f"{written_moment(conference.starts_at)} · {conference.place}",
        blocks=tuple(
            (
                plan.block_name(block),
                tuple(
                    _sitting(f"{seat:02d}", at.get(plan.label(block, seat)))
                    for seat in range(1, plan.seats_each + 1)
                ),
            )
            for block in range(1, plan.blocks + 1)
        ),
        people=tuple(
            Sitting(row.seat or _("chưa có chỗ"), row.name, _who(row)) for row in by_name(people)
        ),
        front=_("Chủ tọa, màn hình"),
    )


def _sitting(label: str, row: Participant | None) -> Sitting:
    return Sitting(label, row.name, _who(row)) if row else Sitting(label)


def _who(row: Participant) -> str:
    return ", ".join(part for part in (row.post, row.body) if part)


def _seated_first(conference: Conference) -> list[Participant]:
    return sorted(in_seating_order(conference), key=lambda row: not row.seat)
