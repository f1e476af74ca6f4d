"""Numbers without gaps: per term in the Party, per year in the State, whoever issues at once."""

import datetime
import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from documents import actions, queries
from documents.models import Document, RegisterNumber
from organisations.models import Organisation, PartyTerm, Role
from tests.factories.documents import head_of, issued, submitted_document
from tests.factories.organisations import OrganisationFactory

ISSUERS = 20
DAY = datetime.date(2026, 5, 8)


def at_once(work, things) -> list:
    """Run `work` on every thing in a thread of its own, each with its own connection."""

    def run(thing):
        try:
            return work(thing)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(things)) as pool:
        return list(pool.map(run, things))


@pytest.mark.django_db(transaction=True)
def test_twenty_documents_issued_at_once_get_numbers_one_to_twenty():
    organisation = OrganisationFactory()
    documents = [submitted_document(organisation) for _ in range(ISSUERS)]
    head = organisation.memberships.filter(role=Role.HEAD).first().user

    def issue(document):
        actions.issue_document(document, by=head, today=DAY)
        return document.number

    numbers = at_once(issue, documents)

    assert sorted(numbers) == list(range(1, ISSUERS + 1))
    assert Document.objects.issued().filter(organisation=organisation).count() == ISSUERS


@pytest.mark.django_db(transaction=True)
def test_rollbacks_leave_no_gap():
    organisation = OrganisationFactory()
    documents = [submitted_document(organisation) for _ in range(8)]
    head = organisation.memberships.filter(role=Role.HEAD).first().user

    def issue(pair):
        place, document = pair
        with transaction.atomic():
            actions.issue_document(document, by=head, today=DAY)
            transaction.set_rollback(place % 4 == 0)

    at_once(issue, list(enumerate(documents)))

    numbers = Document.objects.issued().values_list("number", flat=True)
    assert sorted(numbers) == [1, 2, 3, 4, 5, 6]


@pytest.mark.django_db(transaction=True)
def test_reserving_and_issuing_at_once_leave_no_gap():
    organisation = OrganisationFactory()
    papers = [submitted_document(organisation) for _ in range(6)]
    clerk, head = papers[0].created_by, head_of(papers[0])

    def work(thing):
        if isinstance(thing, Document):
            actions.issue_document(thing, by=head, today=DAY)
        else:
            actions.reserve_number(
                organisation, by=clerk, type_code="KH", today=DAY, abstract=thing
            )

    at_once(work, [*papers, *(f"Việc {n}" for n in range(6))])

    book = RegisterNumber.objects.all()
    assert list(book.order_by("number").values_list("number", flat=True)) == list(range(1, 13))
    assert queries.missing_numbers(book) == []


@pytest.mark.django_db(transaction=True)
def test_control_a_database_sequence_leaves_gaps():
    with connection.cursor() as cursor:
        cursor.execute("CREATE SEQUENCE control_numbers")
    kept = []
    fails = [place % 4 == 0 for place in range(ISSUERS)]
    random.Random(7).shuffle(fails)

    def issue(is_rolled_back):
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT nextval('control_numbers')")
                number = cursor.fetchone()[0]
            transaction.set_rollback(is_rolled_back)
        if not is_rolled_back:
            kept.append(number)

    try:
        # One by one: concurrency is not even needed to show the gaps.
        for is_rolled_back in fails:
            issue(is_rolled_back)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP SEQUENCE control_numbers")

    assert len(kept) == ISSUERS * 3 // 4
    assert sorted(kept) != list(range(1, len(kept) + 1))


def test_party_numbers_run_through_the_years_of_a_term(db):
    organisation = OrganisationFactory()
    first = issued(submitted_document(organisation), today=datetime.date(2026, 12, 31))
    second = issued(submitted_document(organisation), today=datetime.date(2027, 1, 1))

    assert [first.register_code, second.register_code] == ["01-KH/ĐU", "02-KH/ĐU"]


def test_party_numbers_begin_anew_with_a_term(db):
    organisation = OrganisationFactory()
    first = issued(submitted_document(organisation), today=DAY)
    organisation.terms.update(ends_on=datetime.date(2026, 5, 31))
    PartyTerm.objects.create(
        organisation=organisation, name="mới", starts_on=datetime.date(2026, 6, 1)
    )
    second = issued(submitted_document(organisation), today=datetime.date(2026, 6, 1))

    assert [first.number, second.number] == [1, 1]


def test_state_numbers_begin_anew_with_the_year(db):
    organisation = OrganisationFactory(
        system=Organisation.System.STATE, symbol="UBND", collective="Ủy ban nhân dân"
    )
    papers = [
        issued(submitted_document(organisation), today=day)
        for day in (
            datetime.date(2026, 12, 30),
            datetime.date(2026, 12, 31),
            datetime.date(2027, 1, 1),
        )
    ]

    assert [paper.register_code for paper in papers] == ["01/KH-UBND", "02/KH-UBND", "01/KH-UBND"]


def test_each_type_has_its_own_numbers(db):
    organisation = OrganisationFactory()
    plan = issued(submitted_document(organisation))
    notice = issued(submitted_document(organisation, type_code="TB"))

    assert [plan.register_code, notice.register_code] == ["01-KH/ĐU", "01-TB/ĐU"]
