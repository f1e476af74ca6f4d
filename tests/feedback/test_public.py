import datetime
import io
import re
import unicodedata
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from core.models import StoredFile
from feedback.actions import clear_overdue
from feedback.models import Opinion, PendingFile, Submission
from feedback.states import ConsultationState
from tests.factories.feedback import ConsultationFactory, sent

pytestmark = pytest.mark.django_db


def filled(consultation, **changes):
    area = consultation.organisation.unit.children.get().pk
    return {
        "token": str(uuid.uuid4()),
        "place": "0",
        "matter-0-text": "Đường vào thôn lầy lội",
        "matter-0-field": "TRANS",
        "matter-0-kind": "proposal",
        "area": str(area),
        "audience": "citizen",
        "reply_mode": "conference",
        "send": "1",
    } | changes


def address(consultation):
    return reverse("feedback:public_form", args=[consultation.slug])


def picture(name="anh.jpg"):
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def codes_on(receipt):
    shown = re.findall(r'class="code-text">([^<]+)<', receipt.text)
    return [code.replace("-", "") for code in shown]


def test_empty_form_needs_no_login_and_at_most_six_required_inputs(client, consultation):
    response = client.get(address(consultation))

    assert response.status_code == 200
    assert response.content.decode().count("(bắt buộc)") <= 6
    assert "no-store" in response["Cache-Control"]
    assert "script-src 'self'" in response["Content-Security-Policy"]


def test_sending_gives_code_and_secret_and_stores_only_the_hash(client, consultation):
    response = client.post(address(consultation), filled(consultation))

    submission = Submission.objects.get()
    code, secret = codes_on(response)
    assert response.status_code == 200
    assert (code, len(secret)) == (submission.code, 15)
    assert secret not in (submission.secret_hash, str(submission.form_token))
    assert submission.opinions.get().text == "Đường vào thôn lầy lội"


def test_several_matters_are_sent_as_one_form(client, consultation):
    second = {"matter-1-text": "Cầu treo mục ván", "matter-1-field": "LAND"}
    typed = filled(consultation, place=["0", "1"], **second, **{"matter-1-kind": "proposal"})

    response = client.post(address(consultation), typed)

    submission = Submission.objects.get()
    assert codes_on(response)[0] == submission.code
    assert list(submission.opinions.order_by("position").values_list("text", "field")) == [
        ("Đường vào thôn lầy lội", "TRANS"),
        ("Cầu treo mục ván", "LAND"),
    ]


def test_double_click_counts_once_and_shows_the_same_receipt(client, consultation):
    typed = filled(consultation)

    first = codes_on(client.post(address(consultation), typed))
    second = codes_on(client.post(address(consultation), typed))

    assert Submission.objects.count() == 1
    assert first == second


def test_the_server_keeps_the_plan_of_the_statement_that_takes_a_form(client, consultation):
    client.post(address(consultation), filled(consultation))

    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        kept = [statement for (statement,) in cursor.fetchall()]
    assert any("INSERT INTO feedback_submission" in statement for statement in kept)


def test_going_back_and_writing_something_else_is_a_second_form(client, consultation):
    typed = filled(consultation)
    first = client.post(address(consultation), typed)

    second = client.post(address(consultation), typed | {"matter-0-text": "Cầu <b>cũng</b> hỏng"})

    assert Opinion.objects.count() == 2
    assert codes_on(first) != codes_on(second)
    assert "Đường vào thôn" not in second.text
    assert "Cầu &lt;b&gt;cũng&lt;/b&gt; hỏng" in second.text


def test_one_more_matter_keeps_everything(client, consultation):
    typed = filled(consultation, add="1", full_name="Trần Văn Bình")
    del typed["send"]

    page = client.post(address(consultation), typed).content.decode()

    assert Submission.objects.count() == 0
    assert "Đường vào thôn lầy lội" in page
    assert "Trần Văn Bình" in page
    assert 'name="matter-1-text"' in page
    assert "error-summary" not in page


def test_files_survive_an_error(client, consultation):
    typed = filled(consultation, audience="", uploads=picture())
    page = client.post(address(consultation), typed).content.decode()
    assert PendingFile.objects.count() == 1
    assert '<input type="hidden" name="kept" value="1">' in page

    del typed["uploads"]
    client.post(address(consultation), typed | {"audience": "citizen", "kept": "1"})

    assert Submission.objects.get().files.get().file.own_name == "anh.jpg"
    assert PendingFile.objects.count() == 0


def test_files_of_forms_nobody_sent_are_thrown_away_after_a_day(client, consultation):
    client.post(address(consultation), filled(consultation, audience="", uploads=picture()))
    kept = PendingFile.objects.get().file

    assert clear_overdue(timezone.now())["abandoned"] == 0
    assert clear_overdue(timezone.now() + datetime.timedelta(days=2))["abandoned"] == 1
    assert StoredFile.objects.filter(pk=kept.pk).exists() is False


def test_personal_data_need_consent(client, consultation):
    typed = filled(consultation, phone="0912345678")

    refused = client.post(address(consultation), typed)
    assert (refused.status_code, Submission.objects.count()) == (422, 0)
    assert "0912345678" in refused.content.decode()

    client.post(address(consultation), typed | {"consent": "on"})
    submission = Submission.objects.get()
    assert (submission.sender.phone, submission.consent.version) == ("0912345678", 1)


def test_without_personal_data_no_consent_and_no_sender(client, consultation):
    client.post(address(consultation), filled(consultation))

    submission = Submission.objects.get()
    assert (submission.consent, hasattr(submission, "sender")) == (None, False)


@pytest.mark.parametrize(
    ("name", "typed"),
    (
        ("matter-0-text", "Đường\x00 hỏng"),
        ("matter-0-text", "Đường \u202egnỏh"),
        ("matter-0-text", "a" * 3001),
        ("full_name", "Trần " * 2000),
        ("matter-0-field", "NOPE"),
        ("matter-0-kind", "denunciation"),
        ("area", "999999"),
        ("email", "khong-phai-thu"),
        ("phone", "12"),
    ),
)
def test_bad_input_is_refused_beside_the_field_and_the_rest_stays(
    client, consultation, name, typed
):
    data = filled(consultation, consent="on", proposal="x", **{"matter-0-proposal": "Rải đá"})

    response = client.post(address(consultation), data | {name: typed})

    assert response.status_code == 422
    assert Submission.objects.count() == 0
    assert f"#id_{name}" in response.content.decode()
    assert "Rải đá" in response.content.decode()


def test_decomposed_letters_and_emoji_are_welcome(client, consultation):
    typed = unicodedata.normalize("NFD", "Đường hỏng 🙏")

    client.post(address(consultation), filled(consultation, **{"matter-0-text": typed}))

    assert Opinion.objects.get().text == "Đường hỏng 🙏"


@pytest.mark.parametrize("content", (b"MZ\x90\x00 not a picture", b"<script>alert(1)</script>"))
def test_pretended_pictures_are_refused(client, consultation, content):
    fake = SimpleUploadedFile("anh.jpg", content, "image/jpeg")

    response = client.post(address(consultation), filled(consultation, uploads=fake))

    assert (response.status_code, Submission.objects.count()) == (422, 0)
    assert "không phải là ảnh JPG thật" in response.content.decode()


def test_oversize_files_are_refused(client, consultation, settings):
    settings.UPLOAD_MAX_BYTES = 100

    response = client.post(address(consultation), filled(consultation, uploads=picture()))

    assert (response.status_code, Submission.objects.count()) == (422, 0)


def test_honeypot_stores_nothing(client, consultation):
    response = client.post(address(consultation), filled(consultation, website="http://x"))

    assert (response.status_code, Submission.objects.count()) == (422, 0)


def test_closing_while_somebody_writes_gives_the_text_back(client, consultation):
    typed = filled(consultation)
    consultation.state = ConsultationState.CLOSED
    consultation.save()

    response = client.post(address(consultation), typed)

    assert (response.status_code, Submission.objects.count()) == (409, 0)
    assert "Đường vào thôn lầy lội" in response.content.decode()


@pytest.mark.parametrize("hours", (-1, 1))
def test_a_closed_consultation_names_its_hour_only_when_that_has_come(client, hours):
    until = timezone.now() + datetime.timedelta(hours=hours)
    row = ConsultationFactory(state=ConsultationState.CLOSED, closes_at=until)

    page = client.get(address(row)).content.decode()

    assert ("Văn phòng đã đóng" in page, "kết thúc lúc" in page) == (hours > 0, hours < 0)


def test_a_form_that_arrived_in_time_still_shows_its_receipt_after_closing(client, consultation):
    typed = filled(consultation)
    client.post(address(consultation), typed)
    consultation.state = ConsultationState.CLOSED
    consultation.save()

    assert client.post(address(consultation), typed).status_code == 200


def test_drafts_are_unknown_to_the_public(client):
    draft = ConsultationFactory(state=ConsultationState.DRAFT)

    assert client.get(address(draft)).status_code == 404


def test_too_many_forms_from_one_address_keep_the_text(client, consultation, settings):
    settings.PUBLIC_SUBMISSIONS_PER_HOUR = 1
    client.post(address(consultation), filled(consultation))

    response = client.post(address(consultation), filled(consultation))

    assert (response.status_code, Submission.objects.count()) == (429, 1)
    assert "Đường vào thôn lầy lội" in response.content.decode()


def test_without_the_counter_submissions_pass_and_tracking_does_not(client, consultation, settings):
    receipt = sent(consultation)
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }

    posted = client.post(address(consultation), filled(consultation))
    tracked = client.post(
        reverse("feedback:track"), {"code": receipt.code, "secret": receipt.secret}
    )

    assert (posted.status_code, Submission.objects.count()) == (200, 2)
    assert tracked.status_code == 503


def test_tracking_forgives_how_codes_are_copied(client, consultation):
    receipt = sent(consultation)
    sloppy = receipt.shown_secret.lower().replace("0", "o").replace("1", "l").replace("-", " ")

    response = client.post(
        reverse("feedback:track"), {"code": receipt.code.lower(), "secret": sloppy}
    )

    assert response.context["tracked"].submission == receipt.submission
    assert (response["Referrer-Policy"], response["X-Robots-Tag"]) == ("no-referrer", "noindex")
    assert "no-store" in response["Cache-Control"]


def test_tracking_shows_no_personal_data(client, consultation):
    receipt = sent(consultation, contact={"full_name": "Trần Văn Bình", "phone": "0912345678"})

    page = client.post(
        reverse("feedback:track"), {"code": receipt.code, "secret": receipt.secret}
    ).content.decode()

    assert "Đường vào thôn" in page
    assert ("Trần Văn Bình" in page, "0912345678" in page) == (False, False)


def test_wrong_code_and_wrong_secret_look_the_same(client, consultation):
    receipt = sent(consultation)

    def page(code, secret):
        with CaptureQueriesContext(connection) as asked:
            response = client.post(reverse("feedback:track"), {"code": code, "secret": secret})
        body = response.content.decode().replace(code, "CODE").replace(secret, "SECRET")
        return response.status_code, len(asked), re.sub(r"\s+", " ", body)

    assert page("00000000", receipt.secret) == page(receipt.code, "2" * 15)
    assert page("00000000", "2" * 15) == page(receipt.code, "2" * 15)


def test_ten_failures_close_the_look_up_even_for_the_right_codes(client, consultation, settings):
    receipt = sent(consultation)
    settings.TRACKING_TRIES_PER_HOUR = 3
    for _try in range(3):
        wrong = client.post(reverse("feedback:track"), {"code": receipt.code, "secret": "0" * 15})
        assert wrong.status_code == 200

    right = client.post(reverse("feedback:track"), {"code": receipt.code, "secret": receipt.secret})

    assert right.status_code == 429
