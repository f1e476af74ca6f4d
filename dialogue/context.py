"""What the frame around every page needs: where the person may go, what waits in the inbox."""

from dataclasses import dataclass, replace
from functools import cache, cached_property

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from core.models import Message
from organisations.models import Role, User

R = Role
EVERYONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Place:
    """One entry of the rail: where it leads and whose work it is (nobody named: everybody's)."""

    url_name: str
    label: object
    icon: str
    roles: frozenset[str] = EVERYONE


PLACES = (
    Place("home", _("Việc của tôi"), "inbox"),
    Place(
        "plans:list",
        _("Kế hoạch"),
        "scroll-text",
        frozenset({R.CLERK, R.HEAD, R.OFFICER, R.OVERSEER, R.ADMIN}),
    ),
    Place("feedback:list", _("Ý kiến"), "message-square-text"),
    Place("conferences:list", _("Hội nghị"), "users-round"),
    Place(
        "conclusions:list",
        _("Kết luận"),
        "gavel",
        frozenset({R.CLERK, R.HEAD, R.OFFICER, R.OVERSEER, R.ADMIN}),
    ),
    Place("assignments:list", _("Nhiệm vụ"), "clipboard-list"),
    Place("reports:board", _("Báo cáo"), "chart-column", frozenset({R.CLERK, R.HEAD, R.OVERSEER})),
    Place(
        "documents:register",
        _("Văn bản đi"),
        "stamp",
        frozenset({R.CLERK, R.HEAD, R.OVERSEER, R.ADMIN}),
    ),
    Place(
        "journal",
        _("Sổ kiểm toán"),
        "shield-check",
        frozenset({R.HEAD, R.OVERSEER, R.ADMIN}),
    ),
    Place("organisations:list", _("Đơn vị"), "building-2", frozenset({R.CLERK, R.HEAD, R.ADMIN})),
)
PUBLIC_PLACES = (
    Place("portal:home", _("Trang đầu"), "house"),
    Place("portal:calendar", _("Lịch đối thoại"), "calendar-days"),
    Place("portal:promises", _("Việc đã hứa"), "clipboard-check"),
    Place("feedback:public_list", _("Gửi ý kiến"), "message-square-text"),
    Place("feedback:track", _("Tra cứu"), "search"),
)


@dataclass(frozen=True)
class Entry:
    """A place the person may go, with its address; current when the page lies under it."""

    url: str
    label: object
    icon: str
    is_current: bool


@cache
def find_url(name: str) -> str:
    """The address behind a URL name, empty while no such page exists; looked up once a process."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


class Frame:
    """Computed only when a template asks, so fragments, files and public pages pay nothing."""

    def __init__(self, request: HttpRequest) -> None:
        """Keep the request."""
        self.request = request

    @cached_property
    def user(self) -> User | None:
        """The person who is logged in, if any."""
        user = getattr(self.request, "user", None)
        return user if isinstance(user, User) else None

    @property
    def layout(self) -> str:
        """The template that frames pages both staff and citizens may meet (errors)."""
        return "base.html" if self.user else "public.html"

    @property
    def site_name(self) -> object:
        """What the installation calls itself."""
        return getattr(settings, "SITE_NAME", "") or _("Đối thoại với Nhân dân")

    @property
    def site_contact(self) -> str:
        """Where citizens may turn, one line; empty if the installation names nothing."""
        return getattr(settings, "SITE_CONTACT", "")

    def entries_at(self, path: str = "") -> list[Entry]:
        """The rail: the places of the person's roles, as seen from `path` (default: this page)."""
        if self.user is None:
            return []
        return self._entries(PLACES, path or self.request.path)

    @cached_property
    def public_entries(self) -> list[Entry]:
        """The doors of the public pages; staff say that they mean the public front page."""
        front, *others = self._entries(PUBLIC_PLACES, self.request.path)
        return [replace(front, url=f"{front.url}?cong-khai") if self.user else front, *others]

    @property
    def reads_changes(self) -> bool:
        """Whether a record's page leads the person to who changed what."""
        user = self.user
        return user is not None and (
            user.is_admin or bool(user.organisation_ids(R.CLERK, R.HEAD, R.OVERSEER))
        )

    @cached_property
    def unread(self) -> int:
        """How many in-app messages the person has not opened, counted up to 100."""
        if self.user is None:
            return 0
        return Message.objects.filter(
            recipient=self.user, channel=Message.Channel.IN_APP, read_at__isnull=True
        )[:100].count()

    @cached_property
    def urls(self) -> dict[str, str]:
        """Addresses the top bar links to; a page that does not exist is empty."""
        names = ("search", "inbox", "account_change_password", "account_logout", "mfa_index")
        return {name: find_url(name) for name in (*names, "home", "styleguide", "account_login")}

    def _entries(self, places: tuple[Place, ...], path: str) -> list[Entry]:
        shown = [(find_url(place.url_name), place) for place in places if self._belongs(place)]
        nearest = max(
            (url for url, _place in shown if url and _is_under(path, url)), key=len, default=""
        )
        return [Entry(url, place.label, place.icon, url == nearest) for url, place in shown if url]

    def _belongs(self, place: Place) -> bool:
        if not place.roles or self.user is None or self.user.is_superuser:
            return True
        return bool(self.user.organisation_ids(*place.roles))


def _is_under(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))


def frame(request: HttpRequest) -> dict[str, Frame]:
    """The context processor: one lazy object."""
    return {"frame": Frame(request)}
