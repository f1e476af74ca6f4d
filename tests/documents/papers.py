"""Papers written for the printing tests: a long plan, a notice, minutes, an invitation, a letter."""

from datetime import date

from django.utils import timezone

from documents.models import Addressee, Clause, Document, DocumentType, Recipient, Skin
from documents.printing.paper import Extra, Paper, build_paper
from documents.skins import load_skins, symbol_for
from organisations.models import AdministrativeUnit, Organisation, User

PARTY, STATE = "PARTY_HD05_2026", "STATE_ND30_2020"

PLAN = [
    ("legal_basis", "Quy định số 11-QĐi/TW, ngày 18/02/2019 của Bộ Chính trị"),
    ("legal_basis", "Luật Tổ chức chính quyền địa phương số 72/2025/QH15, ngày 16/6/2025"),
    (
        "introduction",
        "Để việc lắng nghe nhân dân thành nền nếp trong năm 2026, cơ quan ban hành kế hoạch đối thoại với những nội dung sau:",
    ),
    (
        "heading",
        "Mục đích, yêu cầu",
        [
            (
                "heading",
                "Mục đích",
                [
                    (
                        "purpose",
                        "Tạo dịp để người dân từng thôn nói thẳng điều mình băn khoăn và được nghe câu trả lời ngay tại chỗ, từ đúng người có trách nhiệm, không phải chờ qua nhiều tầng nấc.",
                    ),
                    (
                        "purpose",
                        "Giúp người đứng đầu thấy việc nào đang vướng, việc nào đã hứa mà chưa làm, từ đó sắp xếp lại thứ tự ưu tiên cho những tháng cuối năm.",
                    ),
                    (
                        "purpose",
                        "Ghi lại từng ý kiến, gắn với một cơ quan và một thời hạn, để lần gặp sau có thể đối chiếu việc đã làm với điều đã nói.",
                    ),
                ],
            ),
            (
                "heading",
                "Yêu cầu",
                [
                    (
                        "requirement",
                        "Chuẩn bị kỹ, thông báo rộng, hỏi ngắn, trả lời rõ; không biến buổi đối thoại thành buổi báo cáo thành tích.",
                    ),
                    (
                        "requirement",
                        "Ý kiến ngoài phạm vi của xã vẫn được ghi nhận, nói rõ sẽ chuyển tới đâu và khi nào có hồi âm.",
                    ),
                    (
                        "requirement",
                        "Giữ trật tự, tôn trọng người phát biểu, bảo vệ thông tin cá nhân của người gửi ý kiến.",
                    ),
                ],
            ),
        ],
    ),
    (
        "heading",
        "Nội dung đối thoại",
        [
            (
                "topic",
                "Đường giao thông liên thôn, mương tiêu nước và điểm tập kết rác ở các khu dân cư ven sông.",
            ),
            (
                "topic",
                "Thủ tục đất đai sau khi sắp xếp đơn vị hành chính và *việc trả kết quả một cửa*.",
            ),
            ("topic", "Trường học, trạm y tế, nước sạch và chế độ cho người cao tuổi."),
            ("topic", "Công tác xây dựng Đảng, thái độ phục vụ của cán bộ khi tiếp dân."),
        ],
    ),
    (
        "heading",
        "Các hội nghị trong năm",
        [
            (
                "session",
                f"Quý {quarter}/2026",
                [
                    ("fact_line", f"Nội dung: {theme}"),
                    ("fact_line", f"Đối tượng: {people}"),
                    ("fact_line", f"Thời gian: {when}"),
                    ("fact_line", f"Địa điểm: {where}"),
                ],
            )
            for quarter, theme, people, when, where in (
                (
                    "I",
                    "**Nước sạch và vệ sinh môi trường ở ba thôn ven sông.**",
                    "đại diện hộ dân thôn Đông, thôn Đoài và thôn Trung, mỗi thôn 20 người.",
                    "tháng 3/2026.",
                    "Nhà văn hóa thôn Đông.",
                ),
                (
                    "II",
                    "**Đất sản xuất và thủ lợi nội đồng trong vụ mùa.**",
                    "xã viên hợp tác xã, hộ thuê đất và chủ trang trại.",
                    "tháng 5/2026.",
                    "Hội trường Ủy ban nhân dân xã.",
                ),
                (
                    "III",
                    "**Trường học trước năm học mới.**",
                    "cha mẹ học sinh, giáo viên, ban đại diện cha mẹ học sinh ba cấp học.",
                    "tháng 8/2026.",
                    "Trường Trung học cơ sở xã.",
                ),
                (
                    "IV",
                    "**Việc đã hứa và việc đã làm trong năm.**",
                    "nhân dân các thôn, người đã gửi ý kiến trong ba hội nghị trước.",
                    "tháng 11/2026.",
                    "Hội trường Ủy ban nhân dân xã.",
                ),
            )
        ]
        + [
            (
                "ad_hoc",
                "Khi có việc bức xúc, đông người quan tâm, người đứng đầu tổ chức đối thoại đột xuất tại nơi phát sinh.",
            )
        ],
    ),
    (
        "heading",
        "Thành phần",
        [
            (
                "fact_line",
                "Chủ trì: đồng chí Bí thư Đảng ủy; đồng chí Chủ tịch Ủy ban nhân dân xã.",
            ),
            (
                "participant_group",
                "Đại biểu tham dự",
                [
                    (
                        "participant_group",
                        "Cấp tỉnh: đại diện Ban Tuyên giáo và Dân vận, Ủy ban Mặt trận Tổ quốc tỉnh.",
                    ),
                    (
                        "participant_group",
                        "Cấp xã:",
                        [
                            ("participant_group", "Các đồng chí trong Ban Thường vụ Đảng ủy;"),
                            (
                                "participant_group",
                                "Thường trực Hội đồng nhân dân, lãnh đạo Ủy ban nhân dân;",
                            ),
                            (
                                "participant_group",
                                "Trưởng các tổ chức chính trị - xã hội, bí thư chi bộ, trưởng thôn.",
                            ),
                        ],
                    ),
                    (
                        "participant_group",
                        "Nhân dân: mỗi thôn từ 15 đến 20 người, do thôn họp giới thiệu.",
                    ),
                ],
            ),
        ],
    ),
    (
        "heading",
        "Tổ chức thực hiện",
        [
            (
                "assignee",
                agency,
                [("duty", f"{duty} {tail}") for duty in duties],
            )
            for agency, tail, duties in (
                (
                    "Ban Xây dựng Đảng",
                    "Kết quả ghi thành văn bản, lưu cùng hồ sơ hội nghị và gửi cho những người có tên trong danh sách theo dõi.",
                    (
                        "Tổng hợp ý kiến từ các thôn, chia theo lĩnh vực, gộp những ý trùng nhau nhưng giữ đủ số người nêu, gửi Văn phòng *trước ngày 05/3/2026*.",
                        "Dự thảo thông báo kết luận trong 07 ngày làm việc kể từ khi hội nghị kết thúc.",
                        "Theo dõi việc thực hiện kết luận, hằng tháng báo cáo việc chậm và nêu rõ lý do chậm.",
                    ),
                ),
                (
                    "Văn phòng Đảng ủy",
                    "Nếu phải thay đổi, báo người chủ trì ít nhất hai ngày để quyết định và thông báo lại.",
                    (
                        "Chuẩn bị hội trường, âm thanh, nước uống, chỗ ngồi cho người cao tuổi và người khuyết tật.",
                        "In và gửi giấy mời tới từng đại biểu chậm nhất 07 ngày trước hội nghị.",
                        "Cử người ghi biên bản, đọc lại cho hội nghị nghe trước khi bế mạc.",
                    ),
                ),
                (
                    "Ủy ban nhân dân xã",
                    "Câu trả lời phải nêu việc làm, người làm, ngày xong; việc chưa làm được thì nói vì sao.",
                    (
                        "Giao từng bộ phận chuyên môn chuẩn bị trả lời bằng văn bản những ý kiến đã nhận.",
                        "Báo cáo việc giải quyết kiến nghị của kỳ trước, kể cả những việc còn dở dang.",
                        "Thông báo lịch, nội dung, cách gửi ý kiến trên trang thông tin và loa truyền thanh các thôn.",
                    ),
                ),
                (
                    "Ủy ban Mặt trận Tổ quốc và các đoàn thể",
                    "Không ghi tên người góp ý vào bản gửi đi nếu người đó không đồng ý.",
                    (
                        "Phát phiếu lấy ý kiến tới từng hộ, giải thích cho người già, người ít chữ cách ghi phiếu.",
                        "Giám sát việc trả lời và việc thực hiện kết luận, có ý kiến bằng văn bản khi thấy chưa thỏa đáng.",
                        "Vận động đoàn viên, hội viên nói đúng việc, gọn lời, có chứng cứ.",
                    ),
                ),
                (
                    "Các chi bộ, các thôn",
                    "Người đứng đầu chịu trách nhiệm về danh sách đã gửi.",
                    (
                        "Họp thôn để nghe dân nói trước, chọn người đi dự và thống nhất điều cần hỏi.",
                        "Gửi bản tổng hợp ý kiến về Văn phòng chậm nhất ngày 01/3/2026.",
                        "Đưa tin kết luận tới từng tổ dân cư trong mười ngày sau hội nghị.",
                    ),
                ),
                (
                    "Công an xã",
                    "Mọi tình huống phát sinh đều báo ngay cho người chủ trì.",
                    (
                        "Bảo đảm trật tự, an toàn quanh địa điểm tổ chức, hướng dẫn nơi để xe.",
                        "Phối hợp với Văn phòng hướng dẫn người khiếu nại, tố cáo tới nơi tiếp công dân.",
                    ),
                ),
            )
        ],
    ),
    (
        "closing",
        "Trên đây là kế hoạch đối thoại năm 2026. Các cơ quan, đơn vị căn cứ nhiệm vụ được giao triển khai thực hiện, có gì vướng mắc báo cáo kịp thời để xem xét, giải quyết",
    ),
]
NOTICE = [
    (
        "introduction",
        "Ngày 28/3/2026, tại Nhà văn hóa thôn Đông, đồng chí Bí thư Đảng ủy chủ trì hội nghị đối thoại với nhân dân ba thôn ven sông. Sau khi nghe 12 ý kiến, đồng chí kết luận như sau:",
    ),
    (
        "conclusion_point",
        "Về nước sạch: giao Ủy ban nhân dân xã nối đường ống vào ngõ 4, ngõ 6 thôn Đoài, xong trước ngày 30/6/2026.",
    ),
    (
        "conclusion_point",
        "Về rác thải: giao hợp tác xã môi trường tăng số chuyến thu gom lên ba lần mỗi tuần.",
    ),
    (
        "conclusion_point",
        "Về cầu qua kênh: kiến nghị Ủy ban nhân dân tỉnh bố trí vốn; văn bản gửi trước ngày 15/4/2026.",
    ),
    ("closing", "Yêu cầu các cơ quan nghiêm túc thực hiện"),
]
MINUTES = [
    ("fact_line", "Thời gian bắt đầu: 07 giờ 30 phút, ngày 28/3/2026."),
    ("fact_line", "Địa điểm: Nhà văn hóa thôn Đông."),
    (
        "fact_line",
        "Thành phần tham dự:",
        [
            ("participant_group", "Đại biểu được mời: 63; có mặt: 60; vắng: 03."),
            ("participant_group", "Chủ trì: đồng chí Bí thư Đảng ủy."),
        ],
    ),
    (
        "heading",
        "Diễn biến",
        [
            (
                "exchange",
                "Bà Nguyễn Thị Mơ, thôn Đoài: hỏi bao giờ có nước máy. Trả lời: tháng 6/2026.",
            ),
            (
                "exchange",
                "Ông Lê Văn Tĩnh, thôn Trung: đề nghị sửa cống. Trả lời: đã giao thôn khảo sát.",
            ),
        ],
    ),
    ("closing", "Hội nghị kết thúc vào 11 giờ 00 phút, ngày 28/3/2026"),
]
INVITATION = [
    ("text", "Đảng ủy xã Mỹ Thuận trân trọng kính mời: [khách mời]"),
    (
        "fact_line",
        "Tới dự: Hội nghị đối thoại giữa người đứng đầu cấp ủy, chính quyền với nhân dân.",
    ),
    ("fact_line", "Chủ trì: đồng chí Bí thư Đảng ủy."),
    ("fact_line", "Thời gian: 07 giờ 30 phút, thứ Bảy, ngày 28/3/2026."),
    ("fact_line", "Địa điểm: Nhà văn hóa thôn Đông."),
    ("text", "Kính đề nghị đại biểu có mặt trước 15 phút và mang theo giấy mời này"),
]
PROGRAMME = [
    ("programme_item", "Ổn định tổ chức, giới thiệu đại biểu"),
    ("programme_item", "Khai mạc; nêu nguyên tắc và cách thức đối thoại"),
    ("programme_item", "Báo cáo việc giải quyết kiến nghị kỳ trước"),
    ("programme_item", "Nhân dân phát biểu, cơ quan chuyên môn trả lời"),
    ("programme_item", "Kết luận và bế mạc"),
]
LETTER = [
    (
        "text",
        "Ủy ban nhân dân xã đề nghị các thôn gửi ý kiến của nhân dân về những vấn đề cần trao đổi tại hội nghị đối thoại quý I năm 2026.",
    ),
    ("text", "Văn bản gửi về Văn phòng trước ngày 05/3/2026"),
]
ABSTRACTS = {
    "KH": "tổ chức đối thoại giữa người đứng đầu cấp ủy, chính quyền với nhân dân trên địa bàn xã năm 2026",
    "TB": "kết luận của đồng chí Bí thư Đảng ủy tại Hội nghị đối thoại với nhân dân quý I năm 2026",
    "BB": "Hội nghị đối thoại với nhân dân quý I năm 2026",
    "GM": "dự Hội nghị đối thoại với nhân dân quý I năm 2026",
    "CTr": "Hội nghị đối thoại với nhân dân quý I năm 2026",
    "CV": "về việc gửi ý kiến phục vụ hội nghị đối thoại",
}
CLAUSES = {
    "KH": PLAN,
    "TB": NOTICE,
    "BB": MINUTES,
    "GM": INVITATION,
    "CTr": PROGRAMME,
    "CV": LETTER,
}


def issuer(skin: str) -> Organisation:
    """The Party committee or the People's Committee of one commune."""
    unit, _made = AdministrativeUnit.objects.get_or_create(
        name="Mỹ Thuận", kind="xã", level="commune"
    )
    shared = {"unit": unit, "place_name": "Mỹ Thuận"}
    if skin.startswith("PARTY"):
        return Organisation.objects.get_or_create(
            name="Đảng ủy xã Mỹ Thuận",
            defaults={
                **shared,
                "short_name": "Đảng ủy",
                "symbol": "ĐU",
                "system": "party",
                "function": "committee",
                "parent_heading": "Đảng bộ tỉnh Nghĩa An",
                "collective": "Ban Thường vụ",
                "archive_line": "Lưu Văn phòng Đảng ủy",
            },
        )[0]
    return Organisation.objects.get_or_create(
        name="Ủy ban nhân dân xã Mỹ Thuận",
        defaults={
            **shared,
            "short_name": "UBND xã",
            "symbol": "UBND",
            "system": "state",
            "function": "government",
            "collective": "Ủy ban nhân dân",
            "archive_line": "VT, VP",
        },
    )[0]


def document(type_code: str, skin: str, *, issued: bool = True, **changed: object) -> Document:
    """A stored paper with its clauses, addressees and recipients."""
    load_skins()
    organisation = issuer(skin)
    user, _made = User.objects.get_or_create(email="soan@example.vn", full_name="Người Soạn")
    row = Document(
        type=DocumentType.objects.get(code=type_code),
        organisation=organisation,
        skin=Skin.objects.get(code=skin),
        place="Mỹ Thuận",
        abstract=ABSTRACTS[type_code],
        signer_post="Bí thư" if skin == PARTY else "Chủ tịch",
        signer_name="Lê Thị Thu Hường",
        secretary_name="Phạm Gia Ưởng",
        created_by=user,
    )
    row.symbol = symbol_for(row.type, organisation, row.skin, "VP")
    if issued:
        row.state, row.number, row.dated_on = "issued", 5, date(2026, 2, 8)
        row.issued_at, row.pdf, row.pdf_sha256 = timezone.now(), "x.pdf", "0" * 64
        row.number_scope = type_code + skin
    for name, value in changed.items():
        setattr(row, name, value)
    row.save()
    add_clauses(row, CLAUSES[type_code])
    _add_lines(row)
    return row


def add_clauses(row: Document, rows: list, parent: Clause | None = None) -> None:
    """Store (kind, text, children) below one another."""
    for position, (kind, text, *below) in enumerate(rows):
        clause = Clause.objects.create(
            document=row, parent=parent, position=position, kind=kind, text=text
        )
        add_clauses(row, below[0] if below else [], clause)


def _add_lines(row: Document) -> None:
    recipients = [
        ("Thường trực Tỉnh ủy", "report"),
        ("Ủy ban Mặt trận Tổ quốc và các tổ chức chính trị - xã hội xã", "carry_out"),
        ("Các chi bộ, các thôn", "carry_out"),
        ("Trang thông tin điện tử xã", ""),
    ]
    for position, (text, purpose) in enumerate(recipients):
        Recipient.objects.create(document=row, position=position, text=text, purpose=purpose)
    if row.type_id == "CV":
        for position, text in enumerate(["Các thôn trong xã", "Ủy ban Mặt trận Tổ quốc xã"]):
            Addressee.objects.create(document=row, position=position, text=text)


def paper(type_code: str, skin: str, *, extra: Extra | None = None, **changed: object) -> Paper:
    """The same, ready to be drawn."""
    row = document(type_code, skin, **changed)
    return build_paper(row, list(row.clauses.all()), extra=extra)
