import contextlib
import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, get_resolver, reverse

from assignments.models import Task
from assignments.states import TaskState
from core.access import RefusedError
from core.models import HistoryEntry, Message
from core.timephrase import parse
from core.transitions import IllegalMoveError
from core.versions import StaleError
from feedback import actions, queries
from feedback.models import (
    Answer,
    Consultation,
    Field,
    IssueGroup,
    Opinion,
    RestrictedMatter,
    Sender,
    Submission,
)
from feedback.states import AnswerState, ConsultationState, OpinionState
from organisations.models import Role
from tests.factories.feedback import ConsultationFactory, SessionFactory, opinion, sent
from tests.factories.organisations import OrganisationFactory, member
from tests.feedback.test_public import picture

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 5, 8)
ANSWER = "Xã sẽ rải đá trước ngày 30/6"


def classified(consultation, clerk, *texts, **given):
    row = opinion(consultation, *texts, **given)
    actions.classify_opinion(
        row, by=clerk, kind="proposal", field=Field.objects.get(pk="TRANS"), competence="commune"
    )
    return row


def grouped(consultation, clerk, count=2, **given):
    rows = [classified(consultation, clerk, f"Đường hỏng {n}", **given) for n in range(count)]
    return actions.create_group(
        rows, by=clerk, title="Đường hỏng", field=rows[0].field, competence="commune"
    )


def asked(consultation, clerk, agency, **given):
    group = grouped(consultation, clerk, **given)
    due = parse("trước ngày 20/5/2026")
    actions.ask_agency(group, by=clerk, lead=agency, due=due, today=TODAY)
    return group


def answered(consultation, clerk, agency, officer, **given):
    group = asked(consultation, clerk, agency, **given)
    answer = actions.write_answer(group, by=officer, text=ANSWER)
    actions.submit_answer(answer, by=officer)
    return answer


def test_the_office_opens_a_consultation_through_its_pages(browse):
    session = SessionFactory()
    clerk = member(Role.CLERK, session.plan.document.organisation)
    office = browse(clerk)

    office(
        "consultation_create",
        session.pk,
        post={"title": "Lấy ý kiến", "opens_on": "01/5/2026", "closes_on": "30/12/2099"},
    )
    row = Consultation.objects.get()
    assert (row.state, row.slug) == (ConsultationState.DRAFT, "dat-dai-moi-truong")
    assert browse(None)("public_form", row.slug).status_code == 404

    office("consultation_open", row.pk, post={})
    assert browse(None)("public_form", row.slug).status_code == 200
    assert "Quyền và nghĩa vụ" in browse(None)("public_form", row.slug).content.decode()

    office("consultation_close", row.pk, post={})
    assert "Đã hết thời gian" in browse(None)("public_form", row.slug).content.decode()


def test_a_stranger_opens_no_consultation(browse):
    session = SessionFactory()
    stranger = member(Role.OFFICER, session.plan.document.organisation)

    assert browse(stranger)("consultation_create", session.pk).status_code in (403, 404)
    with pytest.raises(RefusedError):
        actions.create_consultation(session, by=stranger, title="x", opens_at=None, closes_at=None)


def test_a_stale_edit_of_a_consultation_shows_both_versions(browse, consultation, clerk):
    typed = {"title": "Tên mới", "opens_on": "01/5/2026", "closes_on": "30/12/2099", "version": "1"}
    browse(clerk)("consultation_edit", consultation.pk, post=typed)

    late = browse(clerk)(
        "consultation_edit", consultation.pk, post=typed | {"title": "Tên của tôi"}
    )

    assert late.status_code == 409
    assert ("Tên mới" in late.content.decode(), "Tên của tôi" in late.content.decode()) == (
        True,
        True,
    )
    assert Consultation.objects.get().title == "Tên mới"


def test_closing_and_extending(consultation, clerk):
    actions.close_consultation(consultation, by=clerk)
    later = consultation.closes_at + datetime.timedelta(days=3)
    actions.extend_consultation(consultation, by=clerk, closes_at=later)

    consultation.refresh_from_db()
    assert (consultation.state, consultation.closes_at) == (ConsultationState.OPEN, later)
    with pytest.raises(IllegalMoveError):
        actions.extend_consultation(consultation, by=clerk, closes_at=later)


def test_a_collector_types_in_a_slip_with_attested_consent(browse, consultation):
    hamlet = consultation.organisation.unit.children.get()
    body = OrganisationFactory(name="Hội Nông dân", unit=hamlet)
    collector = browse(member(Role.COLLECTOR, body))
    typed = {
        "area": hamlet.pk,
        "audience": "citizen",
        "text": "Kênh bị lấp",
        "field": "IRRI",
        "kind": "feedback",
        "full_name": "Lê Thị Na",
        "source": body.pk,
        "received_on": "01/5/2026",
        "scan": picture("phieu.jpg"),
    }

    refused = collector("paper_create", consultation.pk, post=typed)
    assert (refused.status_code, Submission.objects.count()) == (200, 0)
    typed["scan"].seek(0)
    collector("paper_create", consultation.pk, post=typed | {"attested": "on"})

    row = Submission.objects.get()
    assert (row.channel, row.sender.full_name, row.sender_organisation) == (
        "paper",
        "Lê Thị Na",
        body,
    )
    assert (row.consent.version, row.files.get().is_scan) == (1, True)
    assert "Kênh bị lấp" in collector("my_entries").content.decode()


def test_a_sheet_needs_agreeing_numbers(browse, consultation, clerk):
    typed = {
        "area": consultation.organisation.unit.children.get().pk,
        "audience": "union_member",
        "source": consultation.organisation_id,
        "received_on": "01/5/2026",
        "meeting_on": "28/4/2026",
        "attendance": "60",
        "slips_out": "40",
        "slips_in": "50",
        "compiled_by": "Lê Na",
        "signed_by": "Trần Bình",
        "rows": "5",
        "row-0-text": "Đường hỏng",
        "row-0-field": "TRANS",
        "row-0-kind": "proposal",
        "row-0-supporters": "12",
        "row-2-text": "Thiếu nước",
        "row-2-field": "IRRI",
        "row-2-kind": "feedback",
        "row-2-supporters": "7",
    }
    office = browse(clerk)

    refused = office("sheet_create", consultation.pk, post=typed)
    assert (refused.status_code, Submission.objects.count()) == (200, 0)
    more = office("sheet_create", consultation.pk, post=typed | {"more": "1"}).content.decode()
    assert ("Thiếu nước" in more, "row-9-text" in more) == (True, True)
    office("sheet_create", consultation.pk, post=typed | {"slips_in": "38"})

    sheet = Submission.objects.get().sheet
    assert (sheet.attendance, sheet.slips_in) == (60, 38)
    assert list(Opinion.objects.order_by("position").values_list("text", "supporters")) == [
        ("Đường hỏng", 12),
        ("Thiếu nước", 7),
    ]


def test_a_collector_of_elsewhere_enters_nothing(browse, consultation):
    elsewhere = member(Role.COLLECTOR, OrganisationFactory())

    assert browse(elsewhere)("paper_create", consultation.pk).status_code == 404


def test_classifying_through_the_page(browse, consultation, clerk):
    row = opinion(consultation)

    browse(clerk)(
        "classify",
        row.pk,
        post={
            "kind": "feedback",
            "field": "ENV",
            "other_fields": ["LAND", "ENV"],
            "competence": "province",
            "supporters": "3",
        },
    )

    row.refresh_from_db()
    assert (row.state, row.kind, row.field_id, row.competence, row.supporters) == (
        "classified",
        "feedback",
        "ENV",
        "province",
        3,
    )
    assert list(row.other_fields.values_list("pk", flat=True)) == ["LAND"]


def test_declining_tells_the_sender_why(browse, consultation, clerk):
    receipt = sent(consultation)
    row = receipt.submission.opinions.get()

    browse(clerk)("decline", row.pk, post={"reason": "Việc này đã trả lời tại Thông báo số 12"})

    page = browse(None)("track", post={"code": receipt.code, "secret": receipt.secret})
    assert "đã trả lời tại Thông báo số 12" in page.content.decode()
    actions.reopen_opinion(Opinion.objects.get(), by=clerk)
    assert Opinion.objects.get().resolution == ""


def test_grouping_keeps_originals_and_ungrouping_restores(consultation, clerk):
    group = grouped(consultation, clerk)
    first, second = group.opinions.order_by("pk")

    actions.ungroup_opinion(first, by=clerk)

    first.refresh_from_db()
    assert (first.group, first.state, first.text) == (None, "classified", "Đường hỏng 0")
    assert list(group.opinions.all()) == [second]


def test_only_classified_opinions_of_one_consultation_are_grouped(consultation, clerk):
    received = opinion(consultation)
    with pytest.raises(IllegalMoveError):
        actions.create_group(
            [received], by=clerk, title="x", field=received.field, competence="commune"
        )
    other = ConsultationFactory(organisation=consultation.organisation)
    foreign = classified(other, clerk)
    group = grouped(consultation, clerk)
    with pytest.raises(IllegalMoveError):
        actions.add_to_group(group, [foreign], by=clerk)


def test_asking_gives_one_task_and_the_answer_closes_it(consultation, clerk, agency, officer):
    answer = answered(consultation, clerk, agency, officer)
    task = Task.objects.get()
    assert (task.lead, task.due_on, task.state) == (
        agency,
        datetime.date(2026, 5, 19),
        TaskState.REPORTED,
    )
    assert ANSWER not in task.result

    actions.accept_answer(answer, by=clerk)

    task.refresh_from_db()
    assert (task.state, answer.state) == (TaskState.ACCEPTED, AnswerState.ACCEPTED)
    assert set(Opinion.objects.values_list("state", flat=True)) == {OpinionState.ASKED}


def test_an_agency_is_asked_once(consultation, clerk, agency):
    group = asked(consultation, clerk, agency)

    with pytest.raises(IllegalMoveError):
        actions.ask_agency(
            group, by=clerk, lead=agency, due=parse("trước ngày 20/5/2026"), today=TODAY
        )
    assert Task.objects.count() == 1


def test_the_lead_never_accepts_its_own_answer(consultation, clerk, agency, officer):
    answer = answered(consultation, clerk, agency, officer)
    both = member(Role.CLERK, consultation.organisation)
    both.memberships.create(organisation=agency, role=Role.OFFICER)

    for person in (officer, both):
        with pytest.raises(RefusedError):
            actions.accept_answer(answer, by=person)


def test_a_returned_answer_opens_the_task_again(consultation, clerk, agency, officer):
    answer = answered(consultation, clerk, agency, officer)

    actions.return_answer(answer, by=clerk, reason="Thiếu thời gian")

    assert (Task.objects.get().state, answer.state) == (TaskState.OPEN, AnswerState.DRAFT)
    actions.write_answer(answer.group, by=officer, text="Mới", version=1)
    with pytest.raises(StaleError):
        actions.write_answer(answer.group, by=officer, text="Cũ", version=1)


def test_release_tells_each_sender_once_without_the_answer(consultation, clerk, agency, officer):
    answer = answered(consultation, clerk, agency, officer, contact={"email": "binh@vidu.vn"})
    silent = classified(consultation, clerk, "Không để lại thư")
    actions.add_to_group(answer.group, [silent], by=clerk)
    actions.accept_answer(answer, by=clerk)
    Message.objects.all().delete()

    written = actions.release_answers([answer], by=clerk)

    letters = list(Message.objects.filter(address="binh@vidu.vn"))
    assert (written, len(letters)) == (2, 2)
    assert [ANSWER in letter.body for letter in letters] == [False, False]
    assert set(Opinion.objects.values_list("state", "resolution")) == {("answered", "answered")}
    with pytest.raises(IllegalMoveError):
        actions.release_answers([answer], by=clerk)


def test_release_page_lists_and_releases_in_bulk(browse, consultation, clerk, agency, officer):
    answer = answered(consultation, clerk, agency, officer)
    actions.accept_answer(answer, by=clerk)
    office = browse(clerk)
    assert "Đường hỏng" in office("release", consultation.pk).content.decode()

    office("release", consultation.pk, post={"answer": [answer.pk]})

    answer.refresh_from_db()
    assert answer.state == AnswerState.RELEASED


def test_a_late_opinion_joins_a_released_answer(consultation, clerk, agency, officer):
    answer = answered(consultation, clerk, agency, officer)
    actions.accept_answer(answer, by=clerk)
    actions.release_answers([answer], by=clerk)
    late = classified(consultation, clerk, "Đường cũng hỏng", contact={"email": "na@vidu.vn"})

    actions.add_to_group(IssueGroup.objects.get(), [late], by=clerk)

    late.refresh_from_db()
    assert late.state == OpinionState.ANSWERED
    assert Message.objects.filter(address="na@vidu.vn").count() == 1


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


def addresses(consultation, group):
    """Every GET address of the whole site that rows of this dossier can fill in."""
    pks = {
        "pk": {group.pk, group.task_id, *group.opinions.values_list("pk", flat=True)},
        "session_id": {consultation.session_id},
        "consultation_pk": {consultation.pk},
        "slug": {consultation.slug},
    }
    found = []
    for pattern, prefix in walk(get_resolver().url_patterns, ""):
        names = list(pattern.pattern.converters)
        if not pattern.name or any(name not in pks for name in names) or len(names) > 1:
            continue
        values = pks[names[0]] if names else {None}
        with contextlib.suppress(NoReverseMatch):
            found += [
                reverse(prefix + pattern.name, kwargs={names[0]: value} if names else {})
                for value in values
            ]
    return found


def walk(patterns, prefix):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            space = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from walk(pattern.url_patterns, space)
        else:
            yield pattern, prefix


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_embargo_crawl(browse, consultation, clerk, agency, officer):
    answer = answered(consultation, clerk, agency, officer)
    actions.accept_answer(answer, by=clerk)
    unit = consultation.organisation.unit
    outsiders = {
        "anonymous": None,
        "another agency": member(Role.OFFICER, OrganisationFactory(unit=unit)),
        "another commune": member(Role.CLERK, OrganisationFactory()),
        "overseer": member(Role.OVERSEER, OrganisationFactory(unit=unit)),
        "collector": member(Role.COLLECTOR, OrganisationFactory(unit=unit)),
    }
    pages = addresses(consultation, answer.group)
    assert answer.group.get_absolute_url() in pages

    leaks = [
        (who, page)
        for who, user in outsiders.items()
        for page in pages
        if ANSWER.encode() in body(browse(user).client.get(page))
    ]

    assert leaks == []
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
    ours = browse(clerk)("opinion", row.pk).content.decode()

    assert ("Đường hỏng" in theirs, "Trần Văn Bình" in theirs, "0912345678" in theirs) == (
        True,
        False,
        False,
    )
    assert "0912345678" in ours


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

    assert everywhere("zebrafish") == {"feedback_restrictedmatter"}
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


def history_of_views(matter):
    return HistoryEntry.objects.filter(note="Xem hồ sơ", subject_id=matter.pk).count()


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


def status_of_file(response):
    assert b"".join(response.streaming_content)[:2] == b"\xff\xd8"
    return response.status_code


def test_search_needs_no_accents_and_filters_stay_in_the_address(browse, consultation, clerk):
    opinion(consultation, "Đường Hoà Bình ngập")
    opinion(consultation, "Thiếu nước sạch")

    found = browse(clerk)("list", query="?q=duong hoa").content.decode()
    none = browse(clerk)("list", query="?state=answered").content.decode()

    assert ("Đường Hoà Bình" in found, "Thiếu nước" in found) == (True, False)
    assert "Không có ý kiến nào khớp" in none


@pytest.mark.parametrize("name", ("list", "groups", "my_entries", "consultations", "matters"))
def test_lists_ask_the_same_number_of_questions_for_one_row_and_thirty(
    browse, consultation, clerk, name
):
    clerk.memberships.create(organisation=consultation.organisation, role=Role.RECEPTION)
    fill(consultation, clerk, 1)
    page = browse(clerk)
    page(name)

    with CaptureQueriesContext(connection) as one:
        page(name)
    fill(consultation, clerk, 10)
    with CaptureQueriesContext(connection) as many:
        page(name)

    assert (len(one), len(one) <= 15) == (len(many), True)


def fill(consultation, clerk, count):
    for _row in range(count):
        grouped(consultation, clerk, 1)
        actions.route_out_opinion(
            opinion(consultation),
            by=clerk,
            kind="civil",
            receiving_body="Tòa",
            reason="",
            today=TODAY,
        )
        Submission.objects.update(entered_by=clerk)


def test_counts_sum_to_the_total(consultation, clerk):
    grouped(consultation, clerk)
    opinion(consultation)
    rows = Opinion.objects.all()

    totals = [
        sum(row.value for row in count(rows))
        for count in (queries.state_counts, queries.field_counts, queries.area_counts)
    ]

    assert totals == [3, 3, 3]


def test_the_summary_table_shows_unreleased_answers_to_nobody_by_default(
    consultation, clerk, agency, officer
):
    answered(consultation, clerk, agency, officer)
    opinion(consultation, "Đứng riêng")

    rows = queries.summary_rows(consultation)
    inside = queries.summary_rows(consultation, only_released=False, user=clerk)

    assert [(row.content, row.opinions, row.answer) for row in rows] == [
        ("Đứng riêng", 1, ""),
        ("Đường hỏng", 2, ""),
    ]
    assert inside[1].answer == ANSWER


def test_foreign_and_unknown_rows_are_not_found(browse, consultation, clerk):
    row = opinion(consultation)
    stranger = browse(member(Role.CLERK))

    found = [
        stranger(name, pk).status_code
        for name in ("opinion", "classify", "decline", "route_out")
        for pk in (row.pk, 10**9)
    ]

    assert set(found) == {404}
    assert stranger("group_create", query=f"?opinion={row.pk}").status_code == 404
    assert stranger("group_create", query="?opinion=x").status_code == 404


def test_the_slip_prints(browse, consultation, clerk):
    response = browse(clerk)("slip", consultation.pk)

    assert response.content[:5] == b"%PDF-"


def test_a_pretended_scan_is_refused(browse, consultation, clerk):
    fake = SimpleUploadedFile("a.pdf", b"hello", "application/pdf")

    response = browse(clerk)("paper_create", consultation.pk, post={"scan": fake})

    assert "không phải là tệp PDF thật" in response.content.decode()


def test_answers_page_shows_both_versions_when_overtaken(
    browse, consultation, clerk, agency, officer
):
    group = asked(consultation, clerk, agency)
    page = browse(officer)
    page("answer", group.pk, post={"text": "Bản một", "version": "0"})
    page("answer", group.pk, post={"text": "Bản hai", "version": "1"})

    late = page("answer", group.pk, post={"text": "Bản ba", "version": "1"})

    assert late.status_code == 409
    assert ("Bản hai" in late.content.decode(), "Bản ba" in late.content.decode()) == (True, True)
    assert Answer.objects.get().text == "Bản hai"
