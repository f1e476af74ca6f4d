"""The case file of a conference."""

import datetime
import hashlib
import io
import time
import zipfile
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from conclusions import actions
from conclusions.actions.archiving import make_case_file
from conferences import actions as conferences
from core.access import RefusedError
from documents.actions import amend_document, edit_clause, issue_document, submit_document
from organisations.models import Role
from tests.factories.conferences import (
    START,
    ConferenceFactory,
    ExchangeFactory,
    ParticipantFactory,
)
from tests.factories.documents import head_of
from tests.factories.organisations import PartyTermFactory, member

pytestmark = pytest.mark.django_db


def made(conference, clerk):
    order = actions.order_case_file(conference, by=clerk)
    assert actions.order_case_file(conference, by=clerk) == order
    make_case_file(order.pk)
    order.refresh_from_db()
    with order.file.open("rb") as file:
        return order, file.read()


def issued(document, clerk):
    submit_document(document, by=clerk)
    document.refresh_from_db()
    issue_document(document, by=head_of(document), today=START.date())
    document.refresh_from_db()
    return document


def test_the_archive_holds_every_paper_with_its_sum_and_is_the_same_again(monkeypatch):
    conference = ConferenceFactory()
    office = conference.organisation
    clerk = member(Role.CLERK, office)
    member(Role.HEAD, office)
    if not office.terms.exists():
        PartyTermFactory(organisation=office)
    ParticipantFactory(conference=conference, name="=Người dự", present_at=START)
    conferences.start_conference(conference, by=clerk, now=START)
    ExchangeFactory(conference=conference, question="Đường hỏng")
    with pytest.raises(RefusedError):
        actions.order_case_file(conference, by=clerk)
    conferences.close_conference(conference, by=clerk, now=START, invited=1, present=1)
    minutes = issued(conferences.draft_minutes(conference, by=clerk, today=START.date()), clerk)
    second = amend_document(minutes, by=clerk, today=START.date(), style="whole", reason="Sai số")
    clause = second.clauses.order_by("pk").first()
    edit_clause(clause, by=clerk, version=clause.version, text="Có mặt: 1")
    second = issued(second, clerk)
    conference.refresh_from_db()

    order, content = made(conference, clerk)
    later = timezone.now() + datetime.timedelta(days=400)
    with monkeypatch.context() as next_year:
        next_year.setattr(timezone, "now", lambda: later)
        next_year.setattr(time, "time", later.timestamp)
        again, same = made(conference, clerk)

    archive = zipfile.ZipFile(io.BytesIO(content))
    files = {name: archive.read(name) for name in archive.namelist()}
    sums = dict(
        reversed(line.split("  ", 1)) for line in files.pop("SHA256SUMS").decode().splitlines()
    )
    minutes.refresh_from_db()
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    kept = [data for name, data in files.items() if name.startswith("08-bien-ban/")]
    assert [hashlib.sha256(data).hexdigest() for data in kept] == [
        minutes.pdf_sha256,
        second.pdf_sha256,
    ]
    assert "'=Người dự" in files["05-dai-bieu.csv"].decode("utf-8-sig")
    assert "Đường hỏng" in files["07-trao-doi.csv"].decode("utf-8-sig")
    assert again.ordered_at == later
    assert (same, order.sha256) == (content, hashlib.sha256(content).hexdigest())
    with pytest.raises(RefusedError):
        actions.order_case_file(conference, by=member(Role.CLERK))
    default_storage.delete(minutes.pdf.name)
    broken = actions.order_case_file(conference, by=clerk)
    make_case_file(broken.pk)
    broken.refresh_from_db()
    assert (broken.state, Path(minutes.pdf.name).name in broken.error) == ("failed", True)
