"""A plan with every kind of clause the real plans use, from the first word to its tasks."""

import datetime

import pytest

from assignments.models import Task
from core.transitions import IllegalMoveError
from documents import actions as papers
from documents import checks
from documents.models import ClauseKind, Document, Recipient
from documents.states import DocumentState
from plans import actions
from plans.models import DialogueSession, Plan
from plans.queries import Sight, group_lines, year_board
from tests.factories.documents import TODAY, LegalBasisFactory, head_of
from tests.factories.plans import body, clerk_of, draft_plan, office
from tests.stage import standing

pytestmark = pytest.mark.django_db
DAY = datetime.date
SESSIONS = (
    (
        "Quý I/2026",
        "Cựu chiến binh phát triển kinh tế",
        "hội viên Cựu chiến binh",
        "Tháng 3/2026",
        "Hội trường xã",
    ),
    (
        "Quý II/2026",
        "Đất đai, tài nguyên",
        "công dân thôn Đông",
        "Tháng 5/2026",
        "Nhà văn hóa thôn Đông",
    ),
    ("Quý III/2026", "Xây dựng chi bộ", "cấp ủy các chi bộ", "Tháng 7/2026", "Hội trường xã"),
    (
        "Quý IV/2026",
        "Nông nghiệp, thương mại",
        "công dân thôn Tây",
        "Tháng 10/2026",
        "Nhà văn hóa thôn Tây",
    ),
)
GROUPS = (
    ("Dự kiến 120 - 150 đại biểu", {"minimum": 120, "maximum": 150}, (
        ("Cấp tỉnh", {"exact": 5}, ()),
        ("Cấp xã", {}, (
            ("Thường trực Đảng ủy, lãnh đạo xã", {"exact": 20}, ()),
            ("Đại diện Nhân dân, mỗi thôn 06 đại biểu", {"per_unit": 6, "unit_count": 18}, ()),
        )),
    )),
)  # fmt: skip


def write_groups(plan, by, parent, groups):
    for text, quota, below in groups:
        row = actions.write_clause(
            plan.document, "participant_group", text, by=by, parent=parent, **quota
        )
        write_groups(plan, by, row, below)


def write_plan():
    """The plan on the clerk's desk, with everything in it."""
    home = office()
    by = clerk_of(home)
    plan = draft_plan(home, is_blank=True, introduction_verb="Căn cứ")
    paper = plan.document

    def write(kind, text, parent=None, /, **fact):
        return actions.write_clause(paper, kind, text, by=by, parent=parent, **fact)

    for _number in range(3):
        write("legal_basis", "", basis=LegalBasisFactory())
    write("introduction", "Ban Thường vụ xây dựng Kế hoạch đối thoại như sau:")
    aims = write("heading", "Mục đích, yêu cầu")
    purpose, demand = write("heading", "Mục đích", aims), write("heading", "Yêu cầu", aims)
    for text in ("Nghe dân", "Củng cố niềm tin"):
        write("purpose", text, purpose)
    write("requirement", "Dân chủ, công khai", demand)
    topics = write("heading", "Nội dung đối thoại")
    write("topic", "Công tác xây dựng Đảng", topics)
    write("topic", "Kinh tế, xã hội", topics)
    times = write("heading", "Thời gian, địa điểm")
    for text, theme, audience, time, place in SESSIONS:
        write("session", text, times, theme=theme, audience=audience, time=time, place=place,
              kind="thematic", chairs=[("Bí thư Đảng ủy - Chủ tịch HĐND", "Lê Minh Hải"), ("Chủ tịch UBND", "")])  # fmt: skip
    write("ad_hoc", "Đột xuất khi cần thiết", times)
    write_groups(plan, by, write("heading", "Thành phần"), GROUPS)
    programme = write("heading", "Chương trình")
    for text, who, minutes in (("Khai mạc", "Chủ trì", 10), ("Đối thoại", "Chủ trì", 120)):
        write("programme_item", text, programme, conductor=who, minutes=minutes)
    write_assignments(plan, write, home)
    write("closing", "Yêu cầu các cơ quan nghiêm túc thực hiện Kế hoạch này")
    papers.set_recipients(
        paper,
        by=by,
        recipients=[
            papers.RecipientDraft("Thường trực Tỉnh ủy", Recipient.Purpose.REPORT),
            papers.RecipientDraft("Các chi bộ trực thuộc", Recipient.Purpose.CARRY_OUT),
            papers.RecipientDraft("Lưu Văn phòng Đảng ủy", Recipient.Purpose.ARCHIVE),
        ],
    )
    return plan.pk


_standing = standing(write_plan)


@pytest.fixture
def written(_standing, db):
    return Plan.objects.get(pk=_standing)


def write_assignments(plan, write, home):
    names = (
        "Ban Xây dựng Đảng",
        "Văn phòng",
        "UBND",
        "MTTQ",
        "UBKT",
        "Công an",
        "Hội CCB",
        "Trung tâm VH",
        "Chi bộ Đông",
    )
    bodies = {name: body(name, home) for name in names}
    sessions = list(plan.sessions.order_by("clause__position"))
    heading = write("heading", "Tổ chức thực hiện")
    duties = {
        "Ban Xây dựng Đảng": [
            ("Theo dõi, đôn đốc thực hiện", {"part": "monitor", "stage": "after"}),
            ("Tổng hợp ý kiến", {"part": "lead", "stage": "before", "due": "trước ngày 05/8/2026",
                                 "cooperating": [bodies["MTTQ"]], "deliverable": "Bảng tổng hợp",
                                 "send_to": home, "via": bodies["Văn phòng"]}),
        ],
        "Văn phòng": [("Trình thông báo kết luận", {
            "part": "advise", "stage": "after", "sessions": [sessions[3]],
            "due": "trong thời hạn 07 ngày làm việc kể từ khi kết thúc việc đối thoại"})],
        "UBND": [("Chỉ đạo rà soát việc tồn đọng", {"part": "direct", "due": "chậm nhất ngày 16/6/2026", "stage": "before"})],
        "MTTQ": [("Giám sát việc thực hiện kết luận", {"part": "supervise", "due": "trong tháng 12/2026", "stage": "after"})],
        "UBKT": [("Kiểm tra khi có dấu hiệu vi phạm", {"part": "supervise", "due": "thường xuyên"})],
        "Công an": [("Bảo đảm trật tự", {"part": "cooperate", "stage": "during", "sessions": [sessions[1]],
                                        "due": "trước khi tổ chức đối thoại"})],
        "Hội CCB": [("Nắm tâm tư hội viên", {"part": "cooperate", "due": "trước ngày 01/3/2026"})],
        "Trung tâm VH": [("Tuyên truyền", {"part": "cooperate"})],
    }  # fmt: skip
    for name, rows in duties.items():
        row = write("assignee", "", heading, organisations=[bodies[name]])
        for text, fact in rows:
            write("duty", text, row, **fact)
    shared = write(
        "assignee",
        "UBND, Chi bộ Đông",
        heading,
        organisations=[bodies["UBND"], bodies["Chi bộ Đông"]],
    )
    write("duty", "Chuẩn bị địa điểm", shared, due="cuối tháng 9/2026", stage="before")


def tasks_of(paper):
    return {
        (task.title, task.lead.short_name): (task.due_on, task.origin_label.split(", ")[-1])
        for task in Task.objects.filter(clause__document=paper).select_related("lead")
    }


def submit_and_issue(plan):
    papers.submit_document(plan.document, by=plan.document.created_by)
    papers.issue_document(plan.document, by=head_of(plan.document), today=TODAY)


def test_plan_holds_every_kind_of_clause_a_plan_has(written):
    kinds = set(written.document.clauses.values_list("kind", flat=True))
    assert kinds == set(ClauseKind) - {
        ClauseKind.TEXT,
        ClauseKind.CONCLUSION_POINT,
        ClauseKind.EXCHANGE,
        ClauseKind.FACT_LINE,
        ClauseKind.APPENDIX,
    }


def test_plan_has_no_errors_and_says_what_is_doubtful(written):
    found = checks.findings(written.document, today=TODAY)
    assert [row.message for row in found if row.severity == "error"] == []
    assert [row.message for row in found if row.severity == "warning"] == [
        "“Cựu chiến binh phát triển kinh tế” họp ngày 31/3/2026, không còn đủ 7 ngày để thông báo trước.",
        "“Đại diện Nhân dân, mỗi thôn 06 đại biểu” chưa ghi cơ quan lựa chọn, cử đại biểu.",
        "“Kiểm tra khi có dấu hiệu vi phạm”: “thường xuyên” không cho một ngày cụ thể nên không thành việc để theo dõi.",
    ]


def test_plan_returned_once_then_issued_gives_exactly_its_tasks(written):
    paper = written.document
    papers.submit_document(paper, by=paper.created_by)
    papers.return_document(paper, by=head_of(paper), reason="Bổ sung địa điểm")
    assert paper.state == DocumentState.DRAFT
    assert tasks_of(paper) == {}

    submit_and_issue(written)

    paper = Document.objects.get(pk=paper.pk)
    assert (paper.number, paper.register_code, paper.dated_on) == (1, "01-KH/ĐU", TODAY)
    with paper.pdf.open() as file:
        assert file.read(5) == b"%PDF-"
    assert tasks_of(paper) == {
        ("Tổng hợp ý kiến", "Ban Xây dựng Đảng"): (DAY(2026, 8, 4), "mục VI.1"),
        ("Trình thông báo kết luận", "Văn phòng"): (DAY(2026, 11, 10), "mục VI.2"),
        ("Chỉ đạo rà soát việc tồn đọng", "UBND"): (DAY(2026, 6, 16), "mục VI.3"),
        ("Giám sát việc thực hiện kết luận", "MTTQ"): (DAY(2026, 12, 31), "mục VI.4"),
        ("Bảo đảm trật tự", "Công an"): (DAY(2026, 4, 29), "mục VI.6"),
        ("Nắm tâm tư hội viên", "Hội CCB"): (DAY(2026, 2, 28), "mục VI.7"),
        ("Chuẩn bị địa điểm", "UBND"): (DAY(2026, 9, 30), "mục VI.9"),
        ("Chuẩn bị địa điểm", "Chi bộ Đông"): (DAY(2026, 9, 30), "mục VI.9"),
    }


def test_task_of_a_duty_knows_everything_the_duty_says(written):
    submit_and_issue(written)
    task = Task.objects.get(title="Tổng hợp ý kiến")
    assert {
        "owner": task.owner.short_name,
        "monitor": task.monitor,
        "cooperating": [row.short_name for row in task.cooperating.all()],
        "deliverable": task.deliverable,
        "send_to": task.send_to,
        "via": task.via,
        "stage": task.stage,
        "phrase": str(task.due_phrase),
        "label": task.origin_label,
        "link": task.origin_link,
        "origin": task.origin,
    } == {
        "owner": "Đảng ủy Tân Hòa",
        "monitor": None,
        "cooperating": ["MTTQ"],
        "deliverable": "Bảng tổng hợp",
        "send_to": "Đảng ủy xã Tân Hòa",
        "via": "Văn phòng xã Tân Hòa",
        "stage": "before",
        "phrase": "trước ngày 05/8/2026",
        "label": "Kế hoạch số 01-KH/ĐU, mục VI.1",
        "link": written.get_absolute_url(),
        "origin": task.clause.duty,
    }
    others = Task.objects.exclude(lead__short_name="Ban Xây dựng Đảng")
    assert {task.monitor.short_name for task in others} == {"Ban Xây dựng Đảng"}


def test_relative_deadline_keeps_phrase_and_anchor(written):
    submit_and_issue(written)
    task = Task.objects.get(title="Trình thông báo kết luận")
    assert (task.anchor_on, task.due_phrase.offset) == (DAY(2026, 10, 31), 7)


def test_issuing_twice_is_refused_and_makes_nothing_twice(written):
    submit_and_issue(written)
    count = Task.objects.count()
    with pytest.raises(IllegalMoveError):
        papers.issue_document(written.document, by=head_of(written.document), today=TODAY)
    actions.grow_tasks(Document.objects.get(pk=written.document_id), head_of(written.document))
    assert Task.objects.count() == count == 8


def test_sessions_come_on_the_calendar_when_the_plan_is_issued(written):
    clerk = written.document.created_by
    assert not DialogueSession.objects.on_calendar().exists()
    submit_and_issue(written)
    board = [
        (quarter.name, [card.session.theme for month in quarter.months for card in month.cards])
        for quarter in year_board(clerk, 2026, TODAY, sight=Sight(clerk)).quarters
    ]
    assert board == [
        ("Quý I", ["Cựu chiến binh phát triển kinh tế"]),
        ("Quý II", ["Đất đai, tài nguyên"]),
        ("Quý III", ["Xây dựng chi bộ"]),
        ("Quý IV", ["Nông nghiệp, thương mại"]),
    ]


def test_groups_come_to_their_totals(written):
    assert [(line.depth, line.quota, line.total) for line in group_lines(written)] == [
        (1, "120 - 150 đại biểu", "120 - 150"),
        (2, "05 đại biểu", "05"),
        (2, "", "128"),
        (3, "20 đại biểu", "20"),
        (3, "mỗi đơn vị 06 đại biểu × 18", "108"),
    ]
