"""An office keeps the programme its conferences begin with."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conferences", "0004_nominations_seats_and_what_the_hall_prints"),
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="AgendaPattern",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rows", models.JSONField(default=list)),
                ("organisation", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="agenda_pattern", to="organisations.organisation")),
            ],
        ),
    ]
