"""Every address of the site."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("tai-khoan/2fa/", include("allauth.mfa.urls")),
    path("tai-khoan/", include("allauth.account.urls")),
]
