"""Which letters and notices have been made from a session."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0007_check_editors"),
        ("plans", "0005_templates_and_copies"),
    ]

    operations = [
        migrations.CreateModel(
            name="Announcement",
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
                            ("notice", "Thông báo tổ chức hội nghị"),
                            ("request", "Công văn tuyên truyền, chuẩn bị"),
                            ("invitation", "Công văn mời, cử đại biểu"),
                        ],
                        max_length=10,
                        verbose_name="loại",
                    ),
                ),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="announcement",
                        to="documents.document",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="announcements",
                        to="plans.dialoguesession",
                    ),
                ),
            ],
        ),
    ]
