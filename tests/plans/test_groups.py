"""Who comes: quotas of every shape, sums that reconcile, units counted."""

import pytest

from documents.models import Clause
from organisations.models import AdministrativeUnit
from plans import actions
from plans.facts import quota_text, tally
from plans.models import ParticipantGroup
from plans.queries import group_lines, sums_around
from plans.queries.groups import group_sections
from tests.factories.organisations import UnitFactory
from tests.factories.plans import draft_plan, heading


def group(pk, parent=None, **quota):
    clause = Clause(pk=pk, parent_id=parent, text=f"Nhóm {pk}")
    return ParticipantGroup(clause=clause, clause_id=pk, **quota)


THAI_NGUYEN = (  # the nested sums of a real plan: 150 = 30 + 120; 120 = 30 + 90
    group(1, exact=150, is_approximate=True),
    group(2, 1, exact=30, is_approximate=True),
    group(3, 1, exact=120, is_approximate=True),
    group(4, 3, exact=30),
    group(5, 3, exact=90),
)


def test_nested_sums_of_a_real_plan_reconcile():
    found = tally(list(THAI_NGUYEN))
    assert [(row.counted, row.parts, row.agrees) for row in found.values()] == [
        ((150, 150), (150, 150), True),
        ((30, 30), None, True),
        ((120, 120), (120, 120), True),
        ((30, 30), None, True),
        ((90, 90), None, True),
    ]


@pytest.mark.parametrize(
    ("whole", "parts", "agrees"),
    (
        ({"exact": 150}, [{"exact": 30}, {"exact": 120}], True),
        ({"exact": 150}, [{"exact": 30}, {"exact": 110}], False),
        ({"exact": 150, "is_approximate": True}, [{"exact": 30}, {"exact": 110}], True),
        ({"exact": 150, "is_approximate": True}, [{"exact": 30}, {"exact": 90}], False),
        (
            {"minimum": 120, "maximum": 150},
            [{"exact": 20}, {"per_unit": 2, "unit_count": 55}],
            True,
        ),
        (
            {"minimum": 120, "maximum": 150},
            [{"exact": 20}, {"per_unit": 2, "unit_count": 21}],
            False,
        ),
        ({"exact": 100}, [{"exact": 60}, {}], True),  # a part nobody has counted yet
        ({"exact": 100}, [{"exact": 160}, {}], False),
        ({"exact": 100}, [{}], True),
    ),
)
def test_sums(whole, parts, agrees):
    groups = [group(1, **whole), *(group(n, 1, **part) for n, part in enumerate(parts, 2))]
    assert tally(groups)[1].agrees is agrees


def test_a_group_without_a_number_comes_to_the_sum_below():
    groups = [group(1), group(2, 1, exact=30), group(3, 1, minimum=10, maximum=20)]
    assert tally(groups)[1].counted == (40, 50)
    assert tally(groups)[1].words == "các nhóm bên dưới cộng 40 - 50"


@pytest.mark.parametrize(
    ("quota", "words"),
    (
        ({"exact": 2}, "02 đại biểu"),
        ({"exact": 30, "is_approximate": True}, "khoảng 30 đại biểu"),
        ({"minimum": 120, "maximum": 150}, "120 - 150 đại biểu"),
        ({"minimum": 20}, "từ 20 đại biểu"),
        ({"maximum": 20}, "không quá 20 đại biểu"),
        ({"per_unit": 2}, "mỗi đơn vị 02 đại biểu"),
        (
            {"per_unit": 2, "unit_level": "commune", "unit_count": 18},
            "mỗi xã, phường, đặc khu 02 đại biểu × 18",
        ),
        ({}, ""),
    ),
)
def test_quota_in_words(quota, words):
    assert quota_text(group(1, **quota)) == words


@pytest.fixture
def plan():
    return draft_plan()


def write(plan, text, parent=None, kind="participant_group", **fact):
    return actions.write_clause(
        plan.document, kind, text, by=plan.document.created_by, parent=parent, **fact
    )


@pytest.mark.django_db
def test_units_of_the_list_are_counted(plan):
    home = plan.document.organisation.unit
    UnitFactory.create_batch(3, parent=home, level=AdministrativeUnit.Level.HAMLET, kind="thôn")
    UnitFactory(parent=home, level="hamlet", valid_to="2025-06-30")
    UnitFactory(level="hamlet")

    clause = write(plan, "Mỗi thôn", heading(plan, "Thành phần"), per_unit=3, unit_level="hamlet")

    assert (clause.participant_group.unit_count, clause.participant_group.per_unit) == (3, 3)


@pytest.mark.django_db
def test_levels_have_totals_of_their_own(plan):
    for clause in heading(plan, "Thành phần").children.all():
        clause.delete()
    root = heading(plan, "Thành phần")
    for title, numbers in (("Ở xã", (10, 20)), ("Ở cơ sở", (90,))):
        level = write(plan, title, root, kind="heading")
        for number in numbers:
            write(plan, f"Nhóm {number}", level, exact=number)

    sections = group_sections(group_lines(plan))

    assert [(row.title, row.total) for row in sections] == [("Ở xã", "30"), ("Ở cơ sở", "90")]


@pytest.mark.django_db
def test_the_form_says_what_stands_around(plan):
    whole = write(plan, "Tất cả", heading(plan, "Thành phần"), exact=150)
    write(plan, "Cấp xã", whole, exact=30)
    rest = write(plan, "Cơ sở", whole)

    assert sums_around(plan, rest) == "Nhóm trên: 150; các nhóm cùng cấp khác: 30."
    assert sums_around(plan, whole) == "Các nhóm bên dưới cộng: 30."
