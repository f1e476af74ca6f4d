"""What closed with its conference says so itself; until now a sentence of its history said it."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Q, Subquery

SENTENCE = "Hội nghị đã kết thúc"


def mark_ended(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Those whose last closing gave the end of the conference as its reason."""
    closings = apps.get_model("core", "HistoryEntry").objects.filter(
        subject_type__app_label="feedback",
        subject_type__model="consultation",
        subject_id=OuterRef("pk"),
        to_state="closed",
    )
    closed = apps.get_model("feedback", "Consultation").objects.filter(state="closed")
    reason = Subquery(closings.order_by("-id").values("note")[:1])
    closed.alias(reason=reason).filter(reason=SENTENCE).update(is_ended=True)


class Migration(migrations.Migration):
    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("core", "0006_the_next_message_is_found_by_its_index"),
        ("feedback", "0021_indexes_of_what_is_given"),
    ]

    operations = [
        migrations.AddField(
            model_name="consultation",
            name="is_ended",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(mark_ended, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="consultation",
            constraint=models.CheckConstraint(
                condition=Q(is_ended=False) | Q(state="closed"),
                name="consultation_ended_is_closed",
            ),
        ),
    ]
