"""What was promised and what became of it: register, numbers, answers, calendar, feed, open data."""

import datetime

from django.contrib.auth.decorators import login_not_required
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from core.paging import keyset_page
from dialogue.forms import ChoiceOfReader
from dialogue.public.answers import answers_for
from dialogue.public.datasets import BY_NAME, DATASETS, csv_of, json_of, note_of_data
from dialogue.public.meetings import meetings_of, public_calendar, years_of_meetings
from dialogue.public.news import News, latest_news
from dialogue.public.numbers import numbers_of
from dialogue.public.promises import chosen_of, lines_of, promises, tallies

PROMISES_SHOWN = 20
MINUTES = 60
shared = cache_control(public=True, max_age=5 * MINUTES)


@login_not_required
@require_safe
def promises_list(request: HttpRequest) -> HttpResponse:
    today, form = timezone.localdate(), ChoiceOfReader(request.GET)
    rows = chosen_of(promises(today), form.chosen).select_related(
        "clause", "lead", "notice__document__organisation", "notice__document__type"
    )
    page = keyset_page(rows, request.GET, order="-pk", size=PROMISES_SHOWN)
    context = {
        "form": form,
        "page": page,
        "lines": lines_of(page.rows),
        "stages": tallies(today, form.chosen),
    }
    return render(request, "portal/promises.html", context)


@login_not_required
@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    form = ChoiceOfReader(request.GET, only=("unit", "year"))
    found = numbers_of(form.chosen, timezone.localdate())
    return render(request, "portal/numbers.html", {"form": form, "numbers": found})


@login_not_required
@require_safe
def answers(request: HttpRequest) -> HttpResponse:
    form = ChoiceOfReader(request.GET, only=("unit", "field", "year"))
    page = keyset_page(answers_for(form.chosen), request.GET, order="-pk", size=PROMISES_SHOWN)
    return render(request, "portal/answers.html", {"form": form, "page": page})


@login_not_required
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    years = years_of_meetings()
    asked = request.GET.get("nam", "")
    this_year = timezone.localdate().year
    year = int(asked) if asked in map(str, years) else this_year
    context = {"year": year, "years": years, "quarters": meetings_of(year)}
    return render(request, "portal/calendar.html", context)


@login_not_required
@require_safe
@shared
def calendar_file(_request: HttpRequest) -> HttpResponse:
    found = public_calendar(timezone.localdate())
    return HttpResponse(found, content_type="text/calendar; charset=utf-8")


@login_not_required
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/data.html", {"datasets": DATASETS, "note": note_of_data()})


@login_not_required
@require_safe
@shared
def dataset(_request: HttpRequest, name: str, kind: str) -> StreamingHttpResponse:
    table, today = BY_NAME.get(name), timezone.localdate()
    if table is None:
        raise Http404
    writer, media_type = (csv_of, "text/csv") if kind == "csv" else (json_of, "application/json")
    response = StreamingHttpResponse(writer(table, today), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}-{today}.{kind}"'
    return response


@login_not_required
@require_safe
@shared
def robots(_request: HttpRequest) -> HttpResponse:
    """What search engines may read: the public pages, not codes, halls or the staff's pages."""
    allowed = (f"{reverse('portal:home')}cong-khai/", reverse("feedback:public_list"), "/$")
    lines = ["User-agent: *", *(f"Allow: {path}" for path in allowed), "Disallow: /"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


class NewsFeed(Feed):  # type: ignore[type-arg] # not generic when it runs
    """What is new, for a feed reader (RFC 4287)."""

    feed_type = Atom1Feed
    title = gettext_lazy("Đối thoại với Nhân dân: tin mới")
    subtitle = gettext_lazy(
        "Hội nghị được ấn định, kết luận được ban hành, câu trả lời được công bố."
    )
    language = "vi"

    def link(self) -> str:
        """The front page."""
        return reverse("portal:home")

    def items(self) -> list[News]:
        """The newest entries."""
        return latest_news()

    def item_title(self, item: News) -> str:
        """What happened."""
        return item.title

    def item_description(self, item: News) -> str:
        """Where, or by whom."""
        return item.text

    def item_link(self, item: News) -> str:
        """Where one reads on."""
        return item.url

    def item_guid(self, item: News) -> str:
        """A name that stays when the address changes (RFC 4287 §4.2.6)."""
        return f"tag:dialogue,2026:{item.key}"

    def item_updateddate(self, item: News) -> datetime.datetime:
        """When it happened."""
        return item.at


news = login_not_required(require_safe(NewsFeed()))
