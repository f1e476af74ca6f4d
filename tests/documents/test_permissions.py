"""The table of who opens which page of a document, asked page by page."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from core.models import StoredFile
from documents import actions
from documents.models import Attachment
from documents.urls import urlpatterns
from organisations.models import Role
from tests.factories.organisations import member
from tests.permissions.documents import WHO_MAY_OPEN, Row

CLAUSE_VERBS = ("edit", "row", "move", "merge", "split", "remove")


@pytest.fixture
def people(document, clerk, head, stranger):
    body = document.organisation
    return {
        "stranger": stranger,
        "officer": member(Role.OFFICER, body),
        "overseer": member(Role.OVERSEER, body),
        "clerk": clerk,
        "head": head,
    }


@pytest.fixture
def address(document):
    stored = StoredFile.objects.create(
        file=ContentFile(b"x", name="x.txt"), name="x.txt", content_type="text/plain", size=1
    )
    file = Attachment.objects.create(document=document, file=stored, title="Tệp")
    rest = {
        "attachment": [file.pk],
        **{f"clause_{verb}": [document.clauses.first().pk] for verb in CLAUSE_VERBS},
    }

    def of(name: str) -> str:
        verb = name.removeprefix("documents:")
        if verb == "register":
            return reverse(name)
        if verb == "skin_css":
            return reverse(name, args=[document.skin_id, "x"])
        return reverse(name, args=[document.pk, *rest.get(verb, [])])

    return of


def test_every_page_is_in_the_table():
    assert {f"documents:{page.name}" for page in urlpatterns} == set(WHO_MAY_OPEN)


@pytest.mark.parametrize("is_submitted", (False, True))
@pytest.mark.parametrize("name", WHO_MAY_OPEN)
def test_who_may_open(document, clerk, people, address, name, is_submitted):
    if is_submitted:
        actions.submit_document(document, by=clerk)
    got = {}
    for role in Row._fields:
        client = Client()
        if role != "anonymous":
            client.force_login(people[role])
        answer = client.get(address(name))
        list(answer)  # read to its end, or an open file is left behind
        got[role] = answer.status_code

    assert got == WHO_MAY_OPEN[name][is_submitted]._asdict()
