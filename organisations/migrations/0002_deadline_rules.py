"""The clocks every installation starts with; each office may write its own (domain.md §2.2)."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

RULES = {
    "conclusion_notice": (
        "trong thời hạn 07 ngày làm việc kể từ khi kết thúc hội nghị",
        "Quy chế của cấp ủy địa phương; cần cơ quan kiểm tra lại",
    ),
    "publish_result": (
        "trong thời hạn 10 ngày kể từ khi kết thúc hội nghị",
        "Luật Tổ chức chính quyền địa phương 2025, Điều 43 (theo báo chí; cần kiểm tra lại)",
    ),
    "announce": (
        "trong thời hạn 07 ngày kể từ ngày thông báo",
        "Luật Tổ chức chính quyền địa phương 2025, Điều 43 (theo báo chí; cần kiểm tra lại)",
    ),
}


def load(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    rule = apps.get_model("organisations", "DeadlineRule")
    for code, (phrase, source) in RULES.items():
        rule.objects.get_or_create(
            code=code, organisation=None, defaults={"phrase": phrase, "source": source}
        )


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
