"""A citizen's form as the database sees it, with real transactions."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from feedback.models import Submission
from tests.factories.feedback import ConsultationFactory
from tests.feedback.test_public import address, codes_on, filled, picture


@pytest.mark.django_db(transaction=True)
def test_one_submission_is_one_commit_and_matters_alone_are_one_statement():
    consultation = ConsultationFactory()
    client = Client()
    typed = filled(consultation, full_name="Trần Văn Bình", consent="on", uploads=picture())

    with CaptureQueriesContext(connection) as asked:
        response = client.post(address(consultation), typed)

    assert response.status_code == 200
    assert [row["sql"] for row in asked if row["sql"] == "COMMIT"] == ["COMMIT"]

    alone = filled(consultation)
    with CaptureQueriesContext(connection) as asked:
        first = client.post(address(consultation), alone)
    again = client.post(address(consultation), alone)

    assert list(asked) == []  # but for the prepared one, which goes past Django's cursor
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT whole.xmin = part.xmin FROM feedback_submission whole"
            " JOIN feedback_opinion part ON part.submission_id = whole.id WHERE code = %s",
            [codes_on(first)[0]],
        )
        assert cursor.fetchall() == [(True,)]  # one transaction wrote both
    assert codes_on(first) == codes_on(again)
    assert Submission.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_after_the_database_was_started_anew_is_taken():
    consultation = ConsultationFactory()
    client = Client()
    client.post(address(consultation), filled(consultation))
    typed = filled(consultation)
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(%s, 5000)", [connection.connection.info.backend_pid]
        )
    other.close()

    response = client.post(address(consultation), typed)

    assert response.status_code == 200
    assert Submission.objects.filter(code=codes_on(response)[0]).count() == 1
    assert Submission.objects.count() == 2
