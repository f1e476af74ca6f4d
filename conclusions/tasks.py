"""What workers do for conclusions: putting case files together."""

from celery import shared_task

from conclusions.actions.archiving import make_case_file as put_together
from conclusions.models import CaseFile
from conferences.states import PrintState


@shared_task
def make_case_file(pk: int) -> None:
    """Put one ordered archive together; one that is made already stays as it is."""
    put_together(pk)


@shared_task
def sweep_case_files() -> None:
    """Put together what was ordered while no worker or broker was there."""
    for pk in CaseFile.objects.filter(state=PrintState.WAITING).values_list("pk", flat=True):
        put_together(pk)
