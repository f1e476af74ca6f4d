"""The consultation: citizens and collectors write, the office sorts, an agency answers."""

from bs4.element import Tag

from dialogue.smoke.visitor import SmokeError, Visitor
from dialogue.smoke.walk import Walk

ROAD = "Đường liên thôn Đầm Sen – Gò Mây hỏng nặng, mùa mưa lầy lội ({})."
ROAD_TOO = "Đoạn đường từ Đầm Sen sang Gò Mây nhiều ổ gà, học sinh hay ngã ({})."
OFFICE = "Bộ phận một cửa có làm việc sáng thứ Bảy không ({})?"
DENUNCIATION = "Tôi tố cáo một cán bộ nhận tiền khi làm hồ sơ ({})."
ANSWER = "Phòng đã khảo sát, sẽ vá ổ gà trong tháng này ({})."
RECEPTION = "Phòng tiếp công dân của xã"
NAME, PHONE = "Nguyễn Thị Thử", "0912000{}"


def open_consultation(walk: Walk) -> None:
    """The clerk prepares a consultation of the session and opens it; the public list shows it."""
    clerk = walk.clerk
    clerk.go("feedback:consultation_create", walk.made["session"])
    clerk.submit(
        "Tạo đợt lấy ý kiến",
        title=f"Lấy ý kiến về giao thông ({walk.stamp})",
        introduction="Xin nêu rõ việc gì, ở đâu, từ khi nào.",
        closes_on=walk.day(10),
    )
    walk.made["consultation"] = clerk.pk
    clerk.submit("Mở cho người dân gửi ý kiến")
    clerk.sees("Đã mở")


def send_opinions(walk: Walk) -> None:
    """Citizens without account: two matters in one form, a similar one, a denunciation."""
    for key, texts, contact in (
        ("road", (ROAD, OFFICE), True),
        ("road_too", (ROAD_TOO,), False),
        ("denunciation", (DENUNCIATION,), False),
    ):
        citizen = walk.stranger()
        citizen.go("feedback:public_list")
        citizen.follow(f"Lấy ý kiến về giao thông ({walk.stamp})")
        walk.codes[key] = _send(walk, citizen, [text.format(walk.stamp) for text in texts], contact)


def _send(walk: Walk, citizen: Visitor, texts: list[str], contact: bool) -> tuple[str, str]:
    for place, text in enumerate(texts):
        if place:
            citizen.submit("Thêm nội dung")
        fields = [str(tag["name"]) for tag in citizen.page.select('textarea[name$="-text"]')]
        prefix = fields[-1].removesuffix("-text")
        values = {"text": text, "field": "TRANS", "kind": "Kiến nghị"}
        citizen.fill(**{f"{prefix}__{name}": value for name, value in values.items()})
    if contact:
        citizen.fill(full_name=NAME, phone=PHONE.format(f"{walk.now:%M%S}")[:10], consent=True)
    citizen.submit("Gửi ý kiến", area="Đầm Sen", audience="Nhân dân")
    citizen.sees("Đã nhận ý kiến")
    code, secret = (_plain(tag) for tag in citizen.page.select(".code-block"))
    return code, secret


def collect_paper(walk: Walk) -> None:
    """A collector of the farmers' union types in a paper slip and a collective sheet."""
    collector, consultation = walk.person("nongdan"), walk.made["consultation"]
    collector.go("feedback:paper_create", consultation)
    collector.submit(
        "Lưu phiếu",
        text=f"Kênh tưới Gò Mây bồi lấp ({walk.stamp}).",
        field="IRRI", kind="Phản ánh", area="Gò Mây", audience="Đoàn viên, hội viên",
    )  # fmt: skip
    collector.sees("Đã nhập phiếu")
    collector.go("feedback:sheet_create", consultation)
    collector.submit(
        "Lưu bảng tổng hợp",
        area="Đồng Xuân Thượng", audience="Đoàn viên, hội viên", meeting_on=walk.day(-3),
        attendance="45", slips_out="45", slips_in="41",
        compiled_by="Chi hội trưởng", signed_by="Chủ tịch Hội",
        **_row(0, f"Mở lớp tập huấn trồng dược liệu ({walk.stamp}).", "AGRI", "23"),
        **_row(1, f"Nhà văn hóa thôn dột mái ({walk.stamp}).", "CULT", "18"),
    )  # fmt: skip
    collector.sees("Đã nhập bảng tổng hợp")


def _row(place: int, text: str, field: str, people: str) -> dict[str, str]:
    values = {"text": text, "field": field, "kind": "Phản ánh", "supporters": people}
    return {f"row-{place}-{name}": value for name, value in values.items()}


def print_slip(walk: Walk) -> None:
    """The paper slip of the consultation."""
    walk.clerk.pdf("feedback:slip", walk.made["consultation"])


def classify(walk: Walk) -> None:
    """The clerk classifies every opinion but the denunciation."""
    clerk = walk.clerk
    query = f"consultation={walk.made['consultation']}"
    clerk.go("feedback:list", query=query)
    opinions = clerk.links("feedback:opinion", "table")
    if len(opinions) != 7:
        raise SmokeError(f"The office's list shows {len(opinions)} opinions instead of 7.")
    for opinion in opinions:
        clerk.go("feedback:opinion", opinion)
        # What resembles an opinion stands on its page too.
        if DENUNCIATION.format(walk.stamp) in clerk.quoted:
            walk.made["denounced"] = opinion
            continue
        for key, text in (("road", ROAD), ("road_too", ROAD_TOO)):
            if text.format(walk.stamp) in clerk.quoted:
                walk.made[key] = opinion
        clerk.follow("Phân loại")
        clerk.submit("Lưu, sang ý kiến sau", competence="commune")


def group_alike(walk: Walk) -> None:
    """The two about one road become one matter."""
    clerk = walk.clerk
    clerk.go("feedback:list", query=f"consultation={walk.made['consultation']}")
    clerk.submit(
        "Lập vấn đề từ các ý kiến đã chọn",
        opinion=[str(walk.made["road"]), str(walk.made["road_too"])],
    )
    clerk.submit("Lập vấn đề từ 2 ý kiến", title=f"Đường liên thôn hỏng ({walk.stamp})")
    walk.made["group"] = clerk.pk


def ask_agency(walk: Walk) -> None:
    """The clerk asks an agency to answer before a date; its inbox and its tasks say so."""
    clerk, agency = walk.clerk, walk.person("kinhte")
    clerk.follow("Đề nghị cơ quan trả lời")
    clerk.submit("Giao chuẩn bị trả lời", lead="Phòng Kinh tế xã", due=f"trước ngày {walk.day(5)}")
    agency.go("assignments:inbox")
    agency.sees(f"Đường liên thôn hỏng ({walk.stamp})")


def route_out(walk: Walk) -> None:
    """The denunciation leaves the dialogue; reception alone opens it and hands it over."""
    clerk, reception = walk.clerk, walk.person("tiepdan")
    clerk.go("feedback:route_out", walk.made["denounced"])
    clerk.submit(
        "Chuyển và khóa nội dung",
        kind="Tố cáo", receiving_body=RECEPTION, reason="Nội dung tố cáo cán bộ.",
    )  # fmt: skip
    clerk.misses(DENUNCIATION.format(walk.stamp))
    reception.go("feedback:matters")
    newest = reception.links("feedback:matter")[0]
    reception.go("feedback:matter", newest)
    reception.sees(DENUNCIATION.format(walk.stamp))
    clerk.go("feedback:matter", newest, status=404)
    reception.submit("Đã bàn giao, xóa nội dung")
    reception.misses(DENUNCIATION.format(walk.stamp))


def answer(walk: Walk) -> None:
    """The agency writes its answer and sends it to the office."""
    agency, group = walk.person("kinhte"), walk.made["group"]
    agency.go("feedback:group", group)
    agency.misses(NAME)
    agency.follow("Soạn câu trả lời")
    agency.submit("Lưu bản thảo", text=ANSWER.format(walk.stamp), legal_basis="Luật Đường bộ")
    agency.submit("Gửi văn phòng duyệt")


def keep_embargo(walk: Walk) -> None:
    """Before the release neither the citizen nor another agency reads the answer."""
    words = ANSWER.format(walk.stamp)
    track(walk, "road").misses(words)
    other = walk.person("vanhoa")
    other.go("feedback:group", walk.made["group"], status=404)
    other.misses(words)
    stranger = walk.stranger()
    stranger.go("portal:home")
    stranger.misses(words, NAME)


def accept_answer(walk: Walk) -> None:
    """The office accepts the answer; it stays under the embargo."""
    clerk = walk.clerk
    clerk.go("feedback:group", walk.made["group"])
    clerk.sees(ANSWER.format(walk.stamp))
    clerk.submit("Duyệt câu trả lời")
    track(walk, "road").misses(ANSWER.format(walk.stamp))


def release_answers(walk: Walk) -> None:
    """The office releases the answer: now the citizen's code shows it."""
    clerk = walk.clerk
    clerk.go("feedback:release", walk.made["consultation"])
    clerk.submit("Công bố các câu trả lời đã chọn")
    track(walk, "road").sees(ANSWER.format(walk.stamp))
    track(walk, "road_too").sees(ANSWER.format(walk.stamp))


def track(walk: Walk, key: str) -> Visitor:
    """Somebody with a code and its secret looks up what became of it."""
    citizen = walk.stranger()
    code, secret = walk.codes[key]
    citizen.go("feedback:track")
    citizen.submit("Xem", code=code, secret=secret)
    citizen.sees("Ý kiến của Ông/Bà")
    return citizen


def _plain(tag: Tag) -> str:
    return tag.get_text(strip=True)
