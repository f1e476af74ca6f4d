from django.db import migrations, models

ONCE = models.UniqueConstraint(
    fields=["organisation", "position"],
    name="chain_position_once",
    nulls_distinct=False,
    deferrable=models.Deferrable.DEFERRED,
)


class Migration(migrations.Migration):
    """Migration 0002 made the constraint with its table, where Django leaves DEFERRABLE out.

    So a line could only be taken out of a chain while its rows happened to lie in order.
    """

    dependencies = [("plans", "0007_duties_name_their_bodies")]

    operations = [
        migrations.RemoveConstraint("chainstep", "chain_position_once"),
        migrations.AddConstraint("chainstep", ONCE),
    ]
