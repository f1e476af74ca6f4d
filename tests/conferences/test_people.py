"""Who comes, who names them, where they sit, what is printed for them."""

import datetime
import io
import threading

import pdfplumber
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone
from openpyxl import Workbook

from conferences.actions import add_participants
from conferences.actions.hall_prints import make_hall_print, order_hall_print
from conferences.actions.nominating import (
    Unit,
    ask_units,
    name_delegate,
    revoke_link,
    set_last_day,
    withdraw_delegate,
)
from conferences.actions.people import edit_participant
from conferences.actions.seating import set_hall, set_seat
from conferences.forms.inviting import AnswerForm
from conferences.forms.nominating import AskForm, DelegateForm
from conferences.forms.people import ParticipantForm, ParticipantsForm
from conferences.models import Conference, Nomination, Participant, SeatPlan
from conferences.queries.nominations import path_of
from conferences.queries.people import attendance
from core.models import Message
from core.transitions import IllegalMoveError
from documents.printing.hall import Badge, Sign, render_badges
from tests.factories.conferences import ConferenceFactory, ParticipantFactory
from tests.factories.organisations import MembershipFactory
from tests.forms import once

TODAY = datetime.date(2026, 4, 20)


@pytest.fixture
def conference(db):
    return ConferenceFactory()


@pytest.fixture
def clerk(conference):
    return MembershipFactory(organisation=conference.organisation, role="clerk").user


@pytest.fixture
def unit(conference, clerk):
    """A hamlet without account that may name two."""
    return ask_units(conference, [Unit("thôn Gò Mây")], by=clerk, group=None, quota=2)[0]


def names(rows):
    return list(rows.order_by("pk").values_list("name", flat=True))


def post(client, address, **typed):
    return client.post(address, once(**typed))


def today_of(world):
    return Conference.objects.get(pk=world.rows["today"].pk)


def test_the_board_counts_each_group_of_the_plan_against_its_quota(world):
    board = attendance(today_of(world))

    shown = [(row.title, row.counts.named, row.missing, row.over) for row in board.rows]
    assert shown == [
        ("Mỗi hội nghị", 40, 20, 0),
        ("Cấp xã", 0, 20, 0),
        ("Thường trực Đảng ủy, lãnh đạo HĐND, UBND, Ủy ban MTTQ xã", 0, 8, 0),
        ("Lãnh đạo các cơ quan chuyên môn, đoàn thể xã", 0, 12, 0),
        ("Đại diện Nhân dân", 40, 8, 0),
    ]
    assert (board.planned_text, board.total.named, board.missing) == ("60 - 80", 40, 20)


def test_a_unit_names_through_its_account_and_the_third_of_two_is_refused(world):
    row = world.rows["today.nomination"]
    set_last_day(today_of(world), by=world.users["vanphong"], day=timezone.localdate())
    client, address = world.client("collector"), row.get_absolute_url()

    third = post(client, address, name="Người thứ ba")
    person = row.participants.first()
    post(client, address, act="withdraw", participant=person.pk)
    second = post(client, address, name="Người mới", phone="0912 345 678")

    assert (third.status_code, "đã cử đủ" in third.content.decode()) == (200, True)
    new = row.participants.get(name="Người mới")
    assert (second.status_code, row.participants.count()) == (302, 2)
    assert (new.phone, "0912345678" in client.get(address).content.decode()) == (
        "0912345678",
        False,
    )
    other = world.rows["today"].nominations.exclude(pk=row.pk).get()
    assert client.get(other.get_absolute_url()).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_two_who_name_the_last_delegate_at_once_one_is_refused():
    conference = ConferenceFactory()
    clerk = MembershipFactory(organisation=conference.organisation, role="clerk").user
    unit = ask_units(conference, [Unit("thôn Gò Mây")], by=clerk, group=None, quota=2)[0]
    name_delegate(unit, by=None, today=TODAY, name="Người đầu")
    start, said = threading.Barrier(2), []

    def press(name):
        try:
            start.wait(timeout=10)
            name_delegate(Nomination.objects.get(pk=unit.pk), by=None, today=TODAY, name=name)
            said.append("named")
        except IllegalMoveError as error:
            said.append(error.reason[:30])
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(name,)) for name in ("Hai", "Ba")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(said) == ["named", "thôn Gò Mây được cử 02 đại biể"]
    assert unit.participants.count() == 2


def test_a_link_names_delegates_and_opening_it_does_nothing(unit, clerk, client):
    address = path_of(unit)

    opened = client.get(address)
    assert (opened.status_code, opened["X-Robots-Tag"], Participant.objects.count()) == (
        200,
        "noindex",
        0,
    )
    post(client, address, name="Bà Mơ", post="Trưởng thôn")
    post(client, address, name="Ông Sáu")
    third = post(client, address, name="Ông Bảy")

    assert "đã cử đủ" in third.content.decode()
    assert names(unit.participants) == ["Bà Mơ", "Ông Sáu"]
    assert set(unit.participants.values_list("body", flat=True)) == {"thôn Gò Mây"}
    revoke_link(unit, by=clerk)
    late = post(client, address, act="withdraw", participant=unit.participants.first().pk)
    assert (late.status_code, unit.participants.count()) == (410, 2)
    assert client.get("/hoi-nghi/cu/ABCD-EFGH/").status_code == 404


def test_after_the_last_day_the_office_agrees_or_not_and_the_unit_hears(unit, clerk, client):
    kept = name_delegate(unit, by=None, today=TODAY, name="Bà Mơ")
    set_last_day(unit.conference, by=clerk, day=TODAY - datetime.timedelta(days=1))
    client.force_login(clerk)

    late = name_delegate(unit, by=None, today=TODAY, name="Ông Sáu")
    gone = withdraw_delegate(kept, by=None, today=TODAY)
    assert names(unit.participants) == ["Bà Mơ"]
    with pytest.raises(IllegalMoveError, match="đã cử đủ"):
        name_delegate(unit, by=None, today=TODAY, name="Ông Bảy")
    post(client, f"/hoi-nghi/doi-dai-bieu/{late.pk}/dong-y/")
    post(client, f"/hoi-nghi/doi-dai-bieu/{gone.pk}/tu-choi/", reason="Đã in giấy mời")

    assert names(unit.participants) == ["Bà Mơ", "Ông Sáu"]
    page = client.get(path_of(unit)).content.decode()
    assert ("Đã đồng ý" in page, "Không đồng ý</strong>: Đã in giấy mời" in page) == (True, True)
    again = post(client, f"/hoi-nghi/doi-dai-bieu/{late.pk}/dong-y/")
    assert (again.status_code, unit.participants.count()) == (409, 2)


def test_the_letter_holds_the_number_of_the_link_and_an_empty_choice_sends_nothing(
    conference, clerk, client
):
    client.force_login(clerk)
    page = f"/hoi-nghi/{conference.pk}/cu-dai-bieu/"
    post(client, page, quota="2", others="thôn Vạn Thọ; van-tho@example.vn\nthôn Cầu Gỗ")
    rows = Nomination.objects.order_by("pk")

    nobody = client.post(f"{page}gui/", once(), follow=True)
    assert ("không gửi thư nào" in nobody.content.decode(), Message.objects.count()) == (True, 0)
    post(client, f"{page}gui/", nomination=[row.pk for row in rows])

    letter = Message.objects.get()
    assert (letter.address, letter.link) == (
        "van-tho@example.vn",
        f"nomination-link:{rows[0].pk}",
    )
    assert [row.sent_at is None for row in Nomination.objects.order_by("pk")] == [False, True]


@pytest.mark.parametrize(
    ("typed", "said"),
    (
        ("; Trưởng thôn", "Thiếu họ và tên"),
        ("Ông A; ; ; 123", "10 hoặc 11 chữ số"),
        ("Ông A; ; ; ; không phải thư", "“Ông A;"),
        ("a;b;c;d;e;f", "Hãy viết:"),
        (f"{'x' * 121}", "Dài quá 120"),
        ("Ông 😀 A", "không in được trên giấy mời, thẻ đại biểu: “😀” (U+1F600)"),
        ("Ông A; ; thôn 中", "“中” (U+4E2D)"),
    ),
)
def test_a_line_that_cannot_be_read_is_named(db, typed, said):
    form = ParticipantsForm({"people": f"Bà Mơ\n{typed}"})

    assert (form.is_valid(), said in str(form.errors), "Dòng 2" in str(form.errors)) == (
        False,
        True,
        True,
    )


def test_two_of_one_name_are_kept_and_two_alike_are_asked_about(conference, clerk, client):
    client.force_login(clerk)
    page = f"/hoi-nghi/{conference.pk}/dai-bieu/"
    post(client, page, people="Nguyễn Văn An; Trưởng thôn; Gò Mây\nNguyễn Văn An; ; Vạn Thọ")

    asked = post(client, page, people="nguyễn văn an; trưởng thôn; gò mây")
    assert (asked.status_code, "Là hai người khác nhau" in asked.content.decode()) == (200, True)
    assert Participant.objects.count() == 2
    post(client, page, people="Nguyễn Văn An; Trưởng thôn; Gò Mây", twins="keep")

    assert Participant.objects.count() == 3
    listed = client.get(page).context["people"]
    assert [(row.has_namesake, row.has_twin) for row in listed] == [
        (True, True),
        (True, False),
        (True, True),
    ]


def test_one_person_with_two_posts_is_counted_once_and_has_both_on_paper(conference, clerk, client):
    one, two = add_participants(
        conference,
        [("Lê Minh", "Bí thư", "Chi bộ 1"), ("Lê Minh", "Trưởng thôn", "thôn 1")],
        by=clerk,
    )
    client.force_login(clerk)

    page = f"/hoi-nghi/{conference.pk}/dai-bieu/{one.pk}/"
    assert "gộp lại" in client.get(f"{page}sua/").content.decode()
    post(client, f"{page}gop/", other=two.pk)

    left = Participant.objects.get()
    assert (left.pk, left.post, left.body) == (one.pk, "Bí thư, Trưởng thôn thôn 1", "Chi bộ 1")


def test_a_spreadsheet_gives_its_good_rows_and_names_the_others(conference, clerk, client):
    client.force_login(clerk)
    book = Workbook()
    for row in (
        ["Danh sách đại biểu"],
        ["Họ và tên", "Chức vụ", "Đơn vị", "Điện thoại"],
        ["Bà Mơ", "Trưởng thôn", "Gò Mây", "0912345678"],
        ["", "Hội viên", "Vạn Thọ"],
        ["Ông Sáu", "", "", "12"],
        ["Ông 😀 Bảy"],
    ):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    file = SimpleUploadedFile("dai-bieu.xlsx", out.getvalue())

    page = client.post(f"/hoi-nghi/{conference.pk}/dai-bieu/bang-tinh/", {"file": file})

    read = page.context["read"]
    assert (read.lines, [problem[0] for problem in read.problems]) == (
        "Bà Mơ;Trưởng thôn;Gò Mây;0912345678",
        [4, 5, 6],
    )
    assert Participant.objects.count() == 0
    post(client, f"/hoi-nghi/{conference.pk}/dai-bieu/", people=read.lines)
    assert Participant.objects.get().phone == "0912345678"


def test_people_are_seated_by_group_guests_first_and_nobody_is_lost(conference, clerk, client):
    add_participants(conference, [(f"Người {number}",) for number in range(600)], by=clerk)
    guest = add_participants(conference, [("Khách quý",)], by=clerk, is_guest=True)[0]

    done = set_hall(conference, by=clerk, kind="row", blocks=10, seats_each=15)

    guest.refresh_from_db()
    assert (done.seated, done.left, guest.seat) == (150, 451, "Dãy 1 - ghế 01")
    assert Participant.objects.exclude(seat="").values("seat").distinct().count() == 150
    assert conference.participants.count() == 601
    client.force_login(clerk)
    said = "601 đại biểu cho 150 chỗ: 451 người chưa có chỗ"
    assert said in client.get(f"/hoi-nghi/{conference.pk}/dai-bieu/").content.decode()


def test_a_seat_is_typed_taken_seats_are_named_or_changed(conference, clerk):
    one, two = add_participants(conference, [("Bà Mơ",), ("Ông Sáu",)], by=clerk)
    set_hall(conference, by=clerk, kind="table", blocks=3, seats_each=10)

    set_seat(one, by=clerk, typed="3-7")
    assert one.seat == "Bàn 3 - chỗ 07"
    for typed, said in (("3-7", "đang là chỗ của Bà Mơ"), ("4-1", "Không có chỗ"), ("x", "Gõ|gõ")):
        with pytest.raises(IllegalMoveError, match=said):
            set_seat(two, by=clerk, typed=typed)
    set_seat(two, by=clerk, typed="bàn 3 chỗ 7", swaps=True)

    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.seat, two.seat) == ("Bàn 1 - chỗ 02", "Bàn 3 - chỗ 07")


@pytest.mark.parametrize(("kind", "pages"), (("badges", 2), ("signs", 11), ("seats", 2)))
def test_the_hall_prints_everybody_once(conference, clerk, kind, pages):
    add_participants(
        conference,
        [(f"Người {number:02d}", "Bí thư, Trưởng thôn", "Gò Mây") for number in range(11)],
        by=clerk,
    )
    set_hall(conference, by=clerk, kind="row", blocks=2, seats_each=6)

    order = order_hall_print(conference, by=clerk, kind=kind)
    again = order_hall_print(conference, by=clerk, kind=kind)
    make_hall_print(order)

    order.refresh_from_db()
    with order.file.open("rb") as file, pdfplumber.open(file) as pdf:
        words = "\n".join(page.extract_text() for page in pdf.pages)
        assert (again.pk, order.state, len(pdf.pages)) == (order.pk, "done", pages)
    everybody = [f"Người {number:02d}" for number in range(11)]
    assert [name for name in everybody if name.casefold() not in words.casefold()] == []


@pytest.mark.parametrize("kind", ("badges", "signs", "seats"))
def test_a_print_names_the_guests_who_cannot_be_printed(conference, clerk, kind):
    people = [("Lê Văn An", "Trưởng thôn"), ("Trần 😀 Bình", "Bí thư"), ("Bà Mơ", "", "Hội 中")]
    rows = add_participants(conference, people, by=clerk)
    set_hall(conference, by=clerk, kind="row", blocks=2, seats_each=6)

    failed = order_hall_print(conference, by=clerk, kind=kind)
    make_hall_print(failed)
    failed.refresh_from_db()
    edit_participant(rows[1], by=clerk, name="Trần Bình")
    edit_participant(rows[2], by=clerk, body="Hội")
    again = order_hall_print(conference, by=clerk, kind=kind)
    make_hall_print(again)

    again.refresh_from_db()
    assert (failed.state, failed.error) == (
        "failed",
        "2 đại biểu có ký tự không in được trong họ tên, chức vụ hoặc đơn vị: Trần 😀 Bình, Bí thư "
        "(“😀” (U+1F600)); Bà Mơ, Hội 中 (“中” (U+4E2D)). Hãy sửa trong danh sách đại biểu rồi in lại.",
    )
    assert (again.state, again.copies) == ("done", 3)


@pytest.mark.parametrize("typed", ({"name": "Ông 😀 A"}, {"name": "Ông A", "post": "Bí thư 😀"}))
def test_a_unit_a_guest_and_a_clerk_are_told_what_cannot_be_printed(conference, typed):
    person = ParticipantFactory(conference=conference)
    answer = {"answer": "substitute", **typed}

    forms = (
        DelegateForm(typed),
        AnswerForm(answer, person=person),
        ParticipantForm(typed, person=person),
        AskForm({"others": typed["name"], "quota": 1}, conference=conference, units=[]),
    )

    told = [[str(words) for words in form.errors.values()] for form in forms]
    wrong = [[one for one in words if "không in được" in one] for words in told]
    assert [len(words) for words in wrong] == [1, 1, 1, int("😀" in typed["name"])]


def test_long_names_keep_their_words_on_badge_and_sign():
    long = "Nguyễn Phạm Hoàng Khánh Phương Thảo Nguyên"

    pdf = render_badges([Badge("Đảng ủy", "Hội nghị", long, "Bí thư, " * 12, qr_text="A")])

    with pdfplumber.open(io.BytesIO(pdf)) as file:
        words = " ".join(file.pages[0].extract_text().split())
    assert long in words
    sign = Sign(long)
    assert (" ".join(sign.lines), len(sign.lines), sign.points) == (long, 2, 42)


def test_a_plan_names_every_seat_once():
    plan = SeatPlan(kind="row", blocks=2, seats_each=2)

    assert (plan.seats, plan.labels) == (
        4,
        ["Dãy 1 - ghế 01", "Dãy 1 - ghế 02", "Dãy 2 - ghế 01", "Dãy 2 - ghế 02"],
    )
