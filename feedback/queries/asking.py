"""Whom a consultation asks, about what, and with which questions of its own; and what was answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock

from cachetools import TTLCache, cached

from feedback.models import Consultation, Question, QuestionAnswer
from feedback.queries.opinions import FORM_SECONDS
from organisations.models import Organisation


@dataclass(frozen=True)
class Frame:
    """What bounds a consultation's form; empty means unbounded."""

    questions: tuple[Question, ...]
    units: frozenset[int]
    invited: tuple[Organisation, ...]
    topics: frozenset[str]


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
