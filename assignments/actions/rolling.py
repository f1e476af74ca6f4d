"""How far a task is that was split: the weighted mean of its parts, all the way up."""

from assignments.models import Task


def roll_up(task: Task) -> None:
    """Reckon the per cent of everything above a task anew; a finished part counts as it ended."""
    seen = {task.pk}
    while task.parent_id is not None and task.parent_id not in seen:
        parent = Task.objects.select_for_update(of=("self",)).get(pk=task.parent_id)
        parts = parent.children.live().values_list("weight", "percent")
        parent.percent = weighted_percent(list(parts))
        parent.save(update_fields=["percent"])
        seen.add(parent.pk)
        task = parent


def weighted_percent(parts: list[tuple[int, int]]) -> int:
    """The mean of per cents by weight, rounded down so that only finished parts make 100."""
    whole = sum(weight for weight, _percent in parts)
    return sum(weight * percent for weight, percent in parts) // whole if whole else 0
