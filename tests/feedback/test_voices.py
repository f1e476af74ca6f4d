import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.models import Message
from core.timephrase import parse
from core.transitions import IllegalMoveError
from feedback import actions
from feedback.actions import reopening, voices
from feedback.http import proof_for, ticket_for
from feedback.models import Addition, DataRequest, Opinion, Reopening, RestrictedMatter, Verdict
from feedback.states import OpinionState
from tests.factories.feedback import opinion, sent
from tests.feedback.steps import TODAY, answered, asked, body, classified

pytestmark = pytest.mark.django_db


@pytest.fixture
def look_up(client):
    """`look_up(receipt)` opens the look-up page and returns it."""

    def open_page(receipt):
        codes = {"code": receipt.code, "secret": receipt.secret}
        return client.post(reverse("feedback:track"), codes)

    return open_page


def act(client, name, row, **typed):
    ticket = ticket_for(row.submission_id)
    address = reverse(f"feedback:{name}", args=[row.pk])
    return client.post(address, {"ticket": ticket, **typed})


def test_the_look_up_page_offers_what_can_be_done_and_never_the_secret(look_up, consultation):
    receipt = sent(consultation)

    page = look_up(receipt).content.decode()

    assert "Bổ sung thông tin hoặc rút ý kiến này" in page
    assert "đã được giải quyết chưa" not in page
    assert (receipt.secret in page, receipt.shown_secret in page) == (False, False)


def test_words_are_added_once_and_the_office_reads_them(client, browse, consultation, clerk):
    row = opinion(consultation)
    token = str(uuid.uuid4())

    for _click in range(2):
        page = act(client, "track_add", row, text="Hỏng thêm một đoạn", token=token)

    assert (page.status_code, Addition.objects.count()) == (200, 1)
    assert "Hỏng thêm một đoạn" in page.content.decode()
    assert "Hỏng thêm một đoạn" in browse(clerk)("opinion", row.pk).content.decode()


def test_a_forged_ticket_and_a_ticket_of_another_form_do_nothing(client, consultation):
    row, other = opinion(consultation), opinion(consultation, "Việc khác")
    typed = {"text": "x", "token": str(uuid.uuid4())}
    address = reverse("feedback:track_add", args=[row.pk])

    forged = client.post(address, {"ticket": "abc", **typed})
    foreign = client.post(address, {"ticket": ticket_for(other.submission_id), **typed})

    assert (forged.status_code, foreign.status_code) == (403, 404)
    assert Addition.objects.count() == 0


def test_a_ticket_is_good_for_an_hour(client, consultation, settings, monkeypatch):
    row = opinion(consultation)
    monkeypatch.setattr("feedback.http.HOUR", -1)

    late = act(client, "track_withdraw", row, sure="on")

    assert late.status_code == 403
    assert "quá một giờ" in late.content.decode()


def test_a_sender_takes_an_opinion_back(client, consultation):
    row = opinion(consultation)

    unsure = act(client, "track_withdraw", row)
    row.refresh_from_db()
    assert (unsure.status_code, row.state) == (422, OpinionState.RECEIVED)
    assert unsure.content.decode().count('class="error-summary"') == 1

    act(client, "track_withdraw", row, sure="on")
    again = act(client, "track_withdraw", row, sure="on")
    row.refresh_from_db()
    assert (again.status_code, row.state) == (200, OpinionState.WITHDRAWN)
    assert Opinion.objects.in_dialogue().count() == 0


def test_once_an_agency_was_asked_nothing_is_taken_back(client, consultation, clerk, agency):
    row = asked(consultation, clerk, agency).opinions.first()

    page = act(client, "track_withdraw", row, sure="on")

    row.refresh_from_db()
    assert (page.status_code, row.state) == (409, OpinionState.ASKED)
    assert "Cơ quan đang chuẩn bị trả lời" in page.content.decode()


def test_words_added_leave_the_dialogue_with_their_opinion(client, consultation, clerk):
    row = opinion(consultation)
    act(client, "track_add", row, text="Ông T. nhận tiền", token=str(uuid.uuid4()))
    actions.route_out_opinion(
        row, by=clerk, kind="denunciation", receiving_body="Thanh tra", reason="", today=TODAY
    )

    late = act(client, "track_add", row, text="Thêm nữa", token=str(uuid.uuid4()))

    assert late.status_code == 409
    assert Addition.objects.count() == 0
    assert "Ông T. nhận tiền" in RestrictedMatter.objects.get().content


def test_the_outcome_is_judged_only_after_the_release(client, consultation, clerk, agency, officer):
    answer = answered(consultation, clerk, agency, officer)
    actions.accept_answer(answer, by=clerk)
    row = answer.group.opinions.first()
    early = act(client, "track_verdict", row, is_settled="1")
    assert (early.status_code, Verdict.objects.count()) == (409, 0)

    actions.release_answers([answer], by=clerk)
    silent = act(client, "track_verdict", row, is_settled="0")
    assert (silent.status_code, Verdict.objects.count()) == (422, 0)
    act(client, "track_verdict", row, is_settled="0", reason="Mới rải một nửa")
    act(client, "track_verdict", row, is_settled="0", reason="Mới rải một nửa")

    assert Verdict.objects.get().reason == "Mới rải một nửa"
    letters = Message.objects.filter(key__startswith="unsettled:", recipient=clerk)
    assert [letter for letter in letters if "nửa" in letter.body] == []
    assert letters.count() == 2

    request = Reopening.objects.get()
    due = parse(f"chậm nhất ngày {timezone.localdate():%d/%m/%Y}")
    words = {"by": clerk, "decision": "Rải nốt", "today": timezone.localdate()}
    given = reopening.uphold_reopening(request, due=due, **words)
    act(client, "track_verdict", row, is_settled="0", reason="Vẫn một nửa")
    assert (given.lead, given.origin, Reopening.objects.count()) == (agency, request, 1)


def test_asking_about_data_starts_the_legal_clocks_as_one_task(consultation):
    receipt = sent(consultation, contact={"full_name": "Trần Văn Bình"})

    first = voices.ask_about_data(receipt.submission, kind="erase", note="", today=TODAY)
    second = voices.ask_about_data(receipt.submission, kind="erase", note="", today=TODAY)

    assert first.pk == second.pk
    assert f"{first.reply_by:%d/%m}" == "12/05"
    task = DataRequest.objects.get().task
    assert (f"{task.due_on:%d/%m}", task.lead) == ("28/05", consultation.organisation)
    assert "Bình" not in f"{task.title} {task.details} {task.origin_label}"


def test_the_page_takes_a_request_about_data_and_says_until_when(client, consultation):
    receipt = sent(consultation)
    address = reverse("feedback:track_data")
    ticket = ticket_for(receipt.submission.pk)

    empty = client.post(address, {"ticket": ticket})
    page = client.post(address, {"ticket": ticket, "kind": "access"})

    assert (empty.status_code, page.status_code) == (422, 200)
    assert "Đã nhận yêu cầu" in page.content.decode()
    assert client.post(address, {"ticket": "x", "kind": "access"}).status_code == 403


def test_an_address_is_confirmed_by_the_button_not_by_the_link(client, consultation):
    receipt = sent(consultation, contact={"email": "binh@vidu.vn"})
    sender = receipt.submission.sender
    link = reverse("feedback:email_confirm", args=[proof_for(sender)])
    letter = Message.objects.get(key__startswith="email-confirm")
    assert (letter.link, "lầy lội" in letter.body) == (link[: len(letter.link)] or link, False)

    opened = client.get(link)
    sender.refresh_from_db()
    assert (opened.status_code, sender.email_confirmed_at) == (200, None)

    client.post(link)
    sender.refresh_from_db()
    assert sender.email_confirmed_at is not None
    assert client.post(link[:-3] + "/").status_code == 404


def test_without_an_address_nothing_more_is_asked_of_the_database(consultation):
    with CaptureQueriesContext(connection) as plain:
        sent(consultation)

    assert not any("core_message" in row["sql"] for row in plain)


def test_an_unconfirmed_address_hears_nothing_of_the_answer(consultation, clerk, agency, officer):
    contact = {"email": "binh@vidu.vn"}
    answer = answered(consultation, clerk, agency, officer, contact=contact)
    actions.accept_answer(answer, by=clerk)

    release = actions.release_answers([answer], by=clerk)

    assert not Message.objects.filter(key__startswith="answer-released").exists()
    assert set(release.notices.values_list("channel", flat=True)) == {"conference"}


def test_words_are_not_added_to_what_is_answered(consultation, clerk, agency, officer):
    answer = answered(consultation, clerk, agency, officer)
    actions.accept_answer(answer, by=clerk)
    actions.release_answers([answer], by=clerk)

    with pytest.raises(IllegalMoveError):
        voices.add_words(answer.group.opinions.first(), text="x", token=uuid.uuid4())


def test_the_page_stays_small(look_up, consultation, clerk):
    receipt = sent(consultation, *[f"Việc {n}" for n in range(10)])

    page = look_up(receipt)

    assert len(body(page)) < 60_000
    ids = re.findall(r'\bid="([^"]+)"', page.content.decode())
    assert len(ids) == len(set(ids))


def test_the_page_costs_the_same_for_one_matter_and_for_ten(look_up, consultation):
    def cost(receipt):
        with CaptureQueriesContext(connection) as spent:
            look_up(receipt)
        return len(spent)

    one, ten = sent(consultation), sent(consultation, *[f"Việc {n}" for n in range(10)])
    cost(one)

    assert cost(one) == cost(ten)


def test_a_grouped_opinion_leaves_its_group_when_taken_back(consultation, clerk):
    rows = [classified(consultation, clerk, f"Đường hỏng {n}") for n in range(2)]
    group = actions.create_group(
        rows, by=clerk, title="Đường", field=rows[0].field, competence="commune"
    )
    row = Opinion.objects.get(pk=rows[0].pk)

    voices.withdraw_opinion(row)

    assert (group.opinions.count(), timezone.now() > row.created_at) == (1, True)
