"""One person's data, sent through every door, answered, corrected, handed over: nowhere in clear."""

import base64
import gzip
import io
import logging
import unicodedata
import uuid
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from core import outbox
from core.models import Message
from core.text import fold
from core.timephrase import parse
from feedback import actions, tasks
from feedback.actions.voices import confirm_email
from feedback.models import Opinion, OpinionImport, RestrictedMatter, Sender
from organisations.models import Role
from tests.factories.organisations import member
from tests.feedback.steps import ANSWER, TODAY
from tests.feedback.test_public import picture

NAME, PHONE, MAIL, HOME = "Wôkzuj Bằng", "0973518264", "wokzuj@bimat.example", "ngõ 41 Wôkzuj"
FORM = {"full_name": NAME, "phone": PHONE, "email": MAIL, "address": HOME}


def disguises(word):
    """A word as it might hide: folded, decomposed, in UTF-16, in base64, in hexadecimal."""
    plain = word.encode()
    texts = {word, word.lower(), word.upper(), fold(word), unicodedata.normalize("NFD", word)}
    found = {text.encode() for text in texts}
    found |= {word.encode("utf-16-le"), word.encode("utf-16-be"), plain.hex().encode()}
    found |= {word.encode("unicode_escape")}
    # In base64 a word looks different by where in a group of three bytes it begins.
    return found | {base64.b64encode(b"\0" * n + plain)[4:-4] for n in (1, 2, 3)}


WORDS = (NAME, PHONE, MAIL, HOME, "wokzuj")
MARKS = {mark.lower() for word in WORDS for mark in disguises(word)}


def leaks(content):
    """The marks in some bytes, also when they are packed."""
    parts = [content]
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts += [archive.read(name) for name in archive.namelist()]
    if content[:2] == b"\x1f\x8b":
        parts.append(gzip.decompress(content))
    return {mark for part in map(bytes.lower, parts) for mark in MARKS if mark in part}


def of_database():
    """Every row of every table, as a dump holds it."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            with cursor.copy(f'COPY "{table}" TO STDOUT') as rows:
                content = b"".join(rows)
                found[table] = leaks(content) if content else set()
    return {table for table, marks in found.items() if marks}


def of_media():
    files = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    return {path.name for path in files if leaks(path.read_bytes()) or leaks(path.name.encode())}


def of_redis():
    client = cache._cache.get_client()
    keys = list(client.scan_iter("*"))
    dumps = [key + (client.dump(key) or b"") for key in keys]
    return {key for key, dump in zip(keys, dumps, strict=True) if leaks(dump)}


def send_on_the_web(client, consultation, area):
    typed = FORM | {
        "place": "0", "matter-0-text": "Cầu tràn hỏng", "matter-0-field": "LAND",
        "matter-0-kind": "proposal", "area": area, "audience": "citizen", "consent": "on",
        "reply_mode": "email", "form_token": str(uuid.uuid4()), "uploads": picture(f"{PHONE}.jpg"),
    }  # fmt: skip
    return client.post(reverse("feedback:public_form", args=[consultation.slug]), typed)


def send_a_spreadsheet(browse, clerk, consultation):
    """Two slips: one good, one with its cells shifted, so that the name stands where it is wrong."""
    headings = (
        "Số phiếu;Thôn, xóm, tổ dân phố;Nội dung;Lĩnh vực;Họ và tên;Điện thoại;"
        "Địa chỉ nhận trả lời;Đồng ý cho xử lý dữ liệu cá nhân"
    )
    good = f"1;thôn Phúc Hậu;Mương cạn;Đất đai;{NAME};{PHONE};{HOME};x"
    shifted = f"2;{NAME};{PHONE};{HOME};;;;"
    file = SimpleUploadedFile("p.csv", f"{headings}\n{good}\n{shifted}\n".encode())
    browse(clerk)(
        "import_create",
        consultation.pk,
        post={
            "file": file,
            "source": consultation.organisation_id,
            "received_on": f"{TODAY:%d/%m/%Y}",
        },
    )
    sheet = OpinionImport.objects.get()
    tasks.work_on_import(sheet.pk)
    actions.accept_import(sheet, by=clerk)
    tasks.work_on_import(sheet.pk)


def write_it_down(browse, clerk, consultation, area):
    """A slip on paper, and what was said by telephone."""
    common = FORM | {
        "text": "Trường dột", "field": "LAND", "kind": "proposal", "area": area, "consent": "on",
        "audience": "citizen", "received_on": f"{TODAY:%d/%m/%Y}", "attested": "on",
        "source": consultation.organisation_id, "channel": "phone", "reply_mode": "phone",
        "noted_by": "Cán bộ trực", "matter-0-text": "Trường dột", "matter-0-field": "LAND",
        "matter-0-kind": "proposal", "place": "0", "form_token": str(uuid.uuid4()),
    }  # fmt: skip
    for page in ("paper_create", "behalf_create"):
        browse(clerk)(page, consultation.pk, post=common | {"scan": picture("s.jpg")})


def answer_first(consultation, clerk, agency, officer):
    """Ask, answer, accept, release; the sender has confirmed and gets her letter."""
    row = Opinion.objects.get(text="Cầu tràn hỏng")
    confirm_email(row.submission.sender, now=row.created_at)
    actions.classify_opinion(row, by=clerk, kind="proposal", field=row.field, competence="commune")
    row.refresh_from_db()
    group = actions.create_group(
        [row], by=clerk, title="Cầu", field=row.field, competence="commune"
    )
    actions.ask_agency(group, by=clerk, lead=agency, due=parse("trước ngày 20/5/2026"), today=TODAY)
    answer = actions.write_answer(group, by=officer, text=ANSWER)
    actions.submit_answer(answer, by=officer)
    actions.accept_answer(answer, by=clerk)
    actions.release_answers([answer], by=clerk)


@pytest.mark.parametrize(
    "hide",
    (
        str.encode,
        lambda w: w.encode("utf-16-le"),
        lambda w: base64.b64encode(f"họ tên: {w}.".encode()),
        lambda w: gzip.compress(w.encode()),
    ),
    ids=("plain", "utf-16", "base64", "gzip"),
)
def test_the_search_finds_what_is_hidden(hide):
    assert leaks(hide(PHONE)) != set()


@pytest.mark.django_db
def test_a_person_is_found_nowhere(
    browse, consultation, clerk, agency, officer, caplog, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path  # no other test's files are looked through
    caplog.set_level(logging.DEBUG)
    area = consultation.organisation.unit.children.get().pk
    send_on_the_web(browse(None).client, consultation, area)
    send_a_spreadsheet(browse, clerk, consultation)
    write_it_down(browse, clerk, consultation, area)
    answer_first(consultation, clerk, agency, officer)
    by_phone = Opinion.objects.filter(text="Trường dột").earliest("pk")
    actions.route_out_opinion(
        by_phone, by=clerk, kind="complaint", receiving_body="UBND", reason="x", today=TODAY
    )
    browse(clerk)("sender", Opinion.objects.get(text="Cầu tràn hỏng").submission_id, post={})
    browse(member(Role.RECEPTION, consultation.organisation))(
        "matter", RestrictedMatter.objects.get().pk
    )
    outbox.send_waiting()

    assert sorted(Sender.objects.values_list("submission__channel", flat=True)) == [
        "import", "paper", "phone", "web",
    ]  # fmt: skip
    assert {row.full_name for row in Sender.objects.all()} == {NAME}
    assert Message.objects.filter(recipient=None, state="sent").count() >= 2
    assert [path.suffix for path in tmp_path.rglob("*.csv")] == [".csv"]
    assert (of_database(), of_media(), of_redis()) == (set(), set(), set())
    assert leaks("\n".join(record.getMessage() for record in caplog.records).encode()) == set()
    # The envelope alone carries the address: that is how a letter arrives.
    assert {to for letter in mail.outbox for to in letter.to if to == MAIL} == {MAIL}
    assert leaks("\n".join(f"{one.subject}\n{one.body}" for one in mail.outbox).encode()) == set()
