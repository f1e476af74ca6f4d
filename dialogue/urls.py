"""Every address of the site."""

from importlib import import_module

from django.urls import URLPattern, URLResolver, include, path

from dialogue.views import staff, styleguide


def _ready(package: str) -> bool:
    try:
        import_module(f"{package}.urls")
    except ImportError:
        return False
    return True


urlpatterns: list[URLPattern | URLResolver] = [
    path("tai-khoan/2fa/", include("allauth.mfa.urls")),
    path("tai-khoan/", include("allauth.account.urls")),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("", include("dialogue.portal_urls")),
    path("viec-cua-toi/", staff.home, name="home"),
    path("tim/", staff.search, name="search"),
    path("hop-thu/", staff.inbox, name="inbox"),
    path("dau-vet/<slug:kind>/<int:pk>/", staff.trace, name="trace"),
    path("healthz", staff.healthz, name="healthz"),
    *(
        path(f"{prefix}/", include(f"{package}.urls"))
        for prefix, package in (
            ("don-vi", "organisations"),
            ("van-ban", "documents"),
            ("nhiem-vu", "assignments"),
            ("ke-hoach", "plans"),
            ("y-kien", "feedback"),
            ("hoi-nghi", "conferences"),
            ("ket-luan", "conclusions"),
        )
        if _ready(package)
    ),
]
