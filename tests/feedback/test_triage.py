import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.transitions import IllegalMoveError
from core.versions import StaleError
from feedback import actions
from feedback.actions import desk, habits
from feedback.models import Field, IssueGroup, Opinion, SortingStep
from feedback.queries.desk import waiting_for
from feedback.queries.leads import last_line_of, leads_for
from feedback.states import OpinionState
from organisations.models import Organisation, Role
from tests.factories.feedback import opinion
from tests.factories.organisations import member
from tests.feedback.steps import classified, grouped

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_fast_templates")]
TYPED = {"kind": "feedback", "field": "TRANS", "competence": "commune", "supporters": "3"}


def typed(row, **more):
    return {**TYPED, "seen": str(last_line_of([row.pk])), **more}


def test_the_desk_goes_from_one_opinion_to_the_next_skips_and_takes_back(
    browse, consultation, clerk
):
    first, second = (opinion(consultation, text) for text in ("Đường hỏng nặng", "Thiếu nước"))
    open_page = browse(clerk)

    shown = open_page("desk")
    assert shown.url == reverse("feedback:desk_opinion", args=[first.pk])
    page = open_page("desk_opinion", first.pk).content.decode()
    assert ("Còn 2 ý kiến" in page, "Đường hỏng nặng" in page) == (True, True)
    saved = open_page("desk_opinion", first.pk, post=typed(first))
    following = open_page.client.get(saved.url)
    assert following.url == reverse("feedback:desk_opinion", args=[second.pk])
    # Skipped: the only one left comes round again only when nothing else waits.
    skipped = open_page("desk", query=f"?sau={second.pk}").content.decode()
    assert "Đã phân loại hết" not in skipped
    first.refresh_from_db()
    assert (first.state, first.kind, first.field_id, first.supporters) == (
        OpinionState.CLASSIFIED, "feedback", "TRANS", 3,
    )  # fmt: skip

    step = SortingStep.objects.get()
    back = open_page("desk_undo", step.pk, post={})

    first.refresh_from_db()
    assert back.url == reverse("feedback:desk_opinion", args=[first.pk])
    assert (first.state, first.kind, first.field_id, first.competence, first.supporters) == (
        OpinionState.RECEIVED, "proposal", "LAND", "", 1,
    )  # fmt: skip
    with pytest.raises(IllegalMoveError):
        desk.undo_step(step, by=clerk)


def test_marks_and_suggestions_stand_on_the_desk_and_one_click_joins(browse, consultation, clerk):
    words = "Đường liên thôn Phúc Hậu lầy lội, gọi tôi 0912345678, đồ ngu"
    known = classified(consultation, clerk, "Đường liên thôn Phúc Hậu lầy lội quanh năm")
    group = actions.create_group(
        [known], by=clerk, title="Đường Phúc Hậu", field=known.field, competence="commune"
    )
    row = opinion(consultation, words)
    page = browse(clerk)("desk_opinion", row.pk).content.decode()

    shown = [words in page for words in ("0912345678</mark>", "đồ ngu</mark>", "Đường Phúc Hậu")]
    joined = browse(clerk)("desk_opinion", row.pk, post={"join": group.pk, "seen": "0"})

    row.refresh_from_db()
    assert (shown, joined.status_code, row.group) == ([True, True, True], 302, group)
    desk.undo_step(SortingStep.objects.get(), by=clerk)
    row.refresh_from_db()
    assert (row.group, row.state) == (None, OpinionState.RECEIVED)


def test_what_was_left_out_by_mistake_stands_in_its_matter_again(consultation, clerk):
    group, other = grouped(consultation, clerk), grouped(consultation, clerk, 1)
    row = group.opinions.order_by("pk").first()
    desk.decline_at_desk(row, by=clerk, seen=last_line_of([row.pk]), reason="Không thuộc phạm vi.")
    actions.merge_group(group, by=clerk, into=other)

    desk.undo_step(SortingStep.objects.get(), by=clerk)

    row.refresh_from_db()
    assert (row.state, row.group, row.grouped_from) == ("classified", other, "classified")


def test_two_clerks_get_different_opinions_and_never_overwrite_each_other(
    browse, consultation, clerk
):
    other = member(Role.CLERK, consultation.organisation)
    rows = [opinion(consultation, text) for text in ("Cầu gãy", "Chợ bẩn")]
    now = timezone.now()

    taken = [desk.take_next(waiting_for(user), by=user, now=now) for user in (clerk, other)]
    later = desk.take_next(waiting_for(other), by=other, now=now + datetime.timedelta(hours=1))
    assert (taken, later) == (rows, rows[0])

    sent = typed(rows[0], kind="question")
    browse(other)("desk_opinion", rows[0].pk, post=typed(rows[0]))
    refused = browse(clerk)("desk_opinion", rows[0].pk, post=sent)
    page = refused.content.decode()
    rows[0].refresh_from_db()
    assert (refused.status_code, rows[0].kind) == (409, "feedback")
    assert ("Đã có người khác sửa" in page, str(other) in page) == (True, True)
    with pytest.raises(StaleError):
        desk.decline_at_desk(rows[0], by=clerk, seen=0, reason="Không thuộc phạm vi.")
    # Having seen both, the second may decide.
    browse(clerk)("desk_opinion", rows[0].pk, post=typed(rows[0], kind="question"))
    rows[0].refresh_from_db()
    assert rows[0].kind == "question"


def test_many_at_once_leave_what_somebody_else_touched_and_come_back_together(
    browse, consultation, clerk, agency
):
    rows = [opinion(consultation, f"Việc {place}") for place in range(3)]
    seen = last_line_of([row.pk for row in rows])
    actions.classify_opinion(
        rows[2], by=clerk, kind="question", field=Field.objects.get(pk="EDU"), competence="province"
    )
    sent = {"opinion": [row.pk for row in rows], "field": "TRANS", "lead": agency.pk, "seen": seen}
    pages = browse(clerk)

    preview = pages("bulk", query=f"?opinion={rows[0].pk}&opinion={rows[1].pk}").content.decode()
    pages("bulk", post=sent)

    assert "Phân loại 2 ý kiến" in preview
    found = Opinion.objects.order_by("pk").values_list("field_id", "proposed_lead", "competence")
    assert list(found) == [
        ("TRANS", agency.pk, "commune"), ("TRANS", agency.pk, "commune"), ("EDU", None, "province"),
    ]  # fmt: skip
    desk.undo_step(SortingStep.objects.get(), by=clerk)
    waiting = Opinion.objects.filter(state="received").order_by("pk")
    assert list(waiting) == rows[:2]


def test_an_agency_is_suggested_with_its_reason_and_accepted_with_the_same_click(
    browse, consultation, clerk, agency
):
    group = IssueGroup.objects.create(
        consultation=consultation, title="Sổ đỏ", field_id="LAND", competence="commune", lead=agency
    )
    for place in range(3):
        row = classified(consultation, clerk, f"Chậm cấp sổ đỏ {place}")
        Opinion.objects.filter(pk=row.pk).update(group=group, field_id="LAND")
    unit, short = consultation.organisation.unit, agency.short_name or agency.name
    new = opinion(consultation, "Đất nhà tôi chưa có sổ")

    with CaptureQueriesContext(connection) as few:
        hints = leads_for(consultation.organisation)
    questions = len(few)
    page = browse(clerk)("desk_opinion", new.pk).content.decode()
    browse(clerk)("desk_opinion", new.pk, post=typed(new, field="LAND", accept="1"))

    reason = f"3 ý kiến cùng lĩnh vực của {unit} đã giao {short}"
    new.refresh_from_db()
    assert (hints["LAND"].lead, hints["LAND"].reason) == (agency, reason)
    assert (reason in page, new.proposed_lead, questions) == (True, agency, 4)
    assert "EDU" not in hints

    other = Organisation.objects.create(
        name="Phòng Văn hóa", short_name="P. VHXH", system="state", function="specialist", unit=unit
    )
    habits.set_habits(
        consultation.organisation, by=clerk, bodies={}, templates={},
        mandates={"LAND": other, "EDU": other},
    )  # fmt: skip
    with CaptureQueriesContext(connection) as more:
        hints = leads_for(consultation.organisation)
    assert {code: hint.lead for code, hint in hints.items()} == {"LAND": other, "EDU": other}
    assert hints["EDU"].reason == "P. VHXH được phân công phụ trách lĩnh vực này"
    assert len(more) == questions


def test_habits_are_kept_by_the_office_alone(browse, consultation, clerk, officer):
    office = consultation.organisation
    sent = {
        "body-crime": "Công an xã",
        "basis-crime": "Luật",
        "words-voters": "Chuyển {noi}, {ma}.",
    }

    assert browse(officer)("habits", office.pk).status_code == 404
    assert browse(clerk)("habits", office.pk, post=sent).status_code == 302
    page = browse(clerk)("habits", office.pk).content.decode()
    assert ("Công an xã" in page, "Chuyển {noi}, {ma}." in page) == (True, True)
