"""The daily seal: whatever is done behind the software's back, the check names the first place."""

import datetime
import hashlib

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from core import chain
from core.audit import forget_mentions, forgetting
from core.models import AuditEvent, DaySeal
from core.tasks import seal_days
from documents.models import Document
from organisations.models import Organisation
from tests.factories.documents import draft_document
from tests.factories.organisations import OrganisationFactory

pytestmark = pytest.mark.django_db
ONE = datetime.timedelta(days=1)


def behind(statement, *values):
    """SQL by hand of a superuser, with every trigger off."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(statement, values)
        cursor.execute("SET session_replication_role = origin")


def shown(day):
    return f"Ngày {day:%d/%m/%Y}"


@pytest.fixture
def days():
    """Three sealed days that end yesterday, with four lines and a paper on the middle one."""
    first, middle, last = (timezone.localdate() - ONE * n for n in (3, 2, 1))
    noon = timezone.make_aware(datetime.datetime.combine(middle, datetime.time(12)))
    paper = draft_document()
    row = OrganisationFactory(contact="a")
    behind("DELETE FROM core_auditevent")
    Document.objects.filter(pk=paper.pk).update(issued_at=noon, pdf_sha256="ab" * 32)
    for contact in "bcd":
        row.contact = contact
        row.save()
    behind(f"UPDATE core_auditevent SET at = %s; UPDATE core_auditevent SET digest = {chain.DIGEST}", noon)  # fmt: skip
    chain.seal_days(first + ONE)
    chain.seal_days(timezone.localdate())
    return first, middle, last


def test_days_are_sealed_once_one_upon_the_other(days, django_assert_max_num_queries):
    seals = list(DaySeal.objects.order_by("day"))

    assert [(seal.day, seal.events, len(seal.papers)) for seal in seals] == [
        (days[0], 0, 0), (days[1], 4, 1), (days[2], 0, 0)
    ]  # fmt: skip
    assert [seal.previous for seal in seals[1:]] == [seal.hash for seal in seals[:-1]]
    seal_days()
    with django_assert_max_num_queries(7):
        assert chain.first_break(timezone.localdate()) == ""
    assert DaySeal.objects.count() == 3


def test_what_the_law_erases_goes_from_sealed_days_and_the_chain_still_closes(days):
    pk = Organisation.objects.get(contact="d").pk
    lines = AuditEvent.objects.filter(table_name="organisations_organisation").order_by("id")

    with forgetting():
        Organisation.objects.filter(pk=pk).update(contact="e")
    Document.objects.update(abstract="Bà Zebrafish kêu đường hỏng")
    forget_mentions(["Zebrafish"])

    *emptied, word = lines.values_list("before", "after", "salt", "struck_by")
    assert emptied == [(None, None, None, lines.last().pk)] * 3
    assert word[:2] == ({"contact": None}, None)
    assert not AuditEvent.objects.filter(after__icontains="zebrafish").exists()
    assert chain.first_break(timezone.localdate()) == ""


LINE = "(SELECT min(id) + 1 FROM core_auditevent)"
TAMPERED = {
    "a value": (f"UPDATE core_auditevent SET after = '{{}}' WHERE id = {LINE}", "đã bị sửa"),
    "a value and its digest": (
        f"UPDATE core_auditevent SET by_id = 7 WHERE id = {LINE};"
        f"UPDATE core_auditevent SET digest = {chain.DIGEST}",
        "các dòng không còn như lúc khóa sổ",
    ),
    "a line that never was": (
        "INSERT INTO core_auditevent (kind, table_name, row_id, of_table, of_id, note, act,"
        " is_erasure, at, digest) SELECT kind, table_name, row_id, of_table, of_id, note, act,"
        f" is_erasure, at, digest FROM core_auditevent WHERE id = {LINE}",
        "đã bị sửa",
    ),
    "a line less": (f"DELETE FROM core_auditevent WHERE id = {LINE}", "mất 1 dòng"),
    "a line emptied as if by law": (
        "UPDATE core_auditevent SET before = NULL, after = NULL, salt = NULL,"
        f" struck_by_id = id + 1 WHERE id = {LINE}",
        "đã bị sửa",
    ),
    "another file": ("UPDATE documents_document SET pdf_sha256 = 'cd'", "văn bản đã ban hành"),
    "a day rewritten": ("UPDATE core_dayseal SET events = 3 WHERE events = 4", "dòng khóa sổ đã bị sửa"),
    "a day taken out": ("DELETE FROM core_dayseal WHERE events = 4", "mất dòng khóa sổ"),
}  # fmt: skip


@pytest.mark.parametrize(("statement", "said"), TAMPERED.values(), ids=TAMPERED)
def test_the_check_names_the_first_day_that_was_touched(days, statement, said):
    behind(statement)

    with pytest.raises(CommandError) as refused:
        call_command("verify_audit")

    assert str(refused.value).startswith(f"{shown(days[1])}: ")
    assert said in str(refused.value)


def test_seals_cut_off_at_the_end_and_another_book_are_found(days, capsys):
    kept = DaySeal.objects.get(day=days[2]).hash
    call_command("verify_audit", "--paper", kept)
    assert kept in capsys.readouterr().out
    with pytest.raises(CommandError, match="Mã trên giấy không có trong sổ"):
        call_command("verify_audit", "--paper", "0" * 64)

    behind("DELETE FROM core_dayseal WHERE day > %s", days[0])

    assert chain.first_break(timezone.localdate()).startswith(f"{shown(days[1])}: chưa khóa sổ")


def test_a_file_that_was_replaced_on_the_disk_is_found(days):
    name = default_storage.save("pdf/zebrafish.pdf", ContentFile(b"%PDF as issued"))
    sha256 = hashlib.sha256(b"%PDF as issued").hexdigest()
    Document.objects.update(pdf=name, pdf_sha256=sha256)
    assert chain.first_broken_file() == ""

    default_storage.delete(name)
    default_storage.save(name, ContentFile(b"%PDF of another"))

    assert "tệp PDF trên đĩa đã mất hoặc bị thay" in chain.first_broken_file()
    default_storage.delete(name)
