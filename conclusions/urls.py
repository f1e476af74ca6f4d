"""Addresses of conclusions."""

from django.urls import path

from conclusions import views

app_name = "conclusions"
urlpatterns = [
    path("", views.list_, name="list"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/them-diem/", views.add_points, name="add_points"),
    path("hoi-nghi/<int:conference_id>/soan/", views.draft, name="draft"),
    path("hoi-nghi/<int:conference_id>/ho-so/", views.case_file, name="case_file"),
    path(
        "hoi-nghi/<int:conference_id>/ho-so/<int:pk>.zip",
        views.case_file_taken,
        name="case_file_taken",
    ),
]
