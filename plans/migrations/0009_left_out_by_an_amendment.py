"""A step an amendment left out names it; until now a sentence of its history did."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Q, Subquery


def mark_left_out(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Those that were last left out with an amendment of their own office as the reason."""
    droppings = apps.get_model("core", "HistoryEntry").objects.filter(
        subject_type__app_label="plans",
        subject_type__model="preparationstep",
        subject_id=OuterRef("pk"),
        to_state="dropped",
    )
    reason = Subquery(droppings.order_by("-id").values("note")[:1])
    dropped = apps.get_model("plans", "PreparationStep").objects.filter(state="dropped")
    papers = apps.get_model("documents", "Document").objects.filter(
        amends__isnull=False, number__isnull=False, dated_on__isnull=False
    )
    for paper in papers.select_related("type", "organisation"):
        sign = "-" if paper.organisation.system == "party" else "/"
        code = f"{paper.number:02d}{sign}{paper.symbol}"
        dropped.alias(reason=reason).filter(
            session__plan__document__organisation=paper.organisation,
            reason__startswith=f"Theo {paper.type.name} số {code}, ",
            reason__endswith=f" năm {paper.dated_on.year}",
        ).update(left_out_by=paper)


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("core", "0006_the_next_message_is_found_by_its_index"),
        ("documents", "0013_a_body_that_drafts"),
        ("organisations", "0004_addresses_in_lower_case"),
        ("plans", "0008_chain_position_deferred"),
    ]

    operations = [
        migrations.AddField(
            model_name="preparationstep",
            name="left_out_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="documents.document",
            ),
        ),
        migrations.RunPython(mark_left_out, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="preparationstep",
            constraint=models.CheckConstraint(
                condition=Q(left_out_by=None) | Q(state="dropped"),
                name="step_left_out_is_dropped",
            ),
        ),
    ]
