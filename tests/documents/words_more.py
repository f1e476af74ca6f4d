"""Short samples of the types a dialogue needs less often: (kind of clause, text, clauses below)."""

REPORT = [
    ("text", "Thực hiện Kế hoạch đối thoại năm 2026, Văn phòng báo cáo kết quả quý I như sau:"),
    (
        "heading",
        "Kết quả",
        [
            (
                "heading",
                "Số ý kiến",
                [("text", "Tiếp nhận 41 ý kiến; đã trả lời tại chỗ 28 ý kiến.")],
            ),
            (
                "heading",
                "Việc đã giao",
                [("text", "Giao 13 việc, xong 9, trong hạn 3, quá hạn 1.")],
            ),
        ],
    ),
    ("heading", "Kiến nghị", [("text", "Tỉnh sớm bố trí vốn sửa cầu qua kênh.")]),
    ("closing", "Trên đây là báo cáo kết quả quý I"),
]
PETITION = [
    ("text", "Văn phòng trình xem xét chương trình hội nghị đối thoại quý II năm 2026."),
    ("heading", "Sự cần thiết", [("text", "Nhiều ý kiến về nước sạch chưa được giải quyết.")]),
    ("heading", "Đề nghị", [("text", "Cho tổ chức hội nghị trong tháng 5/2026")]),
]
TRANSFER = [
    ("text", "Ngày 30/3/2026, Đảng ủy nhận ý kiến mã Q7K2M của nhân dân thôn Trung về cống thoát nước."),
    ("text", "Căn cứ chức năng, nhiệm vụ, chuyển ý kiến nêu trên đến Ủy ban nhân dân xã giải quyết và trả lời trước ngày 15/4/2026"),
]  # fmt: skip
DECISION = [
    ("legal_basis", "Luật Tổ chức chính quyền địa phương số 72/2025/QH15, ngày 16/6/2025"),
    ("legal_basis", "Kế hoạch số 05/KH-UBND, ngày 08/02/2026"),
    ("legal_basis", "Theo đề nghị của Chánh Văn phòng"),
    ("heading", "Thành lập Tổ giúp việc hội nghị đối thoại năm 2026, gồm các ông, bà có tên sau:",
     [("participant_group", "Ông Lê Văn Tĩnh, Chánh Văn phòng, Tổ trưởng;"),
      ("participant_group", "Bà Nguyễn Thị Mơ, công chức tư pháp, thành viên.")]),
    ("heading", "Tổ có nhiệm vụ tổng hợp ý kiến, chuẩn bị trả lời và theo dõi việc thực hiện kết luận."),
    ("heading", "Văn phòng, các cơ quan liên quan và các ông, bà có tên tại Điều 1 thi hành Quyết định này"),
]  # fmt: skip
RESOLUTION = [
    ("legal_basis", "Luật Tổ chức chính quyền địa phương số 72/2025/QH15, ngày 16/6/2025"),
    ("heading", "Tán thành chương trình giám sát việc thực hiện kết luận đối thoại năm 2026"),
    ("heading", "Tổ chức thực hiện", [("text", "Các cơ quan, đơn vị thi hành nghị quyết này.")]),
    ("closing", "Nghị quyết có hiệu lực từ ngày thông qua"),
]
RULES = [
    ("introduction", "Nội dung cụ thể như sau:"),
    ("heading", "Nguyên tắc", [("purpose", "Công khai, đúng thẩm quyền, đúng thời hạn."),
                               ("purpose", "Tôn trọng người phát biểu.")]),
    ("heading", "Trách nhiệm", [("assignee", "Văn phòng", [("duty", "Tham mưu, tổng hợp, theo dõi.")]),
                                ("assignee", "Các thôn", [("duty", "Thông báo tới từng hộ.")])]),
    ("closing", "Các cơ quan, đơn vị nghiêm túc thực hiện"),
]  # fmt: skip
MORE_CLAUSES = {
    "BC": REPORT,
    "TTr": PETITION,
    "PC": TRANSFER,
    "QD": DECISION,
    "NQ": RESOLUTION,
    **dict.fromkeys(("QyD", "CT", "KL", "HD", "QC", "DA"), RULES),
}
MORE_ABSTRACTS = {
    "BC": "kết quả đối thoại với nhân dân quý I năm 2026",
    "TTr": "về chương trình hội nghị đối thoại quý II năm 2026",
    "PC": "ý kiến của nhân dân",
    "QD": "về việc thành lập Tổ giúp việc hội nghị đối thoại năm 2026",
    "NQ": "về giám sát việc thực hiện kết luận đối thoại",
    **dict.fromkeys(("QyD", "CT", "KL", "HD", "QC", "DA"), "về đối thoại với nhân dân"),
}
