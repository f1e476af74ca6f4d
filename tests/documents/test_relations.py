"""How papers stand to each other, seen from both ends; a bundle printed as one file."""

import io

import pikepdf
import pytest
from django.urls import reverse

from core.access import RefusedError
from documents import actions, queries
from documents.models import DocumentRelation
from organisations.models import Role
from tests.factories.documents import draft_document, issued
from tests.factories.organisations import member
from tests.forms import once

Kind = DocumentRelation.Kind


@pytest.fixture
def letter(document, clerk):
    return draft_document(
        document.organisation, by=clerk, type_code="CV", abstract="gửi kế hoạch đối thoại"
    )


def relate(source, target, kind=Kind.ACCOMPANIES):
    return actions.relate_documents(source, by=source.created_by, target=target, kind=kind)


def said(document, user):
    return [(line.label, line.paper.pk) for line in queries.relations_of(document, user)]


@pytest.mark.parametrize(
    ("kind", "there"),
    (
        (Kind.ACCOMPANIES, "Có văn bản kèm theo"),
        (Kind.BASED_ON, "Là căn cứ của"),
        (Kind.REPLACES, "Được thay thế bởi"),
        (Kind.IMPLEMENTS, "Được triển khai bởi"),
        (Kind.BUNDLE, "Cùng bộ với"),
    ),
)
def test_a_relation_is_read_from_both_ends(document, clerk, letter, kind, there):
    relate(letter, document, kind)

    assert said(letter, clerk) == [(str(kind.label), document.pk)]
    assert said(document, clerk) == [(there, letter.pk)]


def test_a_paper_stands_once_for_what_says_most(document, clerk, letter):
    relate(letter, document, Kind.ABOUT)
    relate(letter, document, Kind.ACCOMPANIES)

    assert said(letter, clerk) == [(str(Kind.ACCOMPANIES.label), document.pk)]


def test_only_the_own_clerk_ties_and_unties(document, clerk, letter, stranger, head):
    for person in (stranger, head):
        with pytest.raises(RefusedError):
            actions.relate_documents(letter, by=person, target=document, kind=Kind.BUNDLE)
    relation = relate(letter, document)
    with pytest.raises(RefusedError):
        actions.unrelate_documents(relation, by=stranger)
    actions.unrelate_documents(relation, by=clerk)
    assert said(document, clerk) == []


def test_what_makes_no_sense_is_refused(document, letter):
    relate(letter, document, Kind.BUNDLE)

    for source, target in ((letter, document), (document, letter), (letter, letter)):
        with pytest.raises(RefusedError):
            relate(source, target, Kind.BUNDLE)


def test_papers_one_may_not_see_are_not_named(document, letter, stranger):
    issued(document)
    relate(letter, document)

    assert said(document, stranger) == []


def test_a_paper_made_for_another_is_related_to_it(document, clerk):
    made = draft_document(document.organisation, by=clerk, type_code="TB", relates_to=document)

    assert said(made, clerk) == [("Liên quan tới", document.pk)]


def test_the_bundle_prints_as_one_pdf_letter_first(document, clerk, letter, browse):
    programme = draft_document(
        document.organisation, by=clerk, type_code="CTr", abstract="hội nghị"
    )
    issued(document)
    relate(document, programme, Kind.BUNDLE)
    relate(letter, document)

    papers = queries.bundle_of(programme, clerk)
    answer = browse(clerk).get(reverse("documents:bundle_pdf", args=[programme.pk]))

    assert papers == [letter, document, programme]
    with pikepdf.open(io.BytesIO(answer.content)) as whole:
        assert len(whole.pages) == 3


def test_the_pages(document, clerk, letter, browse):
    office = browse(clerk)
    here = reverse("documents:relate", args=[letter.pk])
    page = office.get(here, {"q": "doi thoai"}).content.decode()
    values = once(kind="accompanies", target=document.pk)
    office.post(f"{here}?q=doi+thoai", values)

    relation = DocumentRelation.objects.get()
    assert document.abstract in page
    assert "Có văn bản kèm theo" in office.get(document.get_absolute_url()).content.decode()
    office.post(reverse("documents:unrelate", args=[letter.pk, relation.pk]))
    assert not DocumentRelation.objects.exists()
    assert browse(member(Role.CLERK)).get(here).status_code == 404


def test_a_hidden_paper_cannot_be_tied_by_its_number(document, letter, browse, clerk):
    hidden = draft_document()
    here = reverse("documents:relate", args=[letter.pk])
    values = once(kind="bundle", target=hidden.pk)

    assert browse(clerk).post(here, values).status_code == 200
    assert not DocumentRelation.objects.exists()
