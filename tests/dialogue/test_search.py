import pytest


def found(world, role, query):
    answer = world.client(role).get(world.address("search"), {"q": query})
    assert answer.status_code == 200
    return {group.title: len(group.rows) for group in answer.context["groups"]}


@pytest.mark.parametrize("query", ("nước sạch", "nuoc sach", "NUOC SACH", "Nước  sạch"))
def test_search_needs_no_accents(world, query):
    assert found(world, "clerk", query) == {"Văn bản": 3, "Nhiệm vụ": 2, "Hội nghị": 1}


def test_search_finds_an_opinion_by_its_words_and_its_code(world):
    opinion = world.rows["opinion"]

    assert found(world, "clerk", "cot dien dau duong") == {"Ý kiến": 1}
    assert found(world, "clerk", opinion.submission.shown_code) == {
        "Ý kiến": 1,
        "Nhiệm vụ": 1,  # what the sender asked about their data, under the same code
    }


def test_search_finds_nothing_a_person_may_not_see(world):
    roles = ("stranger", "other", "collector", "reception", "admin")

    assert {role: found(world, role, "cột điện") for role in roles} == dict.fromkeys(roles, {})


@pytest.mark.parametrize("query", ("", "   ", "!!", "%", "'; DROP TABLE", "a" * 5000, "\x00"))
def test_a_query_without_a_match_is_answered(world, query):
    assert found(world, "clerk", query) == {}


def test_the_query_is_shown_as_text(world):
    page = world.client("clerk").get(world.address("search"), {"q": "<b>nước"})

    text = page.content.decode()
    assert ("<b>nước" in text, "&lt;b&gt;nước" in text) == (False, True)
