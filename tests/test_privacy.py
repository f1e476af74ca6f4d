"""Who reads what about people: every page as every role, every table, every letter, the log."""

import io
import logging
import uuid
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.urls import reverse

from core.audit import readings_of
from core.codes import keyed_hash
from core.models import Message
from dialogue.demo import words
from documents.printing.pdf import Laid
from feedback import actions
from feedback.models import Answer, Opinion, RestrictedMatter, Submission
from feedback.models.answers import AnswerQuerySet
from feedback.queries import track
from tests.documents.test_signing import plain_pdf
from tests.permissions.site import WHO_MAY_OPEN
from tests.world import (
    DENUNCIATION,
    EMBARGOED,
    GUEST,
    GUEST_PHONE,
    RAISER,
    REPORTER,
    ROLES,
    SENDER,
    SPEAKER,
)

pytestmark = pytest.mark.usefixtures("_fast_templates")
MARKERS = {
    "sender": SENDER.values(),
    "reporter": REPORTER.values(),
    "denunciation": [DENUNCIATION],
    "embargoed": [EMBARGOED],
    "guest": [GUEST],
    "telephone": [GUEST_PHONE],
    "speaker": [SPEAKER],
    "raiser": [RAISER],
}
OFFICE = {"embargoed", "guest", "telephone", "speaker"}
# The contact data of a sender stand on no page: a button opens them, and that is written down.
# Which markers a role finds anywhere on the pages it may open. Who waits to speak is read by the
# office; who raised what stands on the live page and in the minutes, neither of which is open for
# these two conferences.
READS = {
    "anonymous": set(),
    "stranger": set(),
    "clerk": OFFICE,
    "head": OFFICE,
    "asked": {"embargoed"},
    "other": set(),
    "collector": set(),
    "overseer": {"guest"},
    "reception": {"reporter", "denunciation"},
    "admin": set(),
}
WATCHED = {"clerk", "head", "overseer", "reception"}
SORTING = {"clerk", "head"}
SEARCHES = ("Zyxwvu", "Plokij", "Qwertz", "Jklmno", "Vbnmqw", "098765")
PRINTED = {
    "documents:docx",
    "documents:pdf",
    "feedback:slip",
    "feedback:release_print",
    "conferences:attendance_list",
}  # the same words as their previews


def markers_in(text: str) -> set[str]:
    return {kind for kind, marks in MARKERS.items() if any(mark in text for mark in marks)}


def body(answer) -> str:
    """The words of a page; those of a spreadsheet or text file are unpacked first."""
    content = b"".join(answer)
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            content = b"".join(parts.read(name) for name in parts.namelist())
    return content.decode("utf-8", errors="replace")


def addresses(world, role):
    """Every page the table lets the role open, and the search for each marker."""
    for page in WHO_MAY_OPEN:
        is_open = page.methods.get("GET", {}).get(role) == 200
        if is_open and page.name not in PRINTED and not page.name.startswith(("account_", "mfa_")):
            yield world.address(page.name, page.of)
    if role != "anonymous":
        yield from (f"{reverse('search')}?q={word}" for word in SEARCHES)
        yield from (f"{reverse('feedback:list')}?q={word}" for word in SEARCHES)


@pytest.fixture
def printed(monkeypatch) -> list[str]:
    """The pages printed since this was emptied; their words are packed in the file, here is a blank."""
    pages, blank = [], plain_pdf()

    def lay_out(page, *_args, **_more):
        pages.append(page)
        return Laid(blank, [])

    monkeypatch.setattr("documents.printing.pdf.lay_out", lay_out)
    return pages


@pytest.mark.usefixtures("_known")
@pytest.mark.parametrize("role", ROLES)
def test_pages_show_a_role_only_what_it_may_know(world, role, printed):
    client, found = world.client(role), {}
    for address in addresses(world, role):
        printed.clear()
        found[address] = markers_in(body(client.get(address)) + " ".join(printed))

    assert {
        address: kinds - READS[role] for address, kinds in found.items() if kinds - READS[role]
    } == {}
    assert set().union(*found.values()) == READS[role]
    # Looking changes nothing, but that a look at what left the dialogue by law is remembered, and
    # that the desk holds an opinion for who has it open.
    written = {"core_auditevent"} if role in WATCHED else set()
    assert world.touched() == written | ({"feedback_claim"} if role in SORTING else set())


def test_the_crawl_notices_rows_that_everybody_sees(world, monkeypatch):
    monkeypatch.setattr(AnswerQuerySet, "visible_to", lambda rows, _user: rows)

    page = world.client("overseer").get(world.address("trace", "=conference+today"))

    assert markers_in(body(page)) == {"embargoed"}


def tables_holding(text: str) -> set[str]:
    """The tables in which some column of some row holds the text."""
    parts = (
        f"SELECT '{table}' FROM \"{table}\" t WHERE t::text LIKE %(text)s"
        for table in connection.introspection.table_names()
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ".join(parts), {"text": f"%{text}%"})
        return {table for (table,) in cursor.fetchall()}


def test_contact_data_and_denunciations_stand_in_no_table_in_clear(world):
    hidden = (*SENDER.values(), *REPORTER.values(), DENUNCIATION, "qwertz", GUEST_PHONE)

    assert {words: tables_holding(words) for words in hidden} == dict.fromkeys(hidden, set())
    assert RestrictedMatter.objects.get(pk=world.rows["matter"].pk).content == DENUNCIATION


@pytest.mark.parametrize("page", ("feedback:sender", "feedback:sender_file"))
def test_the_office_opens_contact_data_with_a_button_that_is_remembered(world, page):
    address = world.address(page, "form")

    opened = markers_in(body(world.client("clerk").post(address)))

    assert (opened, world.touched()) == ({"sender"}, {"core_auditevent"})


def test_letters_to_outsiders_hold_no_word_of_an_answer(world):
    letters = Message.objects.filter(recipient=None).values_list("subject", "body", "reason")

    assert "embargoed" not in markers_in(" ".join(word for row in letters for word in row))


def test_an_answer_stands_in_one_table_until_it_is_released(world):
    answer = words.TODAY_OPINIONS[1][4]

    assert tables_holding(answer) == {"feedback_answer"}


@pytest.fixture
def path(world):
    """Where the file of the denunciation lies; put back, since only rows are rolled back."""
    file = world.rows["matter.file"].file.file
    with default_storage.open(file.name) as stored:
        content = stored.read()
    yield file.name
    if not default_storage.exists(file.name):
        default_storage.save(file.name, ContentFile(content))


def test_what_was_handed_over_is_gone(world, path, django_capture_on_commit_callbacks):
    matter = RestrictedMatter.objects.get(pk=world.rows["matter"].pk)

    with django_capture_on_commit_callbacks(execute=True):
        actions.hand_over_matter(matter, by=world.users["tiepdan"])

    assert [tables_holding(text) for text in (DENUNCIATION, *REPORTER.values())] == [set()] * 5
    assert not default_storage.exists(path)


def test_every_look_at_a_matter_is_remembered(world):
    matter = world.rows["matter"]
    address = world.address("feedback:matter", "matter")
    seen = readings_of(matter).filter(by=world.users["tiepdan"])
    before = seen.count()

    world.client("reception").get(address)
    world.client("clerk").get(address)

    assert seen.count() == before + 1


def tracked_page(client, submission: Submission, settings) -> str:
    """The look-up page of a submission whose secret is made known."""
    secret = "0" * 15
    Submission.objects.filter(pk=submission.pk).update(
        secret_hash=keyed_hash(settings.TRACKING_PEPPER, secret)
    )
    answer = client.post(reverse("feedback:track"), {"code": submission.code, "secret": secret})
    return body(answer)


def test_the_citizen_reads_the_answer_once_it_is_released(world, client, settings):
    answer = Answer.objects.get(group=world.rows["answered"])
    submission = Opinion.objects.filter(group=answer.group).first().submission
    before = track(submission).opinions[0].answer

    actions.release_answers([answer], by=world.users["vanphong"])

    assert (before, track(submission).opinions[0].answer) == (None, answer)


def test_the_look_up_page_shows_no_contact_data(world, client, settings):
    page = tracked_page(client, world.sender_ticket.submission, settings)

    assert ("Cột điện đầu đường vào trường bị nghiêng" in page, markers_in(page)) == (True, set())


def test_letters_to_staff_name_no_citizen(world):
    letters = Message.objects.exclude(recipient=None).values_list("subject", "body", "reason")

    assert markers_in(" ".join(word for letter in letters for word in letter)) == set()


def test_the_log_names_no_citizen(world, client, caplog):
    caplog.set_level(logging.DEBUG)
    address = world.address("feedback:public_form", "slug")
    typed = {"form_token": str(uuid.uuid4()), **SENDER, "text": DENUNCIATION}

    client.post(address, typed)
    client.post(reverse("feedback:track"), {"code": "ZZZZ-ZZZZ", "secret": SENDER["phone"]})
    client.get(reverse("search"), {"q": SENDER["phone"]})

    logged = " ".join(record.getMessage() for record in caplog.records)
    assert (len(caplog.records) > 0, markers_in(logged)) == (True, set())
