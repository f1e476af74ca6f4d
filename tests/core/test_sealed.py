import importlib

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from core.files import CheckedFile, open_for_download, store
from core.models import Message
from core.sealed import SealedError, read_keys, seal, unseal

OLD, NEW = (
    "k1:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
    "k2:ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA=",
)
OTHER = NEW.replace("k2", "k1")


@pytest.fixture(autouse=True)
def _old_key(settings):
    settings.SEALING_KEYS = [OLD]


def letter(number=1, address="lo.thi.thu@vidu.vn"):
    return Message.objects.create(
        key=f"letter:{number}", channel="email", address=address, subject="s", body="b", reason="r"
    )


def held():
    """What really stands in the column."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT address FROM core_message ORDER BY id")
        return [address for (address,) in cursor.fetchall()]


def test_the_same_words_are_sealed_differently_every_time_and_open_again():
    one, two = seal("Lò Thị Thử", "a"), seal("Lò Thị Thử", "a")

    assert (one == two, unseal(one, "a"), unseal(two, "a")) == (False, "Lò Thị Thử", "Lò Thị Thử")
    assert (seal("", "a"), unseal("", "a")) == ("", "")


@pytest.mark.parametrize(
    ("keys", "context", "said"),
    (
        ([OTHER], "a", "khóa “k1” không mở được"),
        ([NEW], "a", "thiếu khóa “k1”"),
        ([OLD], "b", "khóa “k1” không mở được"),
    ),
    ids=("another key of that name", "no key of that name", "moved to another place"),
)
def test_what_does_not_open_says_so(settings, keys, context, said):
    sealed = seal("Lò Thị Thử", "a")
    settings.SEALING_KEYS = keys

    with pytest.raises(SealedError, match=said) as caught:
        unseal(sealed, context)
    assert "Thử" not in str(caught.value)


def test_what_was_never_sealed_is_not_taken_for_words():
    with pytest.raises(SealedError, match="chưa niêm phong"):
        unseal("Lò Thị Thử", "a")


@pytest.mark.parametrize("line", ("", "k1", "k1:c2hvcnQ=", "K!:AAAA", f"{OLD} {OLD}"))
def test_a_malformed_key_is_refused(line):
    with pytest.raises(ValueError, match="sealing key"):
        read_keys([line])


def test_a_key_is_named_once():
    with pytest.raises(ValueError, match="each name once"):
        read_keys([OLD, OTHER])


@pytest.mark.django_db
def test_a_column_is_sealed_and_opened_only_when_it_is_read(settings):
    letter()
    settings.SEALING_KEYS = [NEW]
    row = Message.objects.get()

    assert (held()[0].startswith("S1.k1."), "vidu" in held()[0], row.subject) == (True, False, "s")
    with pytest.raises(SealedError):
        _read = row.address
    settings.SEALING_KEYS = [OLD]
    assert row.address == "lo.thi.thu@vidu.vn"


@pytest.mark.django_db
def test_a_sealed_column_can_be_neither_searched_nor_set_in_bulk():
    letter()

    assert Message.objects.exclude(address="").count() == 1
    with pytest.raises(TypeError, match="sealed"):
        Message.objects.filter(address="lo.thi.thu@vidu.vn").exists()
    with pytest.raises(TypeError, match="sealed"):
        Message.objects.update(address="x@vidu.vn")


@pytest.mark.django_db
def test_keys_are_changed_in_batches_that_may_be_interrupted(settings, capsys):
    for number in range(5):
        letter(number, f"n{number}@vidu.vn")
    settings.SEALING_KEYS = [NEW, OLD]
    sealed = importlib.import_module("core.sealed")

    next(sealed.reseal(Message, batch=2))
    halfway = [address[:5] for address in held()]
    call_command("reseal", "--batch", "2")
    settings.SEALING_KEYS = [NEW]
    call_command("reseal", "--check")

    assert halfway == ["S1.k2"] * 2 + ["S1.k1"] * 3
    assert [row.address for row in Message.objects.order_by("pk")] == [
        f"n{number}@vidu.vn" for number in range(5)
    ]
    assert "core_message: k2 5" in capsys.readouterr().out


@pytest.mark.django_db
@pytest.mark.parametrize("arguments", ((), ("--check",)))
def test_changing_keys_without_the_old_one_changes_nothing(settings, arguments):
    letter()
    before = held()
    settings.SEALING_KEYS = [NEW]

    with pytest.raises(CommandError):
        call_command("reseal", *arguments)
    assert held() == before


@pytest.mark.django_db
def test_the_migration_seals_what_stood_in_clear():
    letter()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_message SET address = 'lo.thi.thu@vidu.vn'")
    migration = importlib.import_module(
        "core.migrations.0002_addresses_and_citizens_files_are_sealed"
    )

    migration.seal_addresses(apps, None)

    assert (held()[0][:6], Message.objects.get().address) == ("S1.k1.", "lo.thi.thu@vidu.vn")


@pytest.mark.django_db
def test_a_citizens_file_is_unreadable_on_the_disk_and_comes_back_as_it_was_sent():
    checked = CheckedFile("don-cua-Lo-Thi-Thu.pdf", "pdf", "application/pdf", b"%PDF Lo Thi Thu")
    stored = store(checked, None, is_sealed=True)

    with stored.file.open("rb") as kept:
        on_disk = kept.read()
    given = open_for_download(stored)
    with given["streaming_content"] as content:
        back = content.read()

    assert (b"Thu" in on_disk, "Thu" in stored.name) == (False, False)
    assert (back, given["filename"]) == (b"%PDF Lo Thi Thu", "don-cua-Lo-Thi-Thu.pdf")
