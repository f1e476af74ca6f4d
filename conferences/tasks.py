"""What workers do for conferences: setting merged invitations."""

from celery import shared_task

from conferences import actions
from conferences.actions.hall_prints import make_hall_print as set_hall_print
from conferences.models import HallPrint, InvitationPrint
from conferences.states import PrintState
from core.worker import each_alone


@shared_task
def make_invitations(pk: int) -> None:
    """Make one ordered print; a print that is made already stays as it is."""
    order = InvitationPrint.objects.filter(pk=pk, state=PrintState.WAITING).first()
    if order is not None:
        actions.make_invitations(order)


@shared_task
def make_hall_print(pk: int) -> None:
    """Make badges, signs or the plan of seats; what is made already stays as it is."""
    order = HallPrint.objects.filter(pk=pk, state=PrintState.WAITING).first()
    if order is not None:
        set_hall_print(order)


@shared_task
def sweep_prints() -> None:
    """Make what was ordered while no worker or broker was there."""
    letters = InvitationPrint.objects.filter(state=PrintState.WAITING).order_by("pk")
    each_alone(make_invitations, letters.values_list("pk", flat=True))
    halls = HallPrint.objects.filter(state=PrintState.WAITING).order_by("pk")
    each_alone(make_hall_print, halls.values_list("pk", flat=True))
