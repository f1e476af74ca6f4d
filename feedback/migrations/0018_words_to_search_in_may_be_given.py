import django.contrib.postgres.search
from django.db import migrations, models

# Whoever writes a row cannot forget the words; only taking in a spreadsheet gives them, worked out
# while its rows were judged.
KEEP = """
CREATE FUNCTION feedback_keep_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.search := to_tsvector('simple', feedback_words(NEW.text || ' ' || NEW.proposal));
    RETURN NEW;
END $$;
CREATE TRIGGER opinion_search_made BEFORE INSERT ON feedback_opinion
FOR EACH ROW WHEN (NEW.search IS NULL) EXECUTE FUNCTION feedback_keep_search();
CREATE TRIGGER opinion_search_kept BEFORE UPDATE ON feedback_opinion
FOR EACH ROW WHEN (
    (NEW.text, NEW.proposal, NEW.search) IS DISTINCT FROM (OLD.text, OLD.proposal, OLD.search)
) EXECUTE FUNCTION feedback_keep_search();
"""
FORGET = """
DROP TRIGGER opinion_search_kept ON feedback_opinion;
DROP TRIGGER opinion_search_made ON feedback_opinion;
DROP FUNCTION feedback_keep_search();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('feedback', '0017_senders_ask_to_look_again'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    'ALTER TABLE feedback_opinion ALTER COLUMN search DROP EXPRESSION',
                    migrations.RunSQL.noop,
                ),
            ],
            state_operations=[
                migrations.AlterField(
                    model_name='opinion',
                    name='search',
                    field=django.contrib.postgres.search.SearchVectorField(editable=False, null=True),
                ),
            ],
        ),
        migrations.RunSQL(KEEP, FORGET),
        migrations.AddField(
            model_name='stagedrow',
            name='words',
            field=models.TextField(blank=True, default=''),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='stagedrow',
            name='search',
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func('words', template="to_tsvector('simple', nullif(%(expressions)s, ''))"),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
    ]
