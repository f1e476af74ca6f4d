import pytest

from conferences.models import Exchange
from tests.factories.assignments import TaskFactory


def matters(world, role, of):
    answer = world.client(role).get(world.address("trace", of))
    assert answer.status_code == 200
    return answer.context["matters"]


def test_the_past_conference_is_traced_from_question_to_task(world):
    steps = [
        (
            len(matter.exchanges),
            [point.kind for point in matter.points],
            [(task.lead.short_name, task.state) for task in matter.tasks],
        )
        for matter in matters(world, "clerk", "=conference+past")
    ]

    assert steps == [
        (1, ["assigned"], [("Phòng Kinh tế", "open")]),
        (1, ["assigned"], [("Phòng VH-XH", "accepted")]),
        (1, ["assigned"], [("Công an xã", "reported")]),
        (1, ["petition"], [("Đảng ủy xã", "open")]),
        (1, ["answered"], []),
    ]


@pytest.mark.parametrize("at", (0, 2))
def test_the_matter_asked_about_comes_first(world, at):
    whole = matters(world, "clerk", "=conference+past")
    asked = whole[at]

    traced = matters(world, "clerk", f"=task+={asked.tasks[0].pk}")

    first, others = traced[0].title, {matter.title for matter in traced[1:]}
    assert (first, others) == (asked.title, {row.title for row in whole} - {asked.title})


@pytest.mark.parametrize("kind", ("opinion", "group", "task"))
def test_a_citizen_s_sentence_and_who_prepares_its_answer_find_their_matter(world, kind):
    last = matters(world, "clerk", "=session+session_today")[-1]
    task = TaskFactory(owner=world.rows["past"].organisation, origin=last.group)
    row = {"opinion": last.opinions[0], "group": last.group, "task": task}[kind]

    assert matters(world, "clerk", f"={kind}+={row.pk}")[0].group == last.group


def test_a_task_does_not_repeat_the_words_of_its_point(world):
    page = world.client("clerk").get(world.address("trace", "=conference+past"))
    point = page.context["matters"][0].points[0]

    assert page.content.decode().count(point.clause.text) == 1


def test_an_opinion_sent_before_is_traced_to_what_was_said(world):
    group = world.rows["answered"]
    exchange = Exchange.objects.create(
        conference=world.rows["today"],
        group=group,
        raised_by="Ông A",
        question="Điện hỏng",
        outcome="noted",
        at=world.rows["today"].starts_at,
    )

    traced = {matter.group: matter for matter in matters(world, "clerk", "=conference+today")}

    matter = traced[group]
    assert (len(matter.opinions), matter.answer.group, matter.exchanges) == (1, group, [exchange])


@pytest.mark.parametrize(
    ("role", "seen"), (("asked", True), ("overseer", False), ("other", None), ("stranger", None))
)
def test_others_trace_only_what_they_may_open(world, role, seen):
    traced = {matter.group for matter in matters(world, role, "=session+session_today")}
    answers = [
        matter.answer is not None
        for matter in matters(world, role, "=session+session_today")
        if matter.group == world.rows["answered"]
    ]

    assert (world.rows["answered"] in traced, answers) == (
        seen is not None,
        [] if seen is None else [seen],
    )


@pytest.mark.parametrize(
    "kind", ("session", "opinion", "group", "conference", "notice", "task", "x")
)
def test_an_unknown_trace_is_not_found(world, kind):
    address = world.address("trace", f"={kind}+=999999")

    assert world.client("clerk").get(address).status_code == 404
