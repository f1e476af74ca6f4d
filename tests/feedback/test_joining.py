import pytest
from django.urls import reverse
from django.utils import timezone

from core.models import Message
from feedback import actions, queries
from feedback.actions import reopening
from feedback.actions.voices import confirm_email, give_verdict
from feedback.documents.held import held_data
from feedback.http import ticket_for
from feedback.models import Opinion, Reopening, Submission, Support
from organisations.models import Role
from tests.factories.feedback import opinion
from tests.factories.organisations import UnitFactory, member
from tests.feedback.steps import answered
from tests.feedback.test_public import address, filled

pytestmark = pytest.mark.django_db

WORDS = "Đường vào thôn 5 lầy lội, xe cứu thương không vào được, đề nghị đổ bê tông"
SECRET_WORDS = "Nhà bà Tư ở đầu đường thôn 5 lầy lội khổ lắm"
TITLE = "Bê tông hóa đường vào thôn 5"


@pytest.fixture
def group(consultation, clerk):
    rows = [opinion(consultation, WORDS), opinion(consultation, SECRET_WORDS)]
    found = actions.create_group(
        rows, by=clerk, title=TITLE, field=rows[0].field, competence="commune"
    )
    actions.show_to_public(found, by=clerk, is_public=True)
    queries.has_public_groups.cache_clear()
    return found


def typed(consultation, **changes):
    words = "Duong vao thon 5 lay loi lam, xin do be tong"
    return filled(consultation, **{"matter-0-text": words, **changes})


def test_a_citizen_is_shown_the_title_and_never_anybodys_words(client, consultation, group):
    before = Submission.objects.count()

    page = client.post(address(consultation), typed(consultation)).content.decode()

    assert (TITLE in page, "Nhà bà Tư" in page, "cứu thương" in page) == (True, False, False)
    assert ("xin sửa" in page, Submission.objects.count()) == (False, before)


def test_joining_adds_a_person_with_an_own_code_instead_of_a_copy(
    client, consultation, group, clerk
):
    form = typed(consultation, **{"matter-0-join": str(group.pk)})
    area = UnitFactory(
        name="An Lộc", kind="thôn", parent=consultation.organisation.unit, level="hamlet"
    )
    queries.areas_by_key.cache_clear()

    page = client.post(address(consultation), form | {"area": area.pk}).content.decode()
    support = Support.objects.get()
    numbers = type(group).objects.with_numbers().get(pk=group.pk)

    assert (TITLE in page, support.submission.code[:4] in page) == (True, True)
    assert (Opinion.objects.count(), numbers.opinion_count, numbers.people) == (2, 2, 3)
    assert str(area) in queries.areas_of(group)


def test_own_words_are_sent_as_written(client, consultation, group):
    client.post(address(consultation), typed(consultation, **{"matter-0-join": "own"}))

    assert (Opinion.objects.count(), Support.objects.count()) == (3, 0)


@pytest.mark.parametrize("hidden", ("not public", "merged", "other consultation"))
def test_a_group_not_offered_cannot_be_joined(client, consultation, clerk, group, hidden):
    type(group).objects.filter(pk=group.pk).update(
        **{
            "not public": {"is_public": False},
            "merged": {"merged_into": group.pk},
            "other consultation": {"is_public": False},
        }[hidden]
    )
    queries.has_public_groups.cache_clear()

    client.post(address(consultation), typed(consultation, **{"matter-0-join": str(group.pk)}))

    assert (Opinion.objects.count(), Support.objects.count()) == (3, 0)


def test_nothing_is_asked_when_no_title_is_public_or_like_it(client, consultation, clerk, group):
    other = filled(consultation, **{"matter-0-text": "Xin thêm giáo viên dạy nhạc"})
    client.post(address(consultation), other)
    actions.show_to_public(group, by=clerk, is_public=False)
    queries.has_public_groups.cache_clear()
    client.post(address(consultation), typed(consultation))

    assert Opinion.objects.count() == 4


def test_who_joined_follows_the_answer_by_code_and_is_written_to(
    client, consultation, clerk, agency, officer
):
    answer = answered(consultation, clerk, agency, officer)
    actions.show_to_public(answer.group, by=clerk, is_public=True)
    mail = {"email": "dan@vidu.vn", "consent": "on", "matter-0-join": str(answer.group_id)}
    client.post(address(consultation), typed(consultation, **mail))
    form = Support.objects.get().submission
    confirm_email(form.sender, now=timezone.now())
    before = queries.track(form).opinions
    actions.accept_answer(answer, by=clerk)
    actions.release_answers([answer], by=clerk)
    after = queries.track(form).opinions

    assert [(row.state, row.answer) for row in before] == [("Đang chuẩn bị trả lời", None)]
    assert [(row.text, row.answer) for row in after] == [("Cùng ý kiến với: Đường hỏng", answer)]
    letters = Message.objects.filter(recipient=None).order_by("pk")
    assert [row.key.partition(":")[0] for row in letters] == ["email-confirm", "answer-released"]


def test_only_the_office_reads_who_joined(browse, consultation, clerk, group, client):
    contact = {"full_name": "Lê Thị Mận", "consent": "on", "matter-0-join": str(group.pk)}
    client.post(address(consultation), typed(consultation, **contact))
    overseer = member(Role.OVERSEER, consultation.organisation)

    pages = [browse(user)("group", group.pk).content.decode() for user in (clerk, overseer)]

    assert ["Thông tin liên hệ" in page for page in pages] == [True, False]
    assert ["Lê Thị Mận" in page for page in pages] == [False, False]


def test_who_joined_judges_the_result_by_the_own_code(
    client, browse, consultation, clerk, agency, officer
):
    answer = answered(consultation, clerk, agency, officer)
    actions.show_to_public(answer.group, by=clerk, is_public=True)
    joins = {"matter-0-join": str(answer.group_id)}
    client.post(address(consultation), typed(consultation, **joins))
    support = Support.objects.get()
    judge = reverse("feedback:track_joined_verdict", args=[support.pk])
    says = {"ticket": ticket_for(support.submission_id), "is_settled": "0", "reason": "Còn lầy"}
    foreign = says | {"ticket": ticket_for(Opinion.objects.first().submission_id)}
    actions.accept_answer(answer, by=clerk)
    early = client.post(judge, says)
    actions.release_answers([answer], by=clerk)

    codes = [client.post(judge, sent).status_code for sent in (foreign, says | {"reason": ""})]
    page = client.post(judge, says).content.decode()
    request = Reopening.objects.get()

    assert (early.status_code, codes) == (409, [404, 422])
    assert (request.submission, request.voice) == (support.submission, support)
    assert "đang chờ quyết định" in page
    assert "Còn lầy" in browse(clerk)("group", answer.group_id).content.decode()
    assert "Còn lầy" in held_data(support.submission).content.decode("utf-8-sig")
    # The sender of the opinion has said nothing, and may ask for herself.
    own = answer.group.opinions.order_by("pk").first()
    give_verdict(own, is_settled=False, reason="Vẫn hỏng")
    assert Reopening.objects.waiting().count() == 2
    reopening.refuse_reopening(request, by=clerk, decision="Đã đủ", today=timezone.localdate())
    told = [queries.track(row.submission).opinions for row in (support, own)]
    assert ["Đã đủ" in str(rows[0].steps) for rows in told] == [True, False]
