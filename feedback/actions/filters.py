"""A person's own filters of the list of opinions."""

from django.utils.translation import gettext as _

from core.access import require
from feedback.models import SavedFilter
from organisations.models import User


def save_filter(*, by: User, name: str, query: str) -> SavedFilter:
    """Keep filters under a name; the same name again means the new filters."""
    saved, _is_new = SavedFilter.objects.update_or_create(
        user=by, name=name, defaults={"query": query}
    )
    return saved


def forget_filter(saved: SavedFilter, *, by: User) -> None:
    """Throw a filter of one's own away."""
    require(saved.user_id == by.pk, _("Mỗi người chỉ xóa được bộ lọc của mình."))
    saved.delete()
