"""The measurements write rows by SQL; a new column must not be forgotten there."""

import bench_search
import pytest

from feedback.models import Opinion
from tests.factories.feedback import ConsultationFactory


@pytest.mark.django_db(transaction=True)
def test_the_rows_a_search_is_measured_on_can_be_written():
    consultation = ConsultationFactory()

    bench_search._receive(consultation, 1, 4)

    written = Opinion.objects.filter(submission__consultation=consultation)
    assert written.count() == 4 * bench_search.PER_FORM
