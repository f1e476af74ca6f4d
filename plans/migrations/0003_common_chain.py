"""The chain of preparation and the obligations every installation starts with (domain.md §2.2–2.3)."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from plans.models.defaults import load_default_chain, load_default_obligations


def load(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    load_default_chain(apps.get_model("plans", "ChainStep"))
    load_default_obligations(apps.get_model("plans", "Obligation"))


class Migration(migrations.Migration):
    dependencies = [("plans", "0002_preparation_and_obligations")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
