"""The common chain and the obligations an installation starts with; every office may change them."""

from typing import Any

from assignments.models import Stage
from core.timephrase import parse
from organisations.models import Organisation

F = Organisation.Function
PRACTICE = "Thông lệ tổ chức hội nghị đối thoại; cơ quan sửa theo quy chế của mình"
LAW = "Luật Tổ chức chính quyền địa phương 2025, Điều 43 (theo báo chí; cần kiểm tra lại)"
REGULATION = "Quy chế của cấp ủy địa phương; cần cơ quan kiểm tra lại"

# code, stage, body, deadline, what is done, product, source (domain.md §2.3)
CHAIN: tuple[tuple[str, str, str, str, str, str, str], ...] = (
    ("forms", Stage.BEFORE, F.FRONT, "20 ngày làm việc trước hội nghị",
     "Phát phiếu lấy ý kiến đến các thôn, đoàn thể", "Phiếu lấy ý kiến", PRACTICE),
    ("collect", Stage.BEFORE, F.FRONT, "14 ngày làm việc trước hội nghị",
     "Thu phiếu, gửi ý kiến về Văn phòng", "Phiếu đã thu", PRACTICE),
    ("sort", Stage.BEFORE, F.OFFICE, "12 ngày làm việc trước hội nghị",
     "Phân loại, tổng hợp ý kiến và chuyển cơ quan trả lời", "Bảng tổng hợp ý kiến", PRACTICE),
    ("answer", Stage.BEFORE, F.GOVERNMENT, "08 ngày làm việc trước hội nghị",
     "Trả lời bằng văn bản các ý kiến, kiến nghị", "Văn bản trả lời", PRACTICE),
    ("announce", Stage.BEFORE, F.GOVERNMENT, "07 ngày trước hội nghị",
     "Thông báo thời gian, địa điểm, nội dung và hình thức đối thoại", "Thông báo, tin bài", LAW),
    ("invite", Stage.BEFORE, F.OFFICE, "10 ngày làm việc trước hội nghị",
     "Gửi giấy mời, chốt danh sách đại biểu", "Giấy mời, danh sách đại biểu", PRACTICE),
    ("chair_file", Stage.BEFORE, F.MASS_MOBILISATION, "03 ngày làm việc trước hội nghị",
     "Trình người chủ trì hồ sơ, kịch bản điều hành", "Hồ sơ, kịch bản điều hành", PRACTICE),
    ("venue", Stage.BEFORE, F.OFFICE, "01 ngày làm việc trước hội nghị",
     "Kiểm tra hội trường, âm thanh, an ninh, đón tiếp", "", PRACTICE),
    ("minutes", Stage.AFTER, F.OFFICE, "03 ngày làm việc kể từ khi kết thúc hội nghị",
     "Hoàn thiện và ký biên bản hội nghị", "Biên bản", PRACTICE),
    ("conclusion", Stage.AFTER, F.MASS_MOBILISATION,
     "07 ngày làm việc kể từ khi kết thúc hội nghị",
     "Trình ký, ban hành thông báo kết luận", "Thông báo kết luận", REGULATION),
    ("publish", Stage.AFTER, F.GOVERNMENT, "10 ngày kể từ khi kết thúc hội nghị",
     "Công khai kết quả đối thoại", "Niêm yết, truyền thanh, cổng thông tin", LAW),
    ("archive", Stage.AFTER, F.OFFICE, "15 ngày làm việc kể từ khi kết thúc hội nghị",
     "Báo cáo kết quả lên cấp trên, lưu hồ sơ", "Báo cáo kết quả, hồ sơ", PRACTICE),
)  # fmt: skip


def load_default_chain(chain_model: Any) -> None:
    """Write the common chain unless there is one; never over an office's change."""
    if chain_model.objects.filter(organisation=None).exists():
        return
    chain_model.objects.bulk_create(
        chain_model(
            position=position,
            code=code,
            stage=stage,
            function=function,
            phrase=parse(phrase),
            name=name,
            deliverable=deliverable,
            source=source,
        )
        for position, (code, stage, function, phrase, name, deliverable, source) in enumerate(
            CHAIN, start=1
        )
    )


def load_default_obligations(obligation_model: Any) -> None:
    """One dialogue a year in each commune, told seven days before (domain.md §2.2)."""
    for kind, amount in (("per_year", 1), ("notice", 7)):
        obligation_model.objects.get_or_create(
            kind=kind,
            level="commune",
            valid_from=None,
            defaults={"amount": amount, "source": LAW},
        )
