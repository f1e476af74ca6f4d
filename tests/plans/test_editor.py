"""The editor on a plan: what it costs with four hundred clauses, and duties understood."""

import time

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents import actions
from documents.actions import ClauseDraft
from documents.forms import ClauseEditor
from documents.models import Clause, ClauseKind, Document
from organisations.models import Organisation
from plans.actions.reading import read_assignee, read_duty
from plans.models import Duty, Plan
from plans.queries.bodies import bodies_named
from tests.factories.documents import TODAY, LegalBasisFactory
from tests.factories.organisations import OrganisationFactory, UnitFactory
from tests.factories.plans import add_duty, add_session, body, draft_plan
from tests.forms import once
from tests.stage import standing

SCRIPT = {"Accept": "application/json"}
WORDS = (
    "Chủ trì, phối hợp với Công an xã, Hội ND tổng hợp ý kiến thành báo cáo, gửi về Đảng ủy "
    "(qua Văn phòng Đảng ủy trước ngày 05/8)."
)


def made_plan():
    plan = draft_plan(rhythm=4)
    organisation = plan.document.organisation
    for name in ("Công an", "Hội Nông dân", "Văn phòng Đảng ủy"):
        body(name, organisation)
    return plan


_standing = standing(lambda: made_plan().pk)


@pytest.fixture
def plan(_standing, db):
    return Plan.objects.get(pk=_standing)


@pytest.fixture
def clerk(plan):
    return plan.document.created_by


@pytest.fixture
def page(clerk):
    client = Client()
    client.force_login(clerk)
    return client


@pytest.fixture
def duty(plan, clerk):
    return add_duty(plan, clerk, plan.document.organisation)


def made_big():
    """Four hundred clauses of every kind."""
    plan = made_plan()
    clerk, organisation = plan.document.created_by, plan.document.organisation
    add_duty(plan, clerk, organisation)
    add_session(plan, clerk)
    drafts = [
        ClauseDraft(
            ClauseKind.ASSIGNEE,
            f"Cơ quan {number}",
            [
                ClauseDraft(
                    ClauseKind.DUTY,
                    f"Việc {number}.{place}",
                    fact={"part": "lead", "cooperating": [organisation]},
                )
                for place in range(9)
            ],
            fact={"organisations": [organisation]},
        )
        for number in range(37)
    ]
    actions.add_drafts(plan.document, by=clerk, drafts=drafts)
    assert plan.document.clauses.count() >= 400
    return plan.document.pk


_four_hundred = standing(made_big)


@pytest.fixture
def big(_four_hundred, db):
    return Document.objects.get(pk=_four_hundred)


@pytest.fixture
def big_page(big):
    client = Client()
    client.force_login(big.created_by)
    return client


def asked(act):
    """The questions of an act, without the statements that only open and close transactions."""
    ContentType.objects.get_for_model(Clause)  # asked once in the life of a process
    with CaptureQueriesContext(connection) as seen:
        begun = time.perf_counter()
        answer = act()
        spent = time.perf_counter() - begun
    assert answer.status_code == 200
    return [row["sql"] for row in seen if "SAVEPOINT" not in row["sql"]], spent


def test_opening_the_editor_on_four_hundred_clauses(big, big_page):
    address = reverse("documents:edit", args=[big.pk])
    big_page.get(address)

    questions, spent = asked(lambda: big_page.get(address))

    assert len(questions) <= 15
    assert spent < 3  # half a second on an idle machine


@pytest.mark.parametrize("kind", ("heading", "duty", "assignee", "session", "legal_basis"))
@pytest.mark.parametrize("more", ({"autosave": "1"}, {"close": "1"}))
def test_saving_one_of_four_hundred_clauses(big, big_page, kind, more):
    clause = big.clauses.filter(kind=kind).last()
    address = reverse("documents:clause_edit", args=[big.pk, clause.pk])
    values = {"text": "Câu chữ mới", "version": clause.version, "words_only": "1", **more}

    questions, spent = asked(lambda: big_page.post(address, values, headers=SCRIPT))

    assert len(questions) <= 10
    assert spent < 1.5  # 150 ms on an idle machine


@pytest.mark.parametrize("kind", ("duty", "assignee", "session", "legal_basis"))
@pytest.mark.parametrize("more", ({"autosave": "1"}, {"close": "1"}))
def test_saving_a_changed_fact_of_four_hundred_clauses(big, big_page, kind, more):
    clause = big.clauses.filter(kind=kind).last()
    first, second, third = Organisation.objects.order_by("-pk")[:3]
    chosen = {
        "duty": {
            "part": "advise",
            "due": "trước ngày 05/8",
            "stage": "before",
            "send_to": first.pk,
            "via": second.pk,
            "cooperating": [first.pk, third.pk],
            "deliverable": "báo cáo",
        },
        "assignee": {"organisations": [first.pk, second.pk]},
        "session": {
            "kind": "thematic",
            "theme": "Đất đai",
            "audience": "công dân",
            "form": "hybrid",
            "time": "Tháng 6",
            "chairs": "Bí thư: An\nChủ tịch",
            "units": [first.unit_id],
        },
        "legal_basis": {"choice": str(LegalBasisFactory(number="77/2026/NĐ-CP"))},
    }
    posted = {f"fact-{name}": value for name, value in chosen[kind].items()}
    values = {"text": "Câu chữ mới", "version": clause.version, **posted, **more}
    address = reverse("documents:clause_edit", args=[big.pk, clause.pk])

    questions, _spent = asked(lambda: big_page.post(address, values, headers=SCRIPT))

    assert len(questions) <= 10
    shown = ClauseEditor(Clause.objects.get(pk=clause.pk)).known
    assert {name: words(shown[name]) for name in chosen[kind]} == {
        name: words(value) for name, value in chosen[kind].items()
    }


def words(value):
    """A value as it is posted."""
    if isinstance(value, list):
        return sorted(map(words, value))
    return str(getattr(value, "pk", value))


def test_a_duty_is_understood_with_the_bodies_of_the_own_unit(plan, duty):
    reading = read_duty(duty, WORDS)

    short = {name: str(value) for name, value in reading.values.items()}
    assert [row.short_name for row in reading.values["cooperating"]] == ["Công an", "Hội Nông dân"]
    assert (short["part"], short["due"]) == ("lead", "trước ngày 05/8")
    assert short["send_to"] == "Đảng ủy xã Tân Hòa"
    assert short["via"] == "Văn phòng Đảng ủy xã Tân Hòa"
    assert reading.doubts == ()


def test_one_key_hangs_the_fact_on_a_pasted_duty(plan, duty, page):
    address = reverse("documents:clause_add", args=[plan.document.pk])
    address = f"{address}?at={duty.pk}&where=after&kind=duty"
    pasted = once(text=f"{WORDS}\nViệc khác", lines="1")
    answer = page.post(address, {**pasted, "fact-part": "lead"}, headers=SCRIPT, follow=True)

    page.post(
        reverse("documents:readings", args=[plan.document.pk]), {"made": answer.json()["made"]}
    )

    made = Duty.objects.get(clause__text=WORDS)
    assert {row.short_name for row in made.cooperating.all()} == {"Công an", "Hội Nông dân"}
    assert (made.via.short_name, str(made.due)) == ("Văn phòng Đảng ủy", "trước ngày 05/8")


def test_an_assignee_is_understood_by_its_name(plan, duty):
    reading = read_assignee(duty.parent, "Công an xã; Văn phòng Đảng ủy và Hội Nông dân")

    assert [row.short_name for row in reading.values["organisations"]] == [
        "Công an",
        "Văn phòng Đảng ủy",
        "Hội Nông dân",
    ]
    assert read_assignee(duty.parent, "Toàn thể Nhân dân") is None


@pytest.mark.parametrize(
    ("name", "found"),
    (
        ("CÔNG AN XÃ", "Công an"),
        ("cong an", "Công an"),
        ("VP Đảng ủy", "Văn phòng Đảng ủy"),
        ("đồng chí Hội ND xã", "Hội Nông dân"),
        ("Ban Không Có", None),
    ),
)
def test_names_are_found_without_accents_and_by_abbreviation(plan, name, found):
    named = bodies_named([name], home=plan.document.organisation, today=TODAY)

    assert [row.short_name for row in named.found] == ([found] if found else [])
    assert len(named.doubts) == (0 if found else 1)


def test_the_own_unit_goes_before_others_and_the_ended_are_named(plan):
    home = plan.document.organisation
    elsewhere = UnitFactory(name="Bến Sông")
    OrganisationFactory(name="Công an xã Bến Sông", short_name="Công an", unit=elsewhere)
    OrganisationFactory(
        name="Huyện ủy Lam Sơn",
        short_name="Huyện ủy",
        unit=elsewhere,
        valid_to=TODAY.replace(year=2025),
    )

    named = bodies_named(["Công an xã", "Huyện ủy Lam Sơn"], home=home, today=TODAY)

    assert [row.unit_id for row in named.found] == [home.unit_id]
    assert named.doubts == ("“Huyện ủy Lam Sơn”: đã kết thúc hoạt động từ sau 08/5/2025.",)


def test_an_undone_duty_comes_back_with_everything(plan, clerk, duty):
    fact = read_duty(duty, WORDS).values
    actions.edit_clause(duty, by=clerk, version=1, text=WORDS, fact=fact)
    key = Duty.objects.get(clause=duty).pk
    number = duty.pk

    actions.remove_clause(duty, by=clerk)
    actions.undo_step(plan.document, by=clerk)

    back = Duty.objects.get(clause=number)
    assert (back.pk, back.due, back.via) == (key, fact["due"], fact["via"])
    assert back.cooperating.count() == 2
