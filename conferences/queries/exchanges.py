"""What was raised, and what is still to be raised."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from conferences.models import Conference, Exchange
from feedback.models import Consultation, IssueGroup, RestrictedMatter
from feedback.queries.leads import receiving_body_of
from feedback.states import AnswerState
from organisations.models import Organisation

READY_ANSWERS = (AnswerState.ACCEPTED, AnswerState.RELEASED)


def groups_of(conference: Conference) -> QuerySet[IssueGroup]:
    """The matters that were sent in before the conference."""
    return (
        IssueGroup.objects.standing()
        .filter(consultation__in=Consultation.objects.for_session(conference.session_id))
        .select_related("field", "lead", "answer")
        .order_by("field__position", "id")
    )


def open_groups(conference: Conference) -> list[IssueGroup]:
    """The issue groups of the session's consultations that no exchange has dealt with yet."""
    return list(
        groups_of(conference)
        .exclude(exchanges__conference=conference)
        .annotate(people=Count("opinions"))
    )


GUIDED_OUT = (RestrictedMatter.Kind.COMPLAINT, RestrictedMatter.Kind.DENUNCIATION)


def place_for(organisation: Organisation, kind: str) -> str:
    """Where a complaint or denunciation is taken instead."""
    name = receiving_body_of(organisation, kind).name
    return name or _("bộ phận tiếp công dân của cơ quan tổ chức hội nghị")


def guidance(conference: Conference) -> list[tuple[str, str, str]]:
    """Kind, its name, and what the chair says to guide it out of the dialogue."""
    return [
        (
            kind.value,
            str(kind.label),
            _(
                "Nội dung Ông/Bà vừa nêu thuộc diện %(kind)s, không giải quyết tại hội nghị đối "
                "thoại. Đề nghị Ông/Bà gửi đến %(place)s để được tiếp nhận, giải quyết theo quy "
                "định của pháp luật."
            )
            % {"kind": kind.label.lower(), "place": place_for(conference.organisation, kind)},
        )
        for kind in GUIDED_OUT
    ]


def unanswered_groups(conference: Conference) -> list[IssueGroup]:
    """The matters that were neither dealt with in the hall nor have an answer ready."""
    left = groups_of(conference).exclude(exchanges__conference=conference)
    return list(left.exclude(answer__state__in=READY_ANSWERS))


@dataclass(frozen=True)
class Tally:
    """The numbers the minutes state."""

    exchanges: int
    answered: int
    written: int
    assigned: int
    petition: int

    @property
    def noted(self) -> int:
        """Only taken note of: what is left of the whole."""
        return self.exchanges - self.answered - self.written - self.assigned - self.petition

    @property
    def share_answered(self) -> int:
        """Per cent answered on the spot (0 when nothing was raised)."""
        return round(100 * self.answered / self.exchanges) if self.exchanges else 0


def tally(conference: Conference) -> Tally:
    """Count the exchanges by outcome, in one query."""
    outcome = Exchange.Outcome
    return Tally(
        **conference.exchanges.aggregate(
            exchanges=Count("pk"),
            answered=Count("pk", filter=Q(outcome=outcome.ANSWERED)),
            written=Count("pk", filter=Q(outcome=outcome.WRITTEN)),
            assigned=Count("pk", filter=Q(outcome=outcome.ASSIGNED)),
            petition=Count("pk", filter=Q(outcome=outcome.PETITION)),
        )
    )
