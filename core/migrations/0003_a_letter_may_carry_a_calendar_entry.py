from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0002_addresses_and_citizens_files_are_sealed")]

    operations = [
        migrations.AddField(
            model_name="message",
            name="calendar",
            field=models.TextField(blank=True, default=""),
            preserve_default=False,
        )
    ]
