"""The legal clocks of what people ask about their data (domain.md §2.9); each office may edit them."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SOURCE = "Luật Bảo vệ dữ liệu cá nhân 2025, Nghị định 356/2025/NĐ-CP (theo báo chí; cần kiểm tra lại)"
RULES = {
    "data_reply": "trong thời hạn 02 ngày làm việc kể từ ngày nhận yêu cầu",
    "data_withdraw": "trong thời hạn 15 ngày kể từ ngày nhận yêu cầu",
    "data_access": "trong thời hạn 10 ngày kể từ ngày nhận yêu cầu",
    "data_correct": "trong thời hạn 10 ngày kể từ ngày nhận yêu cầu",
    "data_erase": "trong thời hạn 20 ngày kể từ ngày nhận yêu cầu",
}


def load(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    rule = apps.get_model("organisations", "DeadlineRule")
    for code, phrase in RULES.items():
        rule.objects.get_or_create(
            code=code, organisation=None, defaults={"phrase": phrase, "source": SOURCE}
        )


class Migration(migrations.Migration):
    dependencies = [
        ("feedback", "0005_what_consultations_ask_and_senders_say_later"),
        ("organisations", "0002_deadline_rules"),
    ]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
