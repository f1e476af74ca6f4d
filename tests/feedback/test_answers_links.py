import datetime

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assignments.models import Task
from assignments.states import TaskState
from core import outbox
from core.models import HistoryEntry
from feedback import actions
from feedback.actions import links
from feedback.models import Answer, AnswerLink, AnswerPart, AnswerRequest
from feedback.queries.links import masked, path_of, token_of
from feedback.states import AnswerState
from organisations.models import Role
from tests.factories.organisations import member
from tests.feedback.steps import ANSWER, asked

pytestmark = pytest.mark.django_db
TOMORROW = datetime.timedelta(days=1)


@pytest.fixture
def link(consultation, clerk, agency):
    """A link of an agency in which nobody has an account, with a sender's telephone in the words."""
    group = asked(
        consultation, clerk, agency, contact={"full_name": "Quokka Bình", "phone": "0987650123"}
    )
    group.opinions.filter(text="Đường hỏng 0").update(text="Đường hỏng, gọi 0912 345 678")
    return links.make_link(
        AnswerRequest.objects.get(group=group),
        by=clerk,
        email="phongkinhte@xa.example",
        expires_at=timezone.now() + TOMORROW,
    )


def press(client, link, act, **typed):
    return client.post(path_of(link), {"act": act, **typed})


def rows_now():
    return [model.objects.count() for model in (Answer, AnswerLink, HistoryEntry)]


def test_opening_the_address_changes_nothing_and_the_button_shows_the_form(client, link):
    before = rows_now()

    doors = [client.get(path_of(link)) for _scan in range(3)]

    assert rows_now() == before
    assert AnswerLink.objects.get().browser_hash == ""
    page = doors[0].content.decode()
    assert ("Bắt đầu soạn câu trả lời" in page, "Đường hỏng, gọi" in page) == (True, False)
    assert (doors[0]["X-Robots-Tag"], doors[0]["Referrer-Policy"]) == ("noindex", "no-referrer")
    form = press(client, link, "open")
    words = form.content.decode()
    assert ("Đường hỏng, gọi […]" in words, "Quokka" in words, "0912" in words) == (
        True,
        False,
        False,
    )
    assert form["Referrer-Policy"] == "no-referrer"


def test_an_agency_without_account_answers_and_the_office_judges(client, browse, link, clerk):
    press(client, link, "open")
    kept = press(client, link, "save", text=ANSWER, version="0")
    unsigned = press(client, link, "send", text=ANSWER, version="1")

    sent = press(client, link, "send", text=ANSWER, signer="Lê Văn Tám, Trưởng phòng", version="1")
    again = press(client, link, "send", text="Khác", signer="x", version="2")

    answer = Answer.objects.get()
    assert "Đã lưu bản thảo" in kept.content.decode()
    assert [page.status_code for page in (unsigned, sent, again)] == [422, 200, 200]
    assert (answer.state, answer.text, answer.written_by) == (AnswerState.SUBMITTED, ANSWER, None)
    assert Task.objects.get().state == TaskState.REPORTED
    assert "Lê Văn Tám" in browse(clerk)("group", answer.group_id).content.decode()
    actions.return_answer(answer, by=clerk, reason="Thêm thời hạn")
    assert "Thêm thời hạn" in press(client, link, "open").content.decode()
    press(client, link, "send", text="Bản hai", signer="Lê Văn Tám", version="2")
    answer.refresh_from_db()
    actions.accept_answer(answer, by=clerk)
    assert (answer.state, answer.text) == (AnswerState.ACCEPTED, "Bản hai")


def test_a_head_with_an_account_approves_what_came_through_a_link(client, link, agency):
    member(Role.HEAD, agency)
    press(client, link, "open")

    page = press(client, link, "send", text=ANSWER, signer="Lê Văn Tám", version="0")

    assert Answer.objects.get().state == AnswerState.AT_HEAD
    assert "chờ lãnh đạo cơ quan của Ông/Bà duyệt" in page.content.decode()


def test_a_forwarded_link_shows_nothing_and_renews_only_to_the_agency(client, link):
    press(client, link, "open")
    press(client, link, "save", text=ANSWER, version="0")
    other = Client()

    pages = [press(other, link, act, text="Của tôi", version="1") for act in ("open", "save")]
    renewed = press(other, link, "renew")

    assert [page.status_code for page in pages] == [403, 403]
    for page in pages:
        words = page.content.decode()
        assert ("đã được mở ở một máy khác" in words, ANSWER in words) == (True, False)
    assert "Của tôi" in pages[1].content.decode()
    fresh = AnswerLink.objects.latest("pk")
    assert ("Đã gửi đường dẫn mới" in renewed.content.decode(), fresh.email) == (True, link.email)
    assert token_of(fresh) not in renewed.content.decode()
    assert ANSWER in press(other, fresh, "open").content.decode()


@pytest.mark.parametrize(
    ("ending", "sentence"),
    (
        ("expired", "Đường dẫn đã hết hạn"),
        ("revoked", "Văn phòng đã thu hồi đường dẫn này"),
        ("withdrawn", "Văn phòng đã rút đề nghị trả lời này"),
    ),
)
def test_an_ended_link_says_so_and_gives_back_what_was_typed(client, link, clerk, ending, sentence):
    press(client, link, "open")
    press(client, link, "save", text="Đã lưu trước", version="0")
    if ending == "expired":
        AnswerLink.objects.update(expires_at=timezone.now() - TOMORROW)
    elif ending == "revoked":
        links.revoke_link(link, by=clerk)
    else:
        actions.withdraw_request(link.request, by=clerk, reason="Nhầm")

    page = press(client, link, "send", text="Bản đang gõ", signer="x", version="1")

    words = page.content.decode()
    assert (page.status_code, sentence in words, "Bản đang gõ" in words) == (410, True, True)
    kept = [*Answer.objects.values_list("text", flat=True)]
    kept += AnswerPart.objects.order_by("pk").values_list("text", flat=True)
    assert kept == (["Đã lưu trước", "Bản đang gõ"] if ending == "withdrawn" else ["Đã lưu trước"])
    assert client.get(path_of(link)).status_code == 410


def test_a_link_answers_its_own_request_only(client, link, consultation, clerk, agency):
    other = asked(consultation, clerk, agency)
    press(client, link, "open")

    press(client, link, "save", text=ANSWER, version="0")

    assert Answer.objects.get().group_id == link.request.group_id
    assert not Answer.objects.filter(group=other).exists()


def test_a_second_window_sees_both_texts(client, link):
    press(client, link, "open")
    press(client, link, "save", text="Bản một", version="0")
    press(client, link, "save", text="Bản hai", version="1")

    late = press(client, link, "save", text="Bản ba", version="1")

    assert late.status_code == 409
    assert ("Bản hai" in late.content.decode(), "Bản ba" in late.content.decode()) == (True, True)


def test_the_token_stands_nowhere_but_in_the_letter(link, settings):
    token = token_of(link)
    with connection.cursor() as cursor:
        found = 0
        for table in connection.introspection.table_names():
            cursor.execute(
                f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE ANY(%s)',
                [[f"%{token}%", f"%{path_of(link).split('/')[-2]}%"]],
            )
            found += cursor.fetchone()[0]

    assert found == 0
    outbox.send_waiting()
    letter = next(row for row in mail.outbox if row.to == ["phongkinhte@xa.example"])
    assert settings.SITE_URL.rstrip("/") + path_of(link) in letter.body


def test_guessing_is_throttled(client, settings):
    settings.TRACKING_TRIES_PER_HOUR = 2

    pages = [client.get(reverse("feedback:link", args=["0" * 31])) for _try in range(3)]

    assert [page.status_code for page in pages] == [404, 404, 429]


def test_the_office_makes_shows_and_revokes_links(browse, link, clerk, officer):
    page = browse(clerk)
    tomorrow = timezone.localdate() + TOMORROW
    request = link.request

    far = page("link_create", request.pk, post={"expires_on": f"{tomorrow:%d/%m/}2099"})
    page("link_create", request.pk, post={"expires_on": f"{tomorrow:%d/%m/%Y}"})
    fresh = AnswerLink.objects.latest("pk")

    assert "trong vòng 60 ngày" in far.content.decode()
    link.refresh_from_db()
    assert link.revoked_at is not None
    shown = page.client.get(page("link_look", fresh.pk, post={}).url).content.decode()
    assert path_of(fresh) in shown
    assert HistoryEntry.objects.filter(note="Xem đường dẫn trả lời").count() == 1
    assert browse(officer)("link_look", fresh.pk, post={}).status_code == 403
    assert page("link_show", fresh.pk).url == request.get_absolute_url()
    page("link_revoke", fresh.pk, post={})
    fresh.refresh_from_db()
    assert fresh.revoked_at is not None


def test_what_could_reach_a_person_is_masked():
    text = "Gọi 0912 345 678 hoặc an.b@mail.vn, CCCD 012345678901; nợ 15.000.000 đồng năm 2024"

    assert masked(text) == "Gọi […] hoặc […], CCCD […]; nợ 15.000.000 đồng năm 2024"
