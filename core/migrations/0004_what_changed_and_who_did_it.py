"""The audit and its daily seal: lines the database writes itself, and that nobody changes."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# A line is completed when it is written: when, by whom, in which act, and the digest of all of it.
# The digest is salted, so that what an erasure takes out cannot be guessed from what remains.
COMPLETE = """
CREATE FUNCTION core_audit_complete() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    context jsonb := nullif(current_setting('pghistory.context_metadata', true), '')::jsonb;
BEGIN
    NEW.at := clock_timestamp();
    NEW.salt := gen_random_uuid();
    NEW.struck_by_id := NULL;
    NEW.by_id := coalesce(NEW.by_id, (context ->> 'user')::bigint);
    NEW.act := left(coalesce(
        nullif(NEW.act, ''), context ->> 'act',
        'sql:' || session_user || ' ' || current_setting('application_name')
    ), 120);
    NEW.request := nullif(current_setting('pghistory.context_id', true), '')::uuid;
    NEW.digest := sha256(convert_to(jsonb_build_array(
        NEW.id, NEW.kind, NEW.table_name, NEW.row_id, NEW.of_table, NEW.of_id, NEW.before,
        NEW.after, NEW.by_id, NEW.act, NEW.request, NEW.note, NEW.rows, NEW.is_erasure,
        extract(epoch FROM NEW.at), NEW.salt
    )::text, 'UTF8'));
    RETURN NEW;
END
$body$;
CREATE TRIGGER audit_complete BEFORE INSERT ON core_auditevent
    FOR EACH ROW EXECUTE FUNCTION core_audit_complete();
"""

# Arguments: column of the key, table and column of the record it belongs to, columns left out.
ROW = """
CREATE FUNCTION core_audit_row() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    hidden text[] := TG_ARGV[3]::text[];
    forgets boolean := coalesce(current_setting('audit.forgetting', true), '') = 'on';
    told jsonb;
    was jsonb;
    becomes jsonb;
    line bigint;
BEGIN
    IF TG_OP = 'INSERT' THEN
        told := to_jsonb(NEW);
        becomes := told - hidden;
    ELSIF TG_OP = 'DELETE' THEN
        told := to_jsonb(OLD);
        was := told - hidden;
    ELSE
        told := to_jsonb(OLD);
        SELECT jsonb_object_agg(key, o.value), jsonb_object_agg(key, n.value) INTO was, becomes
        FROM jsonb_each(told - hidden) o JOIN jsonb_each(to_jsonb(NEW)) n USING (key)
        WHERE o.value IS DISTINCT FROM n.value;
        IF was IS NULL THEN
            RETURN NULL;
        END IF;
    END IF;
    IF forgets THEN
        SELECT jsonb_object_agg(key, NULL) INTO was
        FROM jsonb_object_keys(coalesce(was, becomes)) key;
        becomes := NULL;
    END IF;
    INSERT INTO core_auditevent (
        kind, table_name, row_id, of_table, of_id, before, after, note, act, is_erasure, at, digest
    ) VALUES (
        CASE TG_OP WHEN 'INSERT' THEN 'added' WHEN 'DELETE' THEN 'deleted' ELSE 'changed' END,
        TG_TABLE_NAME, told ->> TG_ARGV[0], TG_ARGV[1], coalesce(told ->> TG_ARGV[2], ''),
        was, becomes, '', '', forgets, now(), ''
    ) RETURNING id INTO line;
    IF forgets THEN
        UPDATE core_auditevent SET before = NULL, after = NULL, salt = NULL, struck_by_id = line
        WHERE table_name = TG_TABLE_NAME AND row_id = told ->> TG_ARGV[0] AND id < line
            AND struck_by_id IS NULL AND NOT is_erasure;
    END IF;
    RETURN NULL;
END
$body$;
"""

# The one exception: an erasure may empty a line, once, and names the line that says so.
KEEP = """
CREATE FUNCTION core_audit_keep() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    emptied text[] := '{before,after,salt,struck_by_id}';
BEGIN
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'core_auditevent' THEN
        IF coalesce(current_setting('audit.forgetting', true), '') = 'on'
            AND OLD.struck_by_id IS NULL AND NEW.struck_by_id IS NOT NULL
            AND num_nonnulls(NEW.before, NEW.after, NEW.salt) = 0
            AND to_jsonb(NEW) - emptied = to_jsonb(OLD) - emptied
        THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END
$body$;
CREATE TRIGGER audit_kept BEFORE UPDATE OR DELETE ON core_auditevent
    FOR EACH ROW EXECUTE FUNCTION core_audit_keep();
CREATE TRIGGER audit_whole BEFORE TRUNCATE ON core_auditevent
    FOR EACH STATEMENT EXECUTE FUNCTION core_audit_keep();
CREATE TRIGGER audit_kept BEFORE UPDATE OR DELETE ON core_dayseal
    FOR EACH ROW EXECUTE FUNCTION core_audit_keep();
CREATE TRIGGER audit_whole BEFORE TRUNCATE ON core_dayseal
    FOR EACH STATEMENT EXECUTE FUNCTION core_audit_keep();
"""


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("core", "0003_a_letter_may_carry_a_calendar_entry"),
    ]
    operations = [
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("added", "Thêm"),
                            ("changed", "Sửa"),
                            ("deleted", "Xóa"),
                            ("read", "Mở dữ liệu được bảo vệ"),
                            ("exported", "Xuất dữ liệu"),
                            ("refused", "Bị từ chối"),
                            ("login", "Đăng nhập sai"),
                        ],
                        max_length=10,
                    ),
                ),
                ("table_name", models.CharField(blank=True, max_length=63)),
                ("row_id", models.CharField(blank=True, max_length=40)),
                ("of_table", models.CharField(blank=True, max_length=63)),
                ("of_id", models.CharField(blank=True, max_length=40)),
                ("before", models.JSONField(null=True)),
                ("after", models.JSONField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("act", models.CharField(blank=True, max_length=120)),
                ("request", models.UUIDField(null=True)),
                ("note", models.TextField(blank=True)),
                ("rows", models.PositiveIntegerField(null=True)),
                ("is_erasure", models.BooleanField(default=False)),
                (
                    "struck_by",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="core.auditevent",
                    ),
                ),
                ("salt", models.UUIDField(null=True)),
                ("digest", models.BinaryField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["table_name", "row_id", "id"], name="audit_of_row"),
                    models.Index(fields=["of_table", "of_id", "id"], name="audit_of_record"),
                    models.Index(fields=["at"], name="audit_of_day"),
                    models.Index(
                        condition=models.Q(kind__in=["read", "exported", "refused", "login"]),
                        fields=["-id"],
                        name="audit_of_acts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DaySeal",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("events", models.PositiveIntegerField()),
                ("events_digest", models.CharField(max_length=64)),
                ("papers", models.JSONField()),
                ("previous", models.CharField(blank=True, max_length=64)),
                ("hash", models.CharField(max_length=64)),
                ("sealed_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.RunSQL([COMPLETE, ROW, KEEP], migrations.RunSQL.noop),
    ]
