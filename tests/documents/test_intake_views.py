"""Reading a paper on screen: nothing is saved before it is taken, and only what is taken."""

from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents.forms.intake import MAX_PIECES
from documents.models import Clause, Comment, Document, LegalBasis
from documents.printing.docx import render_docx
from documents.printing.pdf import render_pdf
from documents.reading import read_text
from documents.reading.intake import read_content
from documents.reading.pieces import hosts_of, pieces_of
from organisations.models import Role
from plans.models import Duty, Plan
from tests.documents import papers
from tests.documents.reading import files
from tests.documents.reading.test_intake import BAD
from tests.factories.organisations import member
from tests.forms import once
from tests.plans.adopted import PLAN, TEXTS, commune

pytestmark = pytest.mark.django_db
READ, ADOPT = reverse("documents:read"), reverse("documents:adopt")
NOVEL = "Sáng hôm ấy trời mưa. Lan ngồi bên cửa sổ, nghĩ về con đường làng.\n\n" * 40


@pytest.fixture
def committee():
    return commune()[0]


@pytest.fixture
def clerk(client, committee):
    client.force_login(member(Role.CLERK, committee))
    return client


def upload(content, name="ke-hoach.docx"):
    return {"file": SimpleUploadedFile(name, content)}


def form_of(text, **changed):
    """What the review page sends if nothing is changed on it."""
    posted = once(source=text, name="ke-hoach.docx")
    papers = read_text(text).documents
    for at, (paper, host) in enumerate(zip(papers, hosts_of(papers), strict=True)):
        posted |= {f"p{at}-take": "on", f"p{at}-type": paper.type, f"p{at}-abstract": paper.abstract or "x", f"p{at}-capacity": "collective"}  # fmt: skip
        for piece in pieces_of(paper, None if host is None else papers[host]):
            prefix = f"p{at}-{piece.number}"
            posted |= {f"{prefix}-take": "on", f"{prefix}-fact": "on", f"{prefix}-kind": piece.kind, f"{prefix}-text": piece.text}  # fmt: skip
    posted |= changed
    return {name: value for name, value in posted.items() if value is not None}


def test_a_text_is_shown_beside_what_was_understood(clerk):
    page = unescape(clerk.post(READ, upload(PLAN.encode(), "ke-hoach.txt")).content.decode())

    assert 'id="dong-12"' in page
    assert "tháng 5/2026" in page
    assert "Cơ quan" in page
    assert "nên xem lại" in page
    assert not Document.objects.exists()
    assert not LegalBasis.objects.exists()


def test_a_pasted_text_reads_the_same(clerk):
    pasted = clerk.post(READ, {"text": PLAN}).context["review"]
    sent = clerk.post(READ, upload(PLAN.encode())).context["review"]

    assert [row.text for row in pasted.papers[0].rows] == [row.text for row in sent.papers[0].rows]


def test_accepting_the_whole_opens_the_draft_in_the_editor(clerk, committee):
    posted = form_of(PLAN, **{"p0-organisation": committee.pk})

    answer = clerk.post(ADOPT, posted, follow=True)

    document = Document.objects.get()
    assert answer.redirect_chain == [(reverse("documents:edit", args=[document.pk]), 302)]
    assert (document.organisation, document.state) == (committee, "draft")
    assert Plan.objects.get().document == document
    assert Duty.objects.count() == 2
    told = [str(message) for message in answer.context["messages"]]
    assert told[0] == "Đã lập 1 dự thảo."
    assert told[1].startswith("Còn 2 chỗ cần xem, đã ghi thành góp ý ở từng đoạn: “Ban Xa Lạ”")
    assert Comment.objects.count() == 2


def test_a_double_click_makes_one_draft(clerk, committee):
    posted = form_of(PLAN, **{"p0-organisation": committee.pk})

    first, second = clerk.post(ADOPT, posted), clerk.post(ADOPT, posted)

    assert first.url == second.url
    assert Document.objects.count() == 1


def test_pieces_are_left_mended_and_turned_into_another_kind(clerk, committee):
    [paper] = read_text(PLAN).documents
    by_kind = {piece.kind: f"p0-{piece.number}" for piece in pieces_of(paper)}
    group, duty, purpose = (by_kind[kind] for kind in ("participant_group", "duty", "purpose"))

    clerk.post(
        ADOPT,
        form_of(
            PLAN,
            **{
                "p0-organisation": committee.pk,
                f"{group}-take": None,
                f"{duty}-fact": None,
                f"{purpose}-kind": "text",
                f"{purpose}-text": "Lắng nghe, trả lời Nhân dân.",
            },
        ),
    )

    rows = Clause.objects.filter(document=Document.objects.get())
    assert not rows.filter(kind="participant_group").exists()
    assert rows.filter(kind="text", text="Lắng nghe, trả lời Nhân dân.").count() == 1
    assert rows.filter(kind="duty").count() == 2
    assert Duty.objects.count() == 1


def test_one_paper_of_a_bundle_may_be_left(clerk, committee):
    text = (TEXTS / "letter_and_plan.txt").read_text()

    clerk.post(ADOPT, form_of(text, **{"p0-take": None, "p1-organisation": committee.pk}))

    assert Document.objects.get().type_id == "KH"


def test_an_appendix_comes_with_its_paper_and_not_without_it(clerk, committee):
    text = (TEXTS / "council_commune.txt").read_text()
    posted = form_of(text, **{"p0-organisation": committee.pk})

    alone = clerk.post(ADOPT, {name: value for name, value in posted.items() if name != "p0-take"})
    clerk.post(ADOPT, posted)

    assert "Phụ lục chỉ nhận được cùng văn bản của nó." in unescape(alone.content.decode())
    document = Document.objects.get()
    annex = document.clauses.get(kind="appendix")
    assert annex.text == "LỊCH ĐỐI THOẠI NĂM 2026"
    held = Clause.objects.filter(parent=annex).order_by("position")
    assert [row.kind for row in held] == ["fact_line", "session", "session"]
    assert Plan.objects.get().sessions.count() == 2


@pytest.mark.parametrize(
    ("changed", "said"),
    (
        ({"p0-take": None}, "Chưa chọn văn bản nào."),
        ({"p0-abstract": ""}, "Hãy điền mục này"),
        ({"p0-3-text": "x" * 20_001}, "20000"),
        ({"p0-3-text": "ẩn\u202edấu"}, "ký tự ẩn"),
    ),
)
def test_what_does_not_fit_is_said_and_nothing_typed_is_lost(clerk, committee, changed, said):
    kept = {"p0-organisation": committee.pk, "p0-4-text": "Câu đã sửa tay."}

    page = unescape(clerk.post(ADOPT, form_of(PLAN, **kept, **changed)).content.decode())

    assert said.lower() in page.lower()
    assert "Câu đã sửa tay." in page
    assert not Document.objects.exists()


@pytest.mark.parametrize(("content", "sentence"), BAD.values(), ids=BAD)
def test_a_file_that_is_not_read_saves_nothing(clerk, content, sentence):
    answer = clerk.post(READ, upload(content))

    page = unescape(answer.content.decode())
    assert answer.status_code == 200
    assert sentence in page
    assert not Document.objects.exists()
    assert clerk.get(READ).status_code == 200


@pytest.mark.parametrize(
    ("sent", "sentence"),
    (
        (NOVEL, "Nội dung này không giống văn bản hành chính"),
        ("Một câu rất dài. " * 65_000, "mỗi lần chỉ đọc được 200.000 ký tự"),
        (
            PLAN.replace("- Lắng nghe ý", "- Lắng nghe.\n" * MAX_PIECES + "- Lắng nghe ý"),
            "quá nhiều cho một lần",
        ),
        ("", "Chưa có nội dung"),
    ),
    ids=("novel", "a megabyte", "many pieces", "nothing"),
)
def test_text_that_is_no_plan_gets_its_sentence(clerk, sent, sentence):
    page = unescape(clerk.post(READ, {"text": sent}).content.decode())

    assert sentence in page
    assert not Document.objects.exists()


def test_fifty_megabytes_are_refused_unread(clerk):
    page = unescape(clerk.post(READ, upload(b"PK\x03\x04" + b"\0" * 52_428_800)).content.decode())

    assert "Tệp nặng 50 MB, chỉ nhận tệp không quá 10 MB." in page


def test_only_clerks_read_and_only_for_their_organisation(client, committee):
    client.force_login(member(Role.OFFICER, committee))
    assert [client.get(READ).status_code, client.post(ADOPT, form_of(PLAN)).status_code] == [
        403,
        403,
    ]

    client.force_login(member(Role.CLERK))
    answer = client.post(ADOPT, form_of(PLAN, **{"p0-organisation": committee.pk}))

    assert answer.status_code == 200
    assert not Document.objects.exists()


def test_the_review_costs_the_same_for_a_short_and_a_long_paper(clerk):
    long = PLAN.replace("- Lắng nghe ý kiến của Nhân dân.", "- Lắng nghe.\n" * 120)
    counts = []
    for text in (PLAN, long):
        with CaptureQueriesContext(connection) as asked:
            clerk.post(READ, {"text": text})
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 15


@pytest.mark.parametrize(
    ("skin", "render"),
    (
        *((skin, render_docx) for skin in papers.SKINS),
        (papers.PARTY, render_pdf),
        (papers.STATE, render_pdf),
    ),
)
def test_our_own_files_read_back_as_the_same_clauses(skin, render):
    paper = papers.paper("KH", skin)

    found = read_text(read_content(render(paper)).text).documents

    assert len(found) == 1
    written = [" ".join(block.text.replace("*", "").split()) for block in paper.blocks if block.text and block.role not in {"table"}]  # fmt: skip
    read = " ".join(" ".join(piece.text.split()) for piece in pieces_of(found[0]))
    missing = [text for text in written if text.removeprefix("Căn cứ ").rstrip(" .;,/") not in read]
    assert missing == []


def test_a_scan_in_a_word_file_and_a_header_are_told_apart(clerk):
    content = files.word(*(files.p(line) for line in PLAN.split("\n")), parts={"word/media/i.png": files.picture()})  # fmt: skip

    assert clerk.post(READ, upload(content)).context["review"].papers[0].rows
