import datetime
import gzip
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from core.calendar import WorkingCalendar
from core.models import Message
from core.templatetags.ui import due_words
from dialogue.context import Frame
from organisations.models import Role
from tests.factories.organisations import MembershipFactory, UserFactory

FRIDAY = datetime.date(2026, 5, 8)
STATIC = Path(settings.BASE_DIR) / "static"


def write(text: str, **values) -> str:
    return Template(text).render(Context(values)).strip()


@pytest.mark.parametrize(
    ("day", "words"),
    (
        (FRIDAY, "thứ Sáu, 08/5/2026"),
        (datetime.date(2026, 2, 1), "Chủ nhật, 01/02/2026"),
        (datetime.date(2026, 12, 14), "thứ Hai, 14/12/2026"),
        (None, ""),
        ("rác", ""),
    ),
)
def test_day_is_written_as_papers_do(day, words):
    assert write("{{ day|day }}", day=day) == words


def test_moment_is_local():
    at = datetime.datetime(2026, 5, 7, 18, 5, tzinfo=datetime.UTC)
    assert write("{{ at|moment }} {{ at|clock }}", at=at) == "01:05 ngày 08/5/2026 01:05"


@pytest.mark.parametrize(
    ("due_on", "text", "tone"),
    (
        (FRIDAY, "hạn hôm nay · thứ Sáu, 08/5/2026", "soon"),
        (datetime.date(2026, 5, 9), "không còn ngày làm việc nào · thứ Bảy, 09/5/2026", "soon"),
        (datetime.date(2026, 5, 13), "còn 3 ngày làm việc · thứ Tư, 13/5/2026", "soon"),
        (datetime.date(2026, 5, 14), "còn 4 ngày làm việc · thứ Năm, 14/5/2026", "plain"),
        (datetime.date(2026, 5, 6), "quá 2 ngày làm việc · thứ Tư, 06/5/2026", "late"),
    ),
)
def test_deadline_counts_working_days(due_on, text, tone):
    found = due_words(due_on, FRIDAY, WorkingCalendar())
    assert (str(found), found.tone) == (text, tone)


def test_deadline_missed_over_a_weekend():
    found = due_words(FRIDAY, datetime.date(2026, 5, 9), WorkingCalendar())
    assert (str(found), found.tone) == ("vừa quá hạn · thứ Sáu, 08/5/2026", "late")


def test_closed_and_missing_deadlines_need_no_calendar():
    assert write("{% due day today False %}", day=FRIDAY, today=FRIDAY) == "hạn: hết ngày 08/5/2026"
    assert write("{% due day today %}", day=None, today=FRIDAY) == "chưa có hạn"


@pytest.mark.django_db
def test_calendar_is_loaded_once_a_page(django_assert_num_queries, rf):
    chip = '{% include "components/due_chip.html" with due_on=day today=today only %}'
    page = Template("{% for day in days %}" + chip + "{% endfor %}")
    days = [FRIDAY + datetime.timedelta(days=n) for n in range(1, 30)]
    path = RequestFactory().get("/")
    path.user = AnonymousUser()
    with django_assert_num_queries(2):
        render = page.render(_request_context(path, days=days, today=FRIDAY))
    assert render.count("ngày làm việc") == 29


def _request_context(request, **values):
    from django.template import RequestContext

    return RequestContext(request, values)


class TwoFields(forms.Form):
    name = forms.CharField(label="Tên", help_text="Tên đầy đủ.")
    system = forms.ChoiceField(label="Hệ thống", choices=[("a", "A")], widget=forms.RadioSelect)

    def clean(self):
        raise forms.ValidationError("Hai mục không khớp.")


def test_error_summary_links_to_fields():
    page = str(TwoFields({}))
    assert page.count('href="#id_name"') == 1
    assert page.count('href="#id_system"') == 1
    assert page.count("Hai mục không khớp.") == 1
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'id="id_name_error"' in page


def test_form_without_errors_has_no_summary():
    assert "error-summary" not in str(TwoFields())


def test_once_field_differs_each_time():
    first, second = write("{% once_field %}"), write("{% once_field %}")
    assert first != second
    assert first.startswith('<input type="hidden" name="_once" value="')


def test_texts_are_escaped():
    page = render_to_string("components/notice.html", {"text": "<script>", "tone": "info"})
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("code", ("400", "403_csrf", "500"))
def test_error_pages_need_neither_request_nor_database(code):
    assert "<h1>" in render_to_string(f"{code}.html")


@pytest.mark.django_db
@pytest.mark.parametrize("code", ("403", "404", "409", "413"))
def test_error_pages_say_the_reason(code, rf):
    request = rf.get("/", headers={"referer": "https://elsewhere.example/"})
    request.user = AnonymousUser()
    page = render_to_string(f"{code}.html", {"reason": "Vì sao."}, request)
    assert ("Vì sao." in page) == (code != "404")
    assert "elsewhere" not in page


@pytest.mark.django_db
def test_styleguide_shows_everything(client):
    page = client.get("/styleguide/")
    assert page.status_code == 200
    assert "style=" not in page.content.decode()


@pytest.mark.django_db
def test_styleguide_is_hidden_in_production(client, settings):
    settings.MODE = "production"
    assert client.get("/styleguide/").status_code == 404


@pytest.mark.django_db
def test_rail_follows_the_roles(rf):
    collector, clerk = (MembershipFactory(role=role).user for role in (Role.COLLECTOR, Role.CLERK))
    labels = {}
    for name, user in (("collector", collector), ("clerk", clerk)):
        request = rf.get("/")
        request.user = user
        labels[name] = [str(entry.label) for entry in Frame(request).entries_at()]
    assert "Đơn vị" not in labels["collector"]
    assert set(labels["collector"]) < set(labels["clerk"])


@pytest.mark.django_db
def test_unread_counts_own_messages_in_one_query(rf, django_assert_num_queries):
    user, other = UserFactory(), UserFactory()
    for number, recipient in enumerate((user, user, other)):
        Message.objects.create(
            key=f"k{number}",
            channel=Message.Channel.IN_APP,
            recipient=recipient,
            subject="s",
            body="b",
            reason="r",
        )
    request = rf.get("/")
    request.user = user
    frame = Frame(request)
    with django_assert_num_queries(1):
        assert (frame.unread, frame.unread) == (2, 2)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ("account_login", "account_reset_password", "account_reset_password_done")
)
def test_account_pages_are_vietnamese(client, name):
    from django.urls import reverse

    page = client.get(reverse(name)).content.decode()
    assert "mật khẩu" in page
    assert "Forgot" not in page


@pytest.mark.django_db
def test_wrong_password_is_refused_in_vietnamese(client):
    page = client.post("/tai-khoan/login/", {"login": "a@example.org", "password": "sai"})
    assert page.context["form"].errors == {
        "__all__": ["Địa chỉ thư điện tử hoặc mật khẩu không đúng."]
    }


def test_public_page_is_light():
    page = render_to_string("500.html").encode()
    styles = [STATIC / "css/site.css", STATIC / "css/components.css"]
    files = [*styles, STATIC / "js/site.js", STATIC / "img/favicon.svg"]
    assert (
        sum(len(gzip.compress(part)) for part in [page, *(f.read_bytes() for f in files)]) < 20_000
    )


def test_templates_hold_no_inline_code_and_few_lines():
    for path in (Path(settings.BASE_DIR) / "templates" / "components").glob("*.html"):
        text = path.read_text()
        assert text.startswith("{% comment %}"), path
        assert not {"style=", "onclick", "<script>"} & set(text.replace(">", "> ").split()), path
        assert text.count("\n") <= 120, path
