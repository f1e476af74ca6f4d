import pytest
from cachetools import TTLCache

from core import quick, throttle
from core.throttle import count_so_far, is_beyond, is_roughly_beyond

NAME, MINUTE = "test:10.0.0.1", 60


@pytest.mark.parametrize("limit", (0, 2, 40, 60))
@pytest.mark.parametrize("beyond", (is_beyond, is_roughly_beyond))
def test_the_one_after_the_limit_is_beyond_it(beyond, limit):
    found = [beyond(NAME, limit, seconds=MINUTE) for _time in range(limit + 2)]

    assert found == [False] * limit + [True, True]


def test_far_from_the_limit_redis_hears_of_ten_together(monkeypatch):
    asked = []
    monkeypatch.setattr(quick, "server", lambda server=quick.server: asked.append(1) or server())

    for _time in range(25):
        is_roughly_beyond(NAME, 1000, seconds=MINUTE)

    assert (len(asked), count_so_far(NAME)) == (2, 20)


def test_three_processes_pass_the_limit_by_nine_at_most(monkeypatch):
    processes = [TTLCache(10, MINUTE) for _process in range(3)]
    passed = 0
    for number in range(120):
        monkeypatch.setattr(throttle, "_tallies", processes[number % 3])
        passed += not is_roughly_beyond(NAME, 60, seconds=MINUTE)

    assert 60 <= passed <= 69
    assert is_roughly_beyond(NAME, 60, seconds=MINUTE)
