"""Tasks for tests."""

import datetime

import factory
from factory.django import DjangoModelFactory

from assignments.models import DueRequest, Evidence, Progress, Task
from core.models import StoredFile
from core.text import fold
from tests.factories.organisations import OrganisationFactory


class TaskFactory(DjangoModelFactory):
    """An open task between two organisations; nobody has been told of it."""

    title = factory.Sequence(lambda n: f"Tổng hợp ý kiến Nhân dân lần {n}")
    owner = factory.SubFactory(OrganisationFactory)
    lead = factory.SubFactory(OrganisationFactory)
    due_on = datetime.date(2026, 8, 4)
    origin_label = "Kế hoạch số 12-KH/ĐU, mục III.2"
    folded = factory.LazyAttribute(lambda task: fold(task.title))

    class Meta:
        model = Task


class DueRequestFactory(DjangoModelFactory):
    """A pause the lead asks for; nobody has decided."""

    task = factory.SubFactory(TaskFactory)
    kind = DueRequest.Kind.PAUSE
    reason = "Chờ ý kiến của tỉnh."
    asked_on = datetime.date(2026, 8, 3)

    class Meta:
        model = DueRequest


class ProgressFactory(DjangoModelFactory):
    """A note on a task."""

    task = factory.SubFactory(TaskFactory)
    text = "Đã thu phiếu ở 5 trên 8 thôn."

    class Meta:
        model = Progress


class StoredFileFactory(DjangoModelFactory):
    """A small file."""

    file = factory.django.FileField(filename="bien-ban.pdf", data=b"%PDF-1.7")
    name = "bien-ban.pdf"
    content_type = "application/pdf"
    size = 8
    sha256 = "0" * 64

    class Meta:
        model = StoredFile


class EvidenceFactory(DjangoModelFactory):
    """A file under a note."""

    progress = factory.SubFactory(ProgressFactory)
    file = factory.SubFactory(StoredFileFactory)

    class Meta:
        model = Evidence
