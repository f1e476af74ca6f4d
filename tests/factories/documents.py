"""Official documents for tests."""

import datetime

import factory
from django.db import transaction
from factory.django import DjangoModelFactory

from documents import actions
from documents.actions import ClauseDraft
from documents.models import Clause, ClauseKind, Document, LegalBasis
from organisations.models import Organisation, Role, User
from tests.factories.organisations import OrganisationFactory, PartyTermFactory, member

TODAY = datetime.date(2026, 5, 8)


def plan_clauses() -> list[ClauseDraft]:
    """The smallest plan that can be issued."""
    return [
        ClauseDraft(ClauseKind.LEGAL_BASIS, "Quyết định số 217-QĐ/TW của Bộ Chính trị"),
        ClauseDraft(
            ClauseKind.HEADING,
            "Mục đích, yêu cầu",
            [ClauseDraft(ClauseKind.PURPOSE, "Lắng nghe ý kiến Nhân dân")],
        ),
        ClauseDraft(ClauseKind.CLOSING, "Trên đây là Kế hoạch đối thoại"),
    ]


def draft_document(organisation: Organisation | None = None, **given: object) -> Document:
    """A complete draft made by a clerk (`by`) of an organisation that has a head and a term."""
    organisation = organisation or OrganisationFactory()
    if not organisation.terms.exists():
        PartyTermFactory(organisation=organisation)
    if not organisation.memberships.filter(role=Role.HEAD).exists():
        member(Role.HEAD, organisation)
    wanted = {
        "type_code": "KH",
        "abstract": "Đối thoại giữa người đứng đầu cấp ủy với Nhân dân năm 2026",
        "today": TODAY,
        "clauses": plan_clauses(),
        **given,
    }
    by = wanted.pop("by", None) or member(Role.CLERK, organisation)
    return actions.create_document(organisation=organisation, by=by, **wanted)


def submitted_document(organisation: Organisation | None = None, **given: object) -> Document:
    """A document on the head's desk."""
    document = draft_document(organisation, **given)
    actions.submit_document(document, by=document.created_by)
    return document


def head_of(document: Document) -> User:
    """Who signs the document."""
    head = document.organisation.memberships.filter(role=Role.HEAD).first()
    return User.objects.get(pk=head.user_id)


@transaction.atomic
def issued(document: Document | None = None, *, today: datetime.date = TODAY) -> Document:
    """A document really issued, PDF and all (slow: half a second)."""
    document = document or draft_document()
    if document.is_editable:
        actions.submit_document(document, by=document.created_by)
    actions.issue_document(document, by=head_of(document), today=today)
    return document


class LegalBasisFactory(DjangoModelFactory):
    """A paper others cite."""

    kind = "Quyết định"
    number = factory.Sequence(lambda n: f"{1000 + n}-QĐ/TW")  # tests name smaller ones
    body = "Bộ Chính trị"
    date = datetime.date(2013, 12, 12)
    title = "về việc ban hành Quy chế giám sát và phản biện xã hội"

    class Meta:
        model = LegalBasis


class ClauseFactory(DjangoModelFactory):
    """A paragraph; give the document."""

    position = factory.Sequence(lambda n: 1000 + n)
    kind = ClauseKind.TEXT
    text = "Một đoạn văn"

    class Meta:
        model = Clause


class DocumentFactory(DjangoModelFactory):
    """A draft plan without clauses, its skin and type as loaded by the migration."""

    type_id = "KH"
    skin_id = "PARTY_HD05_2026"
    organisation = factory.SubFactory(OrganisationFactory)
    organisation_name = factory.SelfAttribute("organisation.name")
    symbol = "KH/ĐU"
    place = "Hưng Chính"
    abstract = factory.Sequence(lambda n: f"Kế hoạch đối thoại thứ {n}")
    collective = "Ban Thường vụ"
    signer_post = "Bí thư"
    signer_name = "Nguyễn Văn An"
    created_by = factory.LazyAttribute(lambda row: member(Role.CLERK, row.organisation))

    class Meta:
        model = Document
