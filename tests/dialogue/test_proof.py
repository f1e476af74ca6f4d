"""Who changed what on a record's page, and the journal of acts."""

import pytest
from django.urls import reverse

from core import audit
from core.models import AuditEvent
from dialogue.audited import WATCHED
from dialogue.proof.words import TABLES, column_word, models_by_table, table_word
from documents.models import Clause
from feedback.models import RestrictedMatter, Submission
from organisations.models import Organisation, Role, User
from tests.factories.documents import draft_document
from tests.factories.organisations import OrganisationFactory, member

pytestmark = pytest.mark.django_db


def page(client, user, name, *args, **asked):
    client.force_login(user)
    return client.get(reverse(name, args=args), asked)


def test_every_watched_column_has_a_vietnamese_name():
    unnamed = [
        f"{model._meta.label}.{field.name}"
        for model in models_by_table().values()
        for field in model._meta.concrete_fields
        if not field.primary_key and field.name not in WATCHED[model._meta.label].without
        and not column_word(field)
    ]  # fmt: skip

    assert (unnamed, TABLES.keys() ^ WATCHED.keys()) == ([], set())


@pytest.mark.parametrize("model", (Submission, RestrictedMatter))
def test_a_table_whose_readings_are_kept_has_a_vietnamese_name(model):
    assert table_word(model._meta.db_table) != model._meta.db_table


def test_a_paper_shows_each_change_of_its_parts_to_its_own_people_only(client):
    document = draft_document()
    clerk = document.created_by
    Clause.objects.filter(document=document, kind="purpose").update(text="Nghe dân nói")
    outsider = member(Role.CLERK)

    shown = page(client, clerk, "changes", "document", document.pk).content.decode()

    assert "Sửa: Đoạn văn bản" in shown
    assert "Lắng nghe ý kiến Nhân dân</del>" in shown
    assert "Nghe dân nói</ins>" in shown
    assert page(client, outsider, "changes", "document", document.pk).status_code == 404
    assert page(client, clerk, "changes", "nothing", 1).status_code == 404


def test_names_stand_for_numbers_whatever_the_number_of_lines(client, django_assert_num_queries):
    office, above = OrganisationFactory(), OrganisationFactory(name="Đảng ủy tỉnh")
    clerk = member(Role.CLERK, office)
    for number in range(30):
        Organisation.objects.filter(pk=office.pk).update(contact=number)
    Organisation.objects.filter(pk=office.pk).update(parent=above, is_before_inclusive=True)
    client.force_login(clerk)
    address = reverse("changes", args=["organisation", office.pk])

    with django_assert_num_queries(10):
        shown = client.get(address).content.decode()

    assert "Đảng ủy tỉnh</ins>" in shown
    assert ">không</del>" in shown
    assert ">có</ins>" in shown
    assert page(client, member(Role.HEAD), "changes", "organisation", office.pk).status_code == 403


def test_refusals_exports_and_log_ins_are_noted_and_seen_by_whom_they_concern(client):
    admin = User.objects.create_superuser("quantri@x.vn", full_name="Quản Trị")
    office = OrganisationFactory()
    clerk, head = member(Role.CLERK, office), member(Role.HEAD, office)
    audit.note(audit.Kind.READ, by=clerk, said="Mở thông tin người gửi", about=office)
    other = page(client, member(Role.CLERK), "changes", "organisation", office.pk)
    page(client, admin, "organisations:export", "xlsx")
    client.logout()
    client.post(reverse("account_login"), {"login": clerk.email, "password": "Zebrafish"})

    kinds = AuditEvent.objects.filter(kind__in=["read", "refused", "exported", "login"])
    told = kinds.order_by("id").values_list("kind", "by__full_name", "act")
    assert other.status_code == 403
    assert [(kind, act) for kind, _name, act in told] == [
        ("read", told[0][2]),
        ("refused", "changes"),
        ("exported", "organisations:export"),
        ("login", "account_login"),
    ]
    assert not AuditEvent.objects.filter(note__icontains="zebrafish").exists()
    seen = page(client, admin, "journal").content.decode()
    assert "/don-vi/bang-tinh/tai/xlsx/" in seen
    assert "Sai mật khẩu" in seen
    only = page(client, admin, "journal", kind="exported", who="quản").content.decode()
    assert "Sai mật khẩu" not in only
    assert "/don-vi/bang-tinh/tai/xlsx/" in only
    own = page(client, head, "journal").content.decode()
    assert "Mở thông tin người gửi" in own
    assert own.count(f'href="{reverse("journal")}"') == 2  # the rail and the bottom bar
    assert "/don-vi/bang-tinh/tai/xlsx/" not in own
    assert page(client, clerk, "journal").status_code == 403
