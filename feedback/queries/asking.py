"""Whom a consultation asks, about what, and with which questions of its own; and what was answered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from cachetools import TTLCache, cached

from feedback.models import Consultation, Question, QuestionAnswer
from feedback.queries.opinions import FORM_SECONDS
from organisations.models import Organisation


def name_of(question: Question | int) -> str:
    """The name of a question's field on the form."""
    return f"q-{question if isinstance(question, int) else question.pk}"


def is_asked(question: Question, typed: dict[str, Any]) -> bool:
    """Whether the answer to the question it depends on is the one that calls for it."""
    if question.shown_if_id is None:
        return True
    given = typed.get(name_of(question.shown_if_id))
    return question.shown_value in (given if isinstance(given, list) else [given])


def answers_of(questions: Sequence[Question], typed: dict[str, Any]) -> list[dict[str, Any]]:
    """What was answered, each in the column of its kind; what was not asked is not kept."""
    kinds = Question.Kind
    columns = {kinds.NUMBER: "number", kinds.DATE: "day", kinds.TEXT: "text"}
    found = []
    for question in questions:
        value = typed.get(name_of(question))
        if value in (None, "", []) or not is_asked(question, typed):
            continue
        column = columns.get(kinds(question.kind), "chosen")
        is_one = column == "chosen" and not isinstance(value, list)
        found.append({"question_id": question.pk, column: [value] if is_one else value})
    return found


@dataclass(frozen=True)
class Frame:
    """What bounds a consultation's form; empty means unbounded."""

    questions: tuple[Question, ...]
    units: frozenset[int]
    invited: tuple[Organisation, ...]
    topics: frozenset[str]


@cached(TTLCache(256, FORM_SECONDS), lock=Lock())
def announced_consultation(slug: str) -> Consultation:
    """The consultation at a public address, with its organisation; at most five seconds old.

    So one that the office closes before its time may still be answered for some seconds. Raises
    Consultation.DoesNotExist (each time anew) where the public knows of none.
    """
    return Consultation.objects.announced().select_related("organisation").get(slug=slug)


@cached(TTLCache(256, FORM_SECONDS), lock=Lock())
def frame_of(consultation_id: int) -> Frame:
    """The frame of a consultation, read once in so many seconds and not per citizen."""
    row = Consultation(pk=consultation_id)
    questions = row.questions.select_related("shown_if").order_by("position", "pk")
    return Frame(
        questions=tuple(questions),
        units=frozenset(row.units.values_list("pk", flat=True)),
        invited=tuple(row.invited.order_by("name")),
        topics=frozenset(row.topics.values_list("pk", flat=True)),
    )


def rows_of_answers(consultation: Consultation) -> Iterable[list[object]]:
    """A heading, then one row per form: its code, area, day, and one column per question."""
    questions = list(consultation.questions.order_by("position", "pk"))
    yield ["Mã phiếu", "Địa bàn", "Ngày nhận", *(question.label for question in questions)]
    answers: dict[int, dict[int, str]] = {}
    found = QuestionAnswer.objects.filter(question__consultation=consultation)
    for row in found.iterator(chunk_size=2000):
        answers.setdefault(row.submission_id, {})[row.question_id] = row.shown
    forms = consultation.submissions.exclude(opinions__matter__isnull=False)
    for form in forms.select_related("area").order_by("pk").iterator(chunk_size=2000):
        given = answers.get(form.pk)
        if given:
            told = [given.get(question.pk, "") for question in questions]
            yield [form.shown_code, str(form.area), f"{form.received_on:%d/%m/%Y}", *told]
