"""Each organisation may have its own ladder; late tasks are told of upwards, step by step."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from assignments.models.defaults import load_default_ladder

# What came every five working days from the eighth on is named by its day, as all rungs are.
NAME_BY_DAY = """
UPDATE assignments_reminder SET rung = 't+' || (8 + 5 * (substring(rung from 8)::int - 1))
WHERE rung ~ '^weekly-[0-9]+$'
"""


def load(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    load_default_ladder(
        *(apps.get_model("assignments", name) for name in ("Ladder", "Rung", "OverdueTier"))
    )


class Migration(migrations.Migration):

    dependencies = [
        ('assignments', '0003_overseers_contest_a_result'),
        ('documents', '0012_amended_again_after_a_revocation'),
        ('organisations', '0002_deadline_rules'),
    ]

    operations = [
        migrations.CreateModel(
            name='Escalation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_days', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=60)),
                ('rank', models.CharField(choices=[('doer', 'Người thực hiện ở đơn vị chủ trì'), ('head', 'Lãnh đạo đơn vị chủ trì'), ('deputy', 'Phó thường trực của cơ quan giao việc'), ('chair', 'Người đứng đầu cơ quan giao việc')], max_length=10)),
                ('asks_explanation', models.BooleanField(default=False)),
                ('due_on', models.DateField()),
                ('revision', models.PositiveIntegerField()),
                ('reached_on', models.DateField()),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('explanation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='escalations', to='documents.document')),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='escalations', to='assignments.task')),
            ],
        ),
        migrations.CreateModel(
            name='Ladder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opens_at', models.TimeField(blank=True, null=True, verbose_name='nhắc từ')),
                ('closes_at', models.TimeField(blank=True, null=True, verbose_name='đến trước')),
                ('subject', models.CharField(max_length=200, verbose_name='tiêu đề thư')),
                ('body', models.TextField(verbose_name='nội dung thư')),
                ('version', models.PositiveIntegerField(default=1)),
                ('organisation', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='ladder', to='organisations.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='OverdueTier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_days', models.PositiveSmallIntegerField(verbose_name='từ ngày làm việc trễ thứ')),
                ('name', models.CharField(max_length=60, verbose_name='gọi là')),
                ('rank', models.CharField(choices=[('doer', 'Người thực hiện ở đơn vị chủ trì'), ('head', 'Lãnh đạo đơn vị chủ trì'), ('deputy', 'Phó thường trực của cơ quan giao việc'), ('chair', 'Người đứng đầu cơ quan giao việc')], max_length=10, verbose_name='báo lên')),
                ('asks_explanation', models.BooleanField(default=False, verbose_name='soạn công văn yêu cầu giải trình')),
                ('ladder', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tiers', to='assignments.ladder')),
            ],
        ),
        migrations.CreateModel(
            name='Rung',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('offset', models.SmallIntegerField(verbose_name='ngày làm việc so với hạn')),
                ('repeats_every', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='lặp lại sau')),
                ('sentence', models.CharField(blank=True, max_length=300, verbose_name='câu nhắc')),
                ('channels', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), size=None)),
                ('since', models.DateField(blank=True, null=True)),
                ('ladder', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rungs', to='assignments.ladder')),
            ],
        ),
        migrations.DeleteModel(
            name='ReminderRung',
        ),
        migrations.AlterField(
            model_name='reminder',
            name='channel',
            field=models.CharField(max_length=10),
        ),
        migrations.AddIndex(
            model_name='escalation',
            index=models.Index(condition=models.Q(('asks_explanation', True), ('explanation__isnull', True)), fields=['id'], name='explanation_to_draft'),
        ),
        migrations.AddConstraint(
            model_name='escalation',
            constraint=models.UniqueConstraint(fields=('task', 'from_days', 'due_on', 'revision'), name='escalated_once'),
        ),
        migrations.AddConstraint(
            model_name='ladder',
            constraint=models.UniqueConstraint(fields=('organisation',), name='one_common_ladder', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='overduetier',
            constraint=models.UniqueConstraint(fields=('ladder', 'from_days'), name='tier_once_per_ladder'),
        ),
        migrations.AddConstraint(
            model_name='overduetier',
            constraint=models.CheckConstraint(condition=models.Q(('from_days__gte', 1)), name='tier_is_after_the_day'),
        ),
        migrations.AddConstraint(
            model_name='rung',
            constraint=models.UniqueConstraint(fields=('ladder', 'offset'), name='rung_once_per_ladder'),
        ),
        migrations.RunSQL(NAME_BY_DAY, migrations.RunSQL.noop),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
