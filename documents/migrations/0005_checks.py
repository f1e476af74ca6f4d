"""The linter's lists and limits with the shipped values, and findings somebody waived."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from documents.checks.settings import load_settings


def load(apps, schema_editor):
    load_settings(apps.get_model("documents", "CheckSetting"))


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0004_register_lines"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CheckSetting',
            fields=[
                ('code', models.SlugField(max_length=40, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('number', 'Một số'), ('list', 'Danh sách, mỗi dòng một mục'), ('pairs', 'Mỗi dòng: viết sai → viết đúng')], max_length=10, verbose_name='cách ghi')),
                ('name', models.CharField(max_length=120, verbose_name='tên')),
                ('value', models.TextField(blank=True, verbose_name='nội dung')),
                ('source', models.CharField(blank=True, max_length=250, verbose_name='căn cứ')),
                ('version', models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
        migrations.CreateModel(
            name='Waiver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(max_length=40)),
                ('fingerprint', models.CharField(max_length=64)),
                ('reason', models.CharField(max_length=500, verbose_name='lý do')),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ('clause', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to='documents.clause')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='waivers', to='documents.document')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('document', 'rule', 'fingerprint'), name='waived_once')],
            },
        ),
    ]
