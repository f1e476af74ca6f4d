"""The fields of government a new installation starts with (domain.md §6.1)."""

from django.db import migrations

from feedback.models import load_fields


def load(apps, schema_editor):
    load_fields(apps.get_model("feedback", "Field"))


class Migration(migrations.Migration):
    dependencies = [("feedback", "0001_initial")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
