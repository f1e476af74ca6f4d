"""Questions over a whole plan: its dossier, whose duty is whose, and when a duty is due."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from assignments.models import Task
from core.calendar import WorkingCalendar
from core.timephrase import Explanation, Kind, TimePhrase
from documents.facts import Owner
from documents.models import Clause, Document
from documents.printing.paper import Extra
from documents.queries import clauses_of, fact_of
from organisations.models import Organisation, User
from plans.facts import span_text
from plans.models import (
    Announcement,
    Assignee,
    DialogueSession,
    Duty,
    Plan,
    ProgrammeItem,
    SessionChair,
)
from plans.queries.groups import GroupLine, GroupSection, added, group_lines, group_sections
from plans.queries.outline import Outline


@dataclass
class DutyLine:
    """One duty with the bodies it belongs to, its place in the paper and its due day."""

    duty: Duty
    place: str
    assignee: Assignee | None
    sessions: list[DialogueSession]
    due: Explanation | None
    tasks: list[Task] = field(default_factory=list)

    @property
    def bodies(self) -> list[Organisation]:
        """The bodies whose duty it is: those it names itself, else those it stands under."""
        own = list(self.duty.organisations.all())
        return own or (list(self.assignee.organisations.all()) if self.assignee else [])

    @property
    def due_on(self) -> datetime.date | None:
        """The last good day, if one can be said."""
        return self.due.last_day if self.due else None

    @property
    def anchor_on(self) -> datetime.date | None:
        """The day a relative deadline is counted from."""
        return anchor_of(self.duty.due, self.sessions)

    @property
    def is_per_session(self) -> bool:
        """Whether the deadline hangs on the sessions, so that each has a task of its own."""
        return self.duty.due is not None and self.duty.due.is_relative and bool(self.sessions)

    @property
    def grows_task(self) -> bool:
        """Whether issuing makes a task of it: it has a deadline and somebody to keep it."""
        return self.duty.due is not None and self.duty.due.is_deadline and bool(self.bodies)


def duty_lines(plan: Plan, clauses: list[Clause] | None = None) -> list[DutyLine]:
    """The duties of a plan in reading order; a constant number of questions."""
    outline = Outline(clauses_of(plan.document) if clauses is None else clauses)
    assignees = {
        row.clause_id: row
        for row in plan.assignees.prefetch_related(
            Prefetch("organisations", Organisation.objects.order_by("id"))
        )
    }
    whole = list(plan.sessions.select_related("clause"))
    calendar = WorkingCalendar.load(plan.year)
    inclusive = plan.document.organisation.is_before_inclusive
    duties = plan.duties.select_related("clause", "send_to", "via").prefetch_related(
        "cooperating", "sessions", Prefetch("organisations", Organisation.objects.order_by("id"))
    )
    lines = []
    for duty in sorted(duties, key=lambda row: outline.order(row.clause_id)):
        parents = [assignees.get(clause.pk) for clause in outline.above(duty.clause_id)]
        sessions = sessions_of(duty, whole)
        lines.append(
            DutyLine(
                duty=duty,
                place=_place_of(outline, duty.clause_id),
                assignee=next((parent for parent in parents if parent), None),
                sessions=sessions,
                due=duty.due
                and duty.due.explain(
                    anchor_of(duty.due, sessions), calendar, before_is_inclusive=inclusive
                ),
            )
        )
    return lines


def _place_of(outline: Outline, clause_id: int) -> str:
    """The number of the duty's assignee: duties themselves are bullets."""
    return next((place for row in outline.above(clause_id) if (place := outline.place(row.pk))), "")


def sessions_of(duty: Duty, whole: Iterable[DialogueSession]) -> list[DialogueSession]:
    """The sessions a duty serves: those it names, or the only one of the plan."""
    named = list(duty.sessions.all())
    everything = list(whole)
    return named or (everything if len(everything) == 1 else [])


def anchor_of(phrase: TimePhrase | None, sessions: list[DialogueSession]) -> datetime.date | None:
    """The day a relative phrase is counted from: before it the first, after it the last day."""
    if phrase is None or not phrase.is_relative:
        return None
    backwards = phrase.kind == Kind.STAGE or (phrase.offset or 0) < 0
    if backwards:
        return min((row.first_on for row in sessions if row.first_on), default=None)
    return max((row.last_on for row in sessions if row.last_on), default=None)


def monitor_of(lines: list[DutyLine]) -> Organisation | None:
    """The body the plan tells to watch and urge the others: the first with such a duty."""
    for line in lines:
        if line.duty.part == Duty.Part.MONITOR and line.bodies:
            return line.bodies[0]
    return None


@dataclass(frozen=True)
class Dossier:
    """Everything the plan's page shows."""

    sessions: list[DialogueSession]
    groups: list[GroupLine]
    programme: list[ProgrammeItem]
    duties: list[DutyLine]
    open_task_ids: set[int]

    @property
    def total(self) -> str:
        """How many people the groups at the top come to."""
        return span_text(added([line.counted for line in self.groups if line.depth == 1]))

    @property
    def sections(self) -> list[GroupSection]:
        """The groups heading by heading."""
        return group_sections(self.groups)

    @property
    def task_count(self) -> int:
        """How many tasks issuing makes (one per duty with a deadline and body)."""
        return count_tasks(self.duties)

    @property
    def minutes(self) -> int:
        """How long the programme takes."""
        return sum(item.minutes for item in self.programme)


def count_tasks(lines: list[DutyLine]) -> int:
    """One task for each duty with a deadline, each body, and each session it hangs on."""
    return sum(
        len(line.bodies) * (len(line.sessions) if line.is_per_session else 1)
        for line in lines
        if line.grows_task
    )


def dossier_of(plan: Plan, user: User) -> Dossier:
    """Read the plan's page; the number of questions does not grow with the plan."""
    clauses = clauses_of(plan.document)
    outline = Outline(clauses)
    lines = duty_lines(plan, clauses)
    tasks: dict[int | None, list[Task]] = {}
    rows = Task.objects.filter(clause__document=plan.document).select_related("lead")
    for task in rows.order_by("id"):
        tasks.setdefault(task.clause_id, []).append(task)
    for line in lines:
        line.tasks = tasks.get(line.duty.clause_id, [])
    visible = Task.objects.visible_to(user).filter(clause__document=plan.document)
    return Dossier(
        sessions=list(sessions_in_order(plan.sessions.all())),
        groups=group_lines(plan, clauses),
        programme=sorted(
            plan.programme_items.select_related("clause"),
            key=lambda item: outline.order(item.clause_id),
        ),
        duties=lines,
        open_task_ids=set(visible.values_list("id", flat=True)),
    )


def sessions_in_order(sessions: QuerySet[DialogueSession]) -> QuerySet[DialogueSession]:
    """Sessions by time with what a list shows of them."""
    return (
        sessions.select_related("clause", "plan__document__organisation", "plan__document__type")
        .prefetch_related("units", Prefetch("chairs", SessionChair.objects.order_by("position")))
        .order_by("latest_on", "earliest_on", "clause__position", "id")
    )


def consequence(document: Document) -> str:
    """What issuing the plan sets going, for the button that does it."""
    plan = plan_of(document)
    if plan is None:
        return ""
    count = count_tasks(duty_lines(plan))
    return _("giao %(n)d nhiệm vụ") % {"n": count} if count else ""


def owner_of(document: Document) -> Owner | None:
    """The way from the paper back to its plan."""
    plan = plan_of(document)
    if plan is None:
        return None
    label = _("Kế hoạch đối thoại %(year)d") % {"year": plan.year}
    return Owner(label, plan.get_absolute_url())


def announced_session_of(document: Document) -> Owner | None:
    """The way from a letter or notice back to the session it makes known."""
    row = Announcement.objects.filter(document=document).select_related("session__clause").first()
    return Owner(str(row.session), row.session.get_absolute_url()) if row else None


def extra_of(document: Document) -> Extra | None:
    """Who conducts each item of the programme, printed as a column."""
    rows = ProgrammeItem.objects.filter(clause__document=document).exclude(conductor="")
    leads = dict(rows.values_list("clause_id", "conductor"))
    return Extra(programme_leads=leads) if leads else None


def plan_beside(clause: Clause) -> Plan | None:
    """The plan a clause stands in, as its fact knows it; its paper is not read."""
    plan = getattr(fact_of(clause), "plan", None)
    return plan or Plan.objects.filter(document=clause.document_id).first()


def plan_of(document: Document) -> Plan | None:
    """The plan whose paper this is."""
    return (
        Plan.objects.filter(document=document)
        .select_related("document__organisation", "document__type")
        .first()
    )
