"""The sentences of the demonstration's papers and opinions."""

PURPOSES = (
    "Tạo kênh trao đổi thẳng thắn giữa người đứng đầu cấp ủy, chính quyền xã với Nhân dân; kịp thời "
    "nắm bắt và tháo gỡ những việc người dân quan tâm ngay từ thôn, xóm.",
    "Qua đối thoại, nâng cao trách nhiệm của cán bộ, công chức trong giải quyết công việc, củng cố "
    "niềm tin của Nhân dân và sự đồng thuận trong thực hiện nhiệm vụ của địa phương.",
)
REQUIREMENTS = (
    "Việc đối thoại phải dân chủ, công khai, đúng nội dung, đúng thành phần; ý kiến gửi trước được "
    "phân loại, giao cơ quan chuẩn bị trả lời đầy đủ trước hội nghị.",
    "Đại biểu phát biểu ngắn gọn, đúng trọng tâm, chịu trách nhiệm về thông tin mình nêu; không tổng "
    "hợp lại những nội dung đã gửi tại các cuộc tiếp xúc cử tri.",
)
TOPICS = (
    "Công tác xây dựng Đảng, xây dựng chính quyền và hoạt động của hệ thống chính trị xã.",
    "Giao thông, thủy lợi, đất đai, môi trường và xây dựng nông thôn mới.",
    "Giáo dục, y tế, an sinh xã hội, an ninh trật tự ở thôn.",
)
PROGRAMME = (
    (
        "Ổn định tổ chức, tuyên bố lý do, giới thiệu đại biểu, thông qua chương trình",
        "Văn phòng Đảng ủy",
        10,
    ),
    ("Khai mạc; quán triệt nguyên tắc và nội quy đối thoại", "Bí thư Đảng ủy", 10),
    (
        "Báo cáo tình hình kinh tế - xã hội và kết quả giải quyết kiến nghị kỳ trước",
        "Chủ tịch UBND xã",
        20,
    ),
    ("Nhân dân phát biểu, nêu kiến nghị theo nhóm vấn đề đã đăng ký", "Chủ trì", 60),
    ("Trả lời, giải trình các nội dung Nhân dân nêu", "Chủ trì", 45),
    ("Kết luận và bế mạc hội nghị", "Chủ trì", 15),
)
CLOSING = (
    "Trên đây là kế hoạch đối thoại của Ban Thường vụ Đảng ủy xã; yêu cầu các cơ quan, đơn vị nghiêm "
    "túc thực hiện, có vướng mắc thì báo cáo về Đảng ủy (qua Ban Xây dựng Đảng) để được hướng dẫn."
)
# each row: matter, proposal, kind, field code, hamlet, audience
OPEN_OPINIONS = (
    (
        "Đoạn đường từ ngã ba Đầm Sen vào trường tiểu học hỏng nặng, nhiều ổ gà, mùa mưa học sinh hay ngã.",
        "Đề nghị xã vá ổ gà trước mùa mưa và có kế hoạch làm lại mặt đường.",
        "proposal",
        "TRANS",
        "thon_1",
        "citizen",
    ),
    (
        "Đường vào trường tiểu học thôn Đầm Sen xuống cấp, xe tải chở cát chạy qua làm vỡ mặt đường.",
        "Hạn chế xe tải nặng và sửa đường.",
        "feedback",
        "TRANS",
        "thon_1",
        "citizen",
    ),
    (
        "Kênh tưới Gò Mây bị bồi lấp, vụ vừa rồi hơn chục hộ cuối kênh không có nước cấy.",
        "Nạo vét kênh trước vụ tới.",
        "proposal",
        "IRRI",
        "thon_2",
        "union_member",
    ),
    (
        "Rác tập kết ở đầu cầu Cầu Gỗ ba, bốn ngày mới được thu gom, bốc mùi vào khu dân cư.",
        "",
        "feedback",
        "ENV",
        "thon_3",
        "citizen",
    ),
    (
        "Thủ tục cấp đổi giấy chứng nhận quyền sử dụng đất hiện nộp ở đâu, thời gian giải quyết bao lâu?",
        "",
        "question",
        "LAND",
        "thon_4",
        "citizen",
    ),
)
SHEET_OPINIONS = (
    (
        "Hội viên đề nghị mở lớp tập huấn kỹ thuật trồng dược liệu và hỗ trợ nối kết nơi tiêu thụ.",
        "proposal",
        "AGRI",
        23,
    ),
    (
        "Nhà văn hóa thôn Vạn Thọ dột mái, thiếu ghế, khó họp thôn vào mùa mưa.",
        "feedback",
        "CULT",
        18,
    ),
)
# each row: matter, field code, hamlet, lead body, answer
TODAY_OPINIONS = (
    (
        "Điện thắp sáng trục đường liên thôn Gò Mây - Cầu Gỗ hỏng từ đầu năm, buổi tối đi lại không an toàn.",
        "TRANS",
        "thon_2",
        "kinh_te",
        "Phòng Kinh tế đã kiểm tra tuyến đường, xác định 14 bóng hỏng; vật tư thay thế đã có trong dự toán "
        "quý này và sẽ lắp xong trong tháng.",
    ),
    (
        "Đề nghị công khai mức thu và việc chi các khoản đóng góp xây dựng nhà văn hóa thôn.",
        "BUD",
        "thon_3",
        "van_xa",
        "Các khoản đóng góp tự nguyện được niêm yết tại nhà văn hóa thôn; Phòng Văn hóa - Xã hội sẽ hướng "
        "dẫn ban công tác mặt trận thôn niêm yết lại theo mẫu thống nhất.",
    ),
)
# each row: who, hamlet, question, answered by, answer, outcome
PAST_EXCHANGES = (
    (
        "Ông N.V.T.",
        "thôn Đầm Sen",
        "Hệ thống nước sạch tập trung cấp nước yếu vào giờ cao điểm, nhiều hộ cuối nguồn không có nước",
        "Chủ tịch UBND xã",
        "Xã đã làm việc với đơn vị quản lý, cần thay máy bơm và đường ống nhánh; giao Phòng Kinh tế lập phương án.",
        "assigned",
    ),
    (
        "Bà L.T.H.",
        "thôn Gò Mây",
        "Hồ sơ hưởng trợ cấp người cao tuổi nộp hai tháng chưa có kết quả",
        "Trưởng phòng Văn hóa - Xã hội",
        "Phòng nhận trách nhiệm chậm trả lời, sẽ rà soát toàn bộ hồ sơ tồn đọng.",
        "assigned",
    ),
    (
        "Ông Đ.Q.B.",
        "thôn Cầu Gỗ",
        "Tình trạng thanh niên tụ tập, phóng xe gây mất trật tự buổi tối ở khu vực chợ",
        "Trưởng Công an xã",
        "Công an xã đã lập tổ tuần tra, sẽ tăng cường vào cuối tuần và phối hợp với các thôn.",
        "assigned",
    ),
    (
        "Bà T.T.M.",
        "thôn Vạn Thọ",
        "Lịch làm việc của bộ phận một cửa vào sáng thứ Bảy",
        "Chủ tịch UBND xã",
        "Trung tâm phục vụ hành chính công làm việc sáng thứ Bảy hằng tuần, lịch niêm yết tại trụ sở.",
        "answered",
    ),
    (
        "Ông H.V.K.",
        "thôn Vạn Thọ",
        "Nâng cấp tuyến đường tỉnh qua địa bàn xã",
        "Bí thư Đảng ủy",
        "Nội dung thuộc thẩm quyền cấp tỉnh, xã sẽ có văn bản kiến nghị.",
        "petition",
    ),
)
# each row: the question it becomes in the hall, the opinion as it was sent, field, hamlet, competence
PAST_MATTERS = (
    (
        PAST_EXCHANGES[0][2],
        "Nước máy từ sáu giờ tối trở đi chảy rất yếu, mấy hộ cuối thôn phải đi xin nước giếng.",
        "IRRI",
        "thon_1",
        "commune",
    ),
    (
        PAST_EXCHANGES[1][2],
        "Hồ sơ xin trợ cấp cho mẹ tôi nộp đã hai tháng mà không thấy trả lời.",
        "SOC",
        "thon_2",
        "commune",
    ),
    (
        PAST_EXCHANGES[2][2],
        "Buổi tối thanh niên tụ tập nẹt pô quanh chợ, người già và trẻ nhỏ không ngủ được.",
        "SEC",
        "thon_3",
        "commune",
    ),
    (
        PAST_EXCHANGES[4][2],
        "Đường tỉnh qua xã nhiều ổ voi, xe tải tránh nhau lấn cả vào sân nhà dân.",
        "TRANS",
        "thon_4",
        "province",
    ),
)
# by the question: the agency and what it wrote; who asked the second is told a result instead
PAST_ANSWERS = {
    PAST_EXCHANGES[0][2]: (
        "kinh_te",
        "Nước yếu vào giờ cao điểm vì máy bơm và đường ống nhánh đã cũ. Phòng đang khảo sát tuyến ống "
        "và lập phương án thay máy bơm, trình UBND xã; thời hạn ghi trong thông báo kết luận.",
    ),
    PAST_EXCHANGES[2][2]: (
        "cong_an",
        "Công an xã đã lập tổ tuần tra, tăng cường vào các tối cuối tuần ở khu vực chợ. Khi có việc xảy "
        "ra, đề nghị bà con báo ngay trực ban Công an xã.",
    ),
}
RESULT = (
    "Đã rà soát toàn bộ hồ sơ trợ cấp nộp trước ngày 01 tháng này, trả kết quả 15 hồ sơ; 02 hồ sơ thiếu "
    "giấy tờ, phòng đã mời gia đình đến bổ sung."
)
UNSETTLED = "Hồ sơ của mẹ tôi vẫn chưa có kết quả, tôi chưa được mời bổ sung giấy tờ nào."
PETITION_TAKEN = (
    "Đề nghị sửa chữa, nâng cấp đoạn đường tỉnh qua địa bàn xã: mặt đường hư hỏng nhiều đoạn, xe tải "
    "tránh nhau lấn vào đất ở, mất an toàn cho người đi lại."
)
