"""A plan may be a template and remember what it was copied from, with a report of the copying."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0007_check_editors'),
        ('plans', '0004_units_of_a_quota'),
    ]

    operations = [
        migrations.AddField(
            model_name='plan',
            name='copied_from',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='copies', to='plans.plan'),
        ),
        migrations.AddField(
            model_name='plan',
            name='template_name',
            field=models.CharField(blank=True, max_length=120, verbose_name='tên mẫu'),
        ),
        migrations.CreateModel(
            name='CopyNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('needs_look', models.BooleanField(default=False, verbose_name='cần xem lại')),
                ('text', models.CharField(max_length=600, verbose_name='nội dung')),
                ('clause', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to='documents.clause')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='copy_notes', to='plans.plan')),
            ],
        ),
    ]
