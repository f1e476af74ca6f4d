"""What can identify a person is sealed, requests about it can be settled, and it is kept so long."""

from django.db import migrations, models

from core.sealed import SealedField


def sealed(model: str, name: str, *bound: str, **more: object) -> migrations.AlterField:
    """A column that becomes a sealed one."""
    field = SealedField(bound_to=bound, **more)
    return migrations.AlterField(model_name=model, name=name, field=field)


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_addresses_and_citizens_files_are_sealed"),
        ("feedback", "0011_requests_of_before"),
    ]
    operations = [
        migrations.CreateModel(
            name="RetentionRule",
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
                            (
                                "contacts",
                                "Thông tin liên hệ và tệp của người gửi, từ khi việc kết thúc",
                            ),
                            ("letters", "Thư gửi công dân, từ khi gửi hoặc không gửi được"),
                            ("imports", "Bảng tính và dòng còn phải sửa, từ khi tải lên"),
                            ("abandoned", "Tệp của phiếu chưa gửi, từ khi tải lên"),
                        ],
                        max_length=10,
                        unique=True,
                        verbose_name="loại dữ liệu",
                    ),
                ),
                ("days", models.PositiveIntegerField(verbose_name="số ngày được giữ")),
                ("source", models.CharField(max_length=250, verbose_name="căn cứ")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(days__gte=1), name="kept_at_least_a_day"
                    )
                ]
            },
        ),
        migrations.AddField(
            model_name="datarequest",
            name="counts",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name="datarequest",
            name="done_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="datarequest",
            name="outcome",
            field=models.TextField(blank=True, default="", verbose_name="kết quả"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="datarequest",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "Đang chờ"),
                    ("done", "Đã thực hiện"),
                    ("refused", "Không thực hiện được"),
                ],
                default="waiting",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="opinionimport",
            name="lock",
            field=SealedField(blank=True, bound_to=("consultation_id",), default=""),
        ),
        migrations.AddField(
            model_name="stagedrow",
            name="typed",
            field=SealedField(blank=True, bound_to=("sheet_id", "number"), default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="submission",
            name="consent_withdrawn_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        sealed("datarequest", "note", "submission_id", "kind", blank=True, verbose_name="nói thêm"),
        sealed("restrictedmatter", "content", "opinion_id", blank=True),
        sealed("restrictedmatter", "reason", "opinion_id", verbose_name="lý do chuyển"),
        sealed(
            "sender", "address", "submission_id", blank=True, verbose_name="địa chỉ nhận trả lời"
        ),
        sealed("sender", "email", "submission_id", blank=True, verbose_name="thư điện tử"),
        sealed("sender", "full_name", "submission_id", blank=True, verbose_name="họ và tên"),
        sealed("sender", "phone", "submission_id", blank=True, verbose_name="điện thoại"),
        migrations.RunSQL(
            "ALTER TABLE feedback_stagedrow ALTER contact TYPE text USING coalesce(contact::text, ''),"
            " ALTER contact SET NOT NULL",
            migrations.RunSQL.noop,
            state_operations=[sealed("stagedrow", "contact", "sheet_id", "number", blank=True)],
        ),
    ]
