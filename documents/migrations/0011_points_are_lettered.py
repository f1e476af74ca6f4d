"""Skins of installations that stand already learn how the third level is numbered: `a)` or `1.1.`."""

from django.db import migrations

from documents.skins import complete_skins


def complete(apps, schema_editor):
    complete_skins(apps.get_model("documents", "Skin"))


class Migration(migrations.Migration):
    dependencies = [("documents", "0010_appendices_and_deputies")]

    operations = [migrations.RunPython(complete, migrations.RunPython.noop)]
