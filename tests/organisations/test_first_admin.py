import re

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from organisations.models import User
from tests.factories.organisations import UserFactory

pytestmark = pytest.mark.django_db


def first_admin(capsys, email="quan-tri@vi-du.vn", name="Trần Thị Quản Trị"):
    call_command("first_admin", email, name)
    return capsys.readouterr().out


def link_in(said):
    return re.search(r"https?://[^/\s]+(/\S+)", said)[1]


def test_the_link_sets_the_password_once(client, capsys):
    link = link_in(first_admin(capsys))
    user = User.objects.get(email="quan-tri@vi-du.vn")
    assert (user.is_admin, user.has_usable_password()) == (True, False)

    page = client.get(link, follow=True)
    words = {"password1": "cau-mat-khau-kho-doan", "password2": "cau-mat-khau-kho-doan"}
    client.post(page.request["PATH_INFO"], words)
    user.refresh_from_db()
    assert user.check_password("cau-mat-khau-kho-doan") is True
    assert "password1" not in client.get(link, follow=True).content.decode()
    assert client.login(email=user.email, password="cau-mat-khau-kho-doan") is True
    assert client.get(reverse("organisations:create_unit")).status_code == 200


def test_the_same_address_gets_a_new_link_until_a_password_is_set(capsys):
    first_admin(capsys)
    assert link_in(first_admin(capsys, "QUAN-TRI@vi-du.vn")).startswith("/tai-khoan/")
    user = User.objects.get()
    user.set_password("x")
    user.save()
    with pytest.raises(CommandError, match="đã có tài khoản"):
        first_admin(capsys)


def test_there_is_one_first_administrator(capsys):
    first_admin(capsys)
    with pytest.raises(CommandError, match="Đã có người quản trị"):
        first_admin(capsys, "khac@vi-du.vn")


def test_an_officer_is_not_made_an_administrator(capsys):
    officer = UserFactory()
    with pytest.raises(CommandError, match="đã có tài khoản"):
        first_admin(capsys, officer.email)
    officer.refresh_from_db()
    assert officer.is_superuser is False


def test_a_closed_account_is_given_no_link(capsys):
    first_admin(capsys)
    User.objects.update(is_active=False)
    with pytest.raises(CommandError, match="đã đóng"):
        first_admin(capsys)
    assert capsys.readouterr().out == ""
    assert first_admin(capsys, "khac@vi-du.vn").startswith("Tài khoản quản trị: khac@vi-du.vn")


@pytest.mark.parametrize(
    ("email", "name"),
    (("khong-phai-thu", "Trần A"), ("a@vi-du.vn", " "), ("a@vi-du.vn", "A\u202e")),
)
def test_a_wrong_address_or_name_makes_no_account(capsys, email, name):
    with pytest.raises(CommandError):
        first_admin(capsys, email, name)
    assert User.objects.count() == 0
