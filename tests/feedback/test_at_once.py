"""Two people of the office act on one matter or one list in the same moment."""

import pytest

from core.timephrase import parse
from feedback import actions
from feedback.actions import desk
from feedback.actions.voices import ask_about_data
from feedback.models import Consultation, DataRequest, IssueGroup, Notice, Opinion
from feedback.queries.leads import last_line_of
from feedback.states import OpinionState
from organisations.models import Organisation, User
from tests.crossing import cross
from tests.feedback.conftest import made_office
from tests.feedback.steps import TODAY, answered, classified, grouped

pytestmark = pytest.mark.django_db(transaction=True)
CONTACT = {"full_name": "Trần Văn Bình", "phone": "0912345678"}


@pytest.fixture
def office():
    """The consultation, its clerk, an agency and who answers there, each in rows of its own."""
    models = (Consultation, User, Organisation, User)
    return [model.objects.get(pk=pk) for model, pk in zip(models, made_office(), strict=True)]


@pytest.fixture
def answer(office):
    made = answered(*office)
    actions.accept_answer(made, by=office[1])
    return made


@pytest.mark.parametrize("is_added_first", (True, False))
def test_an_opinion_added_in_the_moment_of_release_is_answered_and_told(
    office, answer, is_added_first
):
    consultation, clerk, *_others = office
    late = classified(consultation, clerk, "Đường cũng hỏng")
    group = IssueGroup.objects.select_related("answer").get(pk=answer.group_id)

    def add():
        actions.add_to_group(group, [late], by=clerk)

    def release():
        actions.release_answers([answer], by=clerk)

    said = cross(add, release) if is_added_first else cross(release, add)

    late = Opinion.objects.get(pk=late.pk)
    told = Notice.objects.filter(answer=answer, submission=late.submission).count()
    assert (said, late.group, late.state, told) == ("", group, OpinionState.ANSWERED, 1)


@pytest.mark.parametrize("is_taken_first", (True, False))
def test_an_opinion_taken_out_while_an_agency_is_asked_does_not_wait_alone(office, is_taken_first):
    consultation, clerk, agency, _officer = office
    group = grouped(consultation, clerk)
    out, stays = group.opinions.order_by("pk")

    def take_out():
        actions.ungroup_opinion(out, by=clerk)

    def ask():
        due = parse("trước ngày 20/5/2026")
        actions.ask_agency(group, by=clerk, lead=agency, due=due, today=TODAY)

    said = cross(take_out, ask) if is_taken_first else cross(ask, take_out)

    rows = [Opinion.objects.get(pk=row.pk) for row in (out, stays)]
    assert (said, [(row.group, row.state) for row in rows]) == (
        "",
        [(None, OpinionState.CLASSIFIED), (group, OpinionState.ASKED)],
    )


def test_an_opinion_that_was_just_answered_stays_with_its_answer(office, answer):
    consultation, clerk, *_others = office
    row = answer.group.opinions.first()

    def release():
        actions.release_answers([answer], by=clerk)

    said = cross(release, lambda: actions.ungroup_opinion(row, by=clerk))

    row = Opinion.objects.get(pk=row.pk)
    assert (said.startswith("Ý kiến đã được trả lời"), row.group, row.state) == (
        True,
        answer.group,
        OpinionState.ANSWERED,
    )


# --- nobody waits in a circle ---------------------------------------------------------------------


def test_an_opinion_joined_at_the_desk_and_on_its_page_is_in_one_of_the_groups(office):
    consultation, clerk, *_others = office
    group, row = grouped(consultation, clerk), classified(consultation, clerk, "Đường cũng hỏng")
    same = Opinion.objects.select_related("submission__consultation").get(pk=row.pk)

    said = cross(
        lambda: Opinion.objects.select_for_update().get(pk=row.pk),  # the desk begins with it
        lambda: actions.add_to_group(group, [same], by=clerk),
        then=lambda: actions.add_to_group(group, [row], by=clerk),
    )

    assert (said.startswith("Chỉ gộp được ý kiến"), group.opinions.count()) == (True, 3)


def test_what_was_joined_at_the_desk_is_not_taken_out_of_an_answer_that_comes_out(office, answer):
    consultation, clerk, *_others = office
    group, row = answer.group, classified(consultation, clerk, "Đường cũng hỏng")
    step = desk.join_at_desk(row, by=clerk, seen=last_line_of([row.pk]), group=group)

    said = cross(
        lambda: IssueGroup.objects.select_for_update().get(pk=group.pk),  # releasing begins with it
        lambda: desk.undo_step(step, by=clerk),
        then=lambda: actions.release_answers([answer], by=clerk),
    )

    row = Opinion.objects.get(pk=row.pk)
    assert (said, row.group, row.state) == (
        "Không hoàn tác được nữa: ý kiến đã được xử lý tiếp.",
        group,
        OpinionState.ANSWERED,
    )


# --- a matter leaves the dialogue while its answer comes out --------------------------------------


@pytest.fixture
def denounced(office):
    """The accepted answer to a matter of one opinion, and what leads that one out."""
    made = answered(*office, count=1)
    clerk = office[1]
    actions.accept_answer(made, by=clerk)
    row = Opinion.objects.select_related("submission__consultation").get()

    def route_out():
        actions.route_out_opinion(
            row, by=clerk, kind="denunciation", receiving_body="UBKT", reason="x", today=TODAY
        )

    return made, route_out


def test_what_is_answered_in_this_moment_is_not_led_out(office, denounced):
    made, route_out = denounced

    said = cross(
        lambda: IssueGroup.objects.select_for_update().get(),  # releasing begins with it
        route_out,
        then=lambda: actions.release_answers([made], by=office[1]),
    )

    row = Opinion.objects.get()
    assert ("đang ở trạng thái “Đã trả lời”" in said, row.state, row.text) == (
        True,
        OpinionState.ANSWERED,
        "Đường hỏng 0",
    )


def test_the_answer_to_what_was_just_led_out_does_not_come_out(office, denounced):
    made, route_out = denounced

    said = cross(route_out, lambda: actions.release_answers([made], by=office[1]))

    row = Opinion.objects.get()
    assert (said.startswith("Có vấn đề vừa được chuyển ra"), row.state, row.text) == (
        True,
        OpinionState.ROUTED,
        "",
    )


def test_a_matter_joined_while_its_sender_is_forgotten_ends_without_a_circle(office):
    consultation, clerk, *_others = office
    group = grouped(consultation, clerk)
    row = classified(consultation, clerk, "Đường hỏng", "Cầu hỏng", contact=CONTACT)
    joined, alone = row.submission.opinions.order_by("pk")
    actions.add_to_group(group, [joined], by=clerk)
    ask_about_data(row.submission, kind="erase", note="", today=TODAY)
    request = DataRequest.objects.get()

    said = cross(
        lambda: Opinion.objects.select_for_update().get(pk=alone.pk),  # so begins who adds it
        lambda: actions.erase_person(request, by=clerk, today=TODAY, kept={}),
        then=lambda: actions.add_to_group(group, [alone], by=clerk),
    )

    alone.refresh_from_db()
    assert (said, alone.group, alone.text) == ("", None, "")


def test_a_matter_is_not_taken_out_of_one_that_is_merged_in_this_moment(office):
    consultation, clerk, *_others = office
    first, second, third = (grouped(consultation, clerk) for _time in range(3))
    actions.merge_group(first, by=clerk, into=second)
    second = IssueGroup.objects.get(pk=second.pk)

    said = cross(
        lambda: actions.merge_group(second, by=clerk, into=third),
        lambda: actions.undo_merge(IssueGroup.objects.get(pk=first.pk), by=clerk),
    )

    assert said.startswith("Hãy tách vấn đề đã nhận nó ra trước")
    assert IssueGroup.objects.get(pk=first.pk).merged_into == second
