"""What people answered to the office's own questions, summed up question by question."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Avg, Count, F, Func, Max, Min, QuerySet, Window
from django.db.models.functions import RowNumber

from feedback.models import Consultation, Question, QuestionAnswer

SHOWN_WORDS = 20
Kind = Question.Kind


@dataclass(frozen=True)
class Choice:
    """One answer that could be chosen, and by how many."""

    label: str
    value: int


@dataclass
class Replies:
    """What was answered to one question: how many, what was chosen, the mean, the latest words."""

    question: Question
    count: int = 0
    choices: list[Choice] = field(default_factory=list)
    mean: Decimal | None = None
    least: object = None
    most: object = None
    words: list[str] = field(default_factory=list)

    @property
    def shown_mean(self) -> str:
        """The mean with one decimal."""
        return "" if self.mean is None else f"{self.mean:.1f}".replace(".", ",")

    @property
    def shown_range(self) -> tuple[str, str] | None:
        """The least and the most: numbers or days."""
        if self.least is None or self.most is None:
            return None
        return _shown(self.least), _shown(self.most)


def replies_of(consultations: "QuerySet[Consultation]", *, with_words: bool) -> list[Replies]:
    """The questions of some consultations with what was answered, in their order.

    Forms of which a matter left the dialogue by law are left out. Free words could name people:
    they are told only `with_words`, to those who may see senders. The same number of
    queries however many questions were asked.
    """
    asked = Question.objects.filter(consultation__in=consultations)
    found = {row.pk: Replies(row) for row in asked.order_by("consultation", "position", "pk")}
    if not found:
        return []
    answers = QuestionAnswer.objects.filter(question__in=list(found)).exclude(
        submission__opinions__matter__isnull=False
    )
    sums: Any = answers.values("question").annotate(
        n=Count("pk"), mean=Avg("number"), least=Min("number"), most=Max("number"),
        first=Min("day"), last=Max("day"),
    )  # fmt: skip
    for row in sums.order_by():
        reply = found[row["question"]]
        reply.count, reply.mean = row["n"], row["mean"]
        is_day = reply.question.kind == Kind.DATE
        reply.least, reply.most = (
            (row["first"], row["last"]) if is_day else (row["least"], row["most"])
        )
    _count_choices(found, answers)
    if with_words:
        _add_words(found, answers)
    return list(found.values())


def _count_choices(found: dict[int, Replies], answers: "QuerySet[QuestionAnswer]") -> None:
    """How many chose what: every choice once, also those nobody took."""
    counted = Counter[tuple[int, str]]()
    chosen: Any = answers.annotate(one=Func(F("chosen"), function="unnest", output_field=_word()))
    for question, label in chosen.order_by().values_list("question", "one").iterator():
        counted[question, label] += 1
    for pk, reply in found.items():
        kind = reply.question.kind
        if kind in (Kind.CHOICE, Kind.SEVERAL, Kind.SCALE):
            reply.choices = [Choice(label, counted[pk, label]) for label in reply.question.choices]
        if kind == Kind.SCALE and (n := sum(choice.value for choice in reply.choices)):
            reply.mean = Decimal(sum(int(one.label) * one.value for one in reply.choices)) / n


def _add_words(found: dict[int, Replies], answers: "QuerySet[QuestionAnswer]") -> None:
    """The latest answers in free words, some of each question."""
    place = Window(RowNumber(), partition_by=F("question"), order_by=F("pk").desc())
    words = answers.filter(question__kind=Kind.TEXT).exclude(text="")
    latest: Any = words.annotate(place=place).filter(place__lte=SHOWN_WORDS)
    for question, text in latest.order_by("-pk").values_list("question", "text"):
        found[question].words.append(text)


def _word() -> "models.CharField[str, str]":
    return models.CharField()


def _shown(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}".replace(".", ",")
    return f"{value:%d/%m/%Y}"
