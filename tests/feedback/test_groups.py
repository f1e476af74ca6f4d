import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.access import RefusedError
from core.transitions import IllegalMoveError
from feedback import actions, queries
from feedback.models import IssueGroup, Opinion, SavedFilter, Support
from feedback.states import OpinionState
from organisations.models import Role
from tests.factories.feedback import ConsultationFactory, IssueGroupFactory, opinion, sent
from tests.factories.organisations import member
from tests.feedback.steps import asked, classified, grouped

pytestmark = pytest.mark.django_db

ROADS = (
    "Đường vào thôn 5 lầy lội, xe cứu thương không vào được, đề nghị đổ bê tông",
    "Duong vao thon 5 lay loi, xe khong vao duoc, xin do be tong",
    "Rác ở thôn Đông Sơn cả tuần không ai thu gom, bốc mùi hôi",
)


def standing():
    return list(Opinion.objects.order_by("pk").values_list("pk", "group", "state", "competence"))


# --- grouping -------------------------------------------------------------------------------------


def test_an_unread_opinion_joins_a_group_with_one_click_and_leaves_as_it_came(
    browse, consultation, clerk
):
    group = grouped(consultation, clerk)
    row = opinion(consultation)
    before = standing()

    browse(clerk)("group_add", row.pk, post={"group": group.pk})
    row.refresh_from_db()
    joined = (row.group, row.state, row.competence)
    actions.ungroup_opinion(row, by=clerk)

    assert joined == (group, OpinionState.CLASSIFIED, group.competence)
    assert standing() == before


def test_the_office_mends_a_name_until_the_answer_is_released(
    browse, consultation, clerk, agency, officer
):
    group = asked(consultation, clerk, agency)
    typed = {"title": "Đường thôn 5 lầy lội", "field": "LAND", "competence": "province"}

    refused = browse(officer)("group_edit", group.pk, post=typed)
    browse(clerk)("group_edit", group.pk, post=typed)

    row = IssueGroup.objects.select_related("task").get(pk=group.pk)
    found = {"title": row.title, "field": row.field_id, "competence": row.competence}
    assert (refused.status_code, found) == (403, typed)
    assert row.task.title == "Chuẩn bị trả lời: Đường thôn 5 lầy lội"
    answer = actions.write_answer(row, by=officer, text="Xã sẽ rải đá")
    actions.submit_answer(answer, by=officer)
    actions.accept_answer(answer, by=clerk)
    actions.release_answers([answer], by=clerk)
    assert browse(clerk)("group_edit", group.pk, post=typed).status_code == 409


def test_a_classified_opinion_of_an_asked_group_leaves_classified(consultation, clerk, agency):
    group = asked(consultation, clerk, agency)
    row = group.opinions.first()

    actions.ungroup_opinion(row, by=clerk)

    assert (row.group, row.state) == (None, OpinionState.CLASSIFIED)


# --- merging --------------------------------------------------------------------------------------


def test_merging_carries_everything_and_undoing_brings_it_back(consultation, clerk, agency):
    small, big = grouped(consultation, clerk), asked(consultation, clerk, agency)
    Support.objects.create(submission=sent(consultation).submission, group=small, position=2)
    before = standing()

    actions.merge_group(small, by=clerk, into=big)
    merged = IssueGroup.objects.with_numbers().get(pk=big.pk)
    states = set(big.opinions.values_list("state", flat=True))
    actions.undo_merge(small, by=clerk)

    assert (merged.opinion_count, merged.people, states) == (4, 5, {OpinionState.ASKED})
    assert (standing(), small.supports.count(), small.merged_into) == (before, 1, None)


def test_an_opinion_that_left_meanwhile_stays_where_it_went(consultation, clerk):
    small, big = grouped(consultation, clerk), grouped(consultation, clerk)
    actions.merge_group(small, by=clerk, into=big)
    gone = big.opinions.earliest("pk")
    actions.ungroup_opinion(gone, by=clerk)

    actions.undo_merge(small, by=clerk)

    gone.refresh_from_db()
    assert (gone.group, small.opinions.count(), big.opinions.count()) == (None, 1, 2)


def test_what_was_asked_another_consultation_or_itself_is_not_merged(consultation, clerk, agency):
    small, big = grouped(consultation, clerk), asked(consultation, clerk, agency)
    foreign = IssueGroupFactory(
        consultation=ConsultationFactory(organisation=consultation.organisation)
    )

    for source, into in ((big, small), (small, foreign), (small, small)):
        with pytest.raises(IllegalMoveError):
            actions.merge_group(source, by=clerk, into=into)
    with pytest.raises(RefusedError):
        actions.merge_group(small, by=member(Role.CLERK), into=big)


def test_merges_are_undone_last_first(consultation, clerk):
    first, second, third = (grouped(consultation, clerk, 1) for _row in range(3))
    before = standing()
    actions.merge_group(first, by=clerk, into=second)
    actions.merge_group(second, by=clerk, into=third)

    with pytest.raises(IllegalMoveError):
        actions.undo_merge(first, by=clerk)
    second.refresh_from_db()
    actions.undo_merge(second, by=clerk)
    first.refresh_from_db()
    actions.undo_merge(first, by=clerk)

    assert standing() == before


# --- what is like it ------------------------------------------------------------------------------


def test_the_page_of_an_opinion_offers_groups_and_lone_opinions_like_it(
    browse, consultation, clerk, agency, officer
):
    known = classified(consultation, clerk, ROADS[0])
    group = actions.create_group(
        [known], by=clerk, title="Đường thôn 5", field=known.field, competence="commune"
    )
    row = opinion(consultation, ROADS[1])
    lone = opinion(consultation, "Đường thôn 5 lầy lội, xe không đi được")
    opinion(consultation, ROADS[2])

    offers = queries.offers_for(row)
    page = browse(clerk)("opinion", row.pk).content.decode()

    assert [offer.group for offer in offers.groups] == [group]
    assert [alike.opinion for alike in offers.alone] == [lone]
    assert ("Có thể cùng một việc" in page, "<mark>bê</mark>" in page) == (True, True)
    assert [alike.opinion.pk for alike in queries.lone_like(group, [known])] == [row.pk, lone.pk]


def test_marks_stand_on_shared_words_and_the_text_stays_whole():
    pieces = queries.similar.marked("Đường lầy, LẦY!", frozenset({"lay"}))

    assert pieces == [("Đường ", False), ("lầy", True), (", ", False), ("LẦY", True), ("!", False)]


def test_pages_ask_the_same_number_of_questions_however_many_are_alike(browse, consultation, clerk):
    group, _other = grouped(consultation, clerk, 1), grouped(consultation, clerk, 1)
    row = opinion(consultation, "Đường hỏng 0")
    page = browse(clerk)
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as asked_now:
            page("opinion", row.pk)
            page("group", group.pk)
        counts.append(len(asked_now))
        for number in range(6):
            opinion(consultation, f"Đường hỏng {number}")
            grouped(consultation, clerk, 1)

    assert counts[0] == counts[1]
    assert counts[0] <= 40


# --- raised before --------------------------------------------------------------------------------


@pytest.fixture
def years(consultation, clerk):
    """The same matter in 2022, 2024 and now, each in a group of its own."""
    found = []
    for year in (2022, 2024):
        start = datetime.datetime(year, 3, 1, tzinfo=datetime.UTC)
        former = ConsultationFactory(
            organisation=consultation.organisation, session=consultation.session
        )
        found.append(_group(former, clerk, ROADS[0]))
        former.opens_at, former.closes_at = start, start + datetime.timedelta(days=20)
        former.save()
        found[-1].consultation = former
    return [*found, _group(consultation, clerk, ROADS[1])]


def _group(consultation, clerk, text):
    row = classified(consultation, clerk, text)
    return actions.create_group(
        [row], by=clerk, title="Đường thôn 5", field=row.field, competence="commune"
    )


def test_former_groups_are_offered_linked_and_told_on_every_page(browse, clerk, years):
    first, second, now = years
    likely = queries.likely_earlier(now)
    actions.remember_earlier(second, by=clerk, earlier=first)
    browse(clerk)("group_remember", now.pk, post={"earlier": second.pk})

    memory = queries.memory_of(now)
    page = browse(clerk)
    told = [
        memory.sentence in page(name, pk).content.decode()
        for name, pk in (("group", now.pk), ("opinion", now.opinions.get().pk), ("ask", now.pk))
    ]

    assert {row.pk for row in likely} == {first.pk, second.pk}
    assert memory.sentence == "Đã nêu 2 lần từ năm 2022, chưa giải quyết xong"
    assert told == [True, True, True]


def test_a_link_can_be_cut_and_never_leads_forward(browse, clerk, years):
    first, _second, now = years
    actions.remember_earlier(now, by=clerk, earlier=first)
    with pytest.raises(IllegalMoveError):
        actions.remember_earlier(first, by=clerk, earlier=now)

    browse(clerk)("group_forget", now.pk, post={"earlier": first.pk})

    assert queries.memory_of(now) is None


def test_promises_kept_and_broken(clerk, years):
    first, _second, now = years
    actions.remember_earlier(now, by=clerk, earlier=first)
    day = datetime.date(2022, 12, 1)
    promised = queries.FollowUpLine("Giao Phòng Kinh tế", due_on=day)
    done = queries.FollowUpLine("Đã rải đá", due_on=day, done_on=day)
    raised = queries.memory_of(now).times[0]

    settled = [
        type(raised)(raised.group, None, lines).is_settled
        for lines in ([], [promised], [done], [done, promised])
    ]

    assert settled == [False, False, True, False]


# --- saved filters --------------------------------------------------------------------------------


def test_filters_are_kept_under_a_name_by_their_owner_alone(browse, consultation, clerk):
    other = member(Role.CLERK, consultation.organisation)
    query = "q=duong&state=received&next=//evil.example"

    browse(clerk)("filter_save", post={"name": "Đường", "query": query})
    saved = SavedFilter.objects.get()
    theirs = browse(other)("list").content.decode()
    mine = browse(clerk)("list").content.decode()
    refused = browse(other)("filter_forget", saved.pk, post={})

    assert saved.query == "q=duong&state=received"
    assert ("Đường" in mine, ">Đường</a>" in theirs, refused.status_code) == (True, False, 404)
    browse(clerk)("filter_forget", saved.pk, post={})
    assert not SavedFilter.objects.exists()


def test_phrases_come_first_and_the_rest_is_one_click_away(browse, consultation, clerk):
    opinion(consultation, "Nước sạch thiếu")
    opinion(consultation, "Sạch sẽ nhưng thiếu nước")
    page = browse(clerk)

    phrase = page("list", query="?q=nuoc sach").content.decode()
    apart = page("list", query="?q=nuoc sach&roi=1").content.decode()
    quoted = page("list", query='?q="thiếu nước"').content.decode()

    assert ("Nước sạch thiếu" in phrase, "Sạch sẽ nhưng" in phrase) == (True, False)
    assert ("Nước sạch thiếu" in apart, "Sạch sẽ nhưng" in apart) == (True, True)
    assert ("Nước sạch thiếu" in quoted, "Sạch sẽ nhưng" in quoted) == (False, True)
