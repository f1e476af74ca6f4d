"""The plan: written with every kind of clause, returned once, issued, its tasks there."""

from typing import Any

from dialogue.smoke.papers import change_clause, issue_paper, submit_paper, write_clause
from dialogue.smoke.visitor import SmokeError
from dialogue.smoke.walk import Walk

QUARTERS = ("I", "II", "III")
SESSION = 18  # days from now to the session of the walk: between its deadlines all year long
THEMES = ("nước sạch, vệ sinh môi trường", "cải cách hành chính", "sản xuất", "giao thông")
# Who is assigned what: body, then part, words, deadline, stage of each duty.
DUTIES: tuple[tuple[str, tuple[tuple[str, str, str, str], ...]], ...] = (
    (
        "Ban Xây dựng Đảng xã",
        (
            (
                "Chủ trì",
                "Chủ trì phân loại ý kiến, chuyển cơ quan trả lời",
                "chậm nhất ngày {8}",
                "Trước",
            ),
            ("Theo dõi", "Theo dõi, đôn đốc việc thực hiện thông báo kết luận", "", "Sau"),
        ),
    ),
    (
        "Văn phòng Đảng ủy xã",
        (
            ("Tham mưu", "Tham mưu giấy mời, chương trình, tài liệu", "trước ngày {9}", "Trước"),
            (
                "Chủ trì",
                "Trình dự thảo thông báo kết luận",
                "trong thời hạn 07 ngày làm việc kể từ khi kết thúc hội nghị",
                "Sau",
            ),
        ),
    ),
    ("Ủy ban nhân dân xã", (("Chỉ đạo", "Chỉ đạo chuẩn bị báo cáo", "trước ngày {7}", "Trước"),)),
    ("Phòng Kinh tế xã", (("Chủ trì", "Trả lời về giao thông", "trước ngày {6}", "Trước"),)),
    ("Phòng Văn hóa - Xã hội xã", (("Chủ trì", "Trả lời về xã hội", "trước ngày {6}", "Trước"),)),
    ("Công an xã", (("Phối hợp", "Bảo đảm an ninh, trật tự", "", "Trong"),)),
    ("Ủy ban MTTQ Việt Nam xã", (("Giám sát", "Giám sát và báo cáo", "trước ngày {30}", "Sau"),)),
    ("Hội Nông dân xã", (("Phối hợp", "Tổng hợp ý kiến hội viên", "chậm nhất ngày {5}", "Trước"),)),
    ("Chi bộ thôn Đầm Sen", (("Chủ trì", "Thông báo rộng rãi", "trước ngày {5}", "Trước"),)),
)


def begin_plan(walk: Walk) -> None:
    """The clerk begins a plan for the year: four sessions, papers of the register as bases."""
    clerk = walk.clerk
    clerk.go("plans:create")
    clerk.submit(
        "Lập",
        year=str(walk.now.year),
        host="Bí thư Đảng ủy, Chủ tịch UBND xã",
        counterpart=f"Nhân dân ({walk.stamp})",
        rhythm="4",
        bases=["11-QĐi/TW", "72/2025/QH15"],
    )
    walk.made["plan_paper"] = clerk.pk
    clerk.follow("Kế hoạch đối thoại")
    walk.made["plan"] = clerk.pk


def write_aims(walk: Walk) -> None:
    """One more legal basis typed in, one more purpose, requirement and topic."""
    clerk, paper = walk.clerk, walk.made["plan_paper"]
    clerk.go("documents:edit", paper)
    first = clerk.line("11-QĐi/TW")
    write_clause(
        clerk, paper, "legal_basis", after=first,
        kind="Kế hoạch", number=f"{walk.now:%H%M%S}-KH/TU", date=walk.day(-90),
        body="Ban Thường vụ Tỉnh ủy", title="về đối thoại với Nhân dân",
    )  # fmt: skip
    for kind, heading, text in (
        ("purpose", "Mục đích", "Tháo gỡ việc người dân quan tâm ngay từ thôn, xóm."),
        ("requirement", "Yêu cầu", "Ý kiến gửi trước được phân loại, giao cơ quan trả lời."),
        ("topic", "Nội dung đối thoại", "Giáo dục, y tế, an sinh xã hội ở thôn."),
    ):
        clerk.go("documents:edit", paper)
        section = next((row.pk for row in clerk.lines() if row.text == heading), 0)
        write_clause(clerk, paper, kind, text, inside=section)


def write_sessions(walk: Walk) -> None:
    """The four sessions with theme, audience, time, place and chairs; one ad hoc."""
    clerk, paper = walk.clerk, walk.made["plan_paper"]
    clerk.go("documents:edit", paper)
    rows = [row.pk for row in clerk.lines() if row.kind == "Hội nghị đối thoại"]
    if len(rows) != len(THEMES):
        raise SmokeError(f"The new plan has {len(rows)} sessions instead of four.")
    for clause, time, theme in zip(rows, _times(walk), THEMES, strict=True):
        change_clause(
            clerk, paper, clause,
            text=f"{time}: đối thoại về {theme}",
            theme=f"Đối thoại về {theme} ({walk.stamp})",
            audience="Đại diện Nhân dân các thôn",
            time=time,
            place="Hội trường UBND xã",
            chairs="Bí thư Đảng ủy\nChủ tịch UBND xã",
            units=["Đồng Xuân Thượng"],
        )  # fmt: skip
    clerk.go("documents:edit", paper)
    clerk.sees("Đối thoại đột xuất")


def _times(walk: Walk) -> list[str]:
    """Three quarters, and a day for the session of the walk."""
    quarters = [f"Quý {quarter}/{walk.now.year}" for quarter in QUARTERS]
    return [*quarters, f"Ngày {walk.day(SESSION)}"]


def write_participants(walk: Walk) -> None:
    """Participant groups in three levels: a range, an exact number, so many from each hamlet."""
    clerk, paper = walk.clerk, walk.made["plan_paper"]
    clerk.go("documents:edit", paper)
    change_clause(
        clerk, paper, clerk.line("Đại diện Nhân dân", "Thành phần"),
        per_unit="12", unit_count="4", selector="Ủy ban MTTQ Việt Nam xã",
    )  # fmt: skip
    clerk.go("documents:edit", paper)
    section = next(row.pk for row in clerk.lines() if row.text == "Thành phần")
    whole = write_clause(
        clerk, paper, "participant_group", "Mỗi hội nghị từ 60 đến 80 đại biểu",
        inside=section, minimum="60", maximum="80",
    )  # fmt: skip
    commune = write_clause(
        clerk, paper, "participant_group", "Cấp xã: 20 đại biểu", inside=whole, exact="20"
    )
    write_clause(
        clerk, paper, "participant_group", "Lãnh đạo các cơ quan: 08 đại biểu",
        inside=commune, exact="8",
    )  # fmt: skip


def write_programme(walk: Walk) -> None:
    """One more item in the programme."""
    clerk, paper = walk.clerk, walk.made["plan_paper"]
    clerk.go("documents:edit", paper)
    write_clause(
        clerk, paper, "programme_item", "Thông qua quy chế đối thoại",
        after=clerk.line("Ổn định tổ chức"), conductor="Văn phòng Đảng ủy", minutes="5",
    )  # fmt: skip


def write_duties(walk: Walk) -> None:
    """Nine bodies with duties of every part and every shape of deadline."""
    clerk, paper = walk.clerk, walk.made["plan_paper"]
    clerk.go("documents:edit", paper)
    section = clerk.line("Tổ chức thực hiện")
    for body, duties in DUTIES:
        assignee = write_clause(clerk, paper, "assignee", inside=section, organisations=[body])
        for part, text, due, stage in duties:
            days = due.partition("{")[2].partition("}")[0]
            due = due.replace(f"{{{days}}}", walk.day(int(days))) if days else due
            extra: dict[str, Any] = {"deliverable": "Báo cáo"} if due else {}
            write_clause(
                clerk, paper, "duty", f"{text} {due}".strip(), inside=assignee,
                part=part, due=due, stage=stage, sessions=["giao thông"], **extra,
            )  # fmt: skip


def write_header(walk: Walk) -> None:
    """Recipients with their purposes and the signature block."""
    clerk, paper = walk.clerk, walk.made["plan_paper"]
    clerk.go("documents:header", paper)
    clerk.submit(
        "Lưu",
        recipients=(
            "Thường trực Tỉnh ủy (để báo cáo)\nUBND xã (để thực hiện)\n"
            "Các chi bộ trực thuộc (để biết)\nLưu Văn phòng Đảng ủy"
        ),
        signer_post="Bí thư",
        signer_name="Lê Quang Minh",
    )
    clerk.go("documents:preview", paper)
    clerk.sees("KẾ HOẠCH", "Nơi nhận", "Lê Quang Minh")


def return_plan(walk: Walk) -> None:
    """The clerk submits; the head returns it with a reason the clerk sees."""
    clerk, head, paper = walk.clerk, walk.head, walk.made["plan_paper"]
    submit_paper(clerk, paper)
    head.go("home")
    if paper not in head.links("documents:issue") + head.links("documents:detail"):
        raise SmokeError("The head's home page does not show the plan that waits for a signature.")
    head.go("documents:return_", paper)
    head.submit("Trả lại chuyên viên", reason="Ghi rõ người chuẩn bị hội trường.")
    clerk.go("documents:edit", paper)
    clerk.sees("Ghi rõ người chuẩn bị hội trường.")


def issue_plan(walk: Walk) -> None:
    """The clerk mends and submits again; the head issues."""
    clerk, paper = walk.clerk, walk.made["plan_paper"]
    duty = clerk.line("Tham mưu giấy mời")
    change_clause(
        clerk, paper, duty, text=f"Tham mưu giấy mời, hội trường trước ngày {walk.day(9)}"
    )
    submit_paper(clerk, paper)
    issue_paper(walk, paper)


def read_plan(walk: Walk) -> None:
    """The frozen PDF, the tasks of the duties, the sessions on the year's calendar."""
    clerk = walk.clerk
    clerk.pdf("documents:pdf", walk.made["plan_paper"])
    clerk.go("plans:detail", walk.made["plan"])
    tasks = clerk.links("assignments:detail")
    wanted = sum(1 for _body, duties in DUTIES for duty in duties if duty[2])
    if len(tasks) != wanted:
        raise SmokeError(f"The plan shows {len(tasks)} tasks instead of {wanted}.")
    clerk.follow(f"Đối thoại về giao thông ({walk.stamp})")
    walk.made["session"] = clerk.pk
    clerk.go("plans:calendar", query=f"year={walk.day(SESSION)[-4:]}")
    if walk.made["session"] not in clerk.links("plans:session"):
        raise SmokeError("The year's calendar does not show the plan's session.")
    agency = walk.person("kinhte")
    agency.go("assignments:list")
    if not set(tasks) & set(agency.links("assignments:detail")):
        raise SmokeError("The agency does not see its task from the plan.")
