"""The measurements write rows by SQL; a new column must not be forgotten there."""

import bench_search
import pytest

from feedback.models import Opinion, Submission
from tests.factories.feedback import ConsultationFactory, opinion


@pytest.mark.django_db(transaction=True)
def test_the_rows_a_search_is_measured_on_can_be_written():
    consultation = ConsultationFactory()
    other = opinion()  # the figure before this one leaves forms behind
    Submission.objects.filter(pk=other.submission_id).update(code="B0000001X")

    bench_search._receive(consultation, 1, 4)

    written = Opinion.objects.filter(submission__consultation=consultation)
    assert written.count() == 4 * bench_search.PER_FORM
