"""Addresses of letters are sealed (decision 0022); files learn to be."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from core import sealed


def seal_addresses(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Seal what stands there; there is no way back to clear text."""
    list(sealed.reseal(apps.get_model("core", "Message")))


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [
        migrations.AddField(
            model_name="storedfile",
            name="lock",
            field=sealed.SealedField(blank=True, bound_to=("sha256",), default=""),
        ),
        migrations.AlterField(
            model_name="message",
            name="address",
            field=sealed.SealedField(blank=True, bound_to=("key",)),
        ),
        migrations.RunPython(seal_addresses),
    ]
