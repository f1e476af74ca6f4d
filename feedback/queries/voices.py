"""What a sender said beside and after the opinion itself, as the office reads it."""

from dataclasses import dataclass, field

from feedback.models import Addition, DataRequest, Opinion, QuestionAnswer, Verdict
from feedback.queries.marks import Mark, marks_of, words_of


@dataclass(frozen=True)
class Voices:
    """Additions, answers to the office's questions, verdict, requests about data, marks."""

    additions: list[Addition] = field(default_factory=list)
    answers: list[QuestionAnswer] = field(default_factory=list)
    verdict: Verdict | None = None
    requests: list[DataRequest] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)


def voices_of(opinion: Opinion, *, sees_sender: bool, may_sort: bool) -> Voices:
    """What the reader may know; answers and requests could name people, so they go with the sender."""
    additions = list(opinion.additions.order_by("pk"))
    whole = "\n".join([opinion.text, opinion.proposal, *(row.text for row in additions)])
    organisation = opinion.submission.consultation.organisation_id
    answers = QuestionAnswer.objects.filter(submission=opinion.submission_id)
    requests = DataRequest.objects.filter(submission=opinion.submission_id)
    return Voices(
        additions=additions,
        answers=list(answers.select_related("question").order_by("question__position"))
        if sees_sender
        else [],
        verdict=Verdict.objects.filter(opinion=opinion).first(),
        requests=list(requests.select_related("task", "submission").order_by("pk"))
        if sees_sender
        else [],
        marks=marks_of(whole.strip(), words_of(organisation)) if may_sort else [],
    )
