"""Letters, the notice, the loudspeaker's text and the poster, all out of what the plan says."""

import datetime
from dataclasses import replace
from zoneinfo import ZoneInfo

import pdfplumber
import pytest
from django.urls import reverse

from core.access import RefusedError
from documents import checks
from documents.facts import owner_of
from documents.models import Document
from feedback.models import Consultation
from organisations.models import Role
from plans.actions.announcing import announce_session
from plans.documents import spoken_day, spoken_number, spoken_sentences, spoken_time
from plans.documents.board import poster_of
from plans.models import Announcement, DialogueSession
from plans.queries.calls import call_of
from tests.factories.documents import TODAY, issued
from tests.factories.organisations import member
from tests.factories.plans import add_session, body, draft_plan
from tests.forms import once
from tests.stage import standing

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime.datetime(2026, 5, 8, 9, 0, tzinfo=HERE)
KINDS = [kind.value for kind in Announcement.Kind]


@pytest.mark.parametrize(
    ("number", "said"),
    (
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (30, "ba mươi"),
        (105, "một trăm linh năm"),
        (2000, "hai nghìn"),
        (2026, "hai nghìn không trăm hai mươi sáu"),
        (2105, "hai nghìn một trăm linh năm"),
    ),
)
def test_numbers_are_said(number, said):
    assert spoken_number(number) == said


@pytest.mark.parametrize(
    ("day", "said"),
    (
        (
            datetime.date(2026, 5, 8),
            "thứ Sáu, ngày mùng tám tháng Năm năm hai nghìn không trăm hai mươi sáu",
        ),
        (
            datetime.date(2026, 11, 15),
            "Chủ nhật, ngày mười lăm tháng Mười một năm hai nghìn không trăm hai mươi sáu",
        ),
    ),
)
def test_days_are_said(day, said):
    assert spoken_day(day) == said


@pytest.mark.parametrize(
    ("hour", "minute", "said"),
    ((8, 0, "tám giờ sáng"), (14, 30, "hai giờ ba mươi phút chiều"), (19, 0, "bảy giờ tối")),
)
def test_times_are_said(hour, minute, said):
    moment = datetime.datetime(2026, 5, 8, hour, minute, tzinfo=HERE)
    assert spoken_time(moment) == said


def made_session():
    plan = draft_plan()
    clause = add_session(plan, plan.document.created_by, time="ngày 14/8/2026")
    body("Mặt trận", plan.document.organisation)
    issued(plan.document)
    return clause.session.pk


_standing = standing(made_session)


@pytest.fixture
def session(_standing, db):
    return DialogueSession.objects.get(pk=_standing)


def clerk(session):
    return session.plan.document.created_by


def open_consultation(session):
    return Consultation.objects.create(
        session=session,
        organisation=session.plan.document.organisation,
        slug="y-kien-thu",
        title="Lấy ý kiến",
        opens_at=NOW,
        closes_at=NOW + datetime.timedelta(days=20),
        state="open",
    )


def announce(session, kind, **given):
    return announce_session(
        session, **{"by": clerk(session), "kind": kind, "now": NOW, "today": TODAY, **given}
    )


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_every_paper_is_complete_and_says_when_and_where(session, kind):
    document = announce(session, kind)

    text = "\n".join(document.clauses.values_list("text", flat=True))
    assert "Thời gian: thứ Sáu, 14/8/2026." in text
    assert "Địa điểm: Nhà văn hóa xã." in text
    assert session.plan.document.register_code in text
    assert document.relates_to == session.plan.document
    assert owner_of(document).url == session.get_absolute_url()
    assert checks.report(document, today=TODAY).errors == []


@pytest.mark.django_db
def test_letters_are_addressed_and_the_notice_is_not(session):
    letter, notice = announce(session, "request"), announce(session, "notice")

    assert (letter.type_id, notice.type_id) == ("CV", "TB")
    assert [row.text for row in letter.addressees.all()] == ["Mặt trận xã Tân Hòa"]
    assert [row.text for row in letter.recipients.order_by("position")][0] == "Như trên"
    assert list(notice.addressees.all()) == []


@pytest.mark.django_db
def test_one_of_each_kind(session):
    announce(session, "notice")
    with pytest.raises(RefusedError, match="đã được lập"):
        announce(session, "notice")
    assert Announcement.objects.count() == 1


@pytest.mark.django_db
def test_only_the_clerk_of_an_issued_plan(session):
    with pytest.raises(RefusedError):
        announce(session, "notice", by=member(Role.CLERK))
    Document.objects.filter(pk=session.plan.document_id).update(state="draft", number=None)
    session.plan.document.refresh_from_db()
    with pytest.raises(RefusedError):
        announce(session, "notice")


@pytest.mark.django_db
def test_an_open_consultation_is_pointed_to(session):
    before = call_of(session, NOW)
    assert (before.way, poster_of(before).qr_text) == (None, "")

    row = open_consultation(session)

    call = call_of(session, NOW)
    address = reverse("feedback:public_form", args=[row.slug])
    assert call.way.url.endswith(address)
    assert poster_of(call).qr_text == call.way.url
    text = "\n".join(announce(session, "notice").clauses.values_list("text", flat=True))
    assert address in text
    assert "trước khi hết ngày 28/5/2026" in text


@pytest.mark.django_db
def test_the_loudspeaker_says_days_in_words(session):
    sentences = spoken_sentences(call_of(session, NOW))

    spoken = "thứ Sáu, ngày mười bốn tháng Tám năm hai nghìn không trăm hai mươi sáu"
    assert f"Thời gian: {spoken}." in sentences
    assert sentences[-1] == f"Xin nhắc lại: hội nghị họp {spoken}, tại Nhà văn hóa xã."


@pytest.mark.django_db
def test_the_loudspeaker_says_a_month_in_words(session):
    call = replace(call_of(session, NOW), on=None, when="Tháng 12/2026")

    spoken = "tháng Mười hai năm hai nghìn không trăm hai mươi sáu"
    assert spoken_sentences(call)[-1] == f"Xin nhắc lại: hội nghị họp {spoken}, tại Nhà văn hóa xã."


@pytest.mark.django_db
@pytest.mark.parametrize(("size", "width"), (("a4", 595), ("a3", 842)))
def test_the_poster_is_one_page_with_its_facts(client, session, size, width, tmp_path):
    open_consultation(session)
    client.force_login(clerk(session))
    answer = client.get(reverse("plans:poster", args=[session.pk, size]))
    file = tmp_path / "poster.pdf"
    file.write_bytes(answer.content)
    with pdfplumber.open(file) as pdf:
        assert len(pdf.pages) == 1
        assert round(float(pdf.pages[0].width)) == width
        text = pdf.pages[0].extract_text()
    assert "14/8/2026" in text
    assert "Nhà văn hóa xã" in text
    assert client.get(reverse("plans:poster", args=[session.pk, "a5"])).status_code == 404


@pytest.mark.django_db
def test_one_click_on_the_page(client, session):
    client.force_login(clerk(session))
    page = client.get(reverse("plans:announcements", args=[session.pk])).text
    address = reverse("plans:announce", args=[session.pk, "notice"])
    assert address in page

    answer = client.post(address, once())
    document = Document.objects.get(type_id="TB")
    assert answer.url == reverse("documents:edit", args=[document.pk])
    assert address not in client.get(reverse("plans:announcements", args=[session.pk])).text
    assert client.get(reverse("plans:loudspeaker", args=[session.pk])).status_code == 200
