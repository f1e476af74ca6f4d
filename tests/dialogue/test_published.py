import csv
import datetime
import gzip
import io
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from conclusions.queries import tasks_of
from dialogue.public.promises import Chosen, chosen_of, counted_by_stage, promises, tallies
from feedback.actions import release_answers
from feedback.models import Answer, Consultation, Opinion, Submission
from feedback.states import AnswerState
from tests.factories.assignments import TaskFactory

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def reader(world):
    return world.client("anonymous")


def test_every_point_has_one_stage_and_every_number_opens_the_list_it_counts(world, reader):
    points = world.rows["notice"].points.count()
    today = datetime.date(2026, 1, 1) + datetime.timedelta(days=400)

    found = counted_by_stage(promises(today))
    lists = {
        tally.stage: reader.get(f"{reverse('portal:promises')}?{tally.query}").context["page"].count
        for tally in tallies(today, Chosen())
    }

    assert sum(found.values()) == points == promises(today).count()
    assert lists == counted_by_stage(promises(timezone.localdate()))


def test_a_reader_chooses_unit_field_year_and_stage(world, reader):
    notice = world.rows["notice"]
    unit, year = notice.document.organisation.unit_id, notice.document.dated_on.year
    point, group = notice.points.first(), world.rows["group"]
    point.groups.add(group)
    field = group.field_id
    today = timezone.localdate()

    here = chosen_of(promises(today), Chosen(unit=unit, field=field, year=year))
    elsewhere = chosen_of(promises(today), Chosen(year=year - 9))
    page = reader.get(reverse("portal:promises"), {"unit": unit, "field": field, "year": "x"})

    assert ([*here], elsewhere.count()) == ([point], 0)
    assert point.clause.text.split("\n")[0] in page.text


def test_work_that_was_taken_back_counts_on_no_public_page(world, reader):
    notice, early = world.rows["notice"], datetime.date(2020, 1, 2)
    done = tasks_of(notice.points.all()).get(state="accepted")

    def shown():
        page = reader.get(reverse("portal:conclusion", args=[notice.pk]))
        listed = reader.get(reverse("portal:promises")).context["lines"]
        rows = json.loads(
            reader.get(reverse("portal:dataset", args=["ket-luan", "json"])).getvalue()
        )["rows"]
        return (
            [(line.percent, line.due_on, line.tasks) for line in page.context["points"]],
            page.text.count('class="row"') + page.text.count("<progress"),
            [(line.stage, line.due_on) for line in listed],
            rows,
        )

    before = shown()
    cache.clear()
    TaskFactory(
        origin=done.origin, lead=notice.document.organisation, state="cancelled", due_on=early
    )

    assert shown() == before
    TaskFactory(origin=done.origin, due_on=early)  # the control: work that stands counts
    cache.clear()
    assert all(now != was for now, was in zip(shown()[::2], before[::2], strict=True))


def test_the_numbers_add_up_to_what_is_listed(world, reader):
    numbers = reader.get(reverse("portal:numbers")).context["numbers"]

    assert sum(bar["value"] for bar in numbers.stages) == numbers.points
    assert sum(bar["value"] for bar in numbers.opinion_fields) == numbers.opinions
    assert sum(bar["value"] for bar in numbers.units) == numbers.points


def test_what_was_typed_in_january_counts_in_the_year_it_was_received(world, reader):
    this_year = (timezone.localdate() - datetime.timedelta(days=20)).year  # of the last notice
    address = f"{reverse('portal:numbers')}?year={this_year}"
    before = reader.get(address).context["numbers"].opinions
    row = Opinion.objects.in_dialogue().filter(submission__received_on__year=this_year).first()
    cache.clear()

    Submission.objects.filter(pk=row.submission_id).update(
        received_on=datetime.date(this_year - 1, 12, 31)
    )

    moved = Opinion.objects.in_dialogue().filter(submission=row.submission_id).count()
    assert reader.get(address).context["numbers"].opinions == before - moved
    assert moved


def test_answers_are_read_once_they_are_released(world, reader):
    answers = list(Answer.objects.filter(state=AnswerState.ACCEPTED))
    before = reader.get(reverse("portal:answers")).text

    release_answers(answers, by=world.users["vanphong"])
    counted = reader.get(reverse("portal:numbers")).context["numbers"].answers
    Consultation.objects.update(open_to="invited")
    hidden = reader.get(reverse("portal:answers")).context["page"].count
    Consultation.objects.update(open_to="everyone")

    after = reader.get(reverse("portal:answers")).text
    shown = [(answer.group.title in before, answer.group.title in after) for answer in answers]
    assert shown == [(False, True)] * len(answers)
    assert (counted, hidden) == (len(answers), 0)
    assert answers


@pytest.mark.parametrize("name", ("hoi-nghi", "ket-luan", "tra-loi", "so-y-kien"))
def test_open_data_is_the_same_in_both_forms_and_every_column_is_explained(reader, name):
    address = "portal:dataset"
    told = json.loads(reader.get(reverse(address, args=[name, "json"])).getvalue())
    written = reader.get(reverse(address, args=[name, "csv"])).getvalue().decode("utf-8-sig")

    names = [column["name"] for column in told["columns"]]
    table = csv.DictReader(io.StringIO(written))
    rows = list(table)
    assert (table.fieldnames, all(column["meaning"] for column in told["columns"])) == (names, True)
    assert [row[names[0]] for row in rows] == [str(row[names[0]]) for row in told["rows"]]
    assert all(list(row) == names for row in told["rows"])


def test_news_and_calendar_are_read_by_machines_and_name_the_conference(world, reader):
    feed = ET.fromstring(reader.get(reverse("portal:news")).content)
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    calendar = Calendar.from_ical(reader.get(reverse("portal:calendar_file")).content)
    told = {str(event["SUMMARY"]): str(event["URL"]) for event in calendar.walk("VEVENT")}
    today = world.rows["today"]

    assert today.title in titles
    assert any(reverse("portal:conference", args=[today.pk]) in url for url in told.values())
    assert not any("/ke-hoach/ky-hop/" in url for url in told.values())


def test_a_cold_phone_loads_little(world, reader):
    """The page, its styles and its script, as a server that packs them sends them."""
    page = reader.get("/")
    static = Path("static")
    parts = [
        page.content,
        (static / "css/site.css").read_bytes(),
        (static / "css/components.css").read_bytes(),
        (static / "js/site.js").read_bytes(),
    ]

    assert sum(len(gzip.compress(part)) for part in parts) <= 60 * 1024
