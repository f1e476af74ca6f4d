import pytest
from django.db import connection
from django.urls import reverse

from assignments.models import Task
from core.audit import readings_of
from core.models import HistoryEntry, Message
from core.timephrase import parse
from feedback import actions
from feedback.models import (
    Opinion,
    RestrictedMatter,
    Sender,
)
from feedback.queries.retention import letters_to
from feedback.states import OpinionState
from organisations.models import Role
from tests.factories.feedback import opinion, sent
from tests.factories.organisations import member
from tests.feedback.steps import ANSWER, TODAY, answered, asked
from tests.feedback.test_public import picture

pytestmark = pytest.mark.django_db


def test_an_embargoed_answer_is_read_by_those_who_work_on_it_and_by_no_other_way(
    browse, consultation, clerk, agency, officer
):
    answer = answered(consultation, clerk, agency, officer)
    actions.accept_answer(answer, by=clerk)

    readers = [
        ANSWER in browse(user)("group", answer.group.pk).content.decode()
        for user in (clerk, officer)
    ]

    assert readers == [True, True]
    assert ANSWER not in str(list(Message.objects.values())) + str(list(Task.objects.values()))


def test_the_agency_sees_words_but_no_contact_data(browse, consultation, clerk, agency, officer):
    group = asked(
        consultation, clerk, agency, contact={"full_name": "Trần Văn Bình", "phone": "0912345678"}
    )
    row = group.opinions.first()

    theirs = browse(officer)("opinion", row.pk).content.decode()
    ours = browse(clerk)("sender", row.submission_id, post={}).content.decode()

    assert ("Đường hỏng" in theirs, "Trần Văn Bình" in theirs, "0912345678" in theirs) == (
        True,
        False,
        False,
    )
    assert "0912345678" in ours


def test_a_routed_denunciation_is_nowhere_else(browse, consultation, clerk):
    reception = member(Role.RECEPTION, consultation.organisation)
    row = opinion(
        consultation,
        "Zebrafish nhận tiền của dân",
        contact={"full_name": "Quokka Bình", "email": "quokka@vidu.vn"},
    )
    actions.classify_opinion(row, by=clerk, kind="comment", field=row.field, competence="commune")
    group = actions.create_group(
        [row], by=clerk, title="Zebrafish nhận tiền", field=row.field, competence="commune"
    )
    HistoryEntry.objects.create(subject=row, by=clerk, note="Zebrafish?")

    browse(clerk)(
        "route_out",
        row.pk,
        post={"kind": "denunciation", "receiving_body": "Ủy ban Kiểm tra", "reason": "Zebrafish"},
    )

    # What reception holds is sealed.
    assert everywhere("zebrafish") == set()
    for page in ("opinion", "list", "group"):
        args = {"opinion": [row.pk], "list": [], "group": [group.pk]}[page]
        text = browse(clerk)(page, *args).content.decode()
        assert ("Zebrafish" in text, "Quokka" in text) == (False, False)
    matter = RestrictedMatter.objects.get()
    assert browse(clerk)("matter", matter.pk).status_code == 404
    assert "Quokka" in browse(reception)("matter", matter.pk).content.decode()
    assert history_of_views(matter) == 1

    browse(reception)("hand_over", matter.pk, post={})

    assert (everywhere("zebrafish"), everywhere("quokka"), Sender.objects.count()) == (
        set(),
        set(),
        0,
    )
    assert Opinion.objects.get().state == OpinionState.ROUTED


def test_letters_to_the_sender_go_when_a_matter_is_handed_over(browse, consultation, clerk):
    who = {"full_name": "Quokka Bình", "email": "quokka@vidu.vn"}
    submission = sent(consultation, "Một", "Hai", contact=who, has_confirmed=True).submission
    first, second = submission.opinions.order_by("position")
    actions.decline_opinion(first, by=clerk, reason="Không thuộc nội dung đối thoại.")
    matter = actions.route_out_opinion(
        second, by=clerk, kind="denunciation", receiving_body="UBKT", reason="x", today=TODAY
    )
    had = letters_to(submission).count()

    reception = browse(member(Role.RECEPTION, consultation.organisation))
    reception("hand_over", matter.pk, post={})

    assert (had, letters_to(submission).count()) == (2, 0)


def test_files_of_a_routed_matter_are_closed_to_the_office(browse, consultation, clerk):
    client = browse(None).client
    area = consultation.organisation.unit.children.get().pk
    typed = {
        "place": "0", "matter-0-text": "Tố cáo", "matter-0-field": "LAND",
        "matter-0-kind": "comment", "area": area, "audience": "citizen", "uploads": picture(),
    }  # fmt: skip
    client.post(reverse("feedback:public_form", args=[consultation.slug]), typed)
    row = Opinion.objects.get()
    file = row.submission.files.get()
    assert status_of_file(browse(clerk)("file", row.pk, file.pk)) == 200
    actions.route_out_opinion(
        row, by=clerk, kind="denunciation", receiving_body="UBKT", reason="x", today=TODAY
    )

    assert browse(clerk)("file", row.pk, file.pk).status_code == 403
    reception = browse(member(Role.RECEPTION, consultation.organisation))
    matter = RestrictedMatter.objects.get()
    assert status_of_file(reception("matter_file", matter.pk, file.pk)) == 200
    reception("hand_over", matter.pk, post={})
    assert reception("matter_file", matter.pk, file.pk).status_code == 404


def test_the_citizen_reads_the_answer_only_after_release(
    browse, consultation, clerk, agency, officer
):
    receipt = sent(consultation, "Cầu hỏng")
    row = receipt.submission.opinions.get()
    actions.classify_opinion(row, by=clerk, kind="proposal", field=row.field, competence="commune")
    group = actions.create_group(
        [row], by=clerk, title="Cầu", field=row.field, competence="commune"
    )
    actions.ask_agency(group, by=clerk, lead=agency, due=parse("trước ngày 20/5/2026"), today=TODAY)
    answer = actions.write_answer(group, by=officer, text=ANSWER)
    codes = {"code": receipt.code, "secret": receipt.secret}

    assert ANSWER not in browse(None)("track", post=codes).content.decode()
    actions.submit_answer(answer, by=officer)
    actions.accept_answer(answer, by=clerk)
    assert ANSWER not in browse(None)("track", post=codes).content.decode()
    actions.release_answers([answer], by=clerk)
    assert ANSWER in browse(None)("track", post=codes).content.decode()


def test_foreign_and_unknown_rows_are_not_found(browse, consultation, clerk):
    row = opinion(consultation)
    stranger = browse(member(Role.CLERK))

    found = [
        stranger(name, pk).status_code
        for name in ("opinion", "desk_opinion", "decline", "route_out")
        for pk in (row.pk, 10**9)
    ]

    assert set(found) == {404}
    assert stranger("group_create", query=f"?opinion={row.pk}").status_code == 404
    assert stranger("group_create", query="?opinion=x").status_code == 404


def everywhere(marker):
    """The tables in which any column of any row holds the words, or their folded form."""
    found = set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        for (table,) in cursor.fetchall():
            cursor.execute(
                f'SELECT count(*) FROM "{table}" t WHERE t::text ILIKE %s', [f"%{marker}%"]
            )
            if cursor.fetchone()[0]:
                found.add(table)
    return found


def status_of_file(response):
    assert b"".join(response.streaming_content)[:2] == b"\xff\xd8"
    return response.status_code


def history_of_views(matter):
    return readings_of(matter).filter(note="Xem hồ sơ").count()
