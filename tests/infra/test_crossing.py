"""The meeting of two people that tests arrange really is one."""

import pytest
from django.db import transaction

from organisations.models import Organisation
from tests.crossing import cross
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db(transaction=True)


@transaction.atomic
def add(rows, word):
    row = rows.get()
    row.name += word
    row.save(update_fields=["name"])


@pytest.mark.parametrize(
    ("locks", "left"),
    ((False, "Đảng ủy xã B"), (True, "Đảng ủy xã A B")),
    ids=("control: what the first wrote is lost", "the second waits and reads it"),
)
def test_two_cross_between_reading_and_writing(locks, left):
    rows = Organisation.objects.filter(pk=OrganisationFactory(name="Đảng ủy xã").pk)
    if locks:
        rows = rows.select_for_update()

    said = cross(lambda: add(rows, " A"), lambda: add(rows, " B"))

    assert (said, rows.model.objects.get().name) == ("", left)
