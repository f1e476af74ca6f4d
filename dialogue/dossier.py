"""One dialogue as a dossier: its spine from plan to publication, and the trace of each matter."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Model, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assignments.models import Task
from assignments.states import TaskState
from conclusions.models import ConclusionNotice, ConclusionPoint
from conclusions.queries import tasks_of
from conferences.models import Conference, Exchange
from conferences.states import ConferenceState
from core.dates import written_day
from documents.states import DocumentState
from feedback.models import Answer, Consultation, IssueGroup, Opinion
from organisations.models import User
from plans.models import DialogueSession

STEPS = (
    "plan",
    "consultation",
    "preparation",
    "conference",
    "conclusion",
    "follow_up",
    "publication",
)


@dataclass(frozen=True)
class Step:
    """One step of the spine: `state` is done, current, missing or later."""

    label: str
    url: str
    state: str
    detail: str


@dataclass
class _Dossier:
    session: DialogueSession
    consultation: Consultation | None
    groups: int
    unanswered: int
    conference: Conference | None
    notice: ConclusionNotice | None
    tasks: int
    open_tasks: int


def _load(session: DialogueSession) -> _Dossier:
    asked = Consultation.objects.for_session(session.pk)
    spoken_of = Exchange.objects.filter(conference__session=session).exclude(group=None)
    groups = (
        IssueGroup.objects.standing()
        .filter(consultation__in=asked)
        .aggregate(
            groups=Count("pk"),
            unanswered=Count(
                "pk",
                filter=~Q(answer__state__in=["accepted", "released"])
                & ~Q(pk__in=spoken_of.values("group")),
            ),
        )
    )
    conference = Conference.objects.filter(session=session).first()
    notice = (
        ConclusionNotice.objects.filter(conference=conference).select_related("document").first()
        if conference
        else None
    )
    points = ConclusionPoint.objects.filter(notice=notice) if notice else []
    tasks = tasks_of(points).aggregate(
        tasks=Count("pk"),
        open_tasks=Count("pk", filter=Q(state__in=[TaskState.OPEN, TaskState.REPORTED])),
    )
    return _Dossier(
        session,
        asked.order_by("pk").first(),
        **groups,
        conference=conference,
        notice=notice,
        **tasks,
    )


def spine(session: DialogueSession, current: str) -> list[Step]:
    """The seven steps of a dossier with where each stands; `current` is one of STEPS."""
    dossier = _load(session)
    built = [
        _plan_step(dossier),
        _consultation_step(dossier),
        _preparation_step(dossier),
        _conference_step(dossier),
        _conclusion_step(dossier),
        _follow_up_step(dossier),
        _publication_step(dossier),
    ]
    return [
        Step(step.label, step.url, "current" if name == current else step.state, step.detail)
        for name, step in zip(STEPS, built, strict=True)
    ]


def _plan_step(dossier: _Dossier) -> Step:
    plan = dossier.session.plan
    is_issued = plan.document.state == DocumentState.ISSUED
    detail = (
        written_day(plan.document.dated_on)
        if is_issued and plan.document.dated_on
        else plan.document.state_word
    )
    return Step(_("Kế hoạch"), plan.get_absolute_url(), "done" if is_issued else "missing", detail)


def _consultation_step(dossier: _Dossier) -> Step:
    consultation = dossier.consultation
    if consultation is None and dossier.conference and dossier.conference.closed_at:
        return Step(_("Lấy ý kiến"), "", "later", _("không mở đợt nào"))
    if consultation is None:
        url = reverse("plans:session", args=[dossier.session.pk])
        return Step(_("Lấy ý kiến"), url, "missing", _("chưa mở"))
    state = "done" if consultation.state == "closed" else "missing"
    return Step(
        _("Lấy ý kiến"),
        consultation.get_absolute_url(),
        state,
        str(consultation.get_state_display()),
    )


def _preparation_step(dossier: _Dossier) -> Step:
    url = reverse("feedback:table", args=[dossier.session.pk]) if dossier.consultation else ""
    if not dossier.groups:
        return Step(_("Chuẩn bị"), url, "later", "")
    detail = (
        _("còn %(count)s câu trả lời") % {"count": dossier.unanswered}
        if dossier.unanswered
        else _("đủ câu trả lời")
    )
    return Step(_("Chuẩn bị"), url, "missing" if dossier.unanswered else "done", detail)


def _conference_step(dossier: _Dossier) -> Step:
    conference = dossier.conference
    if conference is None:
        detail = dossier.session.time.literal if dossier.session.time else ""
        url = reverse("plans:session", args=[dossier.session.pk])
        return Step(_("Hội nghị"), url, "later", detail)
    is_held = conference.state == ConferenceState.CLOSED
    return Step(
        _("Hội nghị"),
        conference.get_absolute_url(),
        "done" if is_held else "missing",
        written_day(timezone.localdate(conference.starts_at)),
    )


def _conclusion_step(dossier: _Dossier) -> Step:
    notice = dossier.notice
    if notice is None:
        held = dossier.conference and dossier.conference.state == ConferenceState.CLOSED
        detail = _("chờ soạn") if held else ""
        return Step(
            _("Kết luận"), reverse("conclusions:list"), "missing" if held else "later", detail
        )
    is_issued = notice.document.state == DocumentState.ISSUED
    return Step(
        _("Kết luận"),
        notice.get_absolute_url(),
        "done" if is_issued else "missing",
        notice.document.register_code or notice.document.state_word,
    )


def _follow_up_step(dossier: _Dossier) -> Step:
    url = dossier.notice.get_absolute_url() if dossier.notice else ""
    if not dossier.tasks:
        return Step(_("Thực hiện"), url, "later", "")
    done = dossier.tasks - dossier.open_tasks
    detail = _("%(done)s/%(all)s việc xong") % {"done": done, "all": dossier.tasks}
    return Step(_("Thực hiện"), url, "missing" if dossier.open_tasks else "done", detail)


def _publication_step(dossier: _Dossier) -> Step:
    notice = dossier.notice
    if notice is None or notice.document.state != DocumentState.ISSUED:
        return Step(_("Công khai"), "", "later", "")
    return Step(
        _("Công khai"), reverse("portal:conclusion", args=[notice.pk]), "done", _("trên cổng")
    )


@dataclass
class Matter:
    """One matter from the first opinion to the result, as far as the person may see it."""

    title: str
    group: IssueGroup | None = None
    opinions: list[Opinion] = field(default_factory=list)
    answer: Answer | None = None
    exchanges: list[Exchange] = field(default_factory=list)
    points: list[ConclusionPoint] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)

    @property
    def concluded(self) -> set[str]:
        """The words of its points, which their tasks need not repeat."""
        return {point.clause.text for point in self.points}

    def holds(self, kind: str, pk: int) -> bool:
        """Whether this opinion, group or task is part of it."""
        parts: dict[str, Sequence[Model | None]] = {
            "task": self.tasks, "opinion": self.opinions, "group": [self.group],
        }  # fmt: skip
        return pk in {row.pk for row in parts.get(kind, ()) if row}


def trace(session: DialogueSession, user: User) -> list[Matter]:
    """Every matter of a session: opinions → answer → what was said → conclusion → tasks.

    Each kind of row goes through its own `visible_to`, so the page shows nobody more than the
    pages it links to. A constant number of queries.
    """
    groups = list(
        IssueGroup.objects.visible_to(user)
        .filter(consultation__in=Consultation.objects.for_session(session.pk))
        .select_related("field", "lead")
        .order_by("pk")
    )
    matters = {group.pk: Matter(group.title, group) for group in groups}
    for answer in Answer.objects.visible_to(user).filter(group__in=groups):
        matters[answer.group_id].answer = answer
    opinions = Opinion.objects.visible_to(user).filter(group__in=groups)
    for opinion in opinions.select_related("submission__area").order_by("pk"):
        matters[opinion.group_id].opinions.append(opinion)  # type: ignore[index]
    loose = _add_exchanges(session, user, matters)
    found = [*matters.values(), *loose]
    _add_conclusions(session, user, found)
    return found


def _add_exchanges(
    session: DialogueSession, user: User, matters: dict[int, Matter]
) -> list[Matter]:
    conferences = Conference.objects.visible_to(user).filter(session=session)
    loose = []
    for exchange in Exchange.objects.filter(conference__in=conferences).order_by("pk"):
        if exchange.group_id in matters:
            matters[exchange.group_id].exchanges.append(exchange)
        else:
            loose.append(Matter(exchange.question, exchanges=[exchange]))
    return loose


def _add_conclusions(session: DialogueSession, user: User, matters: list[Matter]) -> None:
    notices = ConclusionNotice.objects.visible_to(user).filter(conference__session=session)
    points = list(
        ConclusionPoint.objects.filter(notice__in=notices)
        .select_related("clause", "lead", "notice__document__organisation")
        .prefetch_related("exchanges")
        .order_by("pk")
    )
    tasks: dict[int, list[Task]] = {}
    visible = Task.objects.visible_to(user).filter(pk__in=tasks_of(points).values("pk"))
    for task in visible.select_related("lead"):
        tasks.setdefault(task.origin_id or 0, []).append(task)
    by_exchange = {exchange.pk: matter for matter in matters for exchange in matter.exchanges}
    for point in points:
        for exchange in point.exchanges.all():
            matter = by_exchange.get(exchange.pk)
            if matter and point not in matter.points:
                matter.points.append(point)
                matter.tasks += tasks.get(point.pk, [])
