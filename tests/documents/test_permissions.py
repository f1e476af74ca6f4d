"""The table of who opens which page of a document, asked page by page."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from core.files import check_upload, store
from core.models import StoredFile
from documents import actions
from documents.models import Attachment, Comment, DocumentRelation, SignedCopy
from documents.urls import urlpatterns
from organisations.models import Role
from tests.documents.test_signing import plain_pdf
from tests.factories.documents import TODAY, LegalBasisFactory, draft_document
from tests.factories.organisations import member
from tests.permissions.documents import WHO_MAY_OPEN, Row

CLAUSE_VERBS = ("edit", "row", "move", "merge", "split", "remove")

ALONE = {
    "check_rules",
    "register",
    "read",
    "adopt",
    "book",
    "book_pdf",
    "book_xlsx",
    "reserve",
    "bases",
    "basis_add",
}
OF_ITS_OWN = {
    **dict.fromkeys(("number", "outside", "void"), "a number"),
    **dict.fromkeys(("basis", "basis_edit", "basis_replace", "basis_restore"), "a basis"),
}


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
        "unwaive": [1],
        **{f"clause_{verb}": [document.clauses.first().pk] for verb in CLAUSE_VERBS},
    }

    rest |= kept(document)

    def of(name: str) -> str:
        verb = name.removeprefix("documents:")
        if verb in ALONE:
            return reverse(name)
        if verb == "check_setting":
            return reverse(name, args=["slack_days"])
        if verb in OF_ITS_OWN:
            return reverse(name, args=rest[OF_ITS_OWN[verb]])
        if verb == "skin_css":
            return reverse(name, args=[document.skin_id, "x"])
        return reverse(name, args=[document.pk, *rest.get(verb, [])])

    return of


def kept(document):
    """What the pages of keeping papers are about: a comment, a copy, a relation, a number, a basis."""
    clerk = document.created_by
    comment = Comment.objects.create(document=document, text="?", by=clerk)
    scan = store(check_upload(SimpleUploadedFile("ky.pdf", plain_pdf())), clerk)
    copy = SignedCopy.objects.create(document=document, file=scan, attached_by=clerk)
    relation = DocumentRelation.objects.create(
        source=document, target=draft_document(document.organisation), kind="about", added_by=clerk
    )
    number = actions.reserve_number(
        document.organisation, by=clerk, type_code="KH", today=TODAY, abstract="x"
    )
    return {
        "comment_reply": [comment.pk],
        "comment_mend": [comment.pk],
        "signed_file": [copy.pk],
        "unrelate": [relation.pk],
        "basis_swap": [document.clauses.first().pk],
        "a number": [number.pk],
        "a basis": [LegalBasisFactory().pk],
    }


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
