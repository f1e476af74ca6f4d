"""Addresses for other systems, and the pages where their tokens are made."""

from django.urls import include, path

from dialogue.api import open311, site, views

tokens = [
    path("", views.list_, name="list"),
    path("tao/<int:pk>/", views.create, name="create"),
    path("<int:pk>/thu-hoi/", views.revoke, name="revoke"),
]
georeport = [
    path("discovery.<slug:kind>", open311.discovery, name="discovery"),
    path("v2/services.<slug:kind>", open311.services, name="services"),
    path("v2/services/<slug:code>.<slug:kind>", open311.service, name="service"),
    path("v2/requests.<slug:kind>", open311.requests, name="requests"),
    path("v2/requests/<int:pk>.<slug:kind>", open311.request_, name="request"),
]
urlpatterns = [
    path(site.PREFIX, include((site.urlpatterns, "api"))),
    path("open311/", include((georeport, "open311"))),
    path("ma-truy-cap/", include((tokens, "tokens"))),
]
