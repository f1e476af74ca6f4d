from django.db import migrations

# An account whose address was entered with capitals could never log in: it is looked for in lower
# case. No two differ by that alone (user_email_any_case).
LOWER = "UPDATE organisations_user SET email = lower(email) WHERE email <> lower(email)"


class Migration(migrations.Migration):
    dependencies = [("organisations", "0003_absences_with_a_stand_in")]

    operations = [migrations.RunSQL(LOWER, migrations.RunSQL.noop)]
