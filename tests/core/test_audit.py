"""What changed, who did it, and that nobody can touch the lines."""

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from core.audit import watch
from core.models import AuditEvent
from dialogue.audited import UNWATCHED, WATCHED
from dialogue.celery import app
from organisations.models import Organisation, Role, User
from tests.factories.organisations import OrganisationFactory, member
from tests.forms import once

pytestmark = pytest.mark.django_db
LAYERS = (
    "core", "organisations", "documents", "assignments", "plans", "feedback", "conferences",
    "conclusions", "dialogue",
)  # fmt: skip


def lines(row):
    table = row._meta.db_table
    return AuditEvent.objects.filter(table_name=table, row_id=row.pk).order_by("id")


def told(row):
    """Kind, before and after of every line of a row but its arrival."""
    return list(lines(row).exclude(kind="added").values_list("kind", "before", "after"))


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_every_table_is_watched_or_says_why_not():
    every = apps.get_models(include_auto_created=True)
    ours = [model for model in every if model.__module__.partition(".")[0] in LAYERS]
    tables = {model._meta.label for model in ours}

    assert sorted(tables ^ (WATCHED.keys() | UNWATCHED.keys())) == []
    assert sorted(WATCHED.keys() & UNWATCHED.keys()) == []


def test_the_triggers_stand_as_the_list_says(django_assert_num_queries):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgname IN ('audit_change','audit_row')"
        )
        assert cursor.fetchone() == (2 * len(WATCHED),)

    # Three questions within a savepoint: nothing is made again.
    with django_assert_num_queries(5):
        watch(WATCHED)


def test_single_bulk_and_raw_changes_are_all_written_with_what_changed_only():
    one, two, three = OrganisationFactory.create_batch(3, contact="cũ")
    one.contact = "mới"
    one.save()
    Organisation.objects.filter(pk=one.pk).update(contact="mới hơn")
    two.contact = three.contact = "mới"
    Organisation.objects.bulk_update([two, three], ["contact"])
    sql("UPDATE organisations_organisation SET contact = 'tay' WHERE id = %s", two.pk)
    Organisation.objects.filter(pk=three.pk).update(contact="mới")
    sql("DELETE FROM organisations_organisation WHERE id = %s", three.pk)

    assert told(one) == [
        ("changed", {"contact": "cũ"}, {"contact": "mới"}),
        ("changed", {"contact": "mới"}, {"contact": "mới hơn"}),
    ]
    assert told(two) == [
        ("changed", {"contact": "cũ"}, {"contact": "mới"}),
        ("changed", {"contact": "mới"}, {"contact": "tay"}),
    ]
    [changed, (kind, before, after)] = told(three)
    assert (kind, before["contact"], before["name"], after) == ("deleted", "mới", three.name, None)
    assert lines(two).last().act.startswith("sql:")


def test_a_password_never_stands_there():
    user = member(Role.CLERK)
    user.set_password("Zebrafish-7788")
    user.save()

    assert told(user) == []
    assert not {"password", "last_login"} & lines(user).get(kind="added").after.keys()


def test_a_page_and_a_task_sign_what_they_change(client):
    @app.task(name="tests.rename")
    def rename(pk: int) -> None:
        Organisation.objects.filter(pk=pk).update(contact="việc nền")

    admin = User.objects.create_superuser("quantri@x.vn", full_name="Quản trị")
    office = member(Role.CLERK).memberships.get().organisation
    client.force_login(admin)
    post = once(name="Phó Văn phòng")
    Organisation.objects.filter(pk=office.pk).update(contact="ngoài")
    client.post(reverse("organisations:add_post", args=[office.pk]), post)
    rename.apply([office.pk])

    added = AuditEvent.objects.get(table_name="organisations_post", after__name="Phó Văn phòng")
    assert (added.by, added.act, added.of_id) == (admin, "organisations:add_post", str(office.pk))
    assert added.request is not None
    outside, by_task = lines(office).filter(kind="changed")
    assert (by_task.by, by_task.act) == (None, "tests.rename")
    assert (outside.by, outside.request, outside.act[:4]) == (None, None, "sql:")


@pytest.mark.parametrize(
    "statement",
    (
        "UPDATE core_auditevent SET by_id = 1",
        "UPDATE core_auditevent SET before = NULL, after = NULL, salt = NULL, struck_by_id = 1",
        "DELETE FROM core_auditevent",
        "TRUNCATE core_auditevent",
        "TRUNCATE core_dayseal",
    ),
)
def test_no_line_can_be_changed_or_removed(statement):
    OrganisationFactory()
    sql("ALTER TABLE core_auditevent ENABLE TRIGGER audit_whole")
    sql("ALTER TABLE core_dayseal ENABLE TRIGGER audit_whole")

    with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
        sql(statement)
