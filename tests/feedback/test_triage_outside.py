import pytest
from django.urls import reverse
from django.utils import timezone

from assignments.actions import note_progress
from core.audit import readings_of
from core.models import Message
from core.timephrase import parse
from documents.documents import paper_of
from documents.models import Document
from documents.skins import skin_for
from feedback import actions
from feedback.actions import forwarding
from feedback.models import ForwardedItem, Remark, RestrictedMatter
from feedback.queries.leads import kinds_without_place, receiving_bodies
from feedback.states import OpinionState
from organisations.models import Organisation
from tests.factories.feedback import opinion, sent
from tests.factories.organisations import OrganisationFactory
from tests.feedback.steps import TODAY, classified
from tests.feedback.test_privacy import everywhere

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_fast_templates")]
ROUTED = {"kind": "denunciation", "receiving_body": "", "reason": "Zebrafish"}


def test_a_routed_denunciation_leaves_no_word_in_groups_lists_tasks_talk_or_letters(
    browse, consultation, clerk, agency, officer
):
    """Asked about, talked about, merged, put on a draft list: then it turns out what it is."""
    who = {"full_name": "Quokka Bình", "email": "quokka@vidu.vn"}
    row = classified(consultation, clerk, "Zebrafish nhận tiền của dân", contact=who)
    first = actions.create_group(
        [row], by=clerk, title="Zebrafish nhận tiền", field=row.field, competence="province"
    )
    chosen = forwarding.Chosen(groups=[first])
    office = consultation.organisation
    forwarding.start_forwarding(
        chosen, by=clerk, organisation=office, receiver=None, receiver_name="Tỉnh", today=TODAY
    )
    second = actions.create_group(
        [classified(consultation, clerk, "Zebrafish đòi tiền")], by=clerk, title="Zebrafish đòi tiền",
        field=row.field, competence="commune",
    )  # fmt: skip
    actions.merge_group(first, by=clerk, into=second)
    group = asked_about(second, clerk, agency)
    note_progress(group.task, by=officer, text="Hỏi về Zebrafish")
    Remark.objects.create(request=group.requests.get(), text="Zebrafish là ai?", by=clerk)
    other = group.opinions.exclude(pk=row.pk).get()

    pages = browse(clerk)
    pages("route_out", other.pk, post=ROUTED)
    row.refresh_from_db()
    pages("route_out", row.pk, post=ROUTED)

    # What reception keeps is sealed: even there no word stands in clear.
    assert everywhere("zebrafish") == set()
    matters = list(RestrictedMatter.objects.order_by("pk"))
    slip = matters[1].slip
    assert (slip.type_id, slip.state, everywhere("quokka")) == ("PC", "draft", set())
    assert ForwardedItem.objects.count() == 0
    stub = pages("opinion", row.pk).content.decode()
    assert ("Zebrafish" in stub, "Quokka" in stub, "phiếu chuyển" in stub) == (False, False, True)
    area = row.submission.area
    found = pages("list", query=f"?area={area.pk}").content.decode()
    assert (row.code in stub, str(area) in stub, row.code in found) == (True, False, False)
    views = readings_of(matters[1]).filter(note="Xem phiếu lưu", by=clerk)
    assert views.count() == 1


def asked_about(group, clerk, agency):
    due = parse("trước ngày 20/5/2026")
    actions.ask_agency(group, by=clerk, lead=agency, due=due, today=TODAY)
    group.refresh_from_db()
    return group


def test_the_slip_names_code_law_and_receiver_in_the_offices_own_layout(consultation, clerk):
    row = opinion(consultation, "Ông A đánh bạc", contact={"full_name": "Quokka Bình"})
    matter = actions.route_out_opinion(
        row, by=clerk, kind="crime", receiving_body="Công an xã", reason="x", today=TODAY
    )
    words = str(paper_of(matter.slip))

    shown = [part in words for part in (row.code, "Công an xã", "Bộ luật Tố tụng hình sự")]
    assert (shown, "đánh bạc" in words, "Quokka" in words) == ([True, True, True], False, False)
    office = consultation.organisation
    assert (matter.slip.skin, matter.slip.organisation) == (skin_for(office, TODAY), office)


def test_matters_go_where_the_places_own_data_say_and_home_names_what_is_missing(
    browse, consultation, clerk
):
    office = consultation.organisation
    general = {kind: row.name for kind, row in receiving_bodies(office).items()}
    # A body whose last day is known already works until then.
    OrganisationFactory(
        name="Công an xã Phúc Thịnh", function=Organisation.Function.POLICE, unit=office.unit,
        valid_to=timezone.localdate(),
    )  # fmt: skip

    home = browse(clerk).client.get(reverse("home")).content.decode()
    assert "Nơi tiếp nhận: Khiếu nại, Tố cáo" in home
    assert "cụ thể cho: Khiếu nại, Tố cáo." in browse(clerk)("habits", office.pk).content.decode()
    OrganisationFactory(
        name="Ủy ban Kiểm tra Đảng ủy xã", function=Organisation.Function.INSPECTION,
        unit=office.unit,
    )  # fmt: skip
    office.citizen_reception = "Phòng tiếp công dân"
    office.save()
    assert kinds_without_place(Organisation.objects.filter(pk=office.pk)) == [(office, [])]
    bodies = receiving_bodies(office)
    assert (bodies["denunciation"].name, bodies["complaint"].name) == (
        "Ủy ban Kiểm tra Đảng ủy xã", "Phòng tiếp công dân",
    )  # fmt: skip
    assert set(general) == {"complaint", "denunciation", "crime", "civil"}
    assert general["civil"] == "Tổ hòa giải ở cơ sở; Tòa án nhân dân khu vực"
    assert receiving_bodies(office)["crime"].name == "Công an xã Phúc Thịnh"


def test_what_stays_out_is_answered_with_decent_words_by_the_senders_way(
    browse, consultation, clerk
):
    who = {"full_name": "Quokka Bình", "email": "quokka@vidu.vn"}
    receipt = sent(consultation, "Lương đại biểu Quốc hội", contact=who, has_confirmed=True)
    row = receipt.submission.opinions.get()
    pages = browse(clerk)

    refused = pages("decline", row.pk, post={"resolution": "voters"})
    assert "Hãy ghi nơi tiếp nhận" in refused.content.decode()
    pages("decline", row.pk, post={"resolution": "voters", "target": "Thường trực HĐND xã"})

    row.refresh_from_db()
    assert (row.state, row.resolution, row.resolution_target) == (
        OpinionState.DECLINED, "voters", "Thường trực HĐND xã",
    )  # fmt: skip
    assert (row.code in row.resolution_note, "HĐND xã" in row.resolution_note) == (True, True)
    letter = Message.objects.get(key__startswith="left-out:")
    assert ("Quốc hội" in letter.body, letter.address) == (False, "quokka@vidu.vn")
    codes = {"code": receipt.code, "secret": receipt.secret}
    assert row.resolution_note in browse(None)("track", post=codes).content.decode()

    again = [pages("reply_letter", row.pk, post={}).url for _time in range(2)]
    paper = Document.objects.get(replies_to__opinion=row)
    words = str(paper_of(paper))
    assert again == [reverse("documents:edit", args=[paper.pk])] * 2
    assert (paper.type_id, row.submission.shown_code in words, "Quokka" in words) == (
        "CV", True, False,
    )  # fmt: skip
