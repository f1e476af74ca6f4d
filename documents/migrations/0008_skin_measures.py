"""Skins of installations that stand already get the measures added since: appendices, contact line."""

from django.db import migrations

from documents.skins import complete_skins


def complete(apps, schema_editor):
    complete_skins(apps.get_model("documents", "Skin"))


class Migration(migrations.Migration):
    dependencies = [("documents", "0007_check_editors")]

    operations = [migrations.RunPython(complete, migrations.RunPython.noop)]
