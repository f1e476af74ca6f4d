"""Rows of a spreadsheet taken in with whole sets, by as many workers as come.

Every worker takes a portion of its own; the portion and its end are one commit, so after a killed
worker the next goes on.
"""

import datetime
import json
import uuid
from collections.abc import Iterable
from typing import Any

from django.db import connection, models, transaction

from core.codes import random_codes
from core.transitions import move
from feedback.actions.imports import PORTION, STAGED, forget_import
from feedback.actions.intake import CODE_LENGTH
from feedback.models import Opinion, OpinionImport, Sender, StagedRow, Submission
from feedback.states import ImportState

DRAWS = 5


@transaction.atomic
def take_portion(sheet: OpinionImport, now: datetime.datetime) -> bool:
    """Take in a portion of good rows nobody else is at; False when there is none."""
    portion = _claim(sheet)
    if portion is None:
        return False
    with connection.cursor() as cursor:
        # The rows of a portion are too new for statistics: the planner would take them for a few.
        cursor.execute("SET LOCAL enable_nestloop = off")
    made, size = 0, portion.count()
    for _draw in range(DRAWS):
        made += _insert(sheet, portion, now)
        if made == size:  # looking for those left out costs as much as there are submissions
            break
        unlucky = list(portion.exclude(fingerprint__in=_standing()).only("pk"))
        if not unlucky:
            break
        for row, code in zip(unlucky, random_codes(CODE_LENGTH, len(unlucky)), strict=True):
            row.code = code
        StagedRow.objects.bulk_update(unlucky, ["code"])
    _insert_answers(portion)
    _insert_senders(portion)
    portion.delete()
    OpinionImport.objects.filter(pk=sheet.pk).update(taken=models.F("taken") + made)
    return True


@transaction.atomic
def finish_taking(sheet: OpinionImport) -> None:
    """Close an import whose last good row is taken; a worker still at one closes it instead."""
    accepted = OpinionImport.objects.filter(pk=sheet.pk, state=ImportState.ACCEPTED)
    if accepted.select_for_update().exists() and not _good_rows(sheet).exists():
        move(sheet, ImportState.DONE, by=None)
        if not sheet.rows.exists():
            forget_import(sheet)


def _good_rows(sheet: OpinionImport) -> "models.QuerySet[StagedRow]":
    accepted = {"sheet": sheet, "sheet__state": ImportState.ACCEPTED}
    return StagedRow.objects.filter(**accepted, result=StagedRow.Result.GOOD)


def _claim(sheet: OpinionImport) -> "models.QuerySet[StagedRow] | None":
    """The first portion with good rows that no other worker is at, ours until the commit."""
    good, behind = _good_rows(sheet), 0
    while True:
        rows = good.filter(number__gte=behind).order_by("number")
        first = rows.values_list("number", flat=True).first()
        if first is None:
            return None
        begin = first - first % PORTION
        behind = begin + PORTION
        portion = StagedRow.objects.filter(
            sheet=sheet, result=StagedRow.Result.GOOD, number__gte=begin, number__lt=behind
        )
        with connection.cursor() as cursor:
            keys = [sheet.pk % 2**31, begin // PORTION]
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", keys)
            is_ours = cursor.fetchone()[0]
        # Another may have taken it between our look and our lock.
        if is_ours and good.filter(number__gte=begin, number__lt=behind).exists():
            return portion


_TAKE = (
    "WITH portion AS ({portion}), "
    "made AS (INSERT INTO feedback_submission ({submission}) "
    "SELECT {of_submission} FROM portion ON CONFLICT DO NOTHING RETURNING id, form_token) "
    "INSERT INTO feedback_opinion ({opinion}) SELECT {of_opinion} "
    "FROM made JOIN portion ON portion.fingerprint = made.form_token"
)


def _insert(
    sheet: OpinionImport, portion: "models.QuerySet[StagedRow]", now: datetime.datetime
) -> int:
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
        "secret_hash": ("", "%s"),
    }
    submission = _Columns(Submission, given)
    opinion = _Columns(
        Opinion,
        {
            "submission_id": (None, "made.id"),
            "position": (1, "%s"),
            "created_at": (now, "%s"),
            "search": (None, "search"),
        },
    )
    rows, chosen = portion.order_by("number").query.sql_with_params()
    statement = _TAKE.format(
        portion=rows,
        submission=submission.names,
        of_submission=submission.expressions,
        opinion=opinion.names,
        of_opinion=opinion.expressions,
    )
    values: list[Any] = [*chosen, *submission.values, *opinion.values]
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
            elif column in STAGED:
                value, expression = None, column
            else:
                value, expression = field.get_db_prep_save(field.get_default(), connection), "%s"
            names.append(column)
            expressions.append(expression)
            self.values += [value] if "%s" in expression else []
        self.names, self.expressions = ", ".join(names), ", ".join(expressions)


def _standing() -> "models.QuerySet[Submission, uuid.UUID]":
    return Submission.objects.order_by().values_list("form_token", flat=True)


_ANSWERS = (
    "INSERT INTO feedback_questionanswer (submission_id, question_id, text, chosen, number, day) "
    "SELECT made.id, said.question_id, coalesce(said.text, ''), coalesce(said.chosen, '{{}}'), "
    "said.number, said.day FROM ({portion}) AS portion "
    "JOIN feedback_submission AS made ON made.form_token = portion.fingerprint "
    "CROSS JOIN jsonb_to_recordset(portion.answers) AS said"
    "(question_id bigint, text text, chosen text[], number numeric, day date) "
    "ON CONFLICT DO NOTHING"
)


def _insert_answers(portion: "models.QuerySet[StagedRow]") -> None:
    """What they answered to the office's own questions."""
    answered = portion.exclude(answers=None)
    if answered.exists():
        rows, chosen = answered.query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(_ANSWERS.format(portion=rows), chosen)


def _insert_senders(portion: "models.QuerySet[StagedRow]") -> None:
    """Who sent them, in the table of their own, through the model that knows how they are kept."""
    named = {
        row.fingerprint: json.loads(row.contact)
        for row in portion.exclude(contact="")
        if row.fingerprint
    }
    made = Submission.objects.filter(form_token__in=list(named), sender=None)
    tokens: Iterable[tuple[int, uuid.UUID]] = made.values_list("pk", "form_token")
    Sender.objects.bulk_create(Sender(submission_id=pk, **named[token]) for pk, token in tokens)
