"""The conclusion notice, its tasks, and what people see of them."""

from urllib.parse import urlencode

from dialogue.smoke.conference import GUESTS, TYPED
from dialogue.smoke.opinions import NAME, RECEPTION, track
from dialogue.smoke.papers import change_clause, issue_paper, submit_paper
from dialogue.smoke.visitor import SmokeError
from dialogue.smoke.walk import Walk

POINT = "Điểm kết luận"


def draft_notice(walk: Walk) -> None:
    """The notice is drafted from the exchanges: one point for each."""
    clerk = walk.clerk
    clerk.go("conclusions:list")
    action = f"/hoi-nghi/{walk.made['conference']}/"
    clerk.submit("Soạn từ nội dung hội nghị", form_action=action)
    walk.made["notice_paper"] = clerk.pk
    points = [row for row in clerk.lines() if row.kind == POINT]
    if len(points) != 3:
        raise SmokeError(f"The drafted notice has {len(points)} points instead of 3.")


def refuse_issuing(walk: Walk) -> None:
    """A point that assigns work without lead or deadline blocks the signature."""
    clerk, head, paper = walk.clerk, walk.head, walk.made["notice_paper"]
    submit_paper(clerk, paper)
    head.go("documents:issue", paper)
    head.sees("Chưa ban hành được khi còn chỗ phải sửa")
    head.follow("Trả lại để sửa")
    head.submit("Trả lại chuyên viên", reason="Ghi cơ quan chủ trì và thời hạn.")


def issue_notice(walk: Walk) -> None:
    """Completed and issued: exactly one task for each assignment, the clock has ended."""
    clerk, paper = walk.clerk, walk.made["notice_paper"]
    clerk.go("documents:edit", paper)
    road, hall = clerk.line("Đường liên thôn", POINT), clerk.line(TYPED.format("")[:-3], POINT)
    change_clause(
        clerk, paper, road, kind="assigned", lead="Phòng Kinh tế xã",
        due=f"trước ngày {walk.day(20)}", deliverable="Báo cáo kết quả",
    )  # fmt: skip
    change_clause(
        clerk, paper, hall, kind="assigned", lead="Phòng Văn hóa - Xã hội xã",
        due="trong thời hạn 15 ngày làm việc kể từ ngày ban hành",
    )  # fmt: skip
    submit_paper(clerk, paper)
    issue_paper(walk, paper)
    clerk.pdf("documents:pdf", paper)
    clerk.go("conclusions:list")
    walk.made["notice"] = clerk.links("conclusions:detail")[0]
    clerk.go("conclusions:detail", walk.made["notice"])
    tasks = clerk.links("assignments:detail")
    if len(tasks) != 2:
        raise SmokeError(f"The notice assigned work twice but shows {len(tasks)} tasks.")
    walk.made["road_task"], walk.made["hall_task"] = tasks


def report_task(walk: Walk) -> None:
    """The agency reports with evidence, the office accepts."""
    agency, clerk, task = walk.person("kinhte"), walk.clerk, walk.made["road_task"]
    agency.go("assignments:detail", task)
    agency.follow("Báo cáo kết quả")
    agency.submit(
        "Gửi báo cáo", resolution="done", result=f"Đã vá xong mặt đường ({walk.stamp}).",
        evidence=("bien-ban-nghiem-thu.pdf", _evidence()),
    )  # fmt: skip
    clerk.go("assignments:detail", task)
    clerk.sees("bien-ban-nghiem-thu.pdf")
    clerk.follow("Nghiệm thu")
    clerk.submit("Nghiệm thu và báo", text="Đủ căn cứ.")
    clerk.sees("Đã nghiệm thu")


def oversee(walk: Walk) -> None:
    """The Front follows the other task and says what it thinks."""
    overseer = walk.person("mattran")
    overseer.go("assignments:list", query="tab=watched")
    overseer.go("assignments:comment", walk.made["hall_task"])
    overseer.submit("Gửi ý kiến", text=f"Đề nghị làm xong trước Tết ({walk.stamp}).")
    walk.clerk.go("assignments:detail", walk.made["hall_task"])
    walk.clerk.sees(f"Đề nghị làm xong trước Tết ({walk.stamp}).")


def follow_up(walk: Walk) -> None:
    """The citizen's code shows every step and the result; she doubts it, the office looks again."""
    clerk, done = walk.clerk, f"Đã vá xong toàn tuyến ({walk.stamp})"
    clerk.go("conclusions:detail", walk.made["notice"])
    clerk.follow("Trả lời người nêu ý kiến")
    clerk.submit("Trả lời người nêu ý kiến", text=done)
    citizen = track(walk, "road")
    citizen.sees("Từ ý kiến đến kết quả", "Phòng Kinh tế", done)
    why = f"Còn một đoạn lầy ({walk.stamp})"
    citizen.submit("Gửi", form_action="ket-qua", is_settled="0", reason=why)
    citizen.sees("Chờ quyết định")
    clerk.go("feedback:reopenings")
    clerk.go("feedback:reopening", clerk.links("feedback:reopening")[0])
    clerk.sees(why)
    clerk.submit(
        "Quyết định và trả lời", choice="again", decision=f"Làm nốt ({walk.stamp})",
        due=f"trước ngày {walk.day(30)}",
    )  # fmt: skip
    track(walk, "road").sees(f"Đồng ý xem lại: Làm nốt ({walk.stamp})")
    citizen = track(walk, "denunciation")
    citizen.sees(f"Xin liên hệ {RECEPTION}")


def read_portal(walk: Walk) -> None:
    """Everybody sees plan, conference and conclusion with progress, nobody's personal data."""
    private = (NAME, *(guest[0] for guest in GUESTS))
    citizen = walk.stranger()
    for name, key, words in (
        ("portal:plan", "plan", f"Nhân dân ({walk.stamp})"),
        ("portal:conference", "conference", f"Đối thoại về giao thông ({walk.stamp})"),
        ("portal:conclusion", "notice", "Phòng Kinh tế"),
    ):
        citizen.go("portal:home")
        citizen.misses(*private)
        if walk.made[key] not in citizen.links(name) and name != "portal:conference":
            raise SmokeError(f"The public front page does not link to the new {key}.")
        citizen.go(name, walk.made[key])
        citizen.misses(*private)
        if words.lower() not in citizen.text.lower():
            raise SmokeError(f"The public page of the {key} does not say “{words}”.")
    citizen.pdf("portal:paper", walk.made["plan_paper"])
    citizen.pdf("portal:paper", walk.made["notice_paper"])


def read_letters(walk: Walk) -> None:
    """The agency's inbox has its new task; the office's outbox says what was sent, to whom, why."""
    agency, clerk = walk.person("kinhte"), walk.clerk
    matter = f"Đường liên thôn hỏng ({walk.stamp})"
    agency.go("assignments:inbox")
    agency.sees(matter)
    clerk.go("assignments:outbox", query=urlencode({"q": walk.stamp}))
    clerk.sees(matter, "Nguyễn Đình Khoa", "Vì:")
    for key in ("bithu", "mattran", "tiepdan", "nongdan", "kinhte", "vanphong"):
        walk.person(key).go("home")


def _evidence() -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF\n"
    )
