"""Answers of agencies to matters: asked for, written, accepted; those of the past also released."""

import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import F
from django.utils import timezone

from assignments.models import Task
from core.dates import written_day
from core.models import HistoryEntry
from core.timephrase import parse
from dialogue.demo.people import People
from dialogue.demo.plan import Days
from dialogue.demo.words import PAST_ANSWERS
from feedback import actions as feedback
from feedback.models import Answer, IssueGroup, Opinion, Release
from feedback.states import AnswerState, OpinionState

OFFICERS = {"kinh_te": "kinhte", "van_xa": "vanhoa", "cong_an": "congan"}


def answer_matter(
    people: People, group: IssueGroup, lead: str, text: str, *, due: datetime.date
) -> Answer:
    """Ask an agency, which answers at once; the office accepts."""
    clerk, officer = people.users["vanphong"], people.users[OFFICERS[lead]]
    feedback.ask_agency(
        group,
        by=clerk,
        lead=people.bodies[lead],
        due=parse(f"chậm nhất ngày {written_day(due)}"),
        today=due,
    )
    group.refresh_from_db()
    answer = feedback.write_answer(group, by=officer, text=text, legal_basis="", version=0)
    feedback.submit_answer(answer, by=officer)
    answer.refresh_from_db()
    feedback.accept_answer(answer, by=clerk)
    answer.refresh_from_db()
    return answer


def tell_everybody(people: People, today: datetime.date) -> None:
    """Everybody may read what the matters are about; those of the past were answered in public."""
    clerk, day, answers = people.users["vanphong"], Days(today).after(-27), []
    for group in IssueGroup.objects.exclude(answer__state=AnswerState.ACCEPTED).order_by("pk"):
        feedback.show_to_public(group, by=clerk, is_public=True)
        if group.title in PAST_ANSWERS:
            lead, text = PAST_ANSWERS[group.title]
            answers.append(answer_matter(people, group, lead, text, due=day))
    release = feedback.release_answers(answers, by=clerk)
    by = timezone.localdate() - day
    Release.objects.filter(pk=release.pk).update(at=F("at") - by)
    release.answers.update(released_at=F("released_at") - by)
    answered = IssueGroup.objects.filter(answer__release=release)
    of_opinions = ContentType.objects.get_for_model(Opinion)
    HistoryEntry.objects.filter(
        subject_type=of_opinions,
        subject_id__in=Opinion.objects.filter(group__in=answered).values("pk"),
        to_state__in=[OpinionState.ASKED, OpinionState.ANSWERED],
    ).update(at=F("at") - by)
    release.consultation.groups.update(created_at=F("created_at") - by)
    Task.objects.filter(issue_group__in=answered).update(
        created_at=F("created_at") - by,
        reported_at=F("reported_at") - by,
        accepted_at=F("accepted_at") - by,
    )
