"""Every page costs as many queries for one row as for thirty; a list at most fifteen."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from conferences.actions import start_conference
from conferences.models import Conference
from dialogue.api.models import AccessToken
from tests.growth import grow
from tests.reference import forget_rows
from tests.world import ROLES

pytestmark = pytest.mark.usefixtures("_fast_templates")
LIMIT = 15
# page of a row as a role (with a query); the lists first
LISTS = (
    ("search", "-", "clerk", "?q=duong"),
    ("portal:home", "-", "anonymous", ""),
    ("plans:list", "-", "clerk", ""),
    ("plans:list", "-", "stranger", "?q=ke hoach"),
    ("plans:calendar", "-", "clerk", ""),
    ("plans:calendar", "-", "admin", ""),
    ("plans:chain", "-", "clerk", ""),
    ("plans:obligations", "-", "clerk", ""),
    ("plans:subscribe", "-", "clerk", ""),
    ("documents:register", "-", "clerk", ""),
    ("documents:register", "-", "overseer", "?q=ke hoach"),
    ("documents:read", "-", "clerk", ""),
    ("documents:book", "-", "clerk", ""),
    ("documents:book", "-", "overseer", "?q=ke hoach"),
    ("documents:bases", "-", "clerk", ""),
    ("feedback:public_list", "-", "anonymous", ""),
    ("feedback:list", "-", "clerk", ""),
    ("feedback:list", "-", "asked", "?q=duong"),
    ("feedback:groups", "-", "clerk", ""),
    ("feedback:groups", "-", "overseer", ""),
    ("feedback:consultations", "-", "clerk", ""),
    ("feedback:consultations", "-", "collector", ""),
    ("feedback:my_entries", "-", "collector", ""),
    ("feedback:matters", "-", "reception", ""),
    ("feedback:forwardings", "-", "clerk", ""),
    ("feedback:answer_templates", "-", "asked", ""),
    ("feedback:data", "-", "clerk", ""),
    ("conferences:list", "-", "clerk", ""),
    ("conferences:participants", "today", "clerk", ""),
    ("conferences:nominations", "today", "clerk", ""),
    ("conferences:my_nominations", "-", "collector", ""),
    ("conclusions:list", "-", "clerk", ""),
    ("conclusions:list", "-", "stranger", ""),
    ("conclusions:petitions", "-", "clerk", ""),
    ("feedback:reopenings", "-", "clerk", ""),
    ("reports:matters", "-", "clerk", ""),
    ("reports:work", "-", "clerk", "?work=any"),
    ("reports:held", "-", "overseer", "?period=all"),
    ("reports:list", "-", "clerk", ""),
    ("reports:figures", "-", "clerk", ""),
    ("assignments:list", "-", "asked", ""),
    ("assignments:list", "-", "clerk", "?tab=given"),
    ("assignments:list", "-", "overseer", "?tab=watched"),
    ("assignments:ladders", "-", "admin", ""),
    ("assignments:list", "-", "asked", "?tab=me&sort=new"),
    ("assignments:recounts", "-", "clerk", ""),
    ("assignments:recount", "recount", "clerk", ""),
    ("assignments:succession", "body", "admin", ""),
    ("assignments:inbox", "-", "asked", ""),
    ("assignments:outbox", "-", "clerk", ""),
    ("assignments:outbox", "-", "admin", ""),
    ("channels:list", "-", "admin", ""),
    ("channels:hooks", "-", "admin", ""),
    ("channels:hook", "hook", "admin", ""),
    ("assignments:letter", "letter", "clerk", ""),
    ("organisations:list", "-", "admin", ""),
    ("tokens:list", "-", "admin", ""),
    ("api:tasks", "-", "program", "?state=all"),
    ("api:asked", "-", "program", "?state=all"),
    ("api:notices", "-", "program", ""),
    ("api:dialogues", "-", "program", ""),
    ("open311:requests", "=json", "anonymous", ""),
    ("changes", "=document+paper", "clerk", ""),
    ("journal", "-", "admin", "?kind=changed"),
    ("organisations:absences", "-", "admin", ""),
    ("organisations:calendar", "year", "admin", ""),
    ("organisations:deadline_rules", "-", "admin", ""),
)
DETAILS = (
    *(("home", "-", role, "") for role in ROLES if role != "anonymous"),  # many lists, one page
    ("portal:plan", "plan", "anonymous", ""),
    ("portal:conference", "past", "anonymous", ""),
    ("portal:conclusion", "notice", "anonymous", ""),
    ("feedback:public_form", "slug", "anonymous", ""),
    ("trace", "=conference+past", "clerk", ""),
    ("trace", "=session+session_today", "overseer", ""),
    ("plans:detail", "plan", "clerk", ""),
    ("plans:session", "session", "clerk", ""),
    ("plans:move", "session", "clerk", "?time=12/2027"),
    ("plans:feed", "secret", "anonymous", ""),
    ("documents:detail", "paper", "clerk", ""),
    ("documents:preview", "paper", "clerk", ""),
    ("documents:comments", "draft", "clerk", ""),
    ("documents:changes", "amendment", "clerk", ""),
    ("documents:number", "number", "clerk", ""),
    ("documents:basis", "basis", "clerk", ""),
    ("feedback:consultation", "consultation", "clerk", ""),
    ("feedback:grid", "consultation", "collector", ""),
    ("feedback:import_create", "consultation", "clerk", ""),
    ("feedback:import_sheet", "sheet", "clerk", ""),
    ("feedback:release", "closed", "clerk", ""),
    ("feedback:opinion", "opinion", "clerk", ""),
    ("feedback:table", "session_today", "clerk", ""),
    ("feedback:table", "session_today", "overseer", "?by=area"),
    ("feedback:table_list", "session_today", "clerk", ""),
    ("feedback:dossier", "session_today", "clerk", ""),
    ("feedback:desk_opinion", "loose", "clerk", ""),
    ("feedback:bulk", "?opinion:loose", "clerk", ""),
    ("feedback:habits", "office", "clerk", ""),
    ("feedback:questions", "consultation", "clerk", ""),
    ("feedback:answers", "consultation", "clerk", ""),
    ("feedback:forwarding_create", "office", "clerk", ""),
    ("feedback:forwarding", "list", "clerk", ""),
    ("feedback:sender", "form", "clerk", ""),
    ("feedback:group", "group", "clerk", ""),
    ("feedback:answer", "group", "asked", ""),
    ("feedback:request", "request", "clerk", ""),
    ("feedback:release_list", "release", "clerk", ""),
    ("feedback:matter", "matter", "reception", ""),
    ("conferences:detail", "today", "clerk", ""),
    ("conferences:nomination", "today.nomination", "collector", ""),
    ("conferences:seating", "today", "clerk", ""),
    ("conferences:hall_prints", "today", "clerk", ""),
    ("conferences:run", "today", "clerk", ""),
    ("conferences:agenda", "today", "clerk", ""),
    ("conferences:speakers", "today", "clerk", ""),
    ("conferences:reading", "today", "clerk", ""),
    ("conferences:chair", "today", "clerk", "?xem=phat-bieu"),
    ("hall:screen", "today.hall", "anonymous", ""),
    ("conferences:invitations", "today", "clerk", ""),
    ("conferences:door", "today", "clerk", ""),
    ("conferences:door_people", "today", "clerk", ""),
    ("conferences:questions", "today", "clerk", ""),
    ("hall:ask", "today.hall", "anonymous", ""),
    ("conferences:detail", "past", "clerk", ""),
    ("conclusions:detail", "notice", "clerk", ""),
    ("conclusions:petition", "petition", "clerk", ""),
    ("conclusions:result", "result", "clerk", ""),
    ("conclusions:case_file", "past", "clerk", ""),
    ("reports:board", "-", "head", ""),
    ("reports:compare", "-", "overseer", ""),
    ("reports:detail", "report", "clerk", ""),
    ("assignments:detail", "task", "asked", ""),
    ("organisations:detail", "body", "admin", ""),
    ("api:task", "task", "program", ""),
    ("api:asked_one", "request", "program", ""),
    ("api:notice", "notice", "program", ""),
)


def client_of(world, role):
    if role == "program":
        return Client(headers={"Authorization": f"Bearer {world.rows['program']}"})
    return world.client(role)


def costs(world, pages):
    """How many queries each page asks, once everything that is kept is warm."""
    asked = {}
    # The use of a token is noted once a minute: that falls on whichever page is asked then.
    AccessToken.objects.update(last_used_at=timezone.now() + datetime.timedelta(hours=1))
    for name, of, role, query in pages:
        client, address = client_of(world, role), world.address(name, of) + query
        forget_rows()
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        assert (name, answer.status_code) == (name, 200)
        asked[name, of, role, query] = len(queries)
    return asked


def cost_of_look_up(world):
    ticket = world.sender_ticket
    typed = {"code": ticket.submission.code, "secret": ticket.secret}
    with CaptureQueriesContext(connection) as queries:
        answer = world.client("anonymous").post(reverse("feedback:track"), typed)
    assert "Cột điện đầu đường vào trường bị nghiêng" in answer.text
    return len(queries)


def test_pages_cost_the_same_for_thirty_rows_more(world):
    today = Conference.objects.get(pk=world.rows["today"].pk)  # the world's own row stays as it is
    start_conference(today, by=world.users["vanphong"], now=timezone.now())
    grow(world, 1)
    costs(world, (*LISTS, *DETAILS))  # what is asked once per process is known from here on
    before, look_up = costs(world, (*LISTS, *DETAILS)), cost_of_look_up(world)

    grow(world, 30)

    after = costs(world, (*LISTS, *DETAILS))
    # Enough found by the phrase spares the search for scattered words: fewer is no harm.
    assert {page: (before[page], n) for page, n in after.items() if n > before[page]} == {}
    assert {page: n for page, n in after.items() if page in LISTS and n > LIMIT} == {}
    assert cost_of_look_up(world) == look_up
