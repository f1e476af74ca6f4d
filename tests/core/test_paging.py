import datetime

import pytest
from django.http import QueryDict

from core.models import WorkingDay
from core.paging import COUNT_CAP, Page, keyset_page

pytestmark = pytest.mark.django_db
START = datetime.date(2026, 1, 1)


def make_days(count: int) -> list[WorkingDay]:
    return WorkingDay.objects.bulk_create(
        WorkingDay(
            date=START + datetime.timedelta(days=n),
            kind=WorkingDay.Kind.DAY_OFF,
            name=f"ngày {n % 3}",
            source="thử",
        )
        for n in range(count)
    )


def open_page(query: str = "", **options) -> Page[WorkingDay]:
    return keyset_page(WorkingDay.objects.all(), QueryDict(query), **options)


def walk(way: str, page: Page[WorkingDay], **options) -> list[list[int]]:
    pages = [[row.pk for row in page.rows]]
    while query := getattr(page, way):
        page = open_page(query, **options)
        pages.append([row.pk for row in page.rows])
    return pages


@pytest.mark.parametrize("order", (("-id",), ("id",), ("name", "-date"), ("-name", "date")))
def test_walk_shows_every_row_once_and_back(order):
    make_days(10)
    expected = list(WorkingDay.objects.order_by(*order).values_list("pk", flat=True))

    pages = walk("next", open_page(order=order, size=3), order=order, size=3)
    assert [pk for page in pages for pk in page] == expected
    assert [len(page) for page in pages] == [3, 3, 3, 1]

    last = open_page(order=order, size=3)
    while last.next:
        last = open_page(last.next, order=order, size=3)
    back = walk("previous", last, order=order, size=3)
    assert back == pages[::-1]


def test_ends_have_no_further_page():
    make_days(3)
    page = open_page(size=3)
    assert (page.next, page.previous) == ("", "")


def test_empty_list():
    page = open_page()
    assert (page.rows, page.next, page.previous, page.count_text) == ([], "", "", "0")


def test_other_parameters_stay_in_the_address():
    make_days(2)
    page = open_page("state=open&state=late&q=%C4%91%E1%BA%A5t", size=1)
    kept = QueryDict(page.next)
    assert (kept.getlist("state"), kept["q"]) == (["open", "late"], "đất")


@pytest.mark.parametrize("cursor", ("x", "e30", "W10:abc", "%00", "[1]", "9" * 5000))
@pytest.mark.parametrize("name", ("sau", "truoc"))
def test_broken_cursor_gives_the_first_page(name, cursor):
    make_days(3)
    page = open_page(f"{name}={cursor}", size=2)
    assert [row.pk for row in page.rows] == [row.pk for row in open_page(size=2).rows]


def test_cursor_of_another_order_gives_the_first_page():
    make_days(4)
    foreign = open_page(size=2, order=("name", "id")).next
    assert open_page(foreign, size=2).previous == ""


def test_cursor_behind_which_nothing_stands_gives_the_first_page():
    make_days(4)
    following = open_page(size=2).next
    WorkingDay.objects.filter(pk__in=[row.pk for row in open_page(following, size=2).rows]).delete()
    assert len(open_page(following, size=2).rows) == 2


def test_every_page_costs_one_query(django_assert_num_queries):
    make_days(9)
    first = open_page(size=2)
    middle = open_page(first.next, size=2)
    with django_assert_num_queries(1):
        open_page(middle.next, size=2)


def test_count_is_capped(monkeypatch):
    make_days(4)
    monkeypatch.setattr("core.paging.COUNT_CAP", 3)
    page = open_page()
    assert (page.count, page.count_is_capped, page.count_text) == (3, True, "hơn 3")


def test_count_is_written_with_points():
    assert COUNT_CAP == 10_000
    page = open_page()
    page.__dict__["counted"] = 1204
    assert page.count_text == "1.204"
