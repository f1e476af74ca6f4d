import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import Message
from core.timephrase import parse
from core.transitions import IllegalMoveError
from documents.actions import revoke_document
from documents.documents import paper_of
from feedback import actions
from feedback.actions import forwarding
from feedback.models import Forwarding, Opinion, Sender
from feedback.queries.forwarding import findings_of_list
from feedback.states import ForwardingState, OpinionState
from organisations.models import AdministrativeUnit, Post, Role
from tests.factories.documents import head_of, issued
from tests.factories.feedback import ConsultationFactory, SessionFactory, opinion, sent
from tests.factories.organisations import (
    OrganisationFactory,
    PartyTermFactory,
    UnitFactory,
    member,
)
from tests.feedback.steps import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_fast_templates")]
WHO = {"full_name": "Quokka Bình", "phone": "0912345678", "email": "quokka@vidu.vn"}


@pytest.fixture
def province(consultation):
    """The body above, with a clerk of its own on this installation and a consultation."""
    unit = consultation.organisation.unit
    above = UnitFactory(name="Lam Giang", kind="tỉnh", level=AdministrativeUnit.Level.PROVINCE)
    AdministrativeUnit.objects.filter(pk=unit.pk).update(parent=above)
    body = OrganisationFactory(name="UBND tỉnh Lam Giang", system="state", unit=above)
    body.clerk = member(Role.CLERK, body)
    return body


def beyond(consultation, clerk, text="Xin mở quốc lộ qua xã", **given):
    """An opinion the office sorted as the province's."""
    receipt = sent(consultation, text, **given)
    row = receipt.submission.opinions.get()
    actions.classify_opinion(row, by=clerk, kind="proposal", field=row.field, competence="province")
    return receipt, row


def sent_list(chosen, consultation, clerk, receiver):
    """A list whose letter was signed."""
    office = consultation.organisation
    if not office.memberships.filter(role=Role.HEAD).exists():
        post = Post.objects.create(organisation=office, name="Bí thư", is_head=True)
        member(Role.HEAD, office).memberships.update(post=post)
        PartyTermFactory(organisation=office)
    made = forwarding.start_forwarding(
        chosen, by=clerk, organisation=office, receiver=receiver, today=TODAY,
        receiver_name="" if receiver else "Bộ Giao thông",
    )  # fmt: skip
    issued(made.document, today=TODAY)
    made.refresh_from_db()
    return made


def test_who_has_a_post_today_is_told_whenever_it_ends_or_others_begin(
    consultation, clerk, province
):
    today = timezone.localdate()
    tomorrow = today + datetime.timedelta(days=1)
    province.clerk.memberships.update(valid_to=today)
    member(Role.CLERK, province).memberships.update(valid_from=tomorrow)
    _receipt, row = beyond(consultation, clerk)

    made = sent_list(forwarding.Chosen([row]), consultation, clerk, province)

    told = Message.objects.filter(key__startswith=f"forwarding:{made.pk}:")
    assert (made.is_on_paper, set(told.values_list("recipient", flat=True))) == (
        False, {province.clerk.pk},
    )  # fmt: skip


def test_a_list_goes_up_is_taken_over_and_its_answer_comes_back_to_the_citizen(
    browse, consultation, clerk, province
):
    receipt, row = beyond(consultation, clerk, contact=WHO, has_confirmed=True)
    made = sent_list(forwarding.Chosen([row]), consultation, clerk, province)
    codes = {"code": receipt.code, "secret": receipt.secret}
    row.refresh_from_db()

    printed = str(paper_of(made.document))
    assert (row.text in printed, made.shown_code in printed, "Quokka" in printed) == (
        True, True, False,
    )  # fmt: skip
    assert (made.state, made.direction, row.state, row.resolution, row.resolution_target) == (
        ForwardingState.SENT, "up", OpinionState.FORWARDED, "escalated", province.name,
    )  # fmt: skip
    way = f"Đã chuyển {province.name} ngày 08/05/2026, mã {made.shown_code}.1."
    assert way in browse(None)("track", post=codes).content.decode()

    # The receiver hears of it, opens it, takes it over.
    told = Message.objects.filter(
        key__startswith=f"forwarding:{made.pk}:", recipient=province.clerk
    )
    assert told.exists()
    theirs = ConsultationFactory(
        session=SessionFactory(), organisation=province, title="Lấy ý kiến cấp tỉnh"
    )
    pages = browse(province.clerk)
    assert made.shown_code in pages("forwardings").content.decode()
    page = pages("forwarding", made.pk).content.decode()
    assert (row.text in page, "Quokka" in page, "0912345678" in page) == (True, False, False)
    pages("forwarding_take", made.pk, post={"consultation": theirs.pk})

    copy = Opinion.objects.get(submission__consultation=theirs)
    assert (copy.text, copy.came_from.opinion, copy.supporters) == (row.text, row, 1)
    assert Sender.objects.filter(submission=copy.submission).count() == 0
    assert copy.code in browse(clerk)("forwarding", made.pk).content.decode()
    assert "Nơi nhận đã tiếp nhận" in browse(None)("track", post=codes).content.decode()

    # Answered above like any opinion; it is read below only after the release.
    answer = answered_above(copy, province)
    assert answer.text not in browse(None)("track", post=codes).content.decode()
    actions.release_answers([answer], by=province.clerk)

    row.refresh_from_db()
    made.refresh_from_db()
    shown = browse(None)("track", post=codes).content.decode()
    assert (answer.text in shown, province.name in shown, row.state, made.state) == (
        True, True, OpinionState.ANSWERED, ForwardingState.ANSWERED,
    )  # fmt: skip
    letters = Message.objects.filter(key__startswith="forwarded-answer:", recipient=None)
    assert [(str(one.address), answer.text in one.body) for one in letters] == [
        (WHO["email"], False)
    ]
    assert answer.text in browse(clerk)("forwarding", made.pk).content.decode()


def answered_above(copy, province):
    """The province's office groups its opinion, asks a department, accepts the answer."""
    department = OrganisationFactory(name="Sở Xây dựng", system="state", unit=province.unit)
    officer, clerk = member(Role.OFFICER, department), province.clerk
    actions.classify_opinion(
        copy, by=clerk, kind="proposal", field=copy.field, competence="province"
    )
    group = actions.create_group(
        [copy], by=clerk, title="Quốc lộ", field=copy.field, competence="province"
    )
    due = parse("trước ngày 20/5/2026")
    actions.ask_agency(group, by=clerk, lead=department, due=due, today=TODAY)
    answer = actions.write_answer(group, by=officer, text="Tỉnh sẽ trình Bộ trong quý III")
    actions.submit_answer(answer, by=officer)
    actions.accept_answer(answer, by=clerk)
    return answer


def test_a_returned_list_frees_its_opinions_and_a_recalled_one_too(
    browse, consultation, clerk, province
):
    _receipt, row = beyond(consultation, clerk)
    made = sent_list(forwarding.Chosen([row]), consultation, clerk, province)
    browse(province.clerk)("forwarding_return", made.pk, post={"reason": "Thuộc thẩm quyền xã"})
    row.refresh_from_db()
    assert (row.state, row.resolution) == (OpinionState.CLASSIFIED, "")

    again = sent_list(forwarding.Chosen([row]), consultation, clerk, province)
    revoke_document(again.document, by=head_of(again.document), reason="Nhầm nơi nhận")
    row.refresh_from_db()
    again.refresh_from_db()
    assert (row.state, again.state) == (OpinionState.CLASSIFIED, ForwardingState.CANCELLED)
    assert Forwarding.objects.get(pk=made.pk).state == ForwardingState.RETURNED


def test_an_answer_is_read_also_when_the_rest_of_its_list_comes_back(browse, consultation, clerk):
    receipt, row = beyond(consultation, clerk)
    _other, waits = beyond(consultation, clerk, "Xin mở chợ")
    made = sent_list(forwarding.Chosen([row, waits]), consultation, clerk, None)
    text = "Bộ đã ghi vào kế hoạch 2027"
    forwarding.answer_item(made.items.get(opinion=row), by=clerk, text=text, today=TODAY)

    forwarding.return_forwarding(made, by=clerk, reason="Việc chợ thuộc thẩm quyền xã")

    states = list(Opinion.objects.order_by("pk").values_list("state", flat=True))
    assert states == [OpinionState.ANSWERED, OpinionState.CLASSIFIED]
    codes = {"code": receipt.code, "secret": receipt.secret}
    assert text in browse(None)("track", post=codes).content.decode()


def test_a_receiver_without_the_software_is_paper_and_the_office_writes_down_what_it_hears(
    browse, consultation, clerk
):
    receipt, row = beyond(consultation, clerk)
    made = sent_list(forwarding.Chosen([row]), consultation, clerk, None)
    pages, item = browse(clerk), made.items.get()

    pages("forwarding_take", made.pk, post={})
    pages("line_answer", made.pk, item.pk, post={"text": "Bộ đã ghi vào kế hoạch 2027"})

    made.refresh_from_db()
    row.refresh_from_db()
    codes = {"code": receipt.code, "secret": receipt.secret}
    shown = browse(None)("track", post=codes).content.decode()
    assert (made.is_on_paper, made.state, row.state) == (
        True, ForwardingState.ANSWERED, OpinionState.ANSWERED,
    )  # fmt: skip
    assert ("Bộ đã ghi vào kế hoạch 2027" in shown, "Bộ Giao thông" in shown) == (True, True)


def test_an_opinion_that_joins_a_matter_answered_by_another_level_is_answered_and_told(
    browse, consultation, clerk
):
    _receipt, first = beyond(consultation, clerk, contact=WHO, has_confirmed=True)
    group = actions.create_group(
        [first], by=clerk, title="Quốc lộ", field=first.field, competence="province"
    )
    made = sent_list(forwarding.Chosen(groups=[group]), consultation, clerk, None)
    text = "Bộ đã ghi vào kế hoạch 2027"
    forwarding.answer_item(made.items.get(), by=clerk, text=text, today=TODAY)
    na = WHO | {"email": "na@vidu.vn"}
    receipt, late = beyond(consultation, clerk, "Quốc lộ", contact=na, has_confirmed=True)

    actions.add_to_group(group, [late], by=clerk)

    late.refresh_from_db()
    assert (late.state, late.resolution, late.resolution_target) == (
        OpinionState.ANSWERED, Opinion.Resolution.ANSWERED, "Bộ Giao thông",
    )  # fmt: skip
    codes = {"code": receipt.code, "secret": receipt.secret}
    assert text in browse(None)("track", post=codes).content.decode()
    letters = Message.objects.filter(key__startswith="forwarded-answer:", recipient=None)
    told = [str(one.address) for one in letters.order_by("pk")]
    assert told == [WHO["email"], "na@vidu.vn"]


def test_a_list_is_made_of_what_is_beyond_the_office_and_only_once(
    browse, consultation, clerk, province, officer
):
    _receipt, row = beyond(consultation, clerk)
    own = opinion(consultation, "Đường thôn hỏng")
    actions.classify_opinion(own, by=clerk, kind="proposal", field=own.field, competence="commune")
    office, pages = consultation.organisation, browse(clerk)
    assert browse(officer)("forwarding_create", office.pk).status_code == 404

    page = pages("forwarding_create", office.pk).content.decode()
    assert (row.code in page, own.code in page) == (True, False)
    done = pages("forwarding_create", office.pk, post={"receiver": province.pk, "opinion": row.pk})
    made = Forwarding.objects.get()
    assert done.url == reverse("feedback:forwarding", args=[made.pk])
    with pytest.raises(IllegalMoveError):
        forwarding.start_forwarding(
            forwarding.Chosen([row]), by=clerk, organisation=office, receiver=province, today=TODAY
        )
    # A draft is nobody else's; its lines are put into words that name nobody.
    assert browse(province.clerk)("forwarding", made.pk).status_code == 404
    item = made.items.get()
    pages("line_edit", made.pk, item.pk, post={"text": "Mở quốc lộ qua xã"})
    item.refresh_from_db()
    assert item.text == "Mở quốc lộ qua xã"
    # Somebody withdrew meanwhile: the letter cannot be signed before the line is dropped.
    Opinion.objects.filter(pk=row.pk).update(state=OpinionState.WITHDRAWN)
    found = [finding.message for finding in findings_of_list(made.document)]
    assert found == ["Dòng 1: ý kiến đã được xử lý cách khác. Hãy bỏ dòng này khỏi danh sách."]
    pages("line_drop", made.pk, item.pk, post={})
    assert made.items.count() == 0


def test_lines_close_up_when_one_is_dropped(
    consultation, clerk, province, django_assert_max_num_queries
):
    rows = [beyond(consultation, clerk)[1] for _ in range(6)]
    made = forwarding.start_forwarding(
        forwarding.Chosen(rows),
        by=clerk,
        organisation=consultation.organisation,
        receiver=province,
        today=TODAY,
    )
    first, *others = made.items.order_by("position")
    with django_assert_max_num_queries(10):
        forwarding.drop_item(first, by=clerk)

    left = made.items.order_by("position")
    assert [(row.pk, row.position) for row in left] == [
        (row.pk, place) for place, row in enumerate(others, start=1)
    ]
