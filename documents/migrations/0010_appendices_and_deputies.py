"""Appendices are clauses of a paper; a deputy may sign on behalf of a collective."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0009_register_words")]

    operations = [
        migrations.AlterField(
            model_name="clause",
            name="kind",
            field=models.CharField(
                choices=[
                    ("legal_basis", "Căn cứ"),
                    ("introduction", "Câu mở đầu"),
                    ("heading", "Mục"),
                    ("text", "Đoạn văn"),
                    ("purpose", "Mục đích"),
                    ("requirement", "Yêu cầu"),
                    ("topic", "Nội dung đối thoại"),
                    ("session", "Hội nghị đối thoại"),
                    ("ad_hoc", "Đối thoại đột xuất"),
                    ("participant_group", "Thành phần"),
                    ("programme_item", "Mục chương trình"),
                    ("assignee", "Cơ quan được phân công"),
                    ("duty", "Nhiệm vụ"),
                    ("conclusion_point", "Điểm kết luận"),
                    ("exchange", "Ý kiến và trả lời"),
                    ("fact_line", "Dòng thông tin"),
                    ("closing", "Câu kết"),
                    ("appendix", "Phụ lục"),
                ],
                max_length=20,
                verbose_name="loại",
            ),
        ),
        migrations.AlterField(
            model_name="document",
            name="capacity",
            field=models.CharField(
                choices=[
                    ("collective", "Thay mặt tập thể"),
                    ("body_deputy", "Thay mặt tập thể, cấp phó ký thay"),
                    ("head", "Người đứng đầu ký trực tiếp"),
                    ("deputy", "Ký thay"),
                    ("by_order", "Thừa lệnh"),
                    ("acting", "Quyền"),
                ],
                default="collective",
                max_length=12,
                verbose_name="quyền hạn ký",
            ),
        ),
    ]
