"""Numbers given so far get their line in the register; old links become relations."""

from django.db import migrations
from django.db.models import F


def fill(apps, schema_editor):
    Document = apps.get_model("documents", "Document")
    RegisterNumber = apps.get_model("documents", "RegisterNumber")
    DocumentRelation = apps.get_model("documents", "DocumentRelation")
    numbered = Document.objects.exclude(number=None).exclude(dated_on=None)
    RegisterNumber.objects.bulk_create(
        RegisterNumber(
            organisation_id=row.organisation_id,
            type_id=row.type_id,
            scope=row.number_scope,
            number=row.number,
            symbol=row.symbol,
            state="used",
            document_id=row.pk,
            given_on=row.dated_on,
        )
        for row in numbered.iterator()
    )
    linked = Document.objects.exclude(relates_to=None).exclude(relates_to=F("pk"))
    DocumentRelation.objects.bulk_create(
        DocumentRelation(
            source_id=row.pk,
            target_id=row.relates_to_id,
            kind="about",
            added_by_id=row.created_by_id,
        )
        for row in linked.iterator()
    )


class Migration(migrations.Migration):
    dependencies = [("documents", "0003_keeping")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
