"""Who works with documents."""

import pytest
from django.test import Client

from documents import facts
from documents.models import Document
from organisations.models import Role
from tests.factories.documents import draft_document, head_of, issued
from tests.factories.organisations import member
from tests.stage import standing

_draft = standing(lambda: draft_document().pk)
_issued = standing(lambda: issued().pk)


@pytest.fixture
def document(_draft, db):
    return Document.objects.get(pk=_draft)


@pytest.fixture
def paper_in_force(_issued, db):
    """Another office's paper, really issued."""
    return Document.objects.get(pk=_issued)


@pytest.fixture
def clerk(document):
    return document.created_by


@pytest.fixture
def head(document):
    return head_of(document)


@pytest.fixture
def stranger(document):
    return member(Role.CLERK)


@pytest.fixture
def browse():
    """A logged-in client."""

    def log_in(user) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return log_in


@pytest.fixture
def own_fact(monkeypatch):
    """Register a fact for one test only, over the one another package may have."""

    def put(kind: str, fact: facts.Fact) -> None:
        monkeypatch.setitem(facts._registry, kind, fact)

    return put
