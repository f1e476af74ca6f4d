"""Two people work on one list to another level in the same moment."""

import pytest

from core.models import Message
from documents.actions import issue_document, revoke_document, submit_document
from feedback.actions import add_to_group, forwarding
from feedback.models import Consultation, Opinion
from feedback.states import ForwardingState, OpinionState
from organisations.models import Post, Role, User
from tests.crossing import cross
from tests.factories.documents import head_of, issued
from tests.factories.organisations import PartyTermFactory, member
from tests.feedback.conftest import made_office
from tests.feedback.steps import TODAY, classified, grouped

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("_fast_templates"),
]


@pytest.fixture
def clerk():
    consultation_id, clerk_id, *_others = made_office()
    office = Consultation.objects.get(pk=consultation_id).organisation
    post = Post.objects.create(organisation=office, name="Bí thư", is_head=True)
    member(Role.HEAD, office).memberships.update(post=post)
    PartyTermFactory(organisation=office)
    return User.objects.get(pk=clerk_id)


@pytest.fixture
def draft(clerk):
    """A list of two lines to a body that hears of it on paper."""
    consultation = Consultation.objects.get()
    rows = [classified(consultation, clerk, f"Xin mở quốc lộ {n}") for n in range(2)]
    return list_of(forwarding.Chosen(rows), clerk)


def list_of(chosen, clerk):
    return forwarding.start_forwarding(
        chosen,
        by=clerk,
        organisation=Consultation.objects.get().organisation,
        receiver=None,
        receiver_name="Bộ Giao thông",
        today=TODAY,
    )


@pytest.fixture
def lines(draft):
    """The two lines of the list once it was sent."""
    issued(draft.document, today=TODAY)
    return list(draft.items.select_related("forwarding").order_by("position"))


def answer(line, text="Đã ghi vào kế hoạch", *, by):
    forwarding.answer_item(line, by=by, text=text, today=TODAY)


def stands(draft):
    draft.refresh_from_db()
    opinions = Opinion.objects.order_by("pk").values_list("state", flat=True)
    return draft.state, list(opinions)


CLOSED = "Danh sách đã trình ký hoặc đã chuyển, không sửa được nữa."


def test_a_list_that_was_just_submitted_is_signed_as_the_head_reads_it(clerk, draft):
    line, other = draft.items.select_related("forwarding__document").order_by("position")

    def submit():
        submit_document(draft.document, by=clerk)

    dropped = cross(submit, lambda: forwarding.drop_item(line, by=clerk))
    edited = cross(lambda: None, lambda: forwarding.edit_item(other, by=clerk, text="Khác"))

    texts = list(draft.items.order_by("position").values_list("text", flat=True))
    assert (dropped, edited, texts) == (CLOSED, CLOSED, ["Xin mở quốc lộ 0", "Xin mở quốc lộ 1"])


def test_a_list_that_was_just_signed_is_not_given_up(clerk, draft):
    open_page = type(draft).objects.select_related("document").get(pk=draft.pk)
    submit_document(draft.document, by=clerk)
    head = head_of(draft.document)

    def sign():
        issue_document(draft.document, by=head, today=TODAY)

    said = cross(sign, lambda: forwarding.cancel_forwarding(open_page, by=clerk))

    assert (said, stands(draft)) == (
        CLOSED,
        (ForwardingState.SENT, [OpinionState.FORWARDED, OpinionState.FORWARDED]),
    )


def test_two_lines_are_dropped_at_once_and_one_that_is_gone_is_not_dropped_again(clerk, draft):
    extra = draft.items.get(position=2)
    extra.pk, extra.position = None, 3
    extra.save()
    lines = draft.items.select_related("forwarding__document").order_by("position")
    (first, second, third), (_first, gone, _third) = lines.all(), lines.all()

    said = cross(
        lambda: forwarding.drop_item(first, by=clerk),
        lambda: forwarding.drop_item(second, by=clerk),
    )
    again = cross(lambda: None, lambda: forwarding.drop_item(gone, by=clerk))

    assert list(draft.items.values_list("pk", "position")) == [(third.pk, 1)]
    assert (said, again) == ("", "Dòng này đã được bỏ khỏi danh sách. Hãy tải lại trang.")


def test_of_two_answers_to_one_line_the_first_stands(clerk, draft, lines):
    first, again = lines[0], draft.items.select_related("forwarding").get(pk=lines[0].pk)

    said = cross(
        lambda: answer(first, "Năm 2027", by=clerk), lambda: answer(again, "Năm 2030", by=clerk)
    )

    assert said == "Dòng này không còn chờ trả lời."
    assert list(draft.items.order_by("position").values_list("answer", flat=True)) == [
        "Năm 2027",
        "",
    ]


def test_a_list_whose_last_two_lines_are_answered_at_once_is_answered(clerk, draft, lines):
    first, second = lines

    said = cross(lambda: answer(first, by=clerk), lambda: answer(second, by=clerk))

    assert (said, stands(draft)) == (
        "",
        (ForwardingState.ANSWERED, [OpinionState.ANSWERED, OpinionState.ANSWERED]),
    )


def test_a_list_that_was_just_returned_is_not_answered(clerk, draft, lines):
    def send_back():
        forwarding.return_forwarding(draft, by=clerk, reason="Thuộc thẩm quyền xã")

    draft.refresh_from_db()
    said = cross(send_back, lambda: answer(lines[0], by=clerk))

    assert (said, stands(draft)) == (
        "Dòng này không còn chờ trả lời.",
        (ForwardingState.RETURNED, [OpinionState.CLASSIFIED, OpinionState.CLASSIFIED]),
    )
    assert not Message.objects.filter(key__startswith="forwarded-answer:").exists()


def test_a_list_that_was_just_answered_is_not_recalled(clerk, draft, lines):
    document = draft.document
    document.refresh_from_db()

    said = cross(
        lambda: answer(lines[0], by=clerk),
        lambda: revoke_document(document, by=head_of(document), reason="Nhầm nơi nhận"),
    )

    assert (said, stands(draft)) == (
        "Nơi nhận đã tiếp nhận danh sách này, không thu hồi được nữa.",
        (ForwardingState.SENT, [OpinionState.ANSWERED, OpinionState.FORWARDED]),
    )


# --- a matter on a list ---------------------------------------------------------------------------


@pytest.fixture
def group(clerk):
    return grouped(Consultation.objects.get(), clerk)


@pytest.fixture
def sent(clerk, group):
    """A list of one matter, once it was sent."""
    made = list_of(forwarding.Chosen(groups=[group]), clerk)
    issued(made.document, today=TODAY)
    made.refresh_from_db()
    return made


@pytest.fixture
def add(clerk, group):
    late = classified(Consultation.objects.get(), clerk, "Đường cũng hỏng")
    return lambda: add_to_group(group, [late], by=clerk)


def states_in(group):
    return set(group.opinions.values_list("state", "resolution_target"))


@pytest.mark.parametrize("is_added_first", (True, False))
def test_an_opinion_added_while_its_matter_is_sent_goes_with_it(clerk, group, add, is_added_first):
    made = list_of(forwarding.Chosen(groups=[group]), clerk)
    submit_document(made.document, by=clerk)
    head = head_of(made.document)

    def sign():
        issue_document(made.document, by=head, today=TODAY)

    said = cross(add, sign) if is_added_first else cross(sign, add)

    assert (said, group.opinions.count(), states_in(group)) == (
        "",
        3,
        {(OpinionState.FORWARDED, "Bộ Giao thông")},
    )


@pytest.mark.parametrize("is_added_first", (True, False))
def test_an_opinion_added_while_its_matter_is_answered_is_answered(
    clerk, group, sent, add, is_added_first
):
    line = sent.items.select_related("forwarding").get()

    def reply():
        answer(line, by=clerk)

    said = cross(add, reply) if is_added_first else cross(reply, add)

    states = set(group.opinions.values_list("state", flat=True))
    assert (said, group.opinions.count(), states) == ("", 3, {OpinionState.ANSWERED})


@pytest.mark.parametrize("is_added_first", (True, False))
def test_an_opinion_added_while_its_matter_comes_back_waits_in_the_office(
    clerk, group, sent, add, is_added_first
):
    def send_back():
        forwarding.return_forwarding(sent, by=clerk, reason="Thuộc thẩm quyền xã")

    said = cross(add, send_back) if is_added_first else cross(send_back, add)

    assert (said, group.opinions.count(), states_in(group)) == (
        "",
        3,
        {(OpinionState.CLASSIFIED, "")},
    )
