"""The periods every installation starts with; each office may set its own (domain.md §2.2)."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

DUE = "trong thời hạn 05 ngày làm việc kể từ ngày chốt số liệu"
SOURCE = "Kết luận 215-KL/TW ngày 23/11/2025 (theo báo chí; cần cơ quan kiểm tra lại)"
KINDS = ("month", "quarter", "half", "nine", "year")


def load(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    period = apps.get_model("dialogue", "ReportPeriod")
    for kind in KINDS:
        period.objects.get_or_create(
            kind=kind, organisation=None, defaults={"due": DUE, "source": SOURCE}
        )


class Migration(migrations.Migration):
    dependencies = [("dialogue", "0001_reports")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
