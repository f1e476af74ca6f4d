"""Every rule over a plan: one that fires, one that keeps silent; what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.timephrase import parse
from documents import checks
from documents.actions import ClauseDraft, add_drafts
from documents.models import Clause, ClauseKind
from plans.checks import RULES
from plans.checks.sheet import AssigneeRow, Body, DutyRow, PlanSheet, SessionRow
from plans.models import ParticipantGroup
from plans.queries.dossier import GroupLine
from tests.documents.sheets import DAY, paper, said
from tests.factories.documents import TODAY
from tests.factories.plans import add_duty, add_session, body, draft_plan

OFFICE, BOARD = Body(1, "Văn phòng"), Body(2, "Ban Xây dựng Đảng")
ABOVE, HERE = Body(6, "Văn phòng Tỉnh ủy", None, (1,)), Body(7, "Văn phòng", None, (2, 1))
BELOW, THERE = Body(8, "Thôn Đông", None, (4, 2, 1)), Body(9, "Văn phòng", None, (3, 1))
GONE = Body(3, "Ban Dân vận Huyện ủy", DAY(2025, 6, 30))
SESSION = SessionRow(
    1,
    name="Môi trường",
    title="Quý III",
    theme="Môi trường",
    audience="Nhân dân",
    place="Hội trường",
    time=parse("Tháng 8/2026"),
    first_on=DAY(2026, 8, 1),
    last_on=DAY(2026, 8, 31),
    chairs=(("Bí thư", "Nguyễn Văn An"),),
)
FIXED = {"first_on": DAY(2026, 8, 11), "last_on": DAY(2026, 8, 11)}


def session(**other):
    return SessionRow(**{**vars(SESSION), **other})


def duty(text="Tổng hợp ý kiến", who=OFFICE, due="", **other):
    due_on = other.pop("due_on", None)
    phrase = parse(due, year=2026) if due else None
    row = AssigneeRow(10 + who.pk, who.name, (who,)) if who else None
    given = {"clause_id": 5, "text": text, "assignee": row, "sessions": (SESSION,), **other}
    return DutyRow(due=phrase, due_on=due_on or (phrase and phrase.resolve()), **given)


def plan(*duties, sessions=(SESSION,), groups=(), assignees=None, office=None, **given):
    named = {row.assignee.clause_id: row.assignee for row in duties if row.assignee}
    rows = list(named.values()) or [AssigneeRow(11, "A", (OFFICE,))]
    return PlanSheet(
        paper=paper(**given),
        year=2026,
        sessions=list(sessions),
        groups=list(groups),
        assignees=rows if assignees is None else assignees,
        duties=list(duties),
        office=office,
    )


def group(text="Đại diện Nhân dân", depth=1, counted=(30, 30), mismatch=None, **quota):
    row = ParticipantGroup(clause=Clause(pk=7, text=text), clause_id=7, **quota)
    return GroupLine(row, depth, "30 đại biểu", counted, mismatch)


SENT = {"send_to": OFFICE, "stage": "before"}
FIRST = duty("Gửi ý kiến", BOARD, "trước ngày 05/8/2026", **SENT)

# rule: (plans that fire, plans that are silent)
CASES = {
    "session-incomplete": (
        [
            plan(sessions=()),
            plan(sessions=[session(theme="")]),
            plan(sessions=[session(time=None)]),
        ],
        [plan()],
    ),
    "session-details": (
        [
            plan(sessions=[session(audience="")]),
            plan(sessions=[session(place="")]),
            plan(sessions=[session(chairs=())]),
            plan(sessions=[session(last_on=None)]),
        ],
        [plan()],
    ),
    "session-year": (
        [plan(sessions=[session(last_on=DAY(2025, 7, 31))])],
        [plan(sessions=[session(last_on=DAY(2027, 1, 15))])],
    ),
    "session-quarter": ([plan(sessions=[session(title="Quý II/2026")])], [plan()]),
    "session-words": (
        [
            plan(sessions=[session(words="Quý III/2026\nThời gian: Tháng 9/2026")]),
            plan(sessions=[session(words="Hội nghị ngày 12/9/2026 tại xã")]),
        ],
        [
            plan(sessions=[session(words="Quý III/2026\nThời gian: Tháng 8/2026")]),
            plan(sessions=[session(words="Môi trường\nNộp ý kiến trước ngày 15/7/2026")]),
            plan(sessions=[session(words="Môi trường")]),
        ],
    ),
    "session-moved-since": (
        [plan(sessions=[session(moved_to=parse("Tháng 9/2026"))])],
        [plan(sessions=[session(moved_to=parse("Tháng 8/2026"))]), plan()],
    ),
    "session-day-off": (
        [plan(sessions=[session(first_on=DAY(2026, 8, 9), last_on=DAY(2026, 8, 9))])],
        [plan(sessions=[session(**FIXED)]), plan()],
    ),
    "announce-late": ([plan(today=DAY(2026, 8, 25))], [plan(today=DAY(2026, 8, 24))]),
    "chair-surname": (
        [plan(sessions=[session(chairs=(("Bí thư", "Đương Văn An"),))])],
        [plan(), plan(sessions=[session(chairs=(("Bí thư", ""),))])],
    ),
    "quota-sum": ([plan(groups=[group(mismatch=(40, 40))])], [plan(groups=[group()])]),
    "group-selector": (
        [plan(groups=[group()]), plan(groups=[group("Mỗi thôn", per_unit=2)])],
        [
            plan(groups=[group(selector_id=1)]),
            plan(groups=[group("Cơ sở", selector_id=1), group(depth=2)]),
            plan(groups=[group("Bí thư Đảng ủy")]),
        ],
    ),
    "quota-units": (
        [plan(groups=[group(per_unit=2, counted=None)])],
        [plan(groups=[group(per_unit=2, unit_count=4, counted=(8, 8))])],
    ),
    "duty-without-body": (
        [plan(duty(who=None)), plan(assignees=[AssigneeRow(1, "Các cơ quan")])],
        [plan(duty())],
    ),
    "nobody-assigned": ([plan(assignees=[])], [plan(duty())]),
    "duty-without-day": (
        [
            plan(duty(due="thường xuyên")),
            plan(duty(due="trong 07 ngày làm việc kể từ khi kết thúc hội nghị")),
            plan(
                duty(
                    due="trong 07 ngày làm việc kể từ khi kết thúc hội nghị",
                    due_on=DAY(2026, 9, 9),
                    sessions=(SESSION, session(clause_id=2)),
                )
            ),
        ],
        [plan(duty(due="trước ngày 05/8/2026")), plan(duty())],
    ),
    "duty-open-ended": ([plan(duty())], [plan(duty(due="trước ngày 05/8/2026"))]),
    "duty-day-untaken": (
        [
            plan(duty("Gửi ý kiến về Văn phòng trước ngày 05/8/2026")),
            plan(duty("Gửi ý kiến trước ngày 06/8/2026", due="trước ngày 05/8/2026")),
            plan(duty("Gửi ý kiến trước ngày 15/8/2026", due="5/8/2026")),
        ],
        [
            plan(duty("Gửi ý kiến trước ngày 05/8/2026", due="trước ngày 05/8/2026")),
            plan(duty("Gửi ý kiến trước ngày 05/8/2026", due="chậm nhất ngày 04/8/2026")),
            plan(
                duty(
                    "Gửi dự thảo trước ngày 05/8/2026, bản chính thức trước ngày 20/8/2026",
                    due="trước ngày 20/8/2026",
                )
            ),
            plan(duty("Bảo đảm trật tự trước, trong và sau hội nghị")),
        ],
    ),
    "duty-year": ([plan(duty(due="tháng 7/2025"))], [plan(duty(due="tháng 7/2026"))]),
    "duty-day-off": (
        [plan(duty(due="chậm nhất ngày 08/8/2026"))],
        [plan(duty(due="chậm nhất ngày 07/8/2026"))],
    ),
    "two-leads": (
        [
            plan(
                duty(deliverable="Dự thảo thông báo"),
                duty(who=BOARD, deliverable="dự thảo THÔNG BÁO"),
            )
        ],
        [plan(duty(deliverable="Dự thảo"), duty(who=BOARD, deliverable="Dự thảo", part="advise"))],
    ),
    "duplicate-duty": (
        [
            plan(duty("Tổng hợp ý kiến của các thôn"), duty("Tổng hợp ý kiến của các thôn")),
            plan(assignees=[AssigneeRow(1, "A", (OFFICE,)), AssigneeRow(2, "B", (OFFICE,))]),
        ],
        [
            plan(
                duty("Tổng hợp ý kiến của các thôn"),
                duty("Chuẩn bị hội trường và tài liệu"),
                assignees=[AssigneeRow(1, "A", (OFFICE,)), AssigneeRow(2, "B", (BOARD,))],
            )
        ],
    ),
    "duty-body-ended": (
        [plan(duty(who=GONE)), plan(duty(send_to=GONE))],
        [plan(duty(who=BOARD)), plan(duty(who=GONE), today=DAY(2025, 6, 1))],
    ),
    "body-of-another-place": (
        [
            plan(duty(who=THERE), office=HERE),
            plan(duty(send_to=THERE), office=HERE),
            plan(duty(helpers=(THERE,)), office=HERE),
        ],
        [
            plan(duty(who=HERE, send_to=ABOVE, via=BELOW), office=HERE),
            plan(duty(who=BOARD), office=HERE),
        ],
    ),
    "order-around-session": (
        [
            plan(duty(due="trước ngày 05/9/2026", stage="before")),
            plan(duty(due="tháng 7/2026", stage="after")),
        ],
        [
            plan(duty(due="trước ngày 05/8/2026", stage="before")),
            plan(duty(due="tháng 9/2026", stage="after")),
        ],
    ),
    "hand-over": (
        [plan(FIRST, duty("Phân loại ý kiến", BOARD, "trước ngày 15/8/2026", stage="before"))],
        [
            plan(FIRST, duty("Phân loại ý kiến", OFFICE, "trước ngày 15/8/2026", stage="before")),
            plan(FIRST),
            plan(FIRST, duty("Chuẩn bị hội trường", BOARD, "trước ngày 15/8/2026")),
        ],
    ),
    "slack": (
        [
            plan(FIRST, duty("Phân loại ý kiến", OFFICE, "trước ngày 06/8/2026")),
            plan(
                duty("Trình hồ sơ", due="chậm nhất ngày 10/8/2026", stage="before"),
                sessions=[session(**FIXED)],
            ),
        ],
        [plan(FIRST, duty("Phân loại ý kiến", OFFICE, "trước ngày 10/8/2026"))],
    ),
    "conclusion-late": (
        [plan(duty("Trình Thông báo kết luận", due="chậm nhất ngày 14/9/2026"))],
        [plan(duty("Trình Thông báo kết luận", due="chậm nhất ngày 11/9/2026"))],
    ),
    "publication-late": (
        [plan(duty("Niêm yết công khai kết quả đối thoại", due="chậm nhất ngày 11/9/2026"))],
        [plan(duty("Niêm yết công khai kết quả đối thoại", due="chậm nhất ngày 10/9/2026"))],
    ),
}


def with_fixed_session(sheet):
    """Duties of a case with one fixed session serve that one."""
    if len(sheet.sessions) == 1 and sheet.sessions[0] != SESSION:
        sheet.duties = [
            DutyRow(**{**vars(row), "sessions": tuple(sheet.sessions)}) for row in sheet.duties
        ]
    return sheet


@pytest.mark.parametrize("code", [rule.code for rule in RULES])
def test_rule_fires_where_it_should_and_nowhere_else(code):
    guilty, innocent = CASES[code]

    assert [len(said(code, with_fixed_session(sheet))) for sheet in guilty] == [1] * len(guilty)
    assert [said(code, with_fixed_session(sheet)) for sheet in innocent] == [[]] * len(innocent)


def test_findings_name_days_and_bodies():
    late = plan(FIRST, duty("Phân loại ý kiến", BOARD, "trước ngày 15/8/2026", stage="before"))

    assert said("hand-over", late) == [
        (
            "“Gửi ý kiến” gửi về Văn phòng, nhưng bước tiếp theo (14/8/2026) do Ban Xây dựng Đảng làm.",
            5,
        )
    ]


# --- the whole linter ----------------------------------------------------------------------------


def many_clauses(plan, count):
    parent = plan.document.clauses.get(text="Nội dung đối thoại")
    drafts = [
        ClauseDraft(ClauseKind.TOPIC, f"Vấn đề thứ {n} Nhân dân quan tâm ở thôn, xóm")
        for n in range(count)
    ]
    add_drafts(plan.document, by=plan.document.created_by, drafts=drafts, parent=parent)


@pytest.mark.django_db
def test_four_hundred_clauses_cost_a_few_questions():
    plan = draft_plan()
    by = plan.document.created_by
    add_session(plan, by)
    office = body("Văn phòng", plan.document.organisation)
    checks.findings(plan.document, today=TODAY)
    with CaptureQueriesContext(connection) as few:
        checks.findings(plan.document, today=TODAY)
    many_clauses(plan, 380)
    for number in range(20):
        add_duty(plan, by, office, f"Việc thứ {number}", due="trước ngày 05/8/2026")

    with CaptureQueriesContext(connection) as many:
        found = checks.findings(plan.document, today=TODAY)

    assert len(found) > 5
    assert len(few) <= 14
    assert len(many) <= 14


@pytest.mark.django_db
def test_other_papers_have_no_findings_of_plans():
    plan = draft_plan()
    plan.document.type_id = "CV"
    rules = {row.rule for row in checks.findings(plan.document, today=TODAY)}
    assert rules & {rule.code for rule in RULES} == set()
