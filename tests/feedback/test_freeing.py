"""What took a citizen's form in is freed when it has answered, not when garbage is collected."""

import gc
from functools import partial
from weakref import ref

import pytest
from django.http import QueryDict
from django.test import RequestFactory
from django.test.client import ClientHandler
from django.utils import timezone

from feedback.forms.public import OpinionForm
from tests.factories.feedback import ConsultationFactory
from tests.feedback.test_public import address, filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation():
    return ConsultationFactory()


@pytest.fixture(autouse=True)
def _uncollected():
    gc.disable()
    yield
    gc.enable()


def test_a_judged_form_goes_with_its_parts(consultation):
    typed = QueryDict(mutable=True)
    typed.update(filled(consultation))
    form = OpinionForm(consultation, timezone.localdate(), typed, {})
    assert form.is_valid()
    parts = [ref(part) for part in (*form.matters, form.sender)]

    del form

    assert [part() for part in parts] == [None, None]


def test_an_answered_request_goes_with_its_answer(consultation):
    handler = ClientHandler()
    handler.load_middleware()
    send = partial(RequestFactory().post, address(consultation))
    handler.get_response(send(filled(consultation)))  # draws the page around all receipts
    response = handler.get_response(send(filled(consultation)))
    request = ref(response._resource_closers[0].__self__)
    assert (response.status_code, request().path) == (200, address(consultation))

    del response

    assert request() is None
