"""Helpers have parts they report, people talk under a task, a changed calendar leaves its list."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assignments", "0004_ladders_of_organisations_and_escalation"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Recount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="dueday",
            name="recount",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="due_days",
                to="assignments.recount",
            ),
        ),
        migrations.AddField(
            model_name="cooperation",
            name="part",
            field=models.TextField(blank=True, verbose_name="phần việc"),
        ),
        migrations.AddField(
            model_name="cooperation",
            name="result",
            field=models.TextField(blank=True, verbose_name="kết quả phần phối hợp"),
        ),
        migrations.AddField(
            model_name="cooperation",
            name="reported_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="cooperation",
            name="reported_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="progress",
            name="answers",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replies",
                to="assignments.progress",
            ),
        ),
        migrations.AddField(
            model_name="progress",
            name="on_behalf",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="progress",
            name="kind",
            field=models.CharField(
                choices=[
                    ("note", "Cập nhật tiến độ"),
                    ("report", "Báo cáo kết quả"),
                    ("acceptance", "Nghiệm thu"),
                    ("return", "Trả lại"),
                    ("comment", "Ý kiến giám sát"),
                    ("contest", "Đề nghị xem xét lại kết quả"),
                    ("answer", "Trả lời đề nghị xem xét lại"),
                    ("talk", "Trao đổi"),
                    ("reply", "Trả lời"),
                    ("part", "Kết quả phần phối hợp"),
                ],
                default="note",
                max_length=12,
            ),
        ),
    ]
