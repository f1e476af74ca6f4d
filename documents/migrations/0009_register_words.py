"""What the register is searched in: the words of each line without accents."""

from django.db import migrations, models

from core.text import fold


def fill(apps, schema_editor):
    RegisterNumber = apps.get_model("documents", "RegisterNumber")
    rows = RegisterNumber.objects.select_related("document", "type")
    for row in rows.iterator():
        paper = row.document
        words = (
            f"{row.type.name} {row.number:02d} {row.symbol} "
            f"{paper.abstract if paper else row.abstract} "
            f"{paper.signer_name if paper else row.signer_name} {row.recipients}"
        )
        RegisterNumber.objects.filter(pk=row.pk).update(folded=fold(words))


class Migration(migrations.Migration):
    dependencies = [("documents", "0008_skin_measures")]

    operations = [
        migrations.AddField(
            model_name="registernumber",
            name="folded",
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
