"""The register of legal bases: searched, completed, replaced, swapped in drafts with one click."""

import datetime

import pytest
from django.urls import reverse

from core.access import RefusedError
from documents import actions, checks, queries
from documents.models import LegalBasis
from organisations.models import Role
from tests.factories.documents import TODAY, LegalBasisFactory, draft_document, issued
from tests.factories.organisations import member
from tests.forms import once

pytestmark = pytest.mark.django_db


@pytest.fixture
def old():
    return LegalBasisFactory(number="217-QĐ/TW", title="về giám sát")


@pytest.fixture
def new():
    return LegalBasisFactory(number="99-QĐ/TW", title="về giám sát, phản biện")


@pytest.fixture
def citing(old):
    """A draft whose first clause cites the old paper."""
    draft = draft_document()
    clause = draft.clauses.get(kind="legal_basis")
    actions.edit_clause(clause, by=draft.created_by, version=1, text="", fact={"basis": old})
    return draft


def replaced(draft, today=TODAY):
    return [
        row.clause_id for row in checks.findings(draft, today=today) if row.rule == "basis-replaced"
    ]


def test_a_replaced_basis_warns_every_draft_that_cites_it(citing, old, new):
    assert replaced(citing) == []

    actions.replace_basis(old, by=citing.created_by, new=new, since=TODAY)

    assert replaced(citing) == [citing.clauses.get(kind="legal_basis").pk]
    before = TODAY - datetime.timedelta(days=1)
    assert replaced(citing, before) == []


def test_one_click_swaps_it(citing, old, new, browse):
    newest = LegalBasisFactory(number="100-QĐ/TW")
    actions.replace_basis(old, by=citing.created_by, new=new, since=None)
    actions.replace_basis(new, by=citing.created_by, new=newest, since=None)
    clause = citing.clauses.get(kind="legal_basis")
    client = browse(citing.created_by)
    page = client.get(reverse("documents:submit", args=[citing.pk])).content.decode()
    swap = reverse("documents:basis_swap", args=[citing.pk, clause.pk])

    answer = client.post(swap, headers={"Referer": "https://elsewhere.example/"})

    clause.refresh_from_db()
    assert swap in page
    assert answer.url == reverse("documents:submit", args=[citing.pk])
    assert (clause.basis.basis, "100-QĐ/TW" in clause.text) == (newest, True)
    assert replaced(citing) == []
    assert client.post(swap).status_code == 403


def test_after_the_swap_one_is_back_where_one_came_from(citing, old, new, browse):
    actions.replace_basis(old, by=citing.created_by, new=new, since=None)
    clause = citing.clauses.get(kind="legal_basis")
    check = f"http://testserver{reverse('documents:check', args=[citing.pk])}"

    answer = browse(citing.created_by).post(
        reverse("documents:basis_swap", args=[citing.pk, clause.pk]), headers={"Referer": check}
    )

    assert answer.url == check


def test_an_issued_paper_is_not_touched(citing, old, new):
    clause = citing.clauses.get(kind="legal_basis")
    issued(citing)
    actions.replace_basis(old, by=citing.created_by, new=new, since=None)

    with pytest.raises(RefusedError):
        actions.swap_basis(clause, by=citing.created_by)


def test_no_circle_of_replacements(old, new):
    clerk = member(Role.CLERK)
    actions.replace_basis(old, by=clerk, new=new, since=None)

    with pytest.raises(RefusedError, match="chính văn bản này"):
        actions.replace_basis(new, by=clerk, new=old, since=None)
    actions.restore_basis(old, by=clerk)
    actions.replace_basis(new, by=clerk, new=old, since=None)
    assert LegalBasis.objects.get(pk=new.pk).replaced_by == old


def test_incomplete_ones_are_completed_by_any_clerk_others_by_their_own(old):
    clerk = member(Role.CLERK)
    home = clerk.memberships.get().organisation
    bare = LegalBasisFactory(number="", body="", date=None, added_by=member(Role.CLERK).memberships.get().organisation)  # fmt: skip

    actions.edit_basis(bare, by=clerk, number="5-KH/TU", body="Tỉnh ủy", date=TODAY)

    assert bare.is_complete
    with pytest.raises(RefusedError):
        actions.edit_basis(bare, by=clerk, number="6-KH/TU")
    made = actions.add_basis(by=clerk, organisation=home, kind="Luật", title="Tiếp công dân")
    actions.edit_basis(made, by=clerk, number="42/2013/QH13")
    with pytest.raises(RefusedError):
        actions.add_basis(by=member(Role.OFFICER), organisation=home, kind="Luật")


def test_the_same_paper_is_not_entered_twice(old):
    values = {name: getattr(old, name) for name in ("kind", "number", "body", "date", "title")}
    with pytest.raises(RefusedError, match="Danh mục đã có"):
        actions.add_basis(by=member(Role.CLERK), organisation=None, **values)


def test_found_without_accents_with_usage(citing, old, new):
    rows = {row.pk: row.usage for row in queries.bases_listed("giam sat")}
    assert rows == {old.pk: 1, new.pk: 0}
    bare = LegalBasisFactory(number="")
    assert [row.pk for row in queries.bases_listed(kind="incomplete")] == [bare.pk]
    assert {row.pk for row in queries.bases_listed(kind="unused")} == {new.pk, bare.pk}


def test_the_pages(citing, old, new, browse):
    client = browse(citing.created_by)
    answer = client.post(
        reverse("documents:basis_replace", args=[old.pk]),
        {"new": "99-qd/tw giam sat", "since": "01/5/2026"},
    )
    page = client.get(answer.url).content.decode()
    assert ("Đã được thay thế bằng" in page, citing.abstract in page) == (True, True)
    client.post(
        reverse("documents:basis_add"),
        once(kind="Luật", number="1/2026", title="Đất đai"),
    )
    assert "Đất đai" in client.get(reverse("documents:bases"), {"q": "dat dai"}).content.decode()
    assert browse(member(Role.OFFICER)).get(reverse("documents:basis_add")).status_code == 403


def test_the_list_costs_the_same_for_many(browse, django_assert_max_num_queries):
    for _n in range(12):
        LegalBasisFactory()
    client = browse(member(Role.CLERK))
    with django_assert_max_num_queries(12):
        client.get(reverse("documents:bases"))
