"""Before and after the conference of the past: opinions, guests, speeches; a result, a petition, a doubt."""

import datetime
import uuid
from collections.abc import Mapping

from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from django.utils import timezone

from assignments.models import Task
from conclusions import actions as conclusions
from conclusions.models import ConclusionNotice, ConclusionPoint, Petition
from conferences.actions.arriving import Act, Clock, receive_acts
from conferences.actions.people import add_participants
from conferences.actions.queue import add_turn, end_turn, start_turn
from conferences.models import Conference
from core.models import HistoryEntry
from dialogue.demo.people import People
from dialogue.demo.words import PAST_MATTERS, PETITION_TAKEN, RESULT, UNSETTLED
from feedback import actions as feedback
from feedback.actions.voices import give_verdict
from feedback.models import Consultation, Field, IssueGroup, Opinion, Submission
from plans.models import ParticipantGroup

GUESTS, CAME = 20, 18


def gather(people: People, consultation: Consultation, day: datetime.date) -> dict[str, IssueGroup]:
    """One matter for each question of the hall, by the question: sent, sorted, grouped."""
    clerk, found = people.users["vanphong"], {}
    for question, text, field, hamlet, level in PAST_MATTERS:
        receipt = feedback.send_opinions(
            consultation,
            feedback.Intake(
                matters=[
                    feedback.Matter(text=text, kind="proposal", field=Field.objects.get(pk=field))
                ],
                area=people.units[hamlet],
                audience="citizen",
                token=uuid.uuid4(),
            ),
            now=consultation.opens_at + datetime.timedelta(hours=30),
            today=day,
        )
        opinion = receipt.submission.opinions.select_related("field").get()
        feedback.classify_opinion(
            opinion, by=clerk, kind="proposal", field=opinion.field, competence=level
        )
        found[question] = feedback.create_group(
            [Opinion.objects.get(pk=opinion.pk)],
            by=clerk,
            title=question,
            field=opinion.field,
            competence=level,
        )
    _put_back(consultation, day)
    return found


def _put_back(consultation: Consultation, day: datetime.date) -> None:
    """What happened to the opinions moves to the day it would have happened on."""
    kind = ContentType.objects.get_for_model(Opinion)
    sent = Opinion.objects.filter(submission__consultation=consultation)
    by = timezone.localdate() - day
    entries = HistoryEntry.objects.filter(subject_type=kind, subject_id__in=sent.values("pk"))
    entries.update(at=F("at") - by)
    sent.update(created_at=F("created_at") - by)


def seat(people: People, conference: Conference, now: datetime.datetime) -> None:
    """Twenty people were on the list, eighteen of them came."""
    clerk = people.users["vanphong"]
    group = ParticipantGroup.objects.filter(plan=conference.session.plan, per_unit=12).first()
    rows = [
        (f"Đại biểu {number:02d}", "", f"thôn {people.units[f'thon_{number % 4 + 1}'].name}")
        for number in range(1, GUESTS + 1)
    ]
    add_participants(conference, rows, by=clerk, group=group)
    came = conference.participants.order_by("pk")[:CAME]
    acts = [
        Act(
            uuid.uuid4(),
            now - datetime.timedelta(minutes=30 - at),
            code=guest.code,
            name=guest.name,
        )
        for at, guest in enumerate(came)
    ]
    receive_acts(conference, acts, by=clerk, clock=Clock(now, now))


def speak(
    people: People, conference: Conference, who: Mapping[str, str], now: datetime.datetime
) -> None:
    """Everybody who raised something had the floor for three minutes."""
    clerk = people.users["vanphong"]
    for at, (name, where) in enumerate(who.items()):
        turn = add_turn(conference, by=clerk, name=name, body=where)
        begin = now + datetime.timedelta(minutes=4 * at)
        start_turn(turn, by=clerk, now=begin)
        turn.refresh_from_db()
        end_turn(turn, by=clerk, now=begin + datetime.timedelta(minutes=3))


def petition(people: People, notice: ConclusionNotice, today: datetime.date) -> Petition:
    """What exceeds the commune's competence goes to the province."""
    clerk = people.users["vanphong"]
    point = notice.points.get(kind="petition")
    row = conclusions.start_petition(
        notice, by=clerk, points=[point], receiver=people.bodies["ubnd_tinh"], today=today
    )
    conclusions.edit_line(row.items.get(), by=clerk, text=PETITION_TAKEN)
    return row


def hear_back(people: People, task: Task) -> None:
    """Who raised the matter is told its result, and says that it is not all."""
    point = ConclusionPoint.objects.get(pk=task.origin_id or 0)
    conclusions.tell_result(point, by=people.users["vanphong"], text=RESULT)
    submission = Submission.objects.get(opinions__group__points=point)
    give_verdict(submission.opinions.get(), is_settled=False, reason=UNSETTLED)
