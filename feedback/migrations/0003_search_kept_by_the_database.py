import django.contrib.postgres.indexes
import django.contrib.postgres.search
import feedback.models.opinions
from django.db import migrations, models

# The same letters core.text.fold gives; whatever is not a letter or a digit parts words.
WORDS = r"""
CREATE FUNCTION feedback_words(text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(
    lower(regexp_replace(
        normalize(translate($1, 'đĐ', 'dd'), NFKD), '[\u0300-\u036f]+', '', 'g'
    )),
    '[^[:alnum:]]+', ' ', 'g'
)
"""


class Migration(migrations.Migration):

    dependencies = [
        ('feedback', '0002_fields'),
    ]

    operations = [
        migrations.RunSQL(WORDS, 'DROP FUNCTION feedback_words(text)'),
        migrations.RemoveIndex(model_name='opinion', name='opinion_search'),
        migrations.RemoveField(model_name='opinion', name='search'),
        migrations.AddField(
            model_name='opinion',
            name='search',
            field=models.GeneratedField(
                db_persist=True,
                expression=feedback.models.opinions.FoldedWords('text', 'proposal'),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            model_name='opinion',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search'], name='opinion_search'),
        ),
    ]
