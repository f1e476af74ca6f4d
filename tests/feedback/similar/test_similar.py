"""Recall of similar opinions, through the database, on opinions written for it."""

import uuid
from pathlib import Path

import pytest

from feedback.models import Opinion, Submission
from feedback.queries.similar import similar_opinions
from tests.factories.feedback import ConsultationFactory, sent

pytestmark = pytest.mark.django_db

BEST = 5
FIRST_ID = 10_000_000


def labelled():
    """(matter or None, field, text) for every line of opinions.txt."""
    matter = field = None
    for line in (Path(__file__).parent / "opinions.txt").read_text("utf-8").splitlines():
        if line.startswith("= "):
            matter, field = (*line[2:].split(), "OTHER")[:2]
        elif line and not line.startswith("#"):
            yield (None if matter == "-" else matter, field, line)


def received(texts):
    """Every text as an opinion of its own form, with ids that say nothing of their number."""
    one = sent(ConsultationFactory()).submission
    Opinion.objects.all().delete()
    forms = Submission.objects.bulk_create(
        Submission(
            consultation=one.consultation,
            channel="web",
            area=one.area,
            audience="citizen",
            code=f"C{number:07}",
            form_token=uuid.uuid4(),
            received_on=one.received_on,
        )
        for number in range(len(texts))
    )
    return Opinion.objects.bulk_create(
        Opinion(pk=FIRST_ID + number, submission=form, text=text, kind="proposal", field_id=field)
        for number, (form, (_matter, field, text)) in enumerate(zip(forms, texts, strict=True))
    )


def test_the_other_wordings_of_a_matter_are_among_the_first_five():
    texts = list(labelled())
    rows = received(texts)
    matters = {row.pk: matter for row, (matter, _field, _text) in zip(rows, texts, strict=True)}
    recalls = []

    for row in rows:
        wanted = {pk for pk, name in matters.items() if name == matters[row.pk]} - {row.pk}
        if matters[row.pk] is not None:
            found = similar_opinions(row.text, Opinion.objects.exclude(pk=row.pk), limit=BEST)
            hits = wanted & {alike.opinion.pk for alike in found}
            recalls.append(len(hits) / len(wanted))

    assert len(recalls) >= 200
    assert sum(recalls) / len(recalls) >= 0.9
