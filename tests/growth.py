"""More of everything in the world, so that pages can be asked what they cost."""

import datetime
import itertools
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from assignments.models import Task
from conclusions.models import ConclusionPoint
from core.codes import checked_code
from core.models import HistoryEntry, WorkingDay
from core.sealed import sealed_fields
from feedback.models import (
    Answer,
    Opinion,
    Sender,
    Submission,
)
from organisations.models import (
    Post,
)
from plans.models import DialogueSession, Duty, Plan
from tests.world import World

_numbers = itertools.count(1000)
_count: ContextVar[int] = ContextVar("how many copies")


def copies(row: Any, **changes: Any) -> list[Any]:
    """Copies of a row; a change may be a list with one value per copy, or a function."""
    made = []
    for index in range(_count.get()):
        copy = type(row)._default_manager.get(pk=row.pk)
        for field in sealed_fields(type(row)):  # sealed to the row it was copied from
            setattr(copy, field.attname, getattr(copy, field.attname))
        copy.pk, copy.id, copy._state.adding = None, None, True
        for name, value in changes.items():
            if isinstance(value, list):
                value = value[index]
            setattr(copy, name, value() if isinstance(value, Callable) else value)
        copy.save()
        made.append(copy)
    return made


def number() -> int:
    """A number nobody has."""
    return next(_numbers)


def day() -> datetime.date:
    """A day nobody has."""
    return datetime.date(2030, 1, 1) + datetime.timedelta(days=next(_numbers))


def word() -> str:
    """A word nobody has."""
    return f"w{next(_numbers)}"


def grow(world: World, count: int) -> None:
    """Add so many of everything lists and pages show."""
    _count.set(count)
    plans = _papers(world)
    sessions = _sessions(world, plans)
    _opinions(world, sessions)
    _conferences(world, sessions)
    _tasks(world)
    _office(world)


def _papers(world: World) -> list[Plan]:
    rows = world.rows
    papers = copies(rows["paper"], number=number)
    for name in ("draft", "submitted"):
        copies(rows["draft_plan"], document=copies(rows[name]))
    copies(rows["paper.clause"], position=number)
    copies(rows["paper.file"])
    copies(HistoryEntry.objects.filter(subject_id=rows["paper"].pk).first())
    return copies(rows["plan"], document=papers)


def _sessions(world: World, plans: list[Plan]) -> list[DialogueSession]:
    rows = world.rows
    clause = rows["session"].clause
    of_plans = copies(clause, document=[plan.document for plan in plans], parent=None)
    sessions = copies(rows["session"], clause=of_plans, plan=plans)
    more = copies(clause, position=number)
    copies(rows["session"], clause=more)
    for name in ("step", "step_done"):
        copies(rows[name])
    copies(rows["chain"], position=number)
    duty = Duty.objects.filter(plan=rows["plan"]).select_related("clause").first()
    copies(rows["owed"], duty=copies(duty, clause=copies(duty.clause, position=number)))
    return sessions


def _submissions(opinion: Opinion) -> list[Submission]:
    return copies(opinion.submission, code=word, form_token=uuid.uuid4)


def _opinions(world: World, sessions: list[DialogueSession]) -> None:
    rows = world.rows
    for name in ("loose", "opinion"):
        sent = _submissions(rows[name])
        copies(rows[name], submission=sent)
        copies(Sender.objects.first(), submission=sent)
    copies(rows["opinion"], position=number)
    copies(rows["opinion.file"])
    copies(rows["form.request"], received_on=day)
    left = copies(rows["routed"], submission=_submissions(rows["routed"]))
    copies(rows["matter"], opinion=left, slip=None)
    answer = Answer.objects.get(group=rows["answered"])
    tasks = copies(rows["answered"].task, origin_id=number)
    groups = copies(rows["answered"], task=tasks)
    answers = copies(answer, group=groups)
    copies(rows["release.notice"], answer=answers, submission=_submissions(rows["opinion"]))
    copies(rows["template"], title=word)
    copies(rows["request.remark"])
    copies(rows["request.part"])
    first = rows["answered"].opinions.first()
    copies(first, group=groups, submission=_submissions(first))
    copies(rows["consultation"], slug=word, session=sessions)
    copies(rows["question"])
    _lists(rows)
    Submission.objects.filter(opinions__state="received").update(entered_by=world.users["nongdan"])


def _lists(rows: dict[str, Any]) -> None:
    """As many lists between levels, as many lines in the one, and opinions a new list may take."""
    papers = copies(rows["list"].document, number=number)
    copies(rows["list"], code=word, document=papers)
    line = rows["list.line"]
    far = {"group": None, "state": "classified", "competence": "province"}
    lone = copies(rows["opinion"], submission=_submissions(rows["opinion"]), **far)
    copies(line, position=number, opinion=lone, group=None)
    copies(rows["opinion"], submission=_submissions(rows["opinion"]), **far)


def _conferences(world: World, sessions: list[DialogueSession]) -> None:
    rows = world.rows
    for name, row in (("today", "item"), ("today", "turn"), ("past", "exchange")):
        copies(rows[f"{name}.{row}"], **({} if row == "exchange" else {"position": number}))
    copies(rows["today.guest"], code=checked_code)
    asked = copies(rows["today.nomination"], body=word, number=uuid.uuid4, token_hash=word)
    named = rows["today.nomination"].participants.last()
    copies(named, code=checked_code)
    copies(named, code=checked_code, nomination=asked)
    copies(rows["today.change"], participant=None, number=uuid.uuid4)
    copies(rows["past.item"], position=number)
    exchange = rows["past.exchange"]
    copies(exchange, conference=rows["today"], agenda_item=None, group=None)
    paper = rows["invitation"]
    papers = copies(paper, number=number)
    fresh = {"hall_code": checked_code, "minutes": None}
    copies(rows["today"], session=sessions, invitation=papers, **fresh)
    points = _conclusions(world, sessions)
    for made in points:
        made.exchanges.add(exchange)


def _conclusions(world: World, sessions: list[DialogueSession]) -> list[ConclusionPoint]:
    """As many points in the one notice, and as many notices with a point each."""
    notice = world.rows["notice"]
    clause = world.rows["session"].clause
    later = copies(clause, position=number)
    past = copies(
        world.rows["past"],
        session=copies(world.rows["session"], clause=later),
        minutes=None,
        hall_code=checked_code,
    )
    papers = copies(notice.document, number=number)
    notices = copies(notice, document=papers, conference=past)
    point = notice.points.filter(kind="assigned").select_related("clause").first()
    points = copies(point, clause=copies(point.clause, position=number))
    of_notices = copies(
        point,
        notice=notices,
        clause=copies(point.clause, document=papers, parent=None),
    )
    task = Task.objects.get(
        origin_type=ContentType.objects.get_for_model(ConclusionPoint), origin_id=point.pk
    )
    for made in (points, of_notices):
        copies(task, origin_id=[row.pk for row in made])
    _follow_up(world.rows, points)
    return points


def _follow_up(rows: dict[str, Any], points: list[ConclusionPoint]) -> None:
    """As many petitions and lines in the one, results with as many replies, doubts, left out."""
    item, reply = rows["petition.item"], rows["result.reply"]
    papers = copies(rows["petition"].document, number=number)
    copies(rows["petition"], document=papers)
    copies(item, position=number, point=points)
    copies(rows["result"], point=points)
    copies(reply, submission=_submissions(rows["opinion"]))
    opinion = rows["doubt"].opinion
    copies(rows["doubt"], opinion=copies(opinion, submission=_submissions(opinion)))
    copies(rows["left_out"], exchange=copies(rows["left_out"].exchange))


def _tasks(world: World) -> None:
    rows = world.rows
    for name in ("task", "reported"):
        copies(rows[name], origin_id=None, origin_type=None)
    notes = copies(rows["evidence"].progress)
    copies(rows["evidence"], progress=notes)
    copies(rows["task"].due_days.first(), revision=number)
    copies(rows["task"], lead=world.bodies["dang_uy"], origin_id=None, origin_type=None)


def _office(world: World) -> None:
    rows = world.rows
    copies(rows["told"], key=word)
    copies(rows["letter"], key=word)
    units = copies(world.units["thon_1"], name=word)
    copies(world.bodies["hcc"], unit=units)
    copies(world.bodies["hcc"])
    people = copies(world.users["vanhoa"], email=lambda: f"{word()}@vi-du.vn")
    copies(rows["membership"], organisation=rows["body"], user=people)
    copies(Post.objects.first(), organisation=rows["body"], name=word)
    copies(rows["clock"], organisation=copies(rows["body"], name=word))
    copies(WorkingDay.objects.first(), date=_day)


def _day() -> datetime.date:
    """A day nobody has said anything about, in the year of the calendar page."""
    first = datetime.date(timezone.localdate().year, 1, 1)
    said = set(WorkingDay.objects.filter(date__gte=first).values_list("date", flat=True))
    return next(day for n in range(365) if (day := first + datetime.timedelta(days=n)) not in said)
