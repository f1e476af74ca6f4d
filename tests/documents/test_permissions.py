"""The table of who opens which page of a document, asked page by page."""

from dataclasses import dataclass

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from core.files import check_upload, store
from core.models import StoredFile
from documents import actions
from documents.models import Attachment, Comment, Document, DocumentRelation, SignedCopy
from documents.urls import urlpatterns
from organisations.models import Role
from tests.documents.test_signing import plain_pdf
from tests.factories.documents import TODAY, LegalBasisFactory, draft_document, head_of
from tests.factories.organisations import member
from tests.known import client_of, sessions_of
from tests.permissions.documents import WHO_MAY_OPEN, Row
from tests.stage import standing

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


@dataclass
class Office:
    """A draft, what hangs on it, and a logged-in session of everybody around it."""

    document: Document
    rest: dict[str, list]
    sessions: dict[str, str]

    def client(self, role: str) -> Client:
        return client_of(self.sessions, role)

    def address(self, name: str) -> str:
        verb = name.removeprefix("documents:")
        if verb in ALONE:
            return reverse(name)
        if verb == "check_setting":
            return reverse(name, args=["slack_days"])
        if verb in OF_ITS_OWN:
            return reverse(name, args=self.rest[OF_ITS_OWN[verb]])
        if verb == "skin_css":
            return reverse(name, args=[self.document.skin_id, "x"])
        return reverse(name, args=[self.document.pk, *self.rest.get(verb, [])])


def made_office() -> Office:
    document = draft_document()
    body = document.organisation
    people = {
        "stranger": member(Role.CLERK),
        "officer": member(Role.OFFICER, body),
        "overseer": member(Role.OVERSEER, body),
        "clerk": document.created_by,
        "head": head_of(document),
    }
    stored = StoredFile.objects.create(
        file=ContentFile(b"x", name="x.txt"), name="x.txt", content_type="text/plain", size=1
    )
    file = Attachment.objects.create(document=document, file=stored, title="Tệp")
    rest = {
        "attachment": [file.pk],
        "unwaive": [1],
        **{f"clause_{verb}": [document.clauses.first().pk] for verb in CLAUSE_VERBS},
    }
    return Office(document, rest | kept(document), sessions_of(people))


_standing = standing(made_office)


@pytest.fixture
def office(_standing, db):
    return _standing


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


@pytest.mark.usefixtures("_fast_templates", "_known", "_bare_refusals")
@pytest.mark.parametrize("is_submitted", (False, True))
@pytest.mark.parametrize("name", WHO_MAY_OPEN)
def test_who_may_open(office, name, is_submitted):
    if is_submitted:
        document = Document.objects.get(pk=office.document.pk)
        actions.submit_document(document, by=document.created_by)
    got = {}
    for role in Row._fields:
        answer = office.client(role).get(office.address(name))
        list(answer)  # read to its end, or an open file is left behind
        got[role] = answer.status_code

    assert got == WHO_MAY_OPEN[name][is_submitted]._asdict()
