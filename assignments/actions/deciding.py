"""The owner's word on a request; of two who decide at once the second is refused."""

from django.utils import timezone

from assignments.models import Contest, DueRequest
from core.transitions import move
from organisations.models import User


def decide_request(asked: DueRequest | Contest, to: str, *, by: User, decision: str) -> None:
    """Keep who decided what, when and why; who may is the caller's rule."""
    move(
        asked, to, by=by, note=decision, decided_by=by, decided_at=timezone.now(), decision=decision
    )
