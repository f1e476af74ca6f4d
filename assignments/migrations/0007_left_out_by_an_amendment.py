"""A task an amendment no longer gives names it; until now a sentence of its history did."""

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Q, Subquery

SENTENCE = ": không còn giao việc này."


def mark_left_out(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Those whose cancellation gave an amendment of their own office as its reason."""
    cancellations = apps.get_model("core", "HistoryEntry").objects.filter(
        subject_type__app_label="assignments",
        subject_type__model="task",
        subject_id=OuterRef("pk"),
        to_state="cancelled",
    )
    reason = Subquery(cancellations.order_by("-id").values("note")[:1])
    cancelled = apps.get_model("assignments", "Task").objects.filter(
        state="cancelled", origin_id__isnull=False
    )
    papers = apps.get_model("documents", "Document").objects.filter(
        amends__isnull=False, number__isnull=False, dated_on__isnull=False
    )
    for paper in papers.select_related("type", "organisation"):
        sign = "-" if paper.organisation.system == "party" else "/"
        code = f"{paper.number:02d}{sign}{paper.symbol}"
        cancelled.alias(reason=reason).filter(
            owner=paper.organisation,
            reason__startswith=f"Theo {paper.type.name} số {code}, ",
            reason__endswith=f" năm {paper.dated_on.year}{SENTENCE}",
        ).update(left_out_by=paper)


class Migration(migrations.Migration):
    dependencies = [
        ("assignments", "0006_bodies_added_by_hand"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("core", "0006_the_next_message_is_found_by_its_index"),
        ("documents", "0013_a_body_that_drafts"),
        ("organisations", "0004_addresses_in_lower_case"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="task",
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
            model_name="task",
            constraint=models.CheckConstraint(
                condition=Q(left_out_by=None) | Q(state="cancelled"),
                name="task_left_out_is_cancelled",
            ),
        ),
    ]
