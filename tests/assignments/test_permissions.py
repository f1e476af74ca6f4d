"""The table of who opens which page of a task, asked page by page."""

from dataclasses import dataclass

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
from tests.known import client_of, sessions_of
from tests.permissions.assignments import WHO_MAY_OPEN, Row
from tests.stage import standing

WITHOUT_ROW = {"list", "inbox", "read_all", "outbox", "recounts", "ladders", "edit_common_ladder"}


@dataclass
class Work:
    """An open task, what hangs on it, and a logged-in session of everybody around it."""

    task: Task
    rows: dict[str, list[int]]
    sessions: dict[str, str]

    def client(self, role: str) -> Client:
        return client_of(self.sessions, role)

    def address(self, page: str) -> str:
        return reverse(page, args=self.rows.get(page.split(":")[1], [self.task.pk]))


def made_work() -> Work:
    task, helper = TaskFactory(), OrganisationFactory()
    task.cooperating.add(helper)
    people = {
        "stranger": member(Role.CLERK),
        "officer": member(Role.OFFICER, task.lead),
        "helper": member(Role.OFFICER, helper),
        "clerk": member(Role.CLERK, task.owner),
        "overseer": member(Role.OVERSEER, OrganisationFactory(unit=task.owner.unit)),
    }
    return Work(task, kept(task, people["officer"], people["overseer"]), sessions_of(people))


def kept(task, officer, overseer) -> dict[str, list[int]]:
    """What the pages are about that are not about the task itself."""
    asked = DueRequestFactory(task=task, asked_by=officer)
    contest = Contest.objects.create(task=task, asked_by=overseer, reason="Chưa xong")
    outbox.notify([officer], key="t", subject="Thư", body="…", reason="thử.", about=task)
    evidence = EvidenceFactory(progress=ProgressFactory(task=task, by=officer))
    return dict.fromkeys(WITHOUT_ROW, []) | {
        "edit_ladder": [task.owner_id],
        "letter": [Message.objects.get(channel="email").pk],
        "evidence": [evidence.pk],
        "decide_due": [asked.pk],
        "withdraw_due": [asked.pk],
        "answer_contest": [contest.pk],
        "answer_note": [ProgressFactory(task=task, by=overseer, kind="comment").pk],
        "report_part": [Cooperation.objects.get(task=task).pk],
        "succession": [task.lead_id],
        "recount": [Recount.objects.create(reason="Bão số 3").pk],
    }


_standing = standing(made_work)


@pytest.fixture
def work(_standing, db):
    return _standing


def test_every_page_is_in_the_table():
    assert {f"assignments:{page.name}" for page in urlpatterns} == set(WHO_MAY_OPEN)


@pytest.mark.usefixtures("_fast_templates", "_known", "_bare_refusals")
@pytest.mark.parametrize("is_reported", (False, True))
@pytest.mark.parametrize("page", WHO_MAY_OPEN)
def test_who_may_open(work, page, is_reported):
    if is_reported:
        Task.objects.update(state=TaskState.REPORTED, resolution=Resolution.DONE)

    found = {}
    for role in Row._fields:
        answer = work.client(role).get(work.address(page))
        b"".join(answer)  # read to its end, or an open file is left behind
        found[role] = answer.status_code

    assert Row(**found) == WHO_MAY_OPEN[page][is_reported]
