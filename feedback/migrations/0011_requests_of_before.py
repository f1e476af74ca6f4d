"""Every matter an agency was asked about before requests had rows of their own gets its row."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def write_requests(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    group_model = apps.get_model("feedback", "IssueGroup")
    request_model = apps.get_model("feedback", "AnswerRequest")
    request_model.objects.bulk_create(
        request_model(group=group, lead_id=group.lead_id, task_id=group.task_id)
        for group in group_model.objects.exclude(task=None).exclude(lead=None)
    )


class Migration(migrations.Migration):
    dependencies = [("feedback", "0010_requests_links_and_releases")]
    operations = [migrations.RunPython(write_requests, migrations.RunPython.noop)]
