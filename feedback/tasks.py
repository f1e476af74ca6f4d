"""What workers do for feedback: read and take in spreadsheets, delete what is kept too long."""

from celery import shared_task
from django.utils import timezone

from core import heartbeat
from core.worker import each_alone
from feedback.actions import clear_overdue, finish_taking, take_portion
from feedback.actions.tables import clear_old_tables
from feedback.models import OpinionImport, TableOrder
from feedback.resources.sheets import read_import
from feedback.resources.table import make_table as make_file
from feedback.states import ImportState, TableState


@shared_task
def clear_abandoned() -> None:
    """Delete what is kept longer than its period allows; safe to run twice."""
    now = timezone.now()
    clear_overdue(now)
    heartbeat.beat("feedback.tasks.clear_abandoned", now)


@shared_task
def work_on_import(pk: int) -> None:
    """Read a spreadsheet, where the second worker gives way, or take in what was confirmed, where it
    helps.
    """
    sheet = OpinionImport.objects.select_related("consultation__organisation").get(pk=pk)
    if sheet.state == ImportState.WAITING:
        read_import(sheet)
    elif sheet.state == ImportState.ACCEPTED:
        while take_portion(sheet, timezone.now()):
            continue
        finish_taking(sheet)


@shared_task
def sweep_imports() -> None:
    """Go on with spreadsheets nobody was woken for, or whose worker was killed."""
    waiting = OpinionImport.objects.filter(state__in=[ImportState.WAITING, ImportState.ACCEPTED])
    each_alone(work_on_import, waiting.order_by("pk").values_list("pk", flat=True))


@shared_task
def make_table(pk: int) -> None:
    """Make one ordered file of a consolidated table; one that is made already stays as it is."""
    make_file(pk)


@shared_task
def sweep_tables() -> None:
    """Make what was ordered while no worker was woken; old files go."""
    clear_old_tables(timezone.now())
    waiting = TableOrder.objects.filter(state=TableState.WAITING).order_by("pk")
    each_alone(make_file, waiting.values_list("pk", flat=True))
