"""Addresses of conclusions."""

from django.urls import path

from conclusions import views

app_name = "conclusions"
urlpatterns = [
    path("", views.list_, name="list"),
    path("<int:pk>/", views.detail, name="detail"),
    path("hoi-nghi/<int:conference_id>/soan/", views.draft, name="draft"),
]
