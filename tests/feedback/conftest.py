import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.sheets import check_sheet
from feedback import actions, tasks
from feedback.models import Consultation
from organisations.models import Organisation, Role, User
from tests.factories.feedback import ConsultationFactory
from tests.factories.organisations import OrganisationFactory, member
from tests.forms import once
from tests.stage import standing


def made_office():
    """A consultation, its clerk, and an agency with somebody who answers."""
    consultation = ConsultationFactory()
    clerk = member(Role.CLERK, consultation.organisation)
    agency = OrganisationFactory(
        name="Phòng Kinh tế xã", system="state", unit=consultation.organisation.unit
    )
    return consultation.pk, clerk.pk, agency.pk, member(Role.OFFICER, agency).pk


_office = standing(made_office)


@pytest.fixture
def consultation(_office, db):
    return Consultation.objects.get(pk=_office[0])


@pytest.fixture
def clerk(_office, db):
    return User.objects.get(pk=_office[1])


@pytest.fixture
def agency(_office, db):
    return Organisation.objects.get(pk=_office[2])


@pytest.fixture
def officer(_office, db):
    return User.objects.get(pk=_office[3])


@pytest.fixture
def browse():
    """`browse(user)(name, *args, post={…})` opens a page of feedback as that person."""

    def as_user(user):
        client = Client()
        if user is not None:
            client.force_login(user)

        def open_page(name, *args, post=None, query=""):
            address = reverse(f"feedback:{name}", args=args) + query
            if post is None:
                return client.get(address)
            return client.post(address, once() | post)

        open_page.client = client
        return open_page

    return as_user


@pytest.fixture
def read(consultation, clerk):
    """`read(file)`: the import as it stands after a worker has read the file."""

    def send_in(file):
        sheet = actions.start_import(
            consultation,
            check_sheet(file),
            by=clerk,
            source=consultation.organisation,
            received_on=timezone.localdate(),
        )
        tasks.work_on_import(sheet.pk)
        sheet.refresh_from_db()
        return sheet

    return send_in


@pytest.fixture
def take(clerk):
    def accept(sheet):
        actions.accept_import(sheet, by=clerk)
        tasks.work_on_import(sheet.pk)
        sheet.refresh_from_db()
        return sheet

    return accept
