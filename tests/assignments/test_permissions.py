import pytest
from django.test import Client
from django.urls import reverse

from assignments.models import Contest, Cooperation, Recount, Task
from assignments.states import Resolution, TaskState
from assignments.urls import urlpatterns
from core import outbox
from core.models import Message
from organisations.models import Role
from tests.factories.assignments import (
    DueRequestFactory,
    EvidenceFactory,
    ProgressFactory,
    TaskFactory,
)
from tests.factories.organisations import OrganisationFactory, member
from tests.permissions.assignments import WHO_MAY_OPEN, Row

pytestmark = pytest.mark.django_db
WITHOUT_ROW = {"list", "inbox", "read_all", "outbox", "recounts", "ladders", "edit_common_ladder"}


def test_every_page_is_in_the_table():
    assert {f"assignments:{page.name}" for page in urlpatterns} == set(WHO_MAY_OPEN)


@pytest.mark.parametrize("is_reported", (False, True))
@pytest.mark.parametrize("page", WHO_MAY_OPEN)
def test_who_may_open(page, is_reported):
    task = TaskFactory()
    helper = OrganisationFactory()
    task.cooperating.add(helper)
    officer = member(Role.OFFICER, task.lead)
    people = {
        "anonymous": None,
        "stranger": member(Role.CLERK),
        "officer": officer,
        "helper": member(Role.OFFICER, helper),
        "clerk": member(Role.CLERK, task.owner),
        "overseer": member(Role.OVERSEER, OrganisationFactory(unit=task.owner.unit)),
    }
    evidence = EvidenceFactory(progress=ProgressFactory(task=task, by=officer))
    if is_reported:
        Task.objects.update(state=TaskState.REPORTED, resolution=Resolution.DONE)
    name = page.split(":")[1]
    asked = DueRequestFactory(task=task, asked_by=officer)
    contest = Contest.objects.create(task=task, asked_by=people["overseer"], reason="Chưa xong")
    outbox.notify([officer], key="t", subject="Thư", body="…", reason="thử.", about=task)
    letter = Message.objects.get(channel="email")
    rows = dict.fromkeys(WITHOUT_ROW, []) | {
        "edit_ladder": [task.owner_id],
        "letter": [letter.pk],
        "evidence": [evidence.pk],
        "decide_due": [asked.pk],
        "withdraw_due": [asked.pk],
        "answer_contest": [contest.pk],
        "answer_note": [ProgressFactory(task=task, by=people["overseer"], kind="comment").pk],
        "report_part": [Cooperation.objects.get(task=task).pk],
        "succession": [task.lead_id],
        "recount": [Recount.objects.create(reason="Bão số 3").pk],
    }
    address = reverse(page, args=rows.get(name, [task.pk]))

    found = {}
    for role, person in people.items():
        client = Client()
        if person is not None:
            client.force_login(person)
        answer = client.get(address)
        found[role] = answer.status_code
        if answer.streaming:
            b"".join(answer.streaming_content)

    assert Row(**found) == WHO_MAY_OPEN[page][is_reported]
