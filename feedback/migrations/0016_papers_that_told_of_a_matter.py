from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("feedback", "0015_rows_are_taken_by_whoever_comes"),
    ]

    operations = [
        migrations.AddField(
            model_name="restrictedmatter",
            name="papers",
            field=models.TextField(blank=True, verbose_name="văn bản có nhắc"),
        ),
    ]
