import re
from smtplib import SMTPRecipientsRefused

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.urls import NoReverseMatch, reverse

from organisations.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "cau-mat-khau-kho-doan"


@pytest.fixture
def person():
    """An address as a telephone writes it."""
    return User.objects.create_user("Nguyen.An@Vi-Du.vn", PASSWORD, full_name="Nguyễn Văn An")


def new_password(client, letters, first, again):
    """The page behind the letter, answered with these two."""
    client.post(reverse("account_reset_password"), {"email": "Nguyen.An@vi-du.vn"})
    link = re.search(r"https?://[^/\s]+(/\S+)", letters[-1].body)[1]
    page = client.get(link, follow=True).request["PATH_INFO"]
    return client.post(page, {"password1": first, "password2": again})


@pytest.mark.parametrize("typed", ("nguyen.an@vi-du.vn", "Nguyen.An@Vi-Du.vn"))
def test_capital_letters_of_an_address_do_not_matter(client, person, typed):
    answer = client.post(reverse("account_login"), {"login": typed, "password": PASSWORD})

    assert (answer.status_code, person.email) == (302, "nguyen.an@vi-du.vn")


def test_who_set_a_password_by_mail_can_switch_on_the_second_step(client, person, mailoutbox):
    assert new_password(client, mailoutbox, PASSWORD + "-2", PASSWORD + "-2").status_code == 302
    assert EmailAddress.objects.get().verified is False
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD + "-2"})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD + "-2"})
    address = reverse("mfa_activate_totp")

    secret = client.get(address).context["form"].secret
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    client.post(address, {"code": code})

    assert list(person.authenticator_set.values_list("type", flat=True).order_by("type")) == [
        "recovery_codes", "totp",
    ]  # fmt: skip
    codes = client.get(reverse("mfa_download_recovery_codes"))
    assert codes["Content-Disposition"] == 'attachment; filename="ma-du-phong.txt"'


@pytest.mark.parametrize(
    ("first", "again", "wrong"),
    (
        (PASSWORD, PASSWORD + "x", {"password2": ["Hai lần nhập mật khẩu mới chưa giống nhau."]}),
        ("bY7-x", "bY7-x", {"password1": ["Mật khẩu phải có ít nhất 10 ký tự."]}),
    ),
)
def test_a_new_password_is_refused_in_vietnamese(client, person, mailoutbox, first, again, wrong):
    assert new_password(client, mailoutbox, first, again).context["form"].errors == wrong


def test_a_password_like_the_own_name_is_refused(client, person, mailoutbox):
    form = new_password(client, mailoutbox, "nguyễn văn an", "nguyễn văn an").context["form"]

    assert form.errors == {"password1": ["Mật khẩu quá giống với họ và tên."]}


@pytest.mark.parametrize(
    ("page", "labels"),
    (
        ("account_login", ["Địa chỉ thư điện tử", "Mật khẩu"]),
        ("account_reset_password", ["Địa chỉ thư điện tử"]),
        ("account_reauthenticate", ["Mật khẩu"]),
        ("account_change_password",
         ["Mật khẩu hiện tại", "Mật khẩu mới", "Nhập lại mật khẩu mới"]),
    ),
)  # fmt: skip
def test_the_fields_of_an_account_have_our_words(client, person, page, labels):
    if page in {"account_reauthenticate", "account_change_password"}:
        client.force_login(person)
    answer = client.get(reverse(page))

    assert [field.label for field in answer.context["form"]] == labels
    content = answer.content.decode()
    assert ("placeholder" in content.partition("<main")[2], "của bạn" in content) == (False, False)


def test_nobody_changes_the_address_an_administrator_gave():
    with pytest.raises(NoReverseMatch):
        reverse("account_email")


def test_who_asks_too_often_is_told_so_in_vietnamese(client):
    answers = [
        client.post(reverse("account_reset_password"), {"email": "ai@vi-du.vn"}) for _ in range(6)
    ]

    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert "Thao tác quá nhiều lần" in answers[-1].content.decode()


def test_a_letter_that_cannot_leave_is_told_beside_the_address(client, person, monkeypatch, caplog):
    def fail(*_args):
        raise SMTPRecipientsRefused({person.email: (550, b"no such box")})

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", fail)

    answer = client.post(reverse("account_reset_password"), {"email": person.email})

    told = {"email": ["Hiện chưa gửi được thư. Xin thử lại sau ít phút."]}
    assert (answer.status_code, answer.context["form"].errors) == (200, told)
    assert person.email in answer.content.decode()
    told = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert told == ["the letter for a new password did not leave: SMTPRecipientsRefused"]
    assert person.email not in caplog.text
