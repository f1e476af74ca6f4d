"""What the sample papers say: (kind of clause, text, clauses below)."""

from tests.documents.words_more import MORE_ABSTRACTS, MORE_CLAUSES

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
                    "Trạm Y tế, các trường học",
                    "Số liệu phải khớp với sổ theo dõi của đơn vị tại thời điểm báo cáo và có người ký xác nhận.",
                    (
                        "Chuẩn bị số liệu về khám chữa bệnh, tiêm chủng, trang thiết bị, số trẻ đến lớp và tình trạng phòng học để trả lời khi người dân hỏi.",
                        "Cử người am hiểu việc dự cả buổi, không cử người thay giữa chừng, không đọc báo cáo viết sẵn thay cho câu trả lời.",
                        "Thông báo cho cha mẹ học sinh, người bệnh biết cách gửi ý kiến bằng phiếu giấy, qua điện thoại hoặc trên mạng.",
                    ),
                ),
                (
                    "Hợp tác xã, doanh nghiệp trên địa bàn",
                    "Ủy ban nhân dân xã làm đầu mối nhận và chuyển những ý kiến này.",
                    (
                        "Tạo điều kiện cho người lao động dự hội nghị trong giờ làm việc mà không bị trừ công.",
                        "Trả lời những ý kiến về môi trường, tiếng ồn, đường vào xưởng, việc làm cho người địa phương.",
                        "Cùng khảo sát những điểm mà người dân phản ánh nước thải, bụi và xe quá tải.",
                    ),
                ),
                (
                    "Tổ theo dõi thực hiện kết luận",
                    "Tổ họp vào tuần đầu mỗi tháng, biên bản gửi cho các đơn vị liên quan trong ba ngày.",
                    (
                        "Lập bảng theo dõi từng việc: nội dung, cơ quan làm, hạn xong, mức độ hoàn thành, lý do chậm.",
                        "Đi kiểm tra tại chỗ những việc báo là đã xong, hỏi lại chính người đã nêu ý kiến xem đã được chưa.",
                        "Đề nghị gia hạn hoặc giao lại khi cơ quan được giao không đủ người, đủ tiền hay đủ thẩm quyền.",
                        "Tổng hợp kết quả cả năm, chọn những việc làm tốt để nêu gương và những việc còn nợ để chuyển sang năm sau.",
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
        "heading",
        "Kinh phí, báo cáo",
        [
            (
                "heading",
                "Kinh phí",
                [
                    (
                        "text",
                        "Chi phí tổ chức hội nghị lấy từ dự toán chi thường xuyên đã giao đầu năm cho từng cơ quan. Văn phòng lập dự trù cho từng hội nghị, gồm in phiếu, in giấy mời, nước uống, thuê âm thanh khi hội trường chưa có, và công khai số đã chi trong báo cáo cuối năm.",
                    ),
                    (
                        "text",
                        "Không thu tiền, không vận động quyên góp của người dân, của doanh nghiệp để tổ chức hội nghị dưới bất kỳ hình thức nào; quà tặng, băng rôn, hoa trang trí ở mức cần thiết, tránh phô trương.",
                    ),
                ],
            ),
            (
                "heading",
                "Chế độ báo cáo",
                [
                    (
                        "text",
                        "Sau mỗi hội nghị, trong mười ngày, Văn phòng gửi báo cáo nêu rõ số người dự, số ý kiến, số ý kiến đã trả lời tại chỗ, số việc đã giao và hạn hoàn thành của từng việc. Báo cáo kèm bảng tổng hợp theo lĩnh vực và theo thôn.",
                    ),
                    (
                        "text",
                        "Trước ngày 15/12/2026, các cơ quan gửi báo cáo cả năm; những việc chưa xong phải kèm mốc thời gian mới và tên người chịu trách nhiệm.",
                    ),
                ],
            ),
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
    **MORE_ABSTRACTS,
    "KH": "tổ chức đối thoại giữa người đứng đầu cấp ủy, chính quyền với nhân dân trên địa bàn xã năm 2026",
    "TB": "kết luận của đồng chí Bí thư Đảng ủy tại Hội nghị đối thoại với nhân dân quý I năm 2026",
    "BB": "Hội nghị đối thoại với nhân dân quý I năm 2026",
    "GM": "dự Hội nghị đối thoại với nhân dân quý I năm 2026",
    "CTr": "Hội nghị đối thoại với nhân dân quý I năm 2026",
    "CV": "về việc gửi ý kiến phục vụ hội nghị đối thoại",
}
CLAUSES = {
    **MORE_CLAUSES,
    "KH": PLAN,
    "TB": NOTICE,
    "BB": MINUTES,
    "GM": INVITATION,
    "CTr": PROGRAMME,
    "CV": LETTER,
}
