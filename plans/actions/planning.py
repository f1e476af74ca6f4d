"""Begin a plan, correct what it says about itself, write a clause with its fact."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.access import require
from core.timephrase import parse
from core.transitions import record
from documents.actions import add_clause, add_drafts, create_document
from documents.models import Clause, Document, LegalBasis
from organisations.models import Organisation, User
from plans import documents, rules
from plans.actions.facts import SAVERS
from plans.models import Plan

PLAN_TYPE = "KH"


@transaction.atomic
def create_plan(
    *,
    by: User,
    organisation: Organisation,
    year: int,
    host: str,
    counterpart: str,
    today: datetime.date,
    abstract: str = "",
    bases: Iterable[LegalBasis] = (),
    rhythm: int = 0,
    is_blank: bool = False,
    **header: Any,
) -> Plan:
    """Begin a plan with the parts every plan has, so that the clerk only fills in.

    `rhythm` is the number of regular sessions (0, 1, 2 or 4); `is_blank` writes no clause at all;
    `header` as in `documents.actions.create_document`. Raises RefusedError unless `by` is a clerk.
    """
    require(
        rules.may_create_plan(by, organisation),
        _("Chỉ chuyên viên của %(body)s được soạn kế hoạch của cơ quan này.")
        % {"body": organisation.short_name},
    )
    title = abstract or documents.plan_abstract(host, counterpart, year)
    document = create_document(
        organisation=organisation,
        type_code=PLAN_TYPE,
        abstract=title,
        by=by,
        today=today,
        recipients=documents.first_recipients(organisation, _neighbours(organisation, today)),
        **header,
    )
    plan = Plan.objects.create(document=document, year=year, host=host, counterpart=counterpart)
    if not is_blank:
        sessions = documents.session_drafts(rhythm, year)
        drafts = documents.plan_skeleton(
            organisation, abstract=title, bases=list(bases), sessions=sessions
        )
        add_drafts(document, by=by, drafts=drafts)
    return plan


@transaction.atomic
def edit_plan(plan: Plan, *, by: User, year: int, host: str, counterpart: str) -> None:
    """Correct what the plan says about itself; phrases already written keep their year."""
    require(
        rules.may_edit_plan(by, plan),
        _("Chỉ chuyên viên của cơ quan ban hành được sửa, và chỉ khi kế hoạch còn là dự thảo."),
    )
    before = f"{plan.year} · {plan.host} · {plan.counterpart}"
    plan.year, plan.host, plan.counterpart = year, host, counterpart
    plan.save(update_fields=["year", "host", "counterpart"])
    record(plan.document, by=by, note=_("Sửa thông tin kế hoạch; trước đó: %(b)s") % {"b": before})


def write_clause(
    document: Document,
    kind: str,
    text: str,
    /,
    *,
    by: User,
    parent: Clause | None = None,
    **fact: Any,
) -> Clause:
    """Write a clause with its fact in one breath: phrases and chairs may be given as plain words.

    `write_clause(doc, "duty", "Tổng hợp ý kiến", by=clerk, parent=office, due="trước ngày 08/8/2026")`
    """
    plan: Plan | None = getattr(document, "plan", None)
    for name in ("time", "due"):
        if isinstance(fact.get(name), str):
            fact[name] = parse(fact[name], year=plan.year if plan else None)
    kept = fact if fact or kind in SAVERS else None
    return add_clause(document, by=by, kind=kind, text=text, parent=parent, fact=kept)


def _neighbours(organisation: Organisation, today: datetime.date) -> Sequence[Organisation]:
    return list(
        Organisation.objects.current(today)
        .filter(unit=organisation.unit_id)
        .exclude(pk=organisation.pk)
        .order_by("system", "name")[:12]
    )
