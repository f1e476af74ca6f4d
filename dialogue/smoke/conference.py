"""The conference: prepared from the plan, invited to, run, minuted."""

from dialogue.smoke.papers import approve_paper
from dialogue.smoke.visitor import SmokeError
from dialogue.smoke.walk import Walk

GUESTS = (("Trần Văn Một", "Trưởng thôn", "thôn Đầm Sen"), ("Lê Thị Hai", "", "thôn Gò Mây"))
TYPED = "Đề nghị sửa nhà văn hóa thôn Vạn Thọ ({})"
OUTCOMES = ("answered", "assigned")


def create_conference(walk: Walk) -> None:
    """Confirmed time and place; the agenda comes from the programme of the plan."""
    clerk = walk.clerk
    clerk.go("plans:session", walk.made["session"])
    clerk.go("conferences:create", walk.made["session"])
    clerk.submit("hội nghị", day=walk.day(0), starts="14:00", ends="17:00", secretary="Trần Thu Hà")
    walk.made["conference"] = clerk.pk
    clerk.sees("Thông qua quy chế đối thoại", "Ổn định tổ chức", "Kết luận, bế mạc hội nghị")


def invite(walk: Walk) -> None:
    """Participants pasted, the invitation drafted and issued, all of them in one PDF."""
    clerk, conference = walk.clerk, walk.made["conference"]
    clerk.go("conferences:participants", conference)
    clerk.submit("Thêm vào danh sách", people="\n".join("; ".join(guest) for guest in GUESTS))
    clerk.sees(*(guest[0] for guest in GUESTS))
    clerk.go("conferences:detail", conference)
    clerk.submit("Soạn giấy mời", note="có mặt trước 15 phút")
    approve_paper(walk, clerk.pk)
    clerk.go("conferences:invitations", conference)
    clerk.submit("giấy mời vào một tệp")
    clerk.wait_for("Mở tệp PDF")
    clerk.pdf_behind("Mở tệp PDF")


def run_conference(walk: Walk) -> None:
    """The live page: start, the first item, the next, a turn to speak."""
    clerk, conference = walk.clerk, walk.made["conference"]
    clerk.go("conferences:detail", conference)
    clerk.submit("Bắt đầu hội nghị")
    clerk.submit("Tiếp: Ổn định tổ chức")
    clerk.submit("Tiếp: Thông qua quy chế")
    clerk.submit("Thêm người phát biểu", turn__name="Trần Văn Một", turn__body="thôn Đầm Sen")
    clerk.submit("Mời phát biểu")
    clerk.sees("đang phát biểu")
    clerk.submit("Hết lượt")
    clerk.sees("đã phát biểu")


def record_exchanges(walk: Walk) -> None:
    """One matter picked from what was sent, two typed: assigned and answered."""
    clerk = walk.clerk
    clerk.go("conferences:run", walk.made["conference"])
    clerk.submit(
        "Ghi vào biên bản",
        group=f"Đường liên thôn hỏng ({walk.stamp})", raised_by="Đại diện thôn Đầm Sen",
        answered_by="Trưởng phòng Kinh tế", answer="Sẽ sửa trong quý.", outcome="assigned",
    )  # fmt: skip
    for question, outcome in ((TYPED, "assigned"), ("Lịch làm việc thứ Bảy ({})", "answered")):
        clerk.submit(
            "Ghi vào biên bản",
            raised_by="Bà Lê Thị Hai", raised_body="thôn Gò Mây",
            question=question.format(walk.stamp), answered_by="Chủ tịch UBND xã",
            answer="Xã ghi nhận và trả lời ngay.", outcome=outcome,
        )  # fmt: skip
    clerk.sees("Đã ghi 3 nội dung")


def close_conference(walk: Walk) -> None:
    """Closing starts the clock of the conclusion notice."""
    clerk = walk.clerk
    clerk.go("conferences:close", walk.made["conference"])
    clerk.submit("Kết thúc và bắt đầu tính hạn", invited="2", present="2")
    clerk.sees("Đã kết thúc hội nghị")
    clerk.go("assignments:list", query="tab=mine")
    clerk.sees("thông báo kết luận")


def write_minutes(walk: Walk) -> None:
    """The minutes are drafted from what was recorded, submitted, issued, printed."""
    clerk = walk.clerk
    clerk.go("conferences:draft_minutes", walk.made["conference"])
    clerk.submit("Lập dự thảo biên bản")
    clerk.sees(f"Đường liên thôn hỏng ({walk.stamp})", TYPED.format(walk.stamp))
    approve_paper(walk, clerk.pk)
    clerk.go("conferences:detail", walk.made["conference"])
    if not clerk.links("documents:detail"):
        raise SmokeError("The conference does not show its minutes.")
