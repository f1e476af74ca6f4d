import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("dialogue", "0002_periods_everybody_starts_with"),
        ("organisations", "0002_deadline_rules"),
    ]

    operations = [
        migrations.AddField(
            model_name="reportperiod",
            name="is_asked",
            field=models.BooleanField(default=False, verbose_name="nhắc bằng một nhiệm vụ mỗi kỳ"),
        ),
        migrations.CreateModel(
            name="ReportCall",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("month", "Tháng"),
                            ("quarter", "Quý"),
                            ("half", "6 tháng"),
                            ("nine", "9 tháng"),
                            ("year", "Năm"),
                        ],
                        max_length=8,
                    ),
                ),
                ("last_on", models.DateField()),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="report_calls",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "kind", "last_on"), name="report_called_for_once"
                    )
                ],
            },
        ),
    ]
