"""Steps of the office that tests of feedback share."""

import datetime

from core.timephrase import parse
from feedback import actions
from feedback.models import (
    Field,
)
from tests.factories.feedback import opinion

TODAY = datetime.date(2026, 5, 8)
ANSWER = "Xã sẽ rải đá trước ngày 30/6"


def classified(consultation, clerk, *texts, **given):
    row = opinion(consultation, *texts, **given)
    actions.classify_opinion(
        row, by=clerk, kind="proposal", field=Field.objects.get(pk="TRANS"), competence="commune"
    )
    return row


def grouped(consultation, clerk, count=2, **given):
    rows = [classified(consultation, clerk, f"Đường hỏng {n}", **given) for n in range(count)]
    return actions.create_group(
        rows, by=clerk, title="Đường hỏng", field=rows[0].field, competence="commune"
    )


def asked(consultation, clerk, agency, **given):
    group = grouped(consultation, clerk, **given)
    due = parse("trước ngày 20/5/2026")
    actions.ask_agency(group, by=clerk, lead=agency, due=due, today=TODAY)
    return group


def answered(consultation, clerk, agency, officer, **given):
    group = asked(consultation, clerk, agency, **given)
    answer = actions.write_answer(group, by=officer, text=ANSWER)
    actions.submit_answer(answer, by=officer)
    return answer


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content
