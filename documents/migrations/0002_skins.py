"""The layouts and document types a new installation starts with."""

from django.db import migrations

from documents.skins import load_skins


def load(apps, schema_editor):
    load_skins(apps.get_model("documents", "Skin"), apps.get_model("documents", "DocumentType"))


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
