"""The ladder an installation starts with; every office may have its own."""

from typing import Any

from assignments.models.reminders import Rank
from core.models import Message

EVERY_WAY = [Message.Channel.IN_APP.value, Message.Channel.EMAIL.value]

SUBJECT = "Việc cần làm ngày {ngày}: {tóm tắt}"
BODY = """Kính gửi ông/bà {người nhận},

{danh sách}

Việc nào đã xong, xin mở địa chỉ của việc đó và bấm “Báo cáo kết quả”. Việc nào vướng, xin ghi vào “Cập nhật tiến độ” hoặc đề nghị gia hạn trước khi hết hạn."""

# working days after the due day, repeated every so many, sentence
RUNGS: tuple[tuple[int, int | None, str], ...] = (
    (-7, None, ""),
    (-3, None, ""),
    (-1, None, "Nếu không kịp, xin đề nghị gia hạn trước khi hết ngày {ngày hạn}."),
    (0, None, "Hôm nay là ngày cuối cùng để báo cáo hoặc đề nghị gia hạn."),
    (1, None, "Xin báo cáo kết quả hoặc ghi rõ vướng mắc trong hôm nay."),
    (3, None, "Xin báo cáo kết quả hoặc ghi rõ vướng mắc trong hôm nay."),
    (8, 5, "{đơn vị giao} vẫn chưa nhận được báo cáo."),
)
# from which working day late on, its name, who hears of it, whether an explanation is asked for
TIERS: tuple[tuple[int, str, str, bool], ...] = (
    (1, "Quá hạn", Rank.HEAD, False),
    (6, "Quá hạn kéo dài", Rank.DEPUTY, True),
    (11, "Quá hạn nghiêm trọng", Rank.CHAIR, False),
)


def load_default_ladder(ladder_model: Any, rung_model: Any, tier_model: Any) -> None:
    """Write the common ladder unless there is one; never over an office's change."""
    ladder, is_new = ladder_model.objects.get_or_create(
        organisation=None, defaults={"subject": SUBJECT, "body": BODY}
    )
    if not is_new:
        return
    rung_model.objects.bulk_create(
        rung_model(
            ladder=ladder, offset=offset, repeats_every=every, sentence=text, channels=EVERY_WAY
        )
        for offset, every, text in RUNGS
    )
    tier_model.objects.bulk_create(
        tier_model(ladder=ladder, from_days=days, name=name, rank=rank, asks_explanation=asks)
        for days, name, rank, asks in TIERS
    )
