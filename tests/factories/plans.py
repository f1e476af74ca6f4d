"""Plans for tests, written through the actions people use."""

from typing import Any

from django.utils import timezone

from documents.models import Clause, Document
from documents.states import DocumentState
from organisations.models import Organisation, Role, User
from plans import actions
from plans.models import Plan
from tests.factories.documents import TODAY, LegalBasisFactory, issued
from tests.factories.organisations import OrganisationFactory, PartyTermFactory, member


def office(name: str = "Tân Hòa") -> Organisation:
    """The party committee of a commune that can issue: it has a term, a head and a clerk."""
    organisation = OrganisationFactory(
        name=f"Đảng ủy xã {name}", short_name=f"Đảng ủy {name}", unit__name=name
    )
    PartyTermFactory(organisation=organisation)
    member(Role.HEAD, organisation, full_name="Lê Minh Hải")
    member(Role.CLERK, organisation, full_name="Trần Thị Thu")
    return organisation


def clerk_of(organisation: Organisation) -> User:
    """Who writes the papers of an organisation."""
    return User.objects.get(memberships__organisation=organisation, memberships__role=Role.CLERK)


def body(short_name: str, organisation: Organisation, **given: Any) -> Organisation:
    """Another body of the same commune."""
    return OrganisationFactory(
        name=f"{short_name} xã Tân Hòa", short_name=short_name, unit=organisation.unit, **given
    )


def draft_plan(organisation: Organisation | None = None, **given: Any) -> Plan:
    """A plan with its skeleton, written by the clerk of its organisation."""
    organisation = organisation or office()
    wanted: dict[str, Any] = {
        "by": given.pop("by", None) or clerk_of(organisation),
        "organisation": organisation,
        "year": 2026,
        "host": "Bí thư Đảng ủy xã",
        "counterpart": "Nhân dân trên địa bàn xã",
        "today": TODAY,
        "bases": [LegalBasisFactory()],
        **given,
    }
    return actions.create_plan(**wanted)


def heading(plan: Plan, text: str) -> Clause:
    """The heading of the skeleton with these words."""
    return plan.document.clauses.get(text=text)


def add_session(plan: Plan, by: User, **fact: Any) -> Clause:
    """A complete session under the skeleton's heading."""
    given = {
        "theme": "Môi trường và nước sạch",
        "audience": "Nhân dân các thôn",
        "time": "Tháng 8/2026",
        "place": "Nhà văn hóa xã",
        "chairs": [("Bí thư Đảng ủy", "Lê Minh Hải")],
        **fact,
    }
    parent = heading(plan, "Thời gian, địa điểm, đối tượng")
    return actions.write_clause(plan.document, "session", "", by=by, parent=parent, **given)


def add_duty(
    plan: Plan, by: User, lead: Organisation, text: str = "Tổng hợp ý kiến", **fact: Any
) -> Clause:
    """A duty under an assignee clause of its own."""
    assignee = actions.write_clause(
        plan.document,
        "assignee",
        "",
        by=by,
        parent=heading(plan, "Tổ chức thực hiện"),
        organisations=[lead],
    )
    return actions.write_clause(plan.document, "duty", text, by=by, parent=assignee, **fact)


def in_force(plan: Plan) -> Plan:
    """As if it had been issued, for those who only read it: no PDF, no steps, no tasks."""
    rows = Document.objects.filter(pk=plan.document_id)
    rows.update(
        state=DocumentState.ISSUED,
        number=plan.pk % 10_000,
        number_scope=f"test-{plan.pk}",
        dated_on=TODAY,
        issued_at=timezone.now(),
        pdf="x.pdf",
        pdf_sha256="0" * 64,
    )
    return Plan.objects.get(pk=plan.pk)


def issued_plan(organisation: Organisation | None = None, *, duties: int = 1, **given: Any) -> Plan:
    """A small plan really issued (slow: half a second)."""
    plan = draft_plan(organisation, **given)
    by = plan.document.created_by
    add_session(plan, by)
    lead = body("Văn phòng", plan.document.organisation)
    for number in range(duties):
        add_duty(plan, by, lead, f"Việc thứ {number}", due="trước ngày 05/8/2026")
    issued(plan.document)
    return Plan.objects.get(pk=plan.pk)
