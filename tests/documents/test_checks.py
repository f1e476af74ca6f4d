"""Every rule over any paper: one that fires, one that keeps silent; waivers; what an office changes."""

import uuid

import pytest
from django.urls import reverse

from core.access import RefusedError
from core.http import ONCE_FIELD
from core.versions import StaleError
from documents import actions, checks
from documents.actions import checking
from documents.checks.header import HEADER
from documents.checks.settings import Settings, shipped
from documents.checks.wording import WORDING
from documents.models import Attachment, CheckSetting, ClauseKind, LegalBasis, Recipient, Waiver
from documents.reading import slips as words
from organisations.models import Organisation, Role
from tests.documents.sheets import DAY, K, paper, said
from tests.factories.documents import TODAY, LegalBasisFactory, draft_document, head_of
from tests.factories.organisations import member

LATER = LegalBasis(kind="Quyết định", number="5-QĐ/TU", body="Tỉnh ủy", date=DAY(2026, 6, 10))
EARLIER = LegalBasis(kind="Quyết định", number="5-QĐ/TU", body="Tỉnh ủy", date=DAY(2022, 6, 10))
LAW = LegalBasis(kind="Luật", number="72/2025/QH15", body="Quốc hội", date=DAY(2025, 6, 16))
DECREE = LegalBasis(
    kind="Nghị định", number="30/2020/NĐ-CP", body="Chính phủ", date=DAY(2020, 3, 5)
)
BASIS = (K.LEGAL_BASIS, "Quyết định số 5-QĐ/TU của Tỉnh ủy")
INTRO = K.INTRODUCTION

# rule: (paper that fires, where), paper that is silent
CASES = {
    "basis-after-date": ((paper(BASIS, bases={1: LATER}), [1]), paper(BASIS, bases={1: EARLIER})),
    "deadline-far": (
        (paper("Gửi trước ngày 16/6/2027", type_id="CV"), [1]),
        paper("Gửi trước ngày 16/6/2026", type_id="CV"),
    ),
    "deadline-past": ((paper("xong trước ngày 01/5/2026"), [1]), paper("trước ngày 09/5/2026")),
    "issue-day-off": ((paper("a", today=DAY(2021, 6, 13)), [None]), paper("a")),
    "other-collective": (
        (paper((INTRO, "Thường trực Tỉnh ủy ban hành Kế hoạch")), [1]),
        paper((INTRO, "Theo quyết định, Ban Thường vụ Tỉnh ủy ban hành Kế hoạch")),
    ),
    "body-for-collective": (
        (paper((INTRO, "Căn cứ tình hình, Đảng ủy xây dựng Kế hoạch")), [1]),
        paper((INTRO, "Ban Thường vụ Đảng ủy xây dựng Kế hoạch")),
    ),
    "unknown-post": (
        (paper("a", signer_post="BÍ THƯ THƯỜNG TRỰC"), [None]),
        paper("a", signer_post="Phó Bí thư Thường trực Đảng ủy, Chủ tịch UBND xã"),
    ),
    "post-against-capacity": (
        (paper("a", capacity="head", signer_post="Phó Bí thư"), [None]),
        paper("a", capacity="deputy", signer_post="Phó Chủ tịch"),
    ),
    "strange-surname": (
        (paper("a", signer_name="Đương Văn Bình"), [None]),
        paper("a", signer_name="Thượng tá Ngô Văn Bình"),
    ),
    "header-incomplete": ((paper("a", signer_name="", place=""), [None, None]), paper("a")),
    "recipients-incomplete": ((paper("a", recipients=(("Chi bộ", ""),)), [None]), paper("a")),
    "basis-incomplete": (
        (paper((K.LEGAL_BASIS, "Công văn số 812/UBND-VP ngày 01/6/2022")), [1]),
        paper((K.LEGAL_BASIS, "Chương trình công tác năm 2026")),
    ),
    "basis-order": (
        (paper(BASIS, BASIS, bases={1: DECREE, 2: LAW}), [2]),
        paper(BASIS, BASIS, bases={1: EARLIER, 2: LAW}),
    ),
    "ambiguous-symbol": (
        (paper("a", symbol="TU"), [None]),
        paper("a", symbol="TU", level="province"),
    ),
    "clause-empty": ((paper(BASIS, " "), [2]), paper(BASIS, "a")),
    "spelling": ((paper("Đổi thoại trực tiếp; trong thời qua"), [1, 1]), paper("Đối thoại")),
    "style": (
        (paper("phục vụ nhân dân; tổ chức chính trị-xã hội"), [1, 1]),
        paper("Ủy ban nhân dân phục vụ Nhân dân", BASIS),
    ),
    "doubled-words": (
        (paper("các bên liên quan liên quan"), [1]),
        paper("luôn luôn, từ từ; xã, xã"),
    ),
    "report-period": (
        (
            paper(
                "Báo cáo tình hình kinh tế - xã hội năm 2026", "Báo cáo KT-XH đến tháng 8 năm 2026"
            ),
            [2],
        ),
        paper("Báo cáo kinh tế năm 2026", "Báo cáo KT-XH năm 2026"),
    ),
    "two-posts": (
        (paper("Chủ tịch HĐND- UBND huyện kết luận"), [1]),
        paper("Chủ tịch HĐND, Chủ tịch UBND xã"),
    ),
    "conference-name": (
        (paper("a", abstract="gặp mặt, đối thoại năm 2026", above="đối thoại năm 2026"), [None]),
        paper("a", above="đối thoại với Nhân dân"),
    ),
    "attachment-missing": (
        (paper("theo mẫu phiếu gửi kèm"), [1]),
        paper("theo mẫu phiếu gửi kèm", attached=True),
    ),
    "district-body": (
        (paper("báo cáo Huyện ủy"), [1]),
        paper("báo cáo Huyện ủy", today=DAY(2025, 6, 30)),
    ),
}


@pytest.mark.parametrize("code", [rule.code for rule in (*HEADER, *WORDING)])
def test_rule_fires_where_it_should_and_nowhere_else(code):
    (guilty, places), innocent = CASES[code]

    assert [place for _words, place in said(code, guilty)] == places
    assert said(code, innocent) == []


def test_findings_say_what_to_do():
    assert said("strange-surname", paper("a", signer_name="Đương Văn Bình")) == [
        ("Họ trong “Đương Văn Bình” lạ; có phải “Dương”?", None)
    ]
    assert said("spelling", paper("ĐỔI THOẠI")) == [("“ĐỔI THOẠI” nên viết “ĐỐI THOẠI”.", 1)]
    assert said("basis-after-date", paper(BASIS, bases={1: LATER})) == [
        ("Căn cứ ngày 10/6/2026 có sau ngày văn bản (08/5/2026); hãy xem lại hai ngày.", 1)
    ]


def test_minutes_are_signed_by_a_secretary_who_has_a_name():
    assert said("header-incomplete", paper("a", type_id="BB")) == [
        ("Chưa có tên thư ký; biên bản do chủ trì và thư ký cùng ký.", None)
    ]
    assert said("header-incomplete", paper("a", type_id="BB", secretary_name="Lê An")) == []


def test_a_basis_without_an_entry_is_dated_by_its_words():
    late = (K.LEGAL_BASIS, "Công văn số 1 ngày 10 tháng 6 năm 2026 của Tỉnh ủy")

    assert [place for _words, place in said("basis-after-date", paper(late))] == [1]


def test_dissolved_recipients_are_named():
    sheet = paper("a")
    body = Organisation(name="Huyện đoàn", valid_to=DAY(2025, 6, 30))
    sheet.recipients = [Recipient(text="Huyện đoàn", organisation=body)]

    assert said("district-body", sheet) == [
        ("Nơi nhận “Huyện đoàn” đã kết thúc hoạt động ngày 30/6/2025.", None)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    (
        ("của của dân", ["của của"]),
        ("phối hợp phối hợp chặt chẽ", ["phối hợp phối hợp"]),
        ("luôn luôn lắng nghe", []),
        ("thôn, thôn trưởng", []),
        ("năm 2026 2026", []),
    ),
)
def test_doubled_words(text, found):
    assert [slip.found for slip in words.doubled(text, ["luôn"])] == found


@pytest.mark.parametrize(
    ("line", "entry"),
    (
        ("đổi thoại → đối thoại", words.Spelling("đổi thoại", "đối thoại")),
        ("a → b (trừ sau: x, y z)", words.Spelling("a", "b", ("x", "y z"))),
        ("không có mũi tên", None),
        ("→ b", None),
    ),
)
def test_lines_of_a_list_are_read(line, entry):
    assert words.read_spelling(line) == entry


def test_a_changed_list_changes_what_is_found():
    assert said("spelling", paper("hội nghi", settings={"spelling": "hội nghi → hội nghị"})) == [
        ("“hội nghi” nên viết “hội nghị”.", 1)
    ]
    assert said("district-body", paper("báo cáo Huyện ủy", settings={"district_bodies": ""})) == []


def test_a_limit_that_is_no_number_falls_back():
    assert Settings({"slack_days": "hai"}).number("slack_days") == 2


# --- with the database ---------------------------------------------------------------------------


@pytest.fixture
def document():
    document = draft_document()
    clause = document.clauses.get(kind=ClauseKind.PURPOSE)
    clause.text = "Phục vụ nhân dân"
    clause.save()
    return document


def findings(document):
    return checks.report(document, today=TODAY)


@pytest.mark.django_db
def test_waived_until_the_words_change(document):
    clerk = document.created_by
    finding = findings(document).groups[-1].rows[-1]
    assert finding.message == "“nhân dân” nên viết “Nhân dân”."

    checking.waive_finding(
        document, by=clerk, fingerprint=finding.fingerprint, reason="Trích nguyên văn", today=TODAY
    )
    assert [(row.message, row.waiver.reason) for row in findings(document).waived] == [
        (finding.message, "Trích nguyên văn")
    ]

    clause = document.clauses.get(pk=finding.clause_id)
    actions.edit_clause(clause, by=clerk, version=clause.version, text="Phục vụ nhân dân tốt hơn")
    assert findings(document).waived == []
    assert finding.message in [row.message for row in findings(document).rows]


@pytest.mark.django_db
def test_errors_cannot_be_waived(document):
    document.signer_name = ""
    document.save()
    error = findings(document).errors[0]

    with pytest.raises(RefusedError, match="phải sửa"):
        checking.waive_finding(
            document,
            by=document.created_by,
            fingerprint=error.fingerprint,
            reason="Cứ để vậy",
            today=TODAY,
        )
    assert Waiver.objects.count() == 0


@pytest.mark.django_db
def test_only_the_clerk_waives_and_only_a_draft(document):
    finding = findings(document).groups[-1].rows[-1]
    asked = {"fingerprint": finding.fingerprint, "reason": "Được", "today": TODAY}
    with pytest.raises(RefusedError):
        checking.waive_finding(document, by=head_of(document), **asked)

    actions.submit_document(document, by=document.created_by)
    with pytest.raises(RefusedError):
        checking.waive_finding(document, by=document.created_by, **asked)


@pytest.mark.django_db
def test_clerk_waives_on_the_page_and_the_head_reads_why(client, document):
    finding = findings(document).groups[-1].rows[-1]
    client.force_login(document.created_by)
    address = reverse("documents:waive", args=[document.pk])
    page = client.get(f"{address}?finding={finding.fingerprint}")
    assert finding.message in page.text
    assert client.get(f"{address}?finding={'0' * 64}").status_code == 404

    client.post(
        address,
        {"finding": finding.fingerprint, "reason": "Tên riêng", ONCE_FIELD: str(uuid.uuid4())},
    )
    actions.submit_document(document, by=document.created_by)
    client.force_login(head_of(document))
    page = client.get(reverse("documents:issue", args=[document.pk])).text
    assert "Lý do: Tên riêng" in " ".join(page.split())
    assert "Đã bỏ qua có lý do" in page


@pytest.mark.django_db
def test_a_waiver_is_taken_back(client, document):
    finding = findings(document).groups[-1].rows[-1]
    waiver = checking.waive_finding(
        document,
        by=document.created_by,
        fingerprint=finding.fingerprint,
        reason="Tên riêng",
        today=TODAY,
    )
    client.force_login(document.created_by)
    client.post(reverse("documents:unwaive", args=[document.pk, waiver.pk]))
    assert findings(document).waived == []


@pytest.mark.django_db
def test_page_leads_to_the_clause_and_counts(client, document):
    client.force_login(document.created_by)
    type(document).objects.filter(pk=document.pk).update(signer_post="")
    page = client.get(reverse("documents:check", args=[document.pk])).text
    clause = document.clauses.get(kind=ClauseKind.PURPOSE)
    assert (
        f"{reverse('documents:clause_edit', args=[document.pk, clause.pk])}#clause-{clause.pk}"
        in page
    )
    assert f"{reverse('documents:header', args=[document.pk])}#id_signer_post" in page
    part = client.get(
        reverse("documents:check", args=[document.pk]), headers={"HX-Request": "true"}
    )
    assert "<html" not in part.text
    assert "Lưu ý" in part.text


@pytest.mark.django_db
def test_attachment_silences_the_rule(document):
    clause = document.clauses.get(kind=ClauseKind.PURPOSE)
    clause.text = "Theo mẫu gửi kèm"
    clause.save()
    assert "attachment-missing" in [row.rule for row in findings(document).rows]
    from core.models import StoredFile

    file = StoredFile.objects.create(
        name="a.pdf", content_type="application/pdf", size=1, sha256=""
    )
    Attachment.objects.create(document=document, file=file, title="Mẫu phiếu")
    assert "attachment-missing" not in [row.rule for row in findings(document).rows]


@pytest.mark.django_db
def test_register_entries_are_read(document):
    clause = document.clauses.get(kind=ClauseKind.LEGAL_BASIS)
    from documents.actions.bases import save_basis

    save_basis(clause, {"basis": LegalBasisFactory(date=DAY(2026, 6, 1))}, document.created_by)
    assert [row.rule for row in findings(document).errors] == ["basis-after-date"]
    later = checks.report(document, today=DAY(2026, 6, 1))
    assert later.errors == []


@pytest.mark.django_db
def test_shipped_values_are_in_the_table():
    assert set(CheckSetting.objects.values_list("code", "value")) == {
        (row["code"], row["value"]) for row in shipped()
    }


@pytest.mark.django_db
def test_administrator_changes_a_list(client):
    admin = member(Role.ADMIN)
    client.force_login(admin)
    address = reverse("documents:check_setting", args=["spelling"])
    answer = client.post(address, {"version": 1, "value": "thiếu mũi tên"})
    assert "thiếu dấu mũi tên" in answer.text

    client.post(address, {"version": 1, "value": "hội nghi → hội nghị"})
    row = CheckSetting.objects.get(pk="spelling")
    assert (row.value, row.version, row.edited_by) == ("hội nghi → hội nghị", 2, admin)
    assert client.post(address, {"version": 1, "value": "a → b"}).status_code == 409


@pytest.mark.django_db
def test_nobody_else_changes_a_list():
    row = CheckSetting.objects.get(pk="slack_days")
    with pytest.raises(RefusedError):
        checking.edit_check_setting(row, by=member(Role.CLERK), version=1, value="9")
    with pytest.raises(StaleError):
        checking.edit_check_setting(row, by=member(Role.ADMIN), version=7, value="9")


def test_every_rule_says_why():
    assert [rule.code for rule in checks.all_rules() if not str(rule.why)] == []


def test_every_rule_is_in_the_documentation():
    from pathlib import Path

    page = (Path(__file__).parents[2] / "docs" / "checks.md").read_text(encoding="utf-8")
    rows = [
        f"| {rule.number} | `{rule.code}` | {rule.severity} | {rule.title} |"
        for rule in checks.all_rules()
    ]
    table = page.partition("<!-- rules -->")[2].partition("<!-- end of rules -->")[0]
    assert [line for line in table.splitlines() if "| `" in line] == rows
