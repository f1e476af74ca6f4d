"""What workers do for conferences: setting merged invitations."""

from celery import shared_task

from conferences import actions
from conferences.models import InvitationPrint
from conferences.states import PrintState


@shared_task
def make_invitations(pk: int) -> None:
    """Make one ordered print; a print that is made already stays as it is."""
    order = InvitationPrint.objects.filter(pk=pk, state=PrintState.WAITING).first()
    if order is not None:
        actions.make_invitations(order)


@shared_task
def sweep_prints() -> None:
    """Make what was ordered while no worker or broker was there."""
    for order in InvitationPrint.objects.filter(state=PrintState.WAITING).order_by("pk"):
        actions.make_invitations(order)
