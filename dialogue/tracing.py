"""From any row of a dialogue to the session it belongs to."""

from django.db.models import Model, QuerySet

from assignments.models import Task
from conclusions.models import ConclusionNotice, ConclusionPoint
from conferences.models import Conference, Exchange
from dialogue.dossier import Matter
from feedback.models import IssueGroup, Opinion, Reopening
from organisations.models import User
from plans.models import DialogueSession, Duty


def session_behind(kind: str, pk: int, user: User) -> DialogueSession | None:
    """The session a session, opinion, group, conference or task belongs to, if the person may see it."""
    sessions = DialogueSession.objects.select_related("plan__document")
    if kind == "session":
        return sessions.visible_to(user).filter(pk=pk).first()
    if kind == "task":
        task = Task.objects.visible_to(user).filter(pk=pk).first()
        return _session_of_task(task, sessions) if task else None
    found = _lookups(user).get(kind)
    if found is None:
        return None
    rows, path, group_path = found
    session_id, group_id = rows.filter(pk=pk).values_list(path, group_path).first() or (None, None)
    if kind in ("opinion", "group"):
        session_id = _taken_up_in(group_id) or session_id
    return sessions.filter(pk=session_id).first() if session_id else None


def asked_first(matters: list[Matter], kind: str, pk: int) -> list[Matter]:
    """The matter whose trace was asked for before the others of its session."""
    if kind == "task":
        task = Task.objects.filter(pk=pk).first()
        if task and isinstance(task.origin, IssueGroup):
            kind, pk = "group", task.origin.pk
    return sorted(matters, key=lambda matter: not matter.holds(kind, pk))


def _lookups(user: User) -> "dict[str, tuple[QuerySet[Model], str, str]]":
    opinions, groups = Opinion.objects.visible_to(user), IssueGroup.objects.visible_to(user)
    return {
        "opinion": (opinions, "submission__consultation__session", "group"),
        "group": (groups, "consultation__session", "pk"),
        "conference": (Conference.objects.visible_to(user), "session", "pk"),
        "notice": (ConclusionNotice.objects.visible_to(user), "conference__session", "pk"),
    }


def _taken_up_in(group_id: int | None) -> int | None:
    """The session whose conference spoke of a matter: a consultation may serve several."""
    exchanges = Exchange.objects.filter(group=group_id) if group_id else Exchange.objects.none()
    return exchanges.order_by("-pk").values_list("conference__session", flat=True).first()


def _session_of_task(task: Task, sessions: "QuerySet[DialogueSession]") -> DialogueSession | None:
    origin = task.origin
    if isinstance(origin, ConclusionPoint):
        return sessions.filter(conference__conclusion_notice__points=origin).first()
    if isinstance(origin, IssueGroup):
        session_id = _taken_up_in(origin.pk) or origin.consultation.session_id
        return sessions.filter(pk=session_id).first()
    if isinstance(origin, Reopening):
        return sessions.filter(consultations__submissions__opinions=origin.opinion_id).first()
    if isinstance(origin, Conference):
        return sessions.filter(conference=origin).first()
    if isinstance(origin, Duty):
        return sessions.filter(duties=origin).first()
    return None
