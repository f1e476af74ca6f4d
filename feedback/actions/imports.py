"""Spreadsheets of opinions: kept, judged row by row, confirmed, taken in with whole sets.

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
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection, models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.access import require
from core.codes import derived_code, keyed_hash, random_code
from core.files import CheckedFile
from core.sealed import KEY_BYTES, seal, seal_bytes
from core.transitions import move
from feedback import rules
from feedback.actions.intake import CODE_LENGTH, SECRET_LENGTH
from feedback.models import (
    ConsentText,
    Consultation,
    Opinion,
    OpinionImport,
    Sender,
    StagedRow,
    Submission,
)
from feedback.states import ImportState
from organisations.models import Organisation, User

PORTION = 5_000
DRAWS = 5
KEPT_FOR = datetime.timedelta(days=30)
NOT_YOURS = gettext_lazy("Chỉ người gửi tệp và văn phòng được làm việc này.")
Problem = tuple[str, str, str, str]
"""The cell (C12), its column, what was typed there, what is wrong with it."""


@dataclass(frozen=True)
class SheetRow:
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

    def fingerprint(self, sheet: OpinionImport) -> uuid.UUID:
        """Stands for this content from this place; the same whenever the file comes again."""
        words = [sheet.consultation_id, sheet.source_id, self.slip, self.area, self.audience,
                 self.text, self.proposal, self.kind, self.field, self.supporters,
                 str(self.received_on or ""), self.contact]  # fmt: skip
        pepper = settings.TRACKING_PEPPER.encode()
        return uuid.UUID(bytes=hmac.digest(pepper, json.dumps(words).encode(), "sha256")[:16])


def secret_of(fingerprint: uuid.UUID) -> str:
    """The secret of what came in under that token, as `take_in` derives it."""
    return derived_code(settings.TRACKING_PEPPER, f"secret:{fingerprint}", SECRET_LENGTH)


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
def stage_rows(sheet: OpinionImport, rows: Sequence[SheetRow]) -> bool:
    """Write the next portion of judged rows; False if another worker is at it or was faster."""
    if not _hold(sheet, ImportState.WAITING, read_upto=sheet.read_upto):
        return False
    columns = ", ".join(_STAGED)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY feedback_stagedrow ({columns}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(_bad(sheet, row) if row.problems else _good(sheet, row))
    bad = sum(1 for row in rows if row.problems)
    sheet.read_upto = rows[-1].number
    sheet.good += len(rows) - bad
    sheet.bad += bad
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
        _forget(sheet)


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
    _forget(sheet)


@transaction.atomic
def take_portion(sheet: OpinionImport, now: datetime.datetime) -> bool:
    """Take in the next portion of good rows; False when nothing is left for this worker to do."""
    if not _hold(sheet, ImportState.ACCEPTED):
        return False
    good = sheet.rows.filter(result=StagedRow.Result.GOOD, number__gt=sheet.taken_upto)
    last = (
        good.order_by("number")
        .values_list("number", flat=True)[:PORTION]
        .aggregate(last=models.Max("number"))["last"]
    )
    if last is None:
        move(sheet, ImportState.DONE, by=None)
        sheet.rows.filter(result=StagedRow.Result.GOOD).delete()
        if not sheet.rows.exists():
            _forget(sheet)
        return False
    portion = good.filter(number__lte=last)
    for _draw in range(DRAWS):
        sheet.taken += _insert(sheet, last, now)
        standing = Submission.objects.filter(form_token=models.OuterRef("fingerprint"))
        unlucky = list(portion.filter(~models.Exists(standing)).only("pk"))
        if not unlucky:
            break
        for row in unlucky:
            row.code = random_code(CODE_LENGTH)
        StagedRow.objects.bulk_update(unlucky, ["code"])
    _insert_senders(portion)
    sheet.taken_upto = last
    sheet.save(update_fields=["taken", "taken_upto"])
    return True


def clear_old_imports(now: datetime.datetime) -> None:
    """Delete files and rows of imports that began long ago; their numbers stay."""
    old = OpinionImport.objects.filter(created_at__lt=now - KEPT_FOR).exclude(file="")
    for sheet in old.exclude(state=ImportState.ACCEPTED):
        with transaction.atomic():
            _forget(sheet)


def _hold(sheet: OpinionImport, state: str, **values: object) -> bool:
    """Lock the import's row and take over what stands there; False if it is not ours to work on."""
    rows = OpinionImport.objects.select_for_update(skip_locked=True)
    found = rows.filter(pk=sheet.pk, state=state, **values).first()
    if found is None:
        return False
    for name in ("read_upto", "taken_upto", "good", "bad", "same", "taken"):
        setattr(sheet, name, getattr(found, name))
    return True


def _forget(sheet: OpinionImport) -> None:
    """Delete the rows and the file of an import, and the key that opened it."""
    sheet.rows.all().delete()
    storage, name = sheet.file.storage, sheet.file.name
    OpinionImport.objects.filter(pk=sheet.pk).update(file="", lock="")
    if name:
        transaction.on_commit(lambda: storage.delete(name))


_STAGED = (
    "sheet_id", "number", "result", "problems", "typed", "fingerprint", "area_id", "audience", "text",
    "proposal", "kind", "field_id", "supporters", "received_on", "contact", "code", "secret_hash",
)  # fmt: skip


def _bad(sheet: OpinionImport, row: SheetRow) -> Sequence[object]:
    problems = json.dumps([(cell, column, said) for cell, column, _typed, said in row.problems])
    typed = _sealed("typed", sheet, row, [words for _cell, _column, words, _said in row.problems])
    return (sheet.pk, row.number, "bad", problems, typed, None, None, "", "", "", "", None, 1, None,
            "", "", "")  # fmt: skip


def _good(sheet: OpinionImport, row: SheetRow) -> Sequence[object]:
    token = row.fingerprint(sheet)
    hashed = keyed_hash(settings.TRACKING_PEPPER, secret_of(token))
    contact = _sealed("contact", sheet, row, row.contact)
    return (sheet.pk, row.number, "good", None, "", token, row.area, row.audience, row.text,
            row.proposal, row.kind, row.field, row.supporters, row.received_on or sheet.received_on,
            contact, random_code(CODE_LENGTH), hashed)  # fmt: skip


def _sealed(column: str, sheet: OpinionImport, row: SheetRow, words: object) -> str:
    """A column of a staged row as it may be copied in."""
    if not words:
        return ""
    field: Any = StagedRow._meta.get_field(column)
    return seal(json.dumps(words), field.context_of(sheet.pk, row.number))


_TAKE = (
    "WITH portion AS (SELECT * FROM feedback_stagedrow WHERE sheet_id = %s "
    "AND result = 'good' AND number > %s AND number <= %s ORDER BY number), "
    "made AS (INSERT INTO feedback_submission ({submission}) "
    "SELECT {of_submission} FROM portion ON CONFLICT DO NOTHING RETURNING id, form_token) "
    "INSERT INTO feedback_opinion ({opinion}) SELECT {of_opinion} "
    "FROM made JOIN portion ON portion.fingerprint = made.form_token"
)


def _insert(sheet: OpinionImport, last: int, now: datetime.datetime) -> int:
    """Submissions and their opinions in one statement; a row that stands already, or whose code
    is taken, is left out.
    """
    given = {
        "consultation_id": (sheet.consultation_id, "%s"),
        "channel": (Submission.Channel.IMPORT, "%s"),
        "sender_organisation_id": (sheet.source_id, "%s"),
        "entered_by_id": (sheet.by_id, "%s"),
        "consent_id": (sheet.consent_id, "CASE WHEN contact = '' THEN NULL ELSE %s::bigint END"),
        "consented_at": (now, "CASE WHEN contact = '' THEN NULL ELSE %s::timestamptz END"),
        "received_at": (now, "%s"),
        "form_token": (None, "fingerprint"),
    }
    submission = _Columns(Submission, given)
    opinion = _Columns(
        Opinion,
        {"submission_id": (None, "made.id"), "position": (1, "%s"), "created_at": (now, "%s")},
    )
    statement = _TAKE.format(
        submission=submission.names,
        of_submission=submission.expressions,
        opinion=opinion.names,
        of_opinion=opinion.expressions,
    )
    values: list[Any] = [sheet.pk, sheet.taken_upto, last, *submission.values, *opinion.values]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


class _Columns:
    """All columns of a model for an INSERT … SELECT: those given, those staged under the same
    name, and the model's defaults for the rest.
    """

    def __init__(self, model: type[models.Model], given: dict[str, tuple[object, str]]) -> None:
        """Take for each given column its value and its expression."""
        names, expressions, self.values = list[str](), list[str](), list[object]()
        for field in model._meta.concrete_fields:
            column = str(field.column)
            if field.primary_key or field.generated:
                continue
            if column in given:
                value, expression = given[column]
            elif column in _STAGED:
                value, expression = None, column
            else:
                value, expression = field.get_db_prep_save(field.get_default(), connection), "%s"
            names.append(column)
            expressions.append(expression)
            self.values += [value] if "%s" in expression else []
        self.names, self.expressions = ", ".join(names), ", ".join(expressions)


def _insert_senders(portion: "models.QuerySet[StagedRow]") -> None:
    """Who sent them, in the table of their own, through the model that knows how they are kept."""
    named = {
        row.fingerprint: json.loads(row.contact)
        for row in portion.exclude(contact="")
        if row.fingerprint
    }
    made = Submission.objects.filter(form_token__in=list(named), sender=None)
    tokens: Iterable[tuple[int, uuid.UUID]] = made.values_list("pk", "form_token")
    Sender.objects.bulk_create(
        Sender(submission_id=pk, **named[token]) for pk, token in tokens
    )
