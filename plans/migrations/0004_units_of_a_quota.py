"""What a quota per unit counts: hamlets or communes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plans", "0003_common_chain")]

    operations = [
        migrations.AddField(
            model_name="participantgroup",
            name="unit_level",
            field=models.CharField(
                blank=True,
                choices=[
                    ("hamlet", "Thôn, tổ dân phố"),
                    ("commune", "Xã, phường, đặc khu"),
                    ("district", "Huyện (đến 30/6/2025)"),
                    ("province", "Tỉnh, thành phố"),
                    ("central", "Trung ương"),
                ],
                max_length=10,
                verbose_name="đơn vị là",
            ),
        ),
    ]
