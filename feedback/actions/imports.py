"""Spreadsheets of opinions: kept, judged, confirmed; `taking` takes them in.

A worker holds the import's row locked while it writes one portion, and the portion and how far it
has come are one commit: of two workers one gives way, and after a killed one the next goes on.
"""

import base64
import datetime
import hmac
import json
import os
import uuid
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.access import require
from core.codes import random_codes
from core.files import CheckedFile
from core.sealed import KEY_BYTES, seal, seal_bytes
from core.text import plain_words
from core.transitions import move
from feedback import rules
from feedback.actions.intake import CODE_LENGTH
from feedback.models import (
    ConsentText,
    Consultation,
    OpinionImport,
    StagedRow,
)
from feedback.states import ImportState
from organisations.models import Organisation, User

PORTION = 5_000
NOT_YOURS = gettext_lazy("Chỉ người gửi tệp và văn phòng được làm việc này.")
Problem = tuple[str, str, str, str]
"""The cell (C12), its column, what was typed there, what is wrong with it."""


class SheetRow(NamedTuple):
    """One row as the resource judged it: its values, or its problems."""

    number: int
    problems: Sequence[Problem] = ()
    slip: str = ""
    area: int | None = None
    audience: str = ""
    text: str = ""
    proposal: str = ""
    kind: str = ""
    field: str | None = None
    supporters: int = 1
    received_on: datetime.date | None = None
    contact: dict[str, str] | None = None
    answers: Sequence[dict[str, Any]] = ()

    def fingerprint(self, place: bytes) -> str:
        """Stands for this content from this place; the same whenever the file comes again."""
        words = repr(self[2:]).encode("utf-8", "backslashreplace")
        return hmac.digest(place, words, "sha256")[:16].hex()


@transaction.atomic
def start_import(
    consultation: Consultation,
    checked: CheckedFile,
    *,
    by: User,
    source: Organisation,
    received_on: datetime.date,
) -> OpinionImport:
    """Keep a spreadsheet; a worker reads it, nothing is taken in before the person says so."""
    require(
        rules.may_collect(by, consultation),
        _("Chỉ người thu phiếu của địa bàn và văn phòng được nhập phiếu của đợt này."),
    )
    notices = ConsentText.objects.filter(organisation=consultation.organisation_id)
    sheet = OpinionImport(
        consultation=consultation,
        source=source,
        by=by,
        received_on=received_on,
        consent=notices.order_by("-version").first(),
        name=checked.name,
        kind=checked.kind,
    )
    key = os.urandom(KEY_BYTES)
    sheet.lock = base64.b64encode(key).decode()
    closed = ContentFile(seal_bytes(checked.content, key))
    sheet.file.save(f"{uuid.uuid4()}.{checked.kind}", closed, save=False)
    sheet.save()
    return sheet


@transaction.atomic
def stage_rows(sheet: OpinionImport, rows: Iterable[SheetRow]) -> bool:
    """Write the next portion of rows, judged while the database is already writing the first.

    False if another worker is at it or was faster.
    """
    if not _hold(sheet, ImportState.WAITING, read_upto=sheet.read_upto):
        return False
    columns, place = ", ".join(STAGED), _place(sheet)
    codes = iter(random_codes(CODE_LENGTH, PORTION))
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY feedback_stagedrow ({columns}) FROM STDIN") as copy,
    ):
        for row in rows:
            sheet.read_upto = row.number
            if row.problems:
                sheet.bad += 1
                copy.write_row(_bad(sheet, row))
            else:
                sheet.good += 1
                copy.write_row(_good(sheet, row, place, next(codes)))
    sheet.save(update_fields=["read_upto", "good", "bad"])
    return True


@transaction.atomic
def finish_reading(sheet: OpinionImport) -> None:
    """Everything is judged: find what stands already, and wait for the person."""
    if not _hold(sheet, ImportState.WAITING, read_upto=sheet.read_upto):
        return
    marked = (
        "UPDATE feedback_stagedrow AS row SET result = 'same', problems = "
        "jsonb_build_array(jsonb_build_array('', '', {sentence})) FROM {other} "
        "WHERE row.sheet_id = %s AND row.result = 'good' AND {is_same}"
    )
    twice = (
        "(SELECT fingerprint, min(number) AS first FROM feedback_stagedrow "
        "WHERE sheet_id = %s AND result = 'good' GROUP BY fingerprint HAVING count(*) > 1) AS one"
    )
    here = _(
        "Giống hệt dòng %(number)s. Nếu là hai phiếu khác nhau, hãy ghi số phiếu khác nhau."
    ) % {"number": "{}"}
    known = _("Đã nhận từ một tệp trước.")
    with connection.cursor() as cursor:
        # Without it the planner takes a hundred thousand new rows for one and compares all with all.
        cursor.execute("ANALYZE feedback_stagedrow (sheet_id, number, result, fingerprint)")
        statement = marked.format(
            sentence="replace(%s, '{}', one.first::text)",
            other=twice,
            is_same="row.fingerprint = one.fingerprint AND row.number > one.first",
        )
        cursor.execute(statement, [here, sheet.pk, sheet.pk])
        same = cursor.rowcount
        statement = marked.format(
            sentence="%s::text",
            other="feedback_submission AS one",
            is_same="row.fingerprint = one.form_token",
        )
        cursor.execute(statement, [known, sheet.pk])
        same += cursor.rowcount
    counts = {"good": sheet.good - same, "same": sheet.same + same}
    move(sheet, ImportState.CHECKED, by=None, **counts)


def refuse_import(sheet: OpinionImport, problem: str) -> None:
    """The file as a whole is of no use; nothing of it is kept but the reason."""
    with transaction.atomic():
        if not _hold(sheet, ImportState.WAITING):
            return
        move(sheet, ImportState.REFUSED, by=None, problem=problem, good=0, bad=0)
        forget_import(sheet)


@transaction.atomic
def accept_import(sheet: OpinionImport, *, by: User) -> None:
    """Take in the good rows; a worker does it."""
    require(rules.may_run_import(by, sheet), str(NOT_YOURS))
    move(sheet, ImportState.ACCEPTED, by=by)


@transaction.atomic
def drop_import(sheet: OpinionImport, *, by: User) -> None:
    """Take nothing of it."""
    require(rules.may_run_import(by, sheet), str(NOT_YOURS))
    move(sheet, ImportState.DROPPED, by=by)
    forget_import(sheet)


def _hold(sheet: OpinionImport, state: str, **values: object) -> bool:
    """Lock the import's row and take over what stands there; False if it is not ours to work on."""
    rows = OpinionImport.objects.select_for_update(skip_locked=True)
    found = rows.filter(pk=sheet.pk, state=state, **values).first()
    if found is None:
        return False
    for name in ("read_upto", "good", "bad", "same", "taken"):
        setattr(sheet, name, getattr(found, name))
    return True


def forget_import(sheet: OpinionImport) -> None:
    """Delete the rows and the file of an import, and the key that opened it."""
    sheet.rows.all().delete()
    storage, name = sheet.file.storage, sheet.file.name
    OpinionImport.objects.filter(pk=sheet.pk).update(file="", lock="")
    if name:
        transaction.on_commit(lambda: storage.delete(name))


STAGED = (
    "sheet_id", "number", "result", "problems", "typed", "fingerprint", "area_id", "audience",
    "text", "proposal", "kind", "field_id", "supporters", "received_on", "contact", "answers", "code", "words",
)  # fmt: skip


def _place(sheet: OpinionImport) -> bytes:
    """The key of fingerprints from this place: nobody can try out what a row may have said."""
    words = f"import:{sheet.consultation_id}:{sheet.source_id}"
    return hmac.digest(settings.TRACKING_PEPPER.encode(), words.encode(), "sha256")


def _bad(sheet: OpinionImport, row: SheetRow) -> Sequence[object]:
    problems = json.dumps([(cell, column, said) for cell, column, _typed, said in row.problems])
    typed = _sealed("typed", sheet, row, [words for _cell, _column, words, _said in row.problems])
    return (sheet.pk, row.number, "bad", problems, typed, None, None, "", "", "", "", None, 1, None,
            "", None, "", "")  # fmt: skip


def _good(sheet: OpinionImport, row: SheetRow, place: bytes, code: str) -> Sequence[object]:
    contact = _sealed("contact", sheet, row, row.contact)
    answers = json.dumps(row.answers, default=str) if row.answers else None
    return (sheet.pk, row.number, "good", None, "", row.fingerprint(place), row.area, row.audience,
            row.text, row.proposal, row.kind, row.field, row.supporters,
            row.received_on or sheet.received_on, contact, answers, code,
            plain_words(f"{row.text} {row.proposal}") or "")  # fmt: skip


def _sealed(column: str, sheet: OpinionImport, row: SheetRow, words: object) -> str:
    """A column of a staged row as it may be copied in."""
    if not words:
        return ""
    field: Any = StagedRow._meta.get_field(column)
    return seal(json.dumps(words), field.context_of(sheet.pk, row.number))
