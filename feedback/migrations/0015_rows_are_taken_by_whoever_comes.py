import django.db.models.deletion
from django.db import migrations, models

# Found by name, as Django made them: nobody looks for the beginning of a code.
LIKE = """
DO $$ DECLARE one record; BEGIN
FOR one IN SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()
    AND tablename IN ('feedback_submission', 'feedback_opinion') AND indexname LIKE '%\\_like'
LOOP EXECUTE format('DROP INDEX %I', one.indexname); END LOOP;
END $$
"""


class Migration(migrations.Migration):
    """Rows of a spreadsheet need no secret before they are asked for one; indexes that repeat others go."""

    dependencies = [
        ("feedback", "0014_tables_ordered_as_files"),
    ]

    operations = [
        migrations.RemoveField(model_name="opinionimport", name="taken_upto"),
        migrations.RemoveField(model_name="stagedrow", name="secret_hash"),
        migrations.AddField(
            model_name="stagedrow", name="answers", field=models.JSONField(null=True)
        ),
        migrations.AlterField(
            model_name="opinion",
            name="submission",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="opinions",
                to="feedback.submission",
            ),
        ),
        migrations.AlterField(
            model_name="submission",
            name="consultation",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="submissions",
                to="feedback.consultation",
            ),
        ),
        migrations.AlterField(
            model_name="submission",
            name="secret_hash",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.RunSQL(LIKE, migrations.RunSQL.noop),
    ]
